"""Marks of places, and the legend that says what fills and marks mean, as SVG."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape

from planner.present.maps.colours import BORDER, HALO, INK, ROAD
from planner.present.maps.drawing import LegendEntry

LEGEND_ROW_PX, LEGEND_COLUMNS, LEGEND_LETTER_PX, SIGN_PX = 19.0, 2, 12.0, 27.0
RING_PX, DOT_PX, MARK_LINE_PX = 5.5, 3.6, 1.8
ROADS = f'fill="none" stroke="{ROAD}" stroke-width="0.9"'
FERRIES = f'{ROADS} stroke-dasharray="4 3"'
BETWEEN_GROUPS = f'fill="none" stroke="{INK}" stroke-width="2.2" stroke-linecap="round"'


def ring(x: float, y: float, size: float = 1.0) -> str:
    """Mark a host."""
    return _circle(x, y, RING_PX * size, HALO)


def dot(x: float, y: float, share: float = 1.0) -> str:
    """Mark a member: the part of the week with presence (0-1) is filled, clockwise from noon."""
    if share >= 1:
        return _circle(x, y, DOT_PX, INK)
    empty = _circle(x, y, DOT_PX, HALO)
    if share <= 0:
        return empty
    end_x, end_y = math.sin(math.tau * share), -math.cos(math.tau * share)
    return empty + (
        f'<path d="M{x:g},{y:g}v{-DOT_PX:g}A{DOT_PX:g},{DOT_PX:g},0,{int(share > HALF)},1,'
        f'{x + DOT_PX * end_x:.2f},{y + DOT_PX * end_y:.2f}z" fill="{INK}"/>'
    )


def _circle(x: float, y: float, radius_px: float, fill: str) -> str:
    return (
        f'<circle cx="{x:g}" cy="{y:g}" r="{radius_px:.3g}" fill="{fill}" stroke="{INK}" '
        f'stroke-width="{MARK_LINE_PX:g}"/>'
    )


def legend(entries: tuple[LegendEntry, ...], width: float, top: float) -> Iterator[str]:
    """Write a legend in columns."""
    rows = -(-len(entries) // LEGEND_COLUMNS)
    for place, entry in enumerate(entries):
        column, row = divmod(place, rows)
        yield legend_line(entry, 6 + column * width / LEGEND_COLUMNS, top + row * LEGEND_ROW_PX)


def legend_line(entry: LegendEntry, x: float, y: float) -> str:
    """Write one line of a legend."""
    return (
        f'{_sign(entry, x, y)}<text x="{x + SIGN_PX:g}" y="{y + 11:g}" '
        f'font-size="{LEGEND_LETTER_PX:g}" fill="{INK}">{escape(entry.label)}</text>'
    )


def _sign(entry: LegendEntry, x: float, y: float) -> str:
    if entry.mark in MARKS:
        return MARKS[entry.mark](x + 10, y + 6.5)
    if entry.mark in LINES:
        return f'<path d="M{x:g},{y + 6.5:g}h20" {LINES[entry.mark]}/>'
    box = f'<rect x="{x:g}" y="{y:g}" width="20" height="13" stroke="{BORDER}" fill="{{}}"/>'
    fills = [entry.fill or HALO, *([f"url(#{entry.pattern})"] if entry.pattern else [])]
    return "".join(box.format(fill) for fill in fills)


HALF = 0.5
MARKS = {"host": ring, "member": dot, "days": lambda x, y: dot(x, y, 0.4)}
LINES = {"road": ROADS, "ferry": FERRIES, "border": BETWEEN_GROUPS}
