"""A drawing as SVG, made from the borders alone: no browser, no server, the same bytes each time.

One renderer serves every format: pages and PDF hold the SVG itself, Word a picture made of it. It
shows the whole region, or only what the drawing's focus asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import numpy.typing as npt
import shapely

from planner.io.bundle import Bundle
from planner.present.maps.colours import (
    BORDER,
    FAINT_INK,
    HALO,
    INK,
    OUTSIDE,
    PATTERN_PATHS,
    PATTERN_PX,
    SEA,
)
from planner.present.maps.drawing import Drawing, LegendEntry
from planner.present.maps.ground import FEW, Ground, Points, region_ground
from planner.present.maps.labels import BOLD, LETTER_EM, Box, Label, placed
from planner.present.maps.legend import (
    BETWEEN_GROUPS,
    DOT_PX,
    FERRIES,
    LEGEND_COLUMNS,
    LEGEND_LETTER_PX,
    LEGEND_ROW_PX,
    MARK_LINE_PX,
    RING_PX,
    ROADS,
    SIGN_PX,
    dot,
    legend,
    legend_line,
    ring,
)
from planner.present.maps.locator import locator
from planner.present.words.text import text

Pixels = npt.NDArray[np.float64]  # (m, 2)
FONTS = "Liberation Sans, Arial, sans-serif"
LEAST_ISLAND_PX2 = 1.0  # smaller ones are left out of a municipality that has more
SMALL_MARKS = 0.4
EDGE_PX = 3.0  # so far outside the paper lines are drawn, and cut off
TITLE_PX, TITLE_ROW_PX, NOTE_ROW_PX = 18.0, 34.0, 22.0  # of posters
COUNTRY_PX, ROOM_PX = 12.0, 30.0  # size of a country's name, and room that it needs on every side
WAY = f'stroke="{INK}" stroke-width="1.4" stroke-opacity="0.6" fill="none"'
OUTLINE = f'fill="none" stroke="{INK}" stroke-width="2.6" stroke-linejoin="round"'


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG, with its size, a title, and what it shows in words."""

    svg: str
    width_px: float
    height_px: float
    title: str
    alternative: str


@dataclass(frozen=True)
class PictureFormat:
    """How large a map is drawn: width, least and greatest height, margin, and how finely."""

    width_px: float
    least_px: float
    most_px: float
    margin_px: float
    grain_px: float


WHOLE, NEAR = (
    PictureFormat(680.0, 0.0, 620.0, 34.0, 0.25),
    PictureFormat(300.0, 180.0, 300.0, 32.0, 0.6),
)
#: On a page of A4: across it, and two abreast.
ACROSS, ABREAST = (
    PictureFormat(680.0, 0.0, 440.0, 24.0, 0.25),
    PictureFormat(380.0, 0.0, 440.0, 20.0, 0.2),
)


def picture(
    drawing: Drawing, title: str, bundle: Bundle, form: PictureFormat | None = None
) -> Picture:
    """Render a drawing.

    Parameters
    ----------
    drawing : what is shown; its summary is the picture's text alternative.
    title : of the picture, in words.
    bundle : whose borders and places are drawn.
    form : how large; left out, small if the drawing has a focus.
    """
    form = form or (NEAR if drawing.focus else WHOLE)
    paper = _Paper.of(drawing, region_ground(bundle, drawing.codes), form)
    width, map_height = paper.format.width_px, paper.height_px
    stamp = None if form is NEAR else locator(paper.ground, paper.land(), width, map_height)
    rows = -(-len(drawing.legend) // LEGEND_COLUMNS)
    height = map_height + (rows * LEGEND_ROW_PX + 12 if rows else 0)
    marks = tuple(_marks(paper, drawing))
    around = paper.path(paper.ground.rings_around)
    source = f'x="{width - 5:g}" y="{map_height - 6:g}" font-size="10" fill="{FAINT_INK}"'
    parts = [
        f'<clipPath id="map"><rect width="{width:g}" height="{map_height:g}"/></clipPath>',
        *_patterns(drawing),
        '<g clip-path="url(#map)">',
        f'<rect width="{width:g}" height="{map_height:g}" fill="{SEA}"/>',
        f'<path d="{around}" fill="{OUTSIDE}" stroke="{BORDER}" stroke-width="0.4"/>',
        *_areas(paper, drawing),
        *_lines(paper, drawing),
        *_country_names(paper),
        *([stamp.svg] if stamp else []),
        *(marks if paper.ground.towns else []),
        *_names(paper, drawing, [stamp.box] if stamp else []),
        *([] if paper.ground.towns else marks),
        "</g>",
        *legend(drawing.legend, width, map_height + 10),
        f'<text {source} text-anchor="end">{escape(drawing.attribution)}</text>',
    ]
    return Picture(svg_of(width, height, parts), width, height, title, drawing.summary)


def legend_picture(entries: Sequence[LegendEntry], title: str) -> Picture:
    """Render what fills and marks mean, for pictures that stand side by side."""
    x, y, parts = 0.0, 0.0, []
    for entry in entries:
        width = SIGN_PX + LETTER_EM * LEGEND_LETTER_PX * len(entry.label)
        if x + width > ACROSS.width_px:
            x, y = 0.0, y + LEGEND_ROW_PX
        parts.append(legend_line(entry, x, y))
        x += width + LEGEND_LETTER_PX
    height = y + LEGEND_ROW_PX
    told = "; ".join(entry.label for entry in entries)
    return Picture(svg_of(ACROSS.width_px, height, parts), ACROSS.width_px, height, title, told)


def poster(drawing: Drawing, title: str, note: str, bundle: Bundle) -> Picture:
    """Render a drawing that stands alone: the title over it, and a note under it."""
    inner = picture(drawing, title, bundle)
    width, height = inner.width_px, inner.height_px + TITLE_ROW_PX + NOTE_ROW_PX
    size = min(TITLE_PX, (width - 12) / (LETTER_EM * BOLD * max(len(title), 1)))
    ground = f'<rect width="{width:g}" height="{height:g}" fill="{HALO}"/>'
    heading = (
        f'<text x="6" y="{TITLE_PX + 4:g}" font-size="{size:.3g}" font-weight="bold" '
        f'fill="{INK}">{escape(title)}</text>'
    )
    moved = f'<g transform="translate(0 {TITLE_ROW_PX:g})">{inner.svg}</g>'
    told = f'<text x="6" y="{height - 7:g}" font-size="10" fill="{FAINT_INK}">{escape(note)}</text>'
    parts = (ground, heading, moved, told)
    return Picture(svg_of(width, height, parts), width, height, title, inner.alternative)


def svg_of(width: float, height: float, parts: Iterable[str]) -> str:
    """Put parts on a paper of so many pixels."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" font-family="{FONTS}">{"".join(parts)}</svg>'
    )


@dataclass(frozen=True)
class _Paper:
    """Where the ground lies on a picture: the grid point at the corner, and pixels a step."""

    ground: Ground
    format: PictureFormat
    corner: Pixels
    scale: float
    height_px: float

    @classmethod
    def of(cls, drawing: Drawing, ground: Ground, form: PictureFormat) -> _Paper:
        """Make room for the focus of a drawing, or for the whole region."""
        low, high = np.zeros(2), ground.size
        if drawing.focus:
            points = np.concatenate([ring for one in drawing.focus for ring in ground.rings[one]])
            low, high = points.min(axis=0), points.max(axis=0)
        room = np.array([form.width_px, form.most_px]) - 2 * form.margin_px
        scale = float((room / (high - low)).min())
        height = max(form.least_px, (high - low)[1] * scale + 2 * form.margin_px)
        corner = (low + high) / 2 - np.array([form.width_px, height]) / 2 / scale
        return cls(ground, form, corner, scale, round(height, 1))

    def spot(self, code: str) -> tuple[float, float]:
        """Return where a municipality's centre lies, pixels."""
        x, y = self._place(self.ground.places[code]).round(1).tolist()
        return x, y

    def land(self) -> Pixels:
        """Return the points of the region's borders, pixels."""
        return self._place(
            np.concatenate([r for rings in self.ground.rings.values() for r in rings])
        )

    def countries(self) -> dict[str, tuple[float, float]]:
        """Return where countries are named, pixels: those with room for it."""
        corners = np.array([[0.0, 0.0], [self.format.width_px, self.height_px]])
        low, high = corners / self.scale + self.corner
        spots = self.ground.countries(low, high)
        return {
            text(f"map.country.{country}"): tuple(self._place(np.array([x, y])).round(1).tolist())
            for country, (x, y, radius) in spots.items()
            if radius * self.scale >= ROOM_PX
        }

    def path(self, rings: Iterable[Points]) -> str:
        """Write what can be seen of rings, the largest whatever its size."""
        seen = sorted((part for ring in rings for part in self._seen(ring)), key=_area)
        shown = [ring for ring in seen if _area(ring) >= LEAST_ISLAND_PX2] or seen[-1:]
        return "".join(f"{_line(ring, self.format.grain_px)}Z" for ring in reversed(shown))

    def lines(self, lines: Iterable[Points]) -> str:
        """Write lines."""
        return "".join(_line(self._place(line), self.format.grain_px) for line in lines)

    def _place(self, points: Points) -> Pixels:
        return (points - self.corner) * self.scale

    def _seen(self, ring: Points) -> list[Pixels]:
        """Cut a ring a little outside the paper."""
        edges = (-EDGE_PX, -EDGE_PX, self.format.width_px + EDGE_PX, self.height_px + EDGE_PX)
        cut = shapely.clip_by_rect(shapely.Polygon(self._place(ring)), *edges)
        return [shapely.get_coordinates(part) for part in shapely.get_rings(shapely.get_parts(cut))]


def _area(ring: Pixels) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(abs(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2


def _line(points: Pixels, grain_px: float = 0.0) -> str:
    """Write a line by its steps, which are shorter than places, without finer detail."""
    points = shapely.get_coordinates(shapely.LineString(points).simplify(grain_px)).round(1)
    steps = np.round(np.diff(points, axis=0), 1) + 0.0
    words = " ".join(f"{number:g}" for number in steps[steps.any(axis=1)].ravel().tolist())
    x, y = points[0].tolist()
    short = re.sub(r"\b0\.", ".", words).replace(" -", "-")
    return f"M{x:g},{y:g}l{short}"


def _patterns(drawing: Drawing) -> Iterator[str]:
    for name in dict.fromkeys(
        [*drawing.patterns.values(), *(one.pattern for one in drawing.legend)]
    ):
        if name:
            yield (
                f'<pattern id="{name}" width="{PATTERN_PX}" height="{PATTERN_PX}" '
                f'patternUnits="userSpaceOnUse"><path d="{PATTERN_PATHS[name]}" fill="none" '
                f'stroke="{INK}" stroke-opacity="0.4"/></pattern>'
            )


def _areas(paper: _Paper, drawing: Drawing) -> Iterator[str]:
    for code in drawing.codes:
        path = paper.path(paper.ground.rings[code])
        if not path:
            continue
        yield (
            f'<path d="{path}" fill="{drawing.fills[code]}" fill-rule="evenodd" '
            f'stroke="{BORDER}" stroke-width="0.7"/>'
        )
        if pattern := drawing.patterns.get(code):
            yield f'<path d="{path}" fill="url(#{pattern})" fill-rule="evenodd"/>'


def _lines(paper: _Paper, drawing: Drawing) -> Iterator[str]:
    """Draw roads, the lines where groups meet, the outline, and the ways to hosts."""
    for look, boats in ((ROADS, False), (FERRIES, True)):
        pairs = [road.ends for road in drawing.roads if (road.mode != "road") == boats]
        if path := paper.lines(paper.ground.steps(pair) for pair in pairs):
            yield f'<path d="{path}" {look}/>'
    if seams := paper.lines(paper.ground.seams(drawing.groups)):
        yield f'<path d="{seams}" {BETWEEN_GROUPS}/>'
    if drawing.outlined:
        yield f'<path d="{paper.path(paper.ground.rings[drawing.outlined])}" {OUTLINE}/>'
    for way in drawing.ways:
        inner = paper.ground.steps(drawing.via.get(way[0], ()))
        member, host = (paper.ground.places[code][np.newaxis] for code in way)
        line = np.concatenate([member, inner, host])
        yield f'<path d="{paper.lines([line])}" {WAY}/>'


def _marks(paper: _Paper, drawing: Drawing) -> Iterator[str]:
    """Draw rings and dots; nothing may hide them, but for the names of towns in a country."""
    for code in sorted(_marked(paper, drawing), key=lambda code: code in drawing.hosts):
        x, y = paper.spot(code)
        if code in drawing.hosts:
            yield ring(x, y, _mark_size(paper, drawing, code))
        else:
            yield dot(x, y, drawing.open_share.get(code, 1.0))


def _marked(paper: _Paper, drawing: Drawing) -> list[str]:
    """Return who is marked: all; of a country its hosts, or its towns where it has none."""
    if not paper.ground.towns:
        return list(drawing.labels)
    return [code for code in drawing.hosts or paper.ground.towns if code in drawing.labels]


def _named(paper: _Paper, drawing: Drawing) -> list[str]:
    """Return who is named, the most important first: all, or the towns of a country."""
    towns = paper.ground.towns
    return [code for code in towns or drawing.labels if code in drawing.labels]


def _mark_px(paper: _Paper, drawing: Drawing, code: str) -> float:
    is_host = code in drawing.hosts
    return _mark_size(paper, drawing, code) * (RING_PX if is_host else DOT_PX)


def _mark_size(paper: _Paper, drawing: Drawing, code: str) -> float:
    """Return how large a host's ring is, 1 being usual: less on a map of the country."""
    if code not in drawing.hosts:
        return 1.0
    return drawing.sizes.get(code, 1.0) * (SMALL_MARKS if paper.ground.towns else 1.0)


def _country_names(paper: _Paper) -> Iterator[str]:
    for name, (x, y) in paper.countries().items():
        yield (
            f'<text x="{x:g}" y="{y:g}" font-size="{COUNTRY_PX:g}" font-style="italic" '
            f'text-anchor="middle" fill="{FAINT_INK}">{escape(name)}</text>'
        )


def _names(paper: _Paper, drawing: Drawing, taken: Sequence[Box]) -> Iterator[str]:
    """Write the names, each where it covers nothing; one that finds no place is left out."""
    size_px = 13.0 if len(drawing.labels) <= FEW else 10.0
    wanted = [
        Label(
            paper.spot(code),
            drawing.labels[code],
            size_px,
            bold=code in drawing.hosts,
            mark_px=_mark_px(paper, drawing, code) + MARK_LINE_PX / 2,
        )
        for code in _named(paper, drawing)
    ]
    width, height = paper.format.width_px, paper.height_px
    source = (width - 5 - 5.6 * len(drawing.attribution), height - 17, width, height)
    abroad = [
        (x - ROOM_PX, y - COUNTRY_PX, x + ROOM_PX, y + 4) for x, y in paper.countries().values()
    ]
    for label, spot in placed(wanted, [source, *abroad, *taken], width, height):
        if spot.leader:
            yield f'<path d="{_line(np.array(spot.leader))}" stroke="{INK}" stroke-width="0.8"/>'
        for row, line in enumerate(label.lines):
            weight = ' font-weight="bold"' if label.bold and row == 0 else ""
            y = spot.top + size_px * (0.9 + 1.15 * row)
            yield (
                f'<text x="{spot.x:.1f}" y="{y:.1f}" font-size="{size_px:g}" '
                f'text-anchor="{spot.anchor}"{weight} fill="{INK}" stroke="{HALO}" '
                'stroke-width="3.5" stroke-linejoin="round" paint-order="stroke">'
                f"{escape(line)}</text>"
            )
