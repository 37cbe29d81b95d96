"""Plans as points: every plan of a region, or those of a front, beside the plans that have names.

Which points are dominated depends on the two indicators that are looked at, and on nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from planner.assess.indicator import DIRECTIONS, Axis, Indicator
from planner.assess.plans.space import Assessor
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.optimise.all_plans.pareto import non_dominated
from planner.optimise.judge import BrokenLimit, LimitJudge
from planner.present.plans.lists import written_groups
from planner.present.words.limits import broken_sentence
from planner.present.words.text import DECIMALS, enumeration, text, unit_name

if TYPE_CHECKING:
    from planner.pipeline.plans import PlacedFront, PlanList, Space

_Standing = Literal["front", "dominated", "outside", "unknown"]

#: What the names of plans that people drew begin with, so that no number is one of them.
NAMED = "m"
BASELINE = "baseline"


@dataclass(frozen=True, eq=False)
class PlanPoint:
    """A plan among others.

    Attributes
    ----------
    name : ``1``, ``2`` ... for plans of the list or front; ``m0`` (the baseline), ``m1`` ... for
        those that people drew.
    title : of a plan that people drew; `BASELINE` for the baseline; else empty.
    plan, indicators : all of them, by key.
    broken : limits of the request that it breaks.
    """

    name: str
    title: str
    plan: Plan
    indicators: Mapping[str, Indicator]
    broken: tuple[BrokenLimit, ...]

    @property
    def label(self) -> str:
        """What a reader calls it."""
        if not self.title:
            return text("plan_space.plan", number=self.name)
        return text("table.baseline") if self.title == BASELINE else self.title

    def value(self, key: str) -> float | None:
        """Return an indicator's figure; None where it is not defined."""
        return self.indicators[key].value


@dataclass(frozen=True, eq=False)
class PlanPoints:
    """Plans of one region that are looked at together.

    Attributes
    ----------
    instance : the region.
    points : in the order of their names.
    every_plan : whether all partitions of the region are among them.
    complete : whether nothing can be missing among those that were looked for.
    axes : indicators whose front it is; empty where every plan is there.
    """

    instance: Instance
    points: tuple[PlanPoint, ...]
    every_plan: bool
    complete: bool
    axes: tuple[str, ...] = ()

    @property
    def front(self) -> list[PlanPoint]:
        """Return the plans that were found, without those that people drew."""
        return [one for one in self.points if not one.title]

    def units(self) -> dict[str, str]:
        """Return indicator -> its unit."""
        return {key: one.unit for key, one in self.points[0].indicators.items()}

    def judged(self) -> list[str]:
        """Return the indicators that have a better end."""
        return [key for key in self.points[0].indicators if key in DIRECTIONS]

    def standings(self, x: str, y: str) -> list[_Standing]:
        """Say of every point whether another one is better in both of two indicators."""
        axes = [Axis(key, DIRECTIONS[key]) for key in (x, y)]
        losses = np.array(
            [[axis.loss(one.value(axis.key)) for axis in axes] for one in self.points]
        )
        within = np.array([not one.broken for one in self.points])
        best = np.zeros(len(self.points), dtype=bool)
        best[within] = non_dominated(losses[within])
        known = ~np.isnan(losses).any(axis=1)
        flags = zip(known.tolist(), within.tolist(), best.tolist(), strict=True)
        return [_standing(known=one, within=two, best=three) for one, two, three in flags]


def list_points(found: PlanList) -> PlanPoints:
    """Return all partitions of a small region, and the plans that people drew."""
    space = found.space
    listed = [
        PlanPoint(str(number), "", one.plan, one.indicators, one.broken)
        for number, one in enumerate(found.plans, start=1)
    ]
    return PlanPoints(space.instance, (*listed, *_named(space)), every_plan=True, complete=True)


def front_points(found: PlacedFront) -> PlanPoints:
    """Return the plans of a front, and the plans that people drew."""
    space, assessor = found.space, Assessor(found.space.instance)
    on_front = [
        PlanPoint(str(number), "", point.plans[0], assessor.indicators(point.plans[0]), ())
        for number, point in enumerate(found.front.points, start=1)
    ]
    return PlanPoints(
        space.instance,
        (*on_front, *_named(space)),
        every_plan=False,
        complete=found.front.complete,
        axes=tuple(axis.key for axis in found.front.axes),
    )


def _named(space: Space) -> Iterator[PlanPoint]:
    assessor, limits = Assessor(space.instance), LimitJudge(space.instance, space.request)
    plans = [(BASELINE, space.instance.baseline), *space.models]
    for place, (title, plan) in enumerate(plans):
        yield PlanPoint(
            f"{NAMED}{place}", title, plan, assessor.indicators(plan), limits.of_plan(plan)
        )


def points_frame(found: PlanPoints, x: str, y: str, colour: str = "") -> pd.DataFrame:
    """Return a row a point for a chart and a table, figures as they are drawn (shares in %).

    Columns ``name``, ``label``, ``title`` (of plans that people drew), ``said`` (the standing, in
    words), ``x``, ``y``, ``colour`` (figures; the last only where an indicator is given) and
    ``groups``.
    """
    names, units = found.instance.names, found.units()
    rows = []
    for one, standing in zip(found.points, found.standings(x, y), strict=True):
        row = {
            "name": one.name,
            "label": one.label,
            "title": one.label if one.title else "",
            "said": text(f"plan_space.standing.{standing}"),
            "x": drawn(one.value(x), units[x]),
            "y": drawn(one.value(y), units[y]),
            "groups": written_groups(one.plan, names),
        }
        if colour:
            row["colour"] = drawn(one.value(colour), units[colour])
        rows.append(row)
    return pd.DataFrame(rows)


def points_table(found: PlanPoints, keys: Sequence[str], x: str, y: str) -> pd.DataFrame:
    """Return the points as a table that can be sorted: standing, groups and some indicators."""
    names, units = found.instance.names, found.units()
    rows = []
    for one, standing in zip(found.points, found.standings(x, y), strict=True):
        row: dict[str, object] = {
            text("plan_space.column.plan"): one.label,
            text("plan_space.column.standing"): text(f"plan_space.standing.{standing}"),
        }
        for key in keys:
            row[heading(key, units[key])] = _rounded(drawn(one.value(key), units[key]), units[key])
        row[text("plan_space.column.groups")] = written_groups(one.plan, names)
        row[text("plan_space.column.broken")] = "; ".join(
            broken_sentence(broken, names) for broken in one.broken
        )
        rows.append(row)
    return pd.DataFrame(rows)


def group_lines(plan: Plan, names: Mapping[str, str]) -> list[str]:
    """Write the groups of a plan, a line each: «Gol: Flå og Nesbyen»; those alone on the last."""
    lines, alone = [], []
    for host, members in plan.groups.items():
        others = enumeration([names[code] for code in members if code != host])
        if others:
            lines.append(text("plan_space.group", host=names[host], members=others))
        else:
            alone.append(names[host])
    if alone:
        lines.append(text("plan_space.alone", names=enumeration(alone)))
    return lines


def heading(key: str, unit: str) -> str:
    """Name an indicator with its unit, as it stands over a column or beside an axis."""
    written = unit_name(unit)
    label = text(f"indicator.{key}")
    return f"{label} ({written})" if written else label


def drawn(value: float | None, unit: str) -> float | None:
    """Return a figure as it is drawn: shares in per cent."""
    if value is None:
        return None
    return value * 100 if unit == "share" else float(value)


def _rounded(value: float | None, unit: str) -> float | None:
    return None if value is None else round(value, DECIMALS.get(unit, 1))


def _standing(*, known: bool, within: bool, best: bool) -> _Standing:
    if not known:
        return "unknown"
    if not within:
        return "outside"
    return "front" if best else "dominated"
