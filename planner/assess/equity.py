"""Equity and influence: who gains and who loses, municipality by municipality.

Gains and losses stand side by side and are never added up: a shorter absence of debt counselling
does not pay for a host's office that is gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.assess.access import (
    INPUTS,
    host_minutes,
    host_ways,
    nearest_minutes,
    nearest_ways,
    persons,
    travel_provenance,
)
from planner.assess.competence.advisers import man_functions
from planner.assess.indicator import Indicator
from planner.assess.memo import remembered
from planner.assess.presence_rule import promised, sami_area
from planner.assess.statistics import Floats, gini, host_places, sums_at_host
from planner.assess.two_employers import jobs_fte, moved_fte
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.provenance import Provenance

#: Figure of a municipality -> 1 where more of it is a gain, -1 where it is a loss.
BETTER = {
    "minutes": -1,
    "minutes_nearest": -1,
    "presence_days": 1,
    "jobs_fte": 1,
    "group_share": 1,
    "uncovered_days": -1,
}
#: Changes below this are rounding.
LEAST_CHANGE = 1e-9
MUST_KEEP_COLUMNS = (
    "code",
    "name",
    "keeps",
    "reason",
    "category",
    "language",
    "presence_days_baseline",
    "presence_days",
    "kept",
)
_Figures = Mapping[str, Floats]


def winners_and_losers(instance: Instance, plan: Plan) -> pd.DataFrame:
    """Set what a plan gives each municipality beside the baseline.

    Returns
    -------
    Index ``code``; columns ``name``; ``host_baseline``, ``host`` (codes); ``is_host_baseline``,
    ``is_host``; for every figure ``<figure>_baseline``, ``<figure>`` and ``<figure>_change``; and
    ``gains`` and ``losses``, tuples of the figures that become better or worse, among them
    ``is_host``. Figures:

    - ``minutes`` to the host, and ``minutes_nearest`` to the nearest open location; infinite
      without a way, and no change where there is none in either.
    - ``presence_days`` a week.
    - ``jobs_fte`` : staff whose employer or state office is in the municipality; see `jobs_fte`.
    - ``group_share`` : its share (0-1) of the group's inhabitants, a measure of its weight.
    - ``uncovered_days`` a year on which a function of its office is not covered, mean over
      functions; NaN where no functions are known.

    Raises
    ------
    LabelMismatchError : the plan is not one of exactly the region's municipalities.
    """
    instance.check_plan(plan)
    table = pd.DataFrame({"name": instance.municipalities["name"]})
    for suffix, one in (("_baseline", instance.baseline), ("", plan)):
        table[f"host{suffix}"] = list(one.host_of.values())
        table[f"is_host{suffix}"] = table[f"host{suffix}"] == table.index
    before, after = (
        {**_figures(instance, one), "uncovered_days": _uncovered_days(instance, one)}
        for one in (instance.baseline, plan)
    )
    better = {"is_host": table["is_host"].to_numpy(float) - table["is_host_baseline"]}
    for figure, sign in BETTER.items():
        change = _change(before[figure], after[figure])
        table[f"{figure}_baseline"], table[figure] = before[figure], after[figure]
        table[f"{figure}_change"] = change
        better[figure] = sign * change
    for name, sign in (("gains", 1), ("losses", -1)):
        clear = {figure: sign * np.asarray(by) > LEAST_CHANGE for figure, by in better.items()}
        table[name] = [
            tuple(figure for figure in clear if clear[figure][row]) for row in range(len(table))
        ]
    return table


def figure_provenance(instance: Instance) -> dict[str, Provenance]:
    """Return the provenance of every figure of `winners_and_losers`, baseline and plan together."""
    travel = travel_provenance(instance)
    return {
        "minutes": travel,
        "minutes_nearest": travel,
        "presence_days": "assumed",
        "jobs_fte": instance.provenance_of("fte"),
        "group_share": instance.provenance_of("population"),
        "uncovered_days": "assumed",
    }


def must_keep(instance: Instance, plan: Plan) -> pd.DataFrame:
    """List what must be kept where, and whether a plan keeps it.

    Returns
    -------
    One row a requirement, sorted by municipality; columns ``code``, ``name``, ``keeps``
    (``presence``, ``sami_language``, ``island`` or ``sami_area``), ``reason`` (bokmål; empty for
    islands and the Sami administrative area), ``category`` and ``language`` of that area on the
    date (empty where not known), ``presence_days_baseline``, ``presence_days`` a
    week, and ``kept``: True or False where presence decides, None for language, which no table
    tells.
    """
    instance.check_plan(plan)
    demands: list[tuple[str, str, str]] = [
        (keep.code, keep.keeps, keep.reason) for keep in instance.keep_presence
    ]
    said = {code for code, keeps, _ in demands if keeps == "presence"}
    demands += [(code, "island", "") for code in instance.islands - said]
    demands += [(code, "sami_area", "") for code in sami_area(instance)]
    categories = dict(instance.municipalities.get("sami_category", pd.Series(dtype=object)))
    rows = [
        {
            "code": code,
            "name": instance.names[code],
            "keeps": keeps,
            "reason": reason,
            "category": categories.get(code, "") if keeps == "sami_area" else "",
            "language": instance.sami_languages.get(code, "") if keeps == "sami_area" else "",
            "presence_days_baseline": instance.baseline.presence_days(code),
            "presence_days": plan.presence_days(code),
            "kept": None if keeps == "sami_language" else plan.presence_days(code) > 0,
        }
        for code, keeps, reason in sorted(demands)
    ]
    return pd.DataFrame(rows, columns=list(MUST_KEEP_COLUMNS)).astype({"kept": object})


def assess_equity(instance: Instance, plan: Plan) -> Iterator[Indicator]:
    """Yield how evenly ways are spread, who gains and who loses, and what must be kept."""
    instance.check_plan(plan)
    before, after = _figures(instance, instance.baseline), _figures(instance, plan)
    yield from _ways(instance, plan, before, after)
    yield from _presence(before["presence_days"], after["presence_days"], plan)
    yield from _influence(instance, plan, after["group_share"])
    yield from _kept(instance, plan)


def _ways(instance: Instance, plan: Plan, before: _Figures, after: _Figures) -> Iterator[Indicator]:
    people = instance.figure("population")
    provenance = travel_provenance(instance)
    for key, ways in (
        ("equity.host_minutes_gini_share", host_ways),
        ("equity.nearest_minutes_gini_share", nearest_ways),
    ):
        yield Indicator(
            key,
            gini(ways(instance, plan), persons(instance)),
            provenance,
            INPUTS,
        )
    change = _change(before["minutes_nearest"], after["minutes_nearest"])
    yield Indicator(
        "equity.worst_off_added_min",
        _finite(change.max()),
        provenance,
        INPUTS,
        by_municipality=dict(zip(instance.codes, map(_finite, change), strict=True)),
    )
    for key, concerned in (
        ("farther", change > LEAST_CHANGE),
        ("nearer", change < -LEAST_CHANGE),
    ):
        yield _sum(
            f"equity.{key}_persons",
            people * concerned,
            plan,
            provenance=provenance,
            inputs=INPUTS,
        )


def _presence(before: Floats, after: Floats, plan: Plan) -> Iterator[Indicator]:
    for name, concerned in (
        ("fewer_presence_days", after < before),
        ("more_presence_days", after > before),
        ("presence_lost", (after == 0) & (before > 0)),
    ):
        yield _sum(
            f"equity.{name}_municipalities",
            concerned,
            plan,
            provenance="assumed",
            inputs=("offices", "office_members"),
        )


def _influence(instance: Instance, plan: Plan, group_share: Floats) -> Iterator[Indicator]:
    before = instance.baseline
    yield _sum(
        "equity.jobs_moved_fte",
        moved_fte(instance, plan),
        plan,
        provenance=instance.provenance_of("fte"),
        inputs=("offices", "municipalities"),
    )
    for name, whom in (
        ("lost", set(before.hosts) - set(plan.hosts)),
        ("gained", set(plan.hosts) - set(before.hosts)),
    ):
        yield _sum(
            f"equity.host_role_{name}_municipalities",
            np.array([code in whom for code in plan.municipalities]),
            plan,
            provenance="assumed",
            inputs=("offices", "office_members"),
        )
    yield Indicator(
        "equity.least_group_share",
        _finite(np.min(group_share)),
        instance.provenance_of("population"),
        ("municipalities",),
        by_municipality=dict(zip(instance.codes, map(_finite, group_share), strict=True)),
    )


def _kept(instance: Instance, plan: Plan) -> Iterator[Indicator]:
    for key, codes, tables in (
        ("must_keep_lost", promised(instance), ("keep_presence", "islands")),
        ("sami_area_lost", sami_area(instance), ("sami_areas",)),
    ):
        lost = [code in codes and plan.presence_days(code) == 0 for code in plan.municipalities]
        yield _sum(
            f"equity.{key}_municipalities",
            np.array(lost),
            plan,
            provenance="scenario",
            inputs=tables,
        )


def _sum(
    key: str,
    amounts: npt.NDArray[np.float64 | np.bool_],
    plan: Plan,
    *,
    provenance: Provenance,
    inputs: tuple[str, ...],
) -> Indicator:
    """Make an indicator that is the sum over municipalities, shown for each of them."""
    by_municipality = dict(zip(plan.municipalities, map(float, amounts), strict=True))
    value = sum(by_municipality.values())
    return Indicator(key, value, provenance, inputs, {}, by_municipality)


@remembered
def _figures(instance: Instance, plan: Plan) -> _Figures:
    """Return the figures of every municipality but the days without cover, by code."""
    people = instance.figure("population")
    of_group = sums_at_host(people, plan)[host_places(plan)]
    share = np.divide(people, of_group, out=np.full(len(people), np.nan), where=of_group > 0)
    return {
        "minutes": host_minutes(instance, plan).to_numpy(dtype=float),
        "minutes_nearest": nearest_minutes(instance, plan).to_numpy(dtype=float),
        "presence_days": np.array([plan.presence_days(code) for code in plan.municipalities]),
        "jobs_fte": jobs_fte(instance, plan),
        "group_share": share,
    }


def _uncovered_days(instance: Instance, plan: Plan) -> Floats:
    if not instance.functions:
        return np.full(len(instance.codes), np.nan)
    manning = man_functions(instance, plan)
    days = dict(zip(manning.hosts, manning.uncovered_days.mean(axis=1), strict=True))
    return np.array([days[office] for office in manning.office_of.values()], dtype=float)


def _change(before: Floats, after: Floats) -> Floats:
    """Subtract; no change where there is no way before or after."""
    no_way = np.isposinf(before) & np.isposinf(after)
    return np.where(no_way, 0.0, after) - np.where(no_way, 0.0, before)


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
