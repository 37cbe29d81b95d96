"""Access: how far inhabitants are from their host office and from the nearest location."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.assess.indicator import Indicator
from planner.assess.memo import remembered
from planner.assess.statistics import Floats, host_places, least_covering
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.provenance import Provenance, weakest

WORKING_DAYS_A_WEEK = 5.0
LIMITS_MIN = (30, 45, 60, 90)
INPUTS = ("links", "places", "settlements", "areas", "reception_points", "municipalities")


@remembered
def host_ways(instance: Instance, plan: Plan) -> Floats:
    """(points,) minutes from where people live to their host office; see `Inhabitants`."""
    instance.check_plan(plan)
    people = instance.people
    return people.minutes[np.arange(len(people.home)), host_places(plan)[people.home]]


@remembered
def nearest_ways(instance: Instance, plan: Plan) -> Floats:
    """(points,) mean minutes from where people live to the nearest location that is open.

    A location with d days a week can serve the share d/5 of a person's visits. Visits go to the
    nearest location of the group first; a farther one serves only the days that it adds, as if
    all locations kept the same weekdays. The host is open every day.
    """
    people, ways = instance.people, np.zeros(len(instance.people.home))
    place = {code: position for position, code in enumerate(instance.codes)}
    for members in plan.groups.values():
        rows = np.concatenate([np.arange(*_ends(people.points[place[code]])) for code in members])
        open_days = np.array([plan.presence_days(code) for code in members])
        served = open_days > 0
        there = [place[code] for code, is_open in zip(members, served, strict=True) if is_open]
        minutes = people.minutes[rows][:, there]
        order = np.argsort(minutes, axis=1, kind="stable")
        days = np.maximum.accumulate(open_days[served][order], axis=1)
        added = np.diff(days, axis=1, prepend=0.0)
        nearest = np.take_along_axis(minutes, order, axis=1)
        counted = np.multiply(nearest, added, out=np.zeros_like(nearest), where=added > 0)
        ways[rows] = counted.sum(axis=1) / WORKING_DAYS_A_WEEK
    return ways


@remembered
def host_minutes(instance: Instance, plan: Plan) -> pd.Series[float]:
    """Mean travel time of every municipality's inhabitants to the host office, minutes.

    Over those who have a way; infinite where nobody has.
    """
    means = instance.people.means(host_ways(instance, plan))
    return pd.Series(means, index=instance.municipalities.index)


@remembered
def nearest_minutes(instance: Instance, plan: Plan) -> pd.Series[float]:
    """Mean over every municipality's inhabitants of `nearest_ways`, minutes."""
    means = instance.people.means(nearest_ways(instance, plan))
    return pd.Series(means, index=instance.municipalities.index)


@remembered
def centre_minutes(instance: Instance, plan: Plan) -> pd.Series[float]:
    """Travel time from every municipality's centre to its host's; infinite without a way."""
    return _to_host(instance, instance.travel.minutes, plan)


@remembered
def host_km(instance: Instance, plan: Plan) -> pd.Series[float]:
    """Length of the fastest way from every municipality's centre to its host's, km."""
    return _to_host(instance, instance.travel.km, plan)


def persons(instance: Instance) -> Floats:
    """(points,) how many people live at each point; see `Inhabitants`."""
    return instance.figure("population")[instance.people.home] * instance.people.share


def assess_access(instance: Instance, plan: Plan) -> Iterator[Indicator]:
    """Yield the access indicators of a plan."""
    host, nearest = host_ways(instance, plan), nearest_ways(instance, plan)
    for name, ways in (("", host), ("nearest_", nearest)):
        yield _mean(f"access.{name}mean_min", instance, plan, ways)
        for key, share in (("median_min", 0.5), ("p90_min", 0.9), ("max_min", 1.0)):
            yield _covering(f"access.{name}{key}", instance, ways, share)
    yield from _shares(instance, host)
    yield from _ferry_and_unreachable(instance, plan, host)
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
    instance: Instance,
    plan: Plan,
    ways: Floats,
) -> Indicator:
    people, home = persons(instance), instance.people.home
    hosts = np.array(plan.municipalities)[host_places(plan)][home]
    reached = np.isfinite(ways)

    def mean(among: npt.NDArray[np.bool_]) -> float | None:
        kept = among & reached
        weight = people[kept].sum()
        return float((ways[kept] * people[kept]).sum() / weight) if weight > 0 else None

    means = instance.people.means(ways)
    return Indicator(
        key,
        mean(reached),
        travel_provenance(instance),
        INPUTS,
        {host: mean(hosts == host) for host in plan.groups},
        dict(zip(plan.municipalities, map(_finite, means), strict=True)),
    )


def _covering(key: str, instance: Instance, ways: Floats, share: float) -> Indicator:
    """State the least minutes that cover a share of the people, of all and of each municipality."""
    people = instance.people
    by_municipality = {
        code: _finite(float(people.covering(ways[own], own, share)))
        for code, own in zip(instance.codes, people.points, strict=True)
    }
    value = _finite(least_covering(ways, persons(instance), share))
    return Indicator(key, value, travel_provenance(instance), INPUTS, {}, by_municipality)


def _shares(instance: Instance, ways: Floats) -> Iterator[Indicator]:
    provenance = travel_provenance(instance)
    people, home, share = persons(instance), instance.people.home, instance.people.share
    total = people.sum()
    for limit in LIMITS_MIN:
        near = ways <= limit
        value = float(people[near].sum() / total) if total > 0 else None
        of_each = np.bincount(home, share * near, len(instance.codes)).tolist()
        by_municipality = dict(zip(instance.codes, of_each, strict=True))
        key = f"access.within_{limit}_share"
        yield Indicator(key, value, provenance, INPUTS, {}, by_municipality)


def _ferry_and_unreachable(instance: Instance, plan: Plan, ways: Floats) -> Iterator[Indicator]:
    provenance = travel_provenance(instance)
    people = instance.figure("population")
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
    cut_off = persons(instance)[~np.isfinite(ways)]
    yield Indicator("access.unreachable_persons", float(cut_off.sum()), provenance, INPUTS)


def travel_provenance(instance: Instance) -> Provenance:
    """Return the provenance of ways, weighted by inhabitants."""
    return weakest(["modelled", instance.provenance_of("population")])


def _ends(own: slice) -> tuple[int, int]:
    return own.start, own.stop


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


#: What more is known of population and staff where the whole country is: the years of both, the
#: state's and the municipality's part, and an office's 80 % band, FTE.
MORE_FIGURES = (
    *("population_year", "fte_year"),
    *("state_fte", "municipal_fte", "fte_low", "fte_high"),
)


def municipality_table(instance: Instance, plan: Plan) -> pd.DataFrame:
    """Return one row a municipality: its host, minutes, days of presence, population and staff.

    Index ``code``; columns ``name``, ``host_code``, ``host``, ``minutes`` (mean over inhabitants),
    ``minutes_centre`` (centre to centre), ``minutes_nearest``, ``km``, ``presence_days``,
    ``population``, ``fte`` and the provenance of the last two; where it is known, `MORE_FIGURES`.
    """
    table = instance.municipalities
    hosts = pd.Series(plan.host_of)
    return pd.DataFrame(
        {
            "name": table["name"],
            "host_code": hosts,
            "host": hosts.map(instance.names),
            "minutes": host_minutes(instance, plan),
            "minutes_centre": centre_minutes(instance, plan),
            "minutes_nearest": nearest_minutes(instance, plan),
            "km": host_km(instance, plan),
            "presence_days": pd.Series(
                {code: plan.presence_days(code) for code in plan.municipalities}
            ),
            "population": table["population"],
            "population_provenance": table["population_provenance"],
            "fte": table["fte"],
            "fte_provenance": table["fte_provenance"],
            **{name: table[name] for name in MORE_FIGURES if name in table},
        }
    )
