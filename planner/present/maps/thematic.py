"""Drawings of what is the case in every municipality: a category, or a figure in classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from planner.assess.access import municipality_table
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.present.maps.colours import LAND, PALETTE, SHADES
from planner.present.maps.drawing import Drawing, LegendEntry, Pattern, plan_drawing
from planner.present.words.text import figure as written
from planner.present.words.text import span, text, unit_name

#: One a category, so that none is told by its colour alone.
PATTERNS: tuple[Pattern, ...] = ("", "lines", "dots", "cross", "waves")
#: Column of `municipality_table` -> unit.
FIGURES = {
    "minutes": "min",
    "minutes_nearest": "min",
    "presence_days": "days",
    "population": "persons",
    "fte": "fte",
}


def category_drawing(
    region: Instance | Sequence[str],
    category_of: Mapping[str, str],
    labels: Mapping[str, str],
    tooltips: Mapping[str, str],
    summary: str = "",
) -> Drawing:
    """Draw which category every municipality is in.

    Parameters
    ----------
    region : whose municipalities are drawn, or their codes.
    category_of : code -> category.
    labels : category -> its name in the legend, in the order of the legend; at most ten.
    tooltips : code -> plain text in lines.
    summary : text alternative; left out, it counts the municipalities of every category.
    """
    codes = tuple(region.codes if isinstance(region, Instance) else region)
    look = {
        category: (PALETTE[place], PATTERNS[place % len(PATTERNS)])
        for place, category in enumerate(labels)
    }
    count = dict.fromkeys(labels, 0)
    for code in codes:
        count[category_of[code]] += 1
    listed = [f"{label}: {count[category]}" for category, label in labels.items()]
    return Drawing(
        codes=codes,
        labels={code: (tooltips[code].split("\n")[0],) for code in codes},
        fills={code: look[category_of[code]][0] for code in codes},
        tooltips={code: tooltips[code] for code in codes},
        legend=tuple(
            LegendEntry(label, *look[category])
            for category, label in labels.items()
            if count[category]
        ),
        summary=summary
        or text("map.category_summary", number=len(codes), categories="; ".join(listed)),
        patterns={code: look[category_of[code]][1] for code in codes if look[category_of[code]][1]},
    )


def figure_drawing(instance: Instance, plan: Plan, name: str) -> Drawing:
    """Draw a figure of every municipality in classes, the darker the more, under a plan's offices.

    Parameters
    ----------
    name : of `FIGURES`; empty for the offices alone.
    """
    if not name:
        return plan_drawing(instance, plan)
    values = municipality_table(instance, plan)[name].astype(float)
    known, unit = values[np.isfinite(values)], FIGURES[name]
    classes = _classes(known)
    fills = dict.fromkeys(map(str, values.index), LAND)
    legend = []
    for (low, high), shade in zip(classes, _shades(len(classes)), strict=True):
        inside = known[(known >= low) & (known <= high)]
        fills |= {str(code): shade for code in inside.index}
        ends = f"{span(inside.min(), inside.max(), unit)} {unit_name(unit)}"
        told = written(low, unit) if low == high else ends
        legend.append(LegendEntry(told, shade))
    if len(known) < len(values):
        legend.append(LegendEntry(text("figure.undefined"), LAND))
    drawing = plan_drawing(instance, plan)
    marks = [entry for entry in drawing.legend if entry.mark != "area"]
    title = text(f"map.figure.{name}")
    told = "; ".join(entry.label for entry in legend)
    return replace(
        drawing,
        fills=fills,
        legend=(*legend, *marks),
        summary=text("map.figure_summary", figure=title, classes=told),
    )


def _classes(known: pd.Series[float]) -> list[tuple[float, float]]:
    """Return ends of at most as many classes as there are shades, about equally large."""
    different = np.unique(known)
    if len(different) <= len(SHADES):
        return [(float(value), float(value)) for value in different]
    parts = [part for part in np.array_split(np.sort(known), len(SHADES)) if len(part)]
    tops = np.unique([part[-1] for part in parts])  # equal figures are in one class
    lows = [float(known.min()), *(float(different[different > top][0]) for top in tops[:-1])]
    return list(zip(lows, map(float, tops), strict=True))


def _shades(count: int) -> list[str]:
    """Choose shades as far from each other as they are."""
    places = np.linspace(0, len(SHADES) - 1, count).round().astype(int)
    return [SHADES[place] for place in places]
