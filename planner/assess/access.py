"""Access: how far inhabitants are from their host office and from the nearest location."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from planner.assess.indicator import Indicator
from planner.assess.memo import remembered
from planner.assess.statistics import Floats, host_places, least_covering
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.provenance import Provenance, weakest

WORKING_DAYS_A_WEEK = 5.0
LIMITS_MIN = (30, 45, 60, 90)
INPUTS = ("links", "places", "borders", "municipalities")


@remembered
def host_minutes(instance: Instance, plan: Plan) -> pd.Series[float]:
    """Travel time from every municipality to its host, minutes; infinite where there is no way."""
    return _to_host(instance, instance.travel.minutes, plan)


@remembered
def host_km(instance: Instance, plan: Plan) -> pd.Series[float]:
    """Length of the fastest way from every municipality to its host, km."""
    return _to_host(instance, instance.travel.km, plan)


@remembered
def nearest_minutes(instance: Instance, plan: Plan) -> pd.Series[float]:
    """Mean travel time to the nearest location that is open, minutes.

    A location with d days a week can serve the share d/5 of a municipality's visits. Visits go to
    the nearest location of the group first; a farther one serves only the days that it adds, as
    if all locations kept the same weekdays. The host is open every day.
    """
    minutes = instance.travel.minutes.to_numpy(dtype=float)
    row = {code: position for position, code in enumerate(instance.codes)}
    groups = plan.groups
    result = {}
    for code in instance.codes:
        group = groups[plan.host_of[code]]
        locations = sorted((float(minutes[row[code], row[other]]), other) for other in group)
        served_days, total_min = 0.0, 0.0
        for way_min, other in locations:
            added_days = max(0.0, plan.presence_days(other) - served_days)
            if added_days:
                total_min += way_min * added_days / WORKING_DAYS_A_WEEK
                served_days += added_days
        result[code] = total_min
    return pd.Series(list(result.values()), index=instance.municipalities.index, dtype=float)


def assess_access(instance: Instance, plan: Plan) -> Iterator[Indicator]:
    """Yield the access indicators of a plan."""
    people = instance.figure("population")
    host_min = np.asarray(host_minutes(instance, plan), dtype=float)
    nearest_min = np.asarray(nearest_minutes(instance, plan), dtype=float)
    provenance = travel_provenance(instance, plan)
    for name, minutes in (("", host_min), ("nearest_", nearest_min)):
        yield _mean(
            f"access.{name}mean_min",
            minutes,
            people=people,
            plan=plan,
            provenance=provenance,
        )
        for key, share in (("median_min", 0.5), ("p90_min", 0.9)):
            value = _finite(least_covering(minutes, people, share))
            yield Indicator(f"access.{name}{key}", value, provenance, INPUTS)
        worst = _finite(float(np.max(minutes, where=people > 0, initial=-np.inf)))
        yield Indicator(f"access.{name}max_min", worst, provenance, INPUTS)
    yield from _shares(host_min, people, provenance)
    yield from _ferry_and_unreachable(
        instance, plan, host_min, people=people, provenance=provenance
    )
    yield _visits_affected(instance, plan)


def _visits_affected(instance: Instance, plan: Plan) -> Indicator:
    """Count drop-in visits on days without anybody present; unknown where none were counted."""
    affected = {
        str(code): float(visits) * (1 - plan.presence_days(str(code)) / WORKING_DAYS_A_WEEK)
        for code, visits in instance.visits.get("visits_per_month", pd.Series(dtype=float)).items()
    }
    return Indicator(
        "access.visits_affected",
        sum(affected.values()) if affected else None,
        "scenario",
        ("visits",),
        by_municipality=affected,
    )


def _to_host(instance: Instance, frame: pd.DataFrame, plan: Plan) -> pd.Series[float]:
    instance.check_plan(plan)
    to_host = frame.to_numpy(dtype=float)[np.arange(len(frame)), host_places(plan)]
    return pd.Series(to_host, index=instance.municipalities.index)


def _mean(
    key: str,
    minutes: Floats,
    *,
    people: Floats,
    plan: Plan,
    provenance: Provenance,
) -> Indicator:
    ways = dict(zip(plan.municipalities, minutes.tolist(), strict=True))
    weights = dict(zip(plan.municipalities, people.tolist(), strict=True))

    def mean(codes: Iterable[str]) -> float | None:
        reached = [code for code in codes if np.isfinite(ways[code])]
        weight = sum(weights[code] for code in reached)
        return sum(ways[code] * weights[code] for code in reached) / weight if weight > 0 else None

    return Indicator(
        key,
        mean(plan.municipalities),
        provenance,
        INPUTS,
        {host: mean(members) for host, members in plan.groups.items()},
        {code: _finite(ways[code]) for code in plan.municipalities},
    )


def _shares(host_min: Floats, people: Floats, provenance: Provenance) -> Iterator[Indicator]:
    total = people.sum()
    for limit in LIMITS_MIN:
        value = float(people[host_min <= limit].sum() / total) if total > 0 else None
        yield Indicator(f"access.within_{limit}_share", value, provenance, INPUTS)


def _ferry_and_unreachable(
    instance: Instance,
    plan: Plan,
    host_min: Floats,
    *,
    people: Floats,
    provenance: Provenance,
) -> Iterator[Indicator]:
    total = people.sum()
    by_ferry = np.asarray(_to_host(instance, instance.travel.ferry, plan), dtype=float)
    value = float((people * by_ferry).sum() / total) if total > 0 else None
    yield Indicator(
        "access.ferry_share",
        value,
        provenance,
        INPUTS,
        {},
        dict(zip(plan.municipalities, by_ferry.tolist(), strict=True)),
    )
    cut_off = people[~np.isfinite(host_min)]
    yield Indicator("access.unreachable_persons", float(cut_off.sum()), provenance, INPUTS)


@remembered
def travel_provenance(instance: Instance, plan: Plan) -> Provenance:
    """Return the provenance of ways to the hosts, weighted by inhabitants."""
    by_distance = _to_host(instance, instance.travel.estimated, plan).to_numpy().any()
    travel: Provenance = "estimated" if by_distance else "modelled"
    return weakest([travel, instance.provenance_of("population")])


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
