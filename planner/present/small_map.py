"""A small map of a region with one municipality outlined and its group coloured, as inline SVG."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from markupsafe import Markup, escape

from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.present.land import region_land

LONGEST, MARGIN, LETTER = 600, 28, 14  # units
UNITS = 2  # a pixel: points lie on halves of it, as whole numbers, finer than the eye
LAND, GROUP, OWN, BORDER, INK = "#f4f3ee", "#a9cfe8", "#f2c46d", "#7d8a94", "#1b1f24"
SEA = "#e6edf1"
LEAST_ISLAND = 8.0  # square units; smaller islands are left out of a municipality that has more
Point = tuple[int, int]


def small_map(instance: Instance, plan: Plan, code: str, alternative: str) -> Markup:
    """Draw where a municipality lies, its group, and the way to its host.

    Parameters
    ----------
    instance, plan : region and groups.
    code : of the municipality that is outlined.
    alternative : what the map shows, in words, for those who do not see it.
    """
    host = plan.host_of[code]
    members = set(plan.groups[host])
    ground = _ground(tuple(instance.codes))
    parts = [f'<rect width="{ground.width}" height="{ground.height}" fill="{SEA}"/>']
    drawn_last = sorted(instance.codes, key=lambda other: (other == code, other in members, other))
    for other in drawn_last:
        fill = OWN if other == code else GROUP if other in members else LAND
        stroke, line = (INK, 4.4) if other == code else (BORDER, 1.2)
        parts.append(
            f'<path d="{ground.paths[other]}" fill="{fill}" stroke="{stroke}" '
            f'stroke-width="{line}" stroke-linejoin="round"/>'
        )
    if host != code:
        (x, y), (to_x, to_y) = ground.centres[code], ground.centres[host]
        parts.append(
            f'<path d="M{x} {y}L{to_x} {to_y}" stroke="{INK}" stroke-width="3" fill="none"/>'
        )
    for other in dict.fromkeys((code, host)):
        parts += _place(ground, other, instance.names[other], is_host=other == host)
    return Markup(  # noqa: S704 - everything from files is escaped
        '<svg class="small-map" xmlns="http://www.w3.org/2000/svg" role="img" '
        f'aria-label="{escape(alternative)}" viewBox="0 0 {ground.width} {ground.height}" '
        f'width="{ground.width // UNITS}" height="{ground.height // UNITS}" '
        f'font-family="sans-serif">{"".join(parts)}</svg>'
    )


def _place(ground: _Ground, code: str, name: str, *, is_host: bool) -> Iterable[str]:
    """Draw a centre, a ring where it is the host, and its name on the side that has room."""
    x, y = ground.centres[code]
    fill, radius = ("#ffffff", 9) if is_host else (INK, 6)
    yield (
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{fill}" stroke="{INK}" stroke-width="3.2"/>'
    )
    left = x + 16 + len(name) * LETTER > ground.width
    yield (
        f'<text x="{x - 16 if left else x + 16}" y="{y + 9}" font-size="26" fill="{INK}" '
        f'font-weight="{700 if is_host else 400}" text-anchor="{"end" if left else "start"}" '
        'stroke="#ffffff" stroke-width="6" stroke-linejoin="round" paint-order="stroke">'
        f"{escape(name)}</text>"
    )


@dataclass(frozen=True)
class _Ground:
    """A region on paper, in units: SVG paths and centres by code, and the paper's size."""

    paths: Mapping[str, str]
    centres: Mapping[str, Point]
    width: int
    height: int


@lru_cache(maxsize=16)
def _ground(codes: tuple[str, ...]) -> _Ground:
    land = region_land(codes).document
    scale = (LONGEST - 2 * MARGIN) / max(land["width"], land["height"])

    def placed(points: object) -> list[Point]:
        grid = np.rint(np.asarray(points, dtype=float).reshape(-1, 2) * scale + MARGIN)
        return [(x, y) for x, y in grid.astype(int).tolist()]

    def ring(steps: list[int]) -> list[Point]:
        points = placed(np.cumsum(np.asarray(steps).reshape(-1, 2), axis=0))
        return [points[0], *(point for last, point in pairwise(points) if point != last)]

    paths = {}
    for code, shapes in zip(land["codes"], land["shapes"], strict=True):
        rings = sorted((ring(steps) for steps in shapes), key=_area, reverse=True)
        shown = [rings[0], *(one for one in rings[1:] if _area(one) >= LEAST_ISLAND)]
        paths[code] = "".join(map(_path, shown))
    return _Ground(
        paths,
        dict(zip(land["codes"], placed(land["centres"]), strict=True)),
        round(land["width"] * scale) + 2 * MARGIN,
        round(land["height"] * scale) + 2 * MARGIN,
    )


def _area(ring: list[Point]) -> float:
    closed = pairwise([*ring, ring[0]])
    return abs(sum(x * to_y - to_x * y for (x, y), (to_x, to_y) in closed)) / 2


def _path(ring: list[Point]) -> str:
    """Write a ring by its steps, which are shorter than places."""
    steps = [f"{to_x - x} {to_y - y}" for (x, y), (to_x, to_y) in pairwise(ring)]
    return f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps)}z".replace(" -", "-")
