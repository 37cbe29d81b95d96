"""Maps as SVG, drawn from the borders alone: no browser, no map server, the same bytes each time.

One drawing serves every format: pages and PDF hold the SVG itself, Word a picture made of it. What
is drawn is a `Drawing`, the same that the app shows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import pairwise

import numpy as np

from planner.io.bundle import Bundle
from planner.present.maps.drawing import Drawing, LegendEntry
from planner.present.maps.ground_degrees import FEW
from planner.present.maps.ground_metres import Land, region_land
from planner.present.maps.labels import Label, placed
from planner.present.words.text import text

Point = tuple[float, float]
Line = list[Point]
WIDTH_PX, MOST_HEIGHT_PX, MARGIN_PX = 680.0, 620.0, 34.0
LEGEND_ROW_PX, LEGEND_COLUMNS = 19.0, 2
INK, BORDER, SEA, OUTSIDE = "#1b1f24", "#7d8a94", "#e6edf1", "#fafaf7"
FONTS = "Liberation Sans, Arial, sans-serif"
#: Pattern -> what is drawn in each of its squares of 8 pixels.
PATTERNS = {
    "lines": '<path d="M-2,2L2,-2M0,8L8,0M6,10L10,6" stroke="#1b1f24" stroke-opacity="0.3"/>',
    "dots": '<circle cx="4" cy="4" r="1.3" fill="#1b1f24" fill-opacity="0.55"/>',
    "cross": '<path d="M4,1V7M1,4H7" stroke="#1b1f24" stroke-opacity="0.5"/>',
    "waves": '<path d="M0,4Q2,1 4,4T8,4" fill="none" stroke="#1b1f24" stroke-opacity="0.5"/>',
}


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG, with its size, a title, and what it shows in words."""

    svg: str
    width_px: float
    height_px: float
    title: str
    alternative: str


def picture(
    drawing: Drawing, title: str, bundle: Bundle, notes: Mapping[str, str] | None = None
) -> Picture:
    """Draw a region.

    Parameters
    ----------
    drawing : what is shown; its summary is the picture's text alternative.
    title : of the picture, in words.
    bundle : the data, for the ground.
    notes : code -> what stands under the municipality's name.
    """
    paper = _Paper.of(region_land(bundle, drawing.codes))
    legend_rows = -(-len(drawing.legend) // LEGEND_COLUMNS)
    height = paper.height_px + legend_rows * LEGEND_ROW_PX + 12
    parts = [
        f'<clipPath id="map"><rect width="{WIDTH_PX:g}" height="{paper.height_px:g}"/></clipPath>',
        *_patterns(drawing),
        '<g clip-path="url(#map)">',
        f'<rect width="{WIDTH_PX:g}" height="{paper.height_px:g}" fill="{SEA}"/>',
        f'<path d="{_path(paper.around)}" fill="{OUTSIDE}" stroke="{BORDER}" stroke-width="0.4"/>',
        *_areas(paper, drawing),
        *_borders(paper, drawing),
        *_marks(paper, drawing),
        *_names(paper, drawing, notes or {}),
        "</g>",
        *_legend(drawing.legend, paper.height_px + 10),
        _source(paper.height_px - 6),
    ]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH_PX:g} {height:g}" '
        f'width="{WIDTH_PX:g}" height="{height:g}" font-family="{FONTS}">{"".join(parts)}</svg>'
    )
    return Picture(svg, WIDTH_PX, height, title, drawing.summary)


def _source(y: float) -> str:
    return (
        f'<text x="{WIDTH_PX - 5:g}" y="{y:g}" font-size="10" text-anchor="end" '
        f'fill="#51585f">{escape(text("map.source"))}</text>'
    )


@dataclass(frozen=True)
class _Paper:
    """A region's ground in pixels: names, centres and rings by code, and the land around."""

    names: dict[str, str]
    centres: dict[str, Point]
    rings: dict[str, list[Line]]
    around: list[Line]
    height_px: float

    @classmethod
    def of(cls, ground: Land) -> _Paper:
        land = ground.document
        inner_px = WIDTH_PX - 2 * MARGIN_PX, MOST_HEIGHT_PX - 2 * MARGIN_PX
        scale = min(inner_px[0] / land["width"], inner_px[1] / land["height"])
        left_px = (WIDTH_PX - land["width"] * scale) / 2
        height_px = round(land["height"] * scale + 2 * MARGIN_PX, 1)

        def place(points: Iterable[Iterable[float]]) -> Line:
            grid = np.asarray(list(points), dtype=float).reshape(-1, 2)
            placed = np.round(grid * scale + [left_px, MARGIN_PX], 1) + 0.0
            return [(float(x), float(y)) for x, y in placed]

        def ring(steps: list[int]) -> Line:
            return place(np.cumsum(np.asarray(steps).reshape(-1, 2), axis=0).tolist())

        around = [ring(steps) for steps in land["around"]]
        own = zip(land["codes"], land["shapes"], strict=True)
        return cls(
            dict(zip(land["codes"], land["names"], strict=True)),
            dict(zip(land["codes"], place(land["centres"]), strict=True)),
            {code: [ring(steps) for steps in rings] for code, rings in own},
            [line for line in around if _touches(line, height_px)],
            height_px,
        )


def _touches(line: Line, height_px: float) -> bool:
    xs, ys = [x for x, _ in line], [y for _, y in line]
    return max(xs) > 0 and min(xs) < WIDTH_PX and max(ys) > 0 and min(ys) < height_px


def _path(lines: Iterable[Line], close: str = "Z") -> str:
    return "".join("M" + "L".join(f"{x:g},{y:g}" for x, y in line) + close for line in lines)


def _patterns(drawing: Drawing) -> Iterator[str]:
    for name in dict.fromkeys(
        [*drawing.patterns.values(), *(one.pattern for one in drawing.legend)]
    ):
        if name:
            yield (
                f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse">'
                f"{PATTERNS[name]}</pattern>"
            )


def _areas(paper: _Paper, drawing: Drawing) -> Iterator[str]:
    for code in drawing.codes:
        path = _path(paper.rings[code])
        yield (
            f'<path d="{path}" fill="{drawing.fills[code]}" fill-rule="evenodd" '
            f'stroke="{BORDER}" stroke-width="0.7"/>'
        )
        if pattern := drawing.patterns.get(code):
            yield f'<path d="{path}" fill="url(#{pattern})" fill-rule="evenodd"/>'


def _borders(paper: _Paper, drawing: Drawing) -> Iterator[str]:
    """Draw the lines where groups meet: the edges that municipalities of two groups share."""
    owners: dict[tuple[Point, Point], set[str]] = defaultdict(set)
    for code, group in drawing.groups.items():
        for ring in paper.rings[code]:
            for one, other in pairwise([*ring, ring[0]]):
                owners[min(one, other), max(one, other)].add(group)
    edges = [list(edge) for edge, groups in owners.items() if len(groups) > 1]
    if edges:
        yield (
            f'<path d="{_path(edges, close="")}" fill="none" stroke="{INK}" stroke-width="2.2" '
            'stroke-linecap="round"/>'
        )


def _marks(paper: _Paper, drawing: Drawing) -> Iterator[str]:
    for member, host in drawing.ways:
        line = [paper.centres[member], paper.centres[host]]
        yield (
            f'<path d="{_path([line], close="")}" stroke="{INK}" stroke-width="1.4" '
            'stroke-opacity="0.6" fill="none"/>'
        )
    for code, (x, y) in paper.centres.items():
        yield _circle(x, y, is_host=code in drawing.hosts)


def _circle(x: float, y: float, *, is_host: bool) -> str:
    fill, radius = ("#ffffff", 5.5) if is_host else (INK, 3)
    return (
        f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{fill}" stroke="{INK}" '
        'stroke-width="1.8"/>'
    )


def _names(paper: _Paper, drawing: Drawing, notes: Mapping[str, str]) -> Iterator[str]:
    """Write the names, hosts' first; one that would cover another is left out."""
    size_px = 13.0 if len(drawing.codes) <= FEW else 10.0
    hosts_first = sorted(drawing.codes, key=lambda code: (code not in drawing.hosts, code))
    wanted = [
        Label(
            paper.centres[code],
            tuple(line for line in (paper.names[code], notes.get(code, "")) if line),
            size_px,
            bold=code in drawing.hosts,
        )
        for code in hosts_first
    ]
    taken = [(x - 7, y - 7, x + 7, y + 7) for x, y in paper.centres.values()]
    for label, spot in placed(wanted, taken, WIDTH_PX, paper.height_px):
        for row, line in enumerate(label.lines):
            weight = ' font-weight="bold"' if label.bold and row == 0 else ""
            y = spot.top + size_px * (0.9 + 1.15 * row)
            yield (
                f'<text x="{spot.x:.1f}" y="{y:.1f}" font-size="{size_px:g}" '
                f'text-anchor="{spot.anchor}"{weight} fill="{INK}" stroke="#ffffff" '
                'stroke-width="3.5" stroke-linejoin="round" paint-order="stroke">'
                f"{escape(line)}</text>"
            )


def _legend(entries: tuple[LegendEntry, ...], top: float) -> Iterator[str]:
    rows = -(-len(entries) // LEGEND_COLUMNS)
    for place, entry in enumerate(entries):
        column, row = divmod(place, rows)
        x, y = 6 + column * WIDTH_PX / LEGEND_COLUMNS, top + row * LEGEND_ROW_PX
        yield _sign(entry, x, y)
        yield (
            f'<text x="{x + 27:g}" y="{y + 11:g}" font-size="12" fill="{INK}">'
            f"{escape(entry.label)}</text>"
        )


def _sign(entry: LegendEntry, x: float, y: float) -> str:
    if entry.mark in {"host", "member"}:
        return _circle(x + 10, y + 6.5, is_host=entry.mark == "host")
    if entry.mark == "border":
        return f'<path d="M{x:g},{y + 6.5:g}h20" stroke="{INK}" stroke-width="2.2"/>'
    box = f'<rect x="{x:g}" y="{y:g}" width="20" height="13" stroke="{BORDER}" fill="{{}}"/>'
    fills = [entry.fill or "#ffffff", *([f"url(#{entry.pattern})"] if entry.pattern else [])]
    return "".join(box.format(fill) for fill in fills)
