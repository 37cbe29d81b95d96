"""A small map with one municipality outlined and its group coloured, as an image in the page."""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
import numpy.typing as npt
from markupsafe import Markup, escape

from planner.io.bundle import Bundle, kept
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.present.maps.ground_metres import region_land

LONGEST, LETTER = 600, 14  # units
MARGIN_SHARE, LEAST_SHARE = 0.12, 0.6  # around a group; of the shorter side to the longer
UNITS = 2  # a pixel: points lie on halves of it, as whole numbers, finer than the eye
LAND, GROUP, OWN, BORDER, INK = "#f4f3ee", "#a9cfe8", "#f2c46d", "#7d8a94", "#1b1f24"
PAPER = "#eef1f3"  # neither sea nor land: what lies outside the region is not drawn
LEAST_ISLAND = 8.0  # square units; smaller islands are left out of a municipality that has more
Point = tuple[int, int]
Points = npt.NDArray[np.float64]


def small_map(
    instance: Instance, plan: Plan, code: str, alternative: str, bundle: Bundle
) -> Markup:
    """Draw a municipality, its group with what lies beside it, and the way to its host.

    It is an image of its own, not a part of the page: pages that clean their markup keep it.

    Parameters
    ----------
    instance, plan : region and groups.
    code : of the municipality that is outlined.
    alternative : what the map shows, in words, for those who do not see it.
    bundle : the data, for the ground.
    """
    host = plan.host_of[code]
    members = set(plan.groups[host])
    ground = _ground(bundle, tuple(instance.codes))
    paper = _Paper.around(ground, [*members, *_neighbours(instance, code, members)])
    parts = [f'<rect width="{paper.width}" height="{paper.height}" fill="{PAPER}"/>']
    drawn_last = sorted(instance.codes, key=lambda other: (other == code, other in members, other))
    for other in drawn_last:
        fill = OWN if other == code else GROUP if other in members else LAND
        stroke, line = (INK, 4.4) if other == code else (BORDER, 1.2)
        if path := paper.path(ground.rings[other]):
            parts.append(
                f'<path d="{path}" fill="{fill}" stroke="{stroke}" stroke-width="{line}" '
                'stroke-linejoin="round"/>'
            )
    spots = {other: paper.spot(ground.centres[other]) for other in dict.fromkeys((code, host))}
    if host != code:
        way = "L".join(f"{x} {y}" for x, y in spots.values())
        parts.append(f'<path d="M{way}" stroke="{INK}" stroke-width="3" fill="none"/>')
    for other, spot in spots.items():
        parts += _place(spot, instance.names[other], paper.width, is_host=other == host)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {paper.width} {paper.height}" '
        f'width="{paper.width // UNITS}" height="{paper.height // UNITS}" '
        f'font-family="sans-serif">{"".join(parts)}</svg>'
    )
    return Markup(
        '<img class="small-map" alt="{}" width="{}" height="{}" src="data:image/svg+xml;base64,{}">'
    ).format(
        alternative,
        paper.width // UNITS,
        paper.height // UNITS,
        base64.b64encode(svg.encode()).decode(),
    )


def _neighbours(instance: Instance, code: str, members: Collection[str]) -> list[str]:
    """Return whom to show beside one that shares with nobody."""
    return list(instance.contiguity.neighbors(code)) if len(members) == 1 else []


def _place(spot: Point, name: str, paper_width: int, *, is_host: bool) -> Iterable[str]:
    """Draw a centre, a ring where it is the host, and its name on the side that has room."""
    x, y = spot
    fill, radius = ("#ffffff", 9) if is_host else (INK, 6)
    yield (
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{fill}" stroke="{INK}" stroke-width="3.2"/>'
    )
    left = x + 16 + len(name) * LETTER > paper_width
    yield (
        f'<text x="{x - 16 if left else x + 16}" y="{y + 9}" font-size="26" fill="{INK}" '
        f'font-weight="{700 if is_host else 400}" text-anchor="{"end" if left else "start"}" '
        'stroke="#ffffff" stroke-width="6" stroke-linejoin="round" paint-order="stroke">'
        f"{escape(name)}</text>"
    )


@dataclass(frozen=True)
class _Ground:
    """Rings and centre of every municipality, in the steps of the region's grid."""

    rings: Mapping[str, list[Points]]
    centres: Mapping[str, Points]


@kept("boundaries", "municipalities")
def _ground(bundle: Bundle, codes: tuple[str, ...]) -> _Ground:
    land = region_land(bundle, codes).document
    rings = {
        code: [np.cumsum(np.asarray(steps, dtype=float).reshape(-1, 2), axis=0) for steps in shapes]
        for code, shapes in zip(land["codes"], land["shapes"], strict=True)
    }
    centres = zip(land["codes"], np.asarray(land["centres"], dtype=float), strict=True)
    return _Ground(rings, dict(centres))


@dataclass(frozen=True)
class _Paper:
    """The part of the ground that is shown: its corner, its size, and units a step."""

    corner: Points
    scale: float
    width: int
    height: int

    @classmethod
    def around(cls, ground: _Ground, codes: Iterable[str]) -> Self:
        """Make room for municipalities, and some more around them."""
        points = np.concatenate([ring for code in codes for ring in ground.rings[code]])
        low, high = points.min(axis=0), points.max(axis=0)
        longest = (high - low).max()
        size = np.maximum(high - low, LEAST_SHARE * longest) + 2 * MARGIN_SHARE * longest
        scale = LONGEST / size.max()
        width, height = np.rint(size * scale).astype(int).tolist()
        return cls((low + high - size) / 2, scale, width, height)

    def spot(self, place: Points) -> Point:
        """Return where a place lies on the paper."""
        x, y = np.rint((place - self.corner) * self.scale).astype(int).tolist()
        return x, y

    def path(self, rings: list[Points]) -> str:
        """Write those rings that can be seen, the largest whatever its size."""
        size = np.array([self.width, self.height])
        drawn = []
        for place, ring in enumerate(sorted(rings, key=_area, reverse=True)):
            points = np.rint((ring - self.corner) * self.scale)
            seen = (points.max(axis=0) > 0).all() and (points.min(axis=0) < size).all()
            if seen and (place == 0 or _area(points) >= LEAST_ISLAND):
                drawn.append(_written(points.astype(int).tolist()))
        return "".join(drawn)


def _area(ring: Points) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(abs(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2


def _written(ring: list[list[int]]) -> str:
    """Write a ring by its steps, which are shorter than places."""
    steps = [f"{to[0] - at[0]} {to[1] - at[1]}" for at, to in pairwise(ring) if at != to]
    return f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps)}z".replace(" -", "-")
