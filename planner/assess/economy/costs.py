"""Costs of a plan, part by part: quantities from the plan, prices from the assumptions.

Every part's formula names each parameter that it uses, so that no figure stands without its
assumptions. The formulas, their reasons and their weak points are set out in docs/economy.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from string import Formatter
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.assess.access import WORKING_DAYS_A_WEEK, centre_minutes, host_km
from planner.assess.competence.advisers import man_functions
from planner.assess.memo import remembered
from planner.assess.services import case_system_change
from planner.assess.statistics import sums_at_host
from planner.assess.two_employers import moved_fte, municipal_plan
from planner.model.instance import Instance
from planner.model.plan import Plan

Floats = npt.NDArray[np.float64]
_Prices = Mapping[str, float]
#: All parameters at the low end, at the values in use, at the high end.
_Case = Literal["low", "central", "high"]
CASES: tuple[_Case, ...] = get_args(_Case)
BOUGHT = "debt_counselling"


@dataclass(frozen=True, eq=False)
class Quantities:
    """What a plan asks for, before any price; arrays are (municipalities,), sorted by code.

    Attributes
    ----------
    codes, hosts : municipalities, and the host of each.
    is_host, is_office, is_location : whether it hosts a group; whether it has an office, be it
        the municipality's alone; whether it has presence without an office.
    group_fte, group_population : of the municipal tasks' group, at its host; 0 elsewhere.
    fte : the municipality's own.
    km, hours : one way to the host; 0 for hosts, NaN where there is no way.
    weekly_trips : between the host and a location, for each of its staff.
    buys : 1 where it is known to buy debt counselling and its group cannot form a team for it;
        NaN where that team is not known.
    moved_fte : staff who get another employer, or state office, than in the baseline.
    changed_group : 1 at hosts of a group that some municipality moves to.
    new_systems : case -> 1 where a municipality that moves must change case system; where it is
        unknown, 0 in the low case, 1 in the high one, and NaN in the central one.
    """

    codes: tuple[str, ...]
    hosts: tuple[str, ...]
    is_host: Floats
    is_office: Floats
    is_location: Floats
    group_fte: Floats
    group_population: Floats
    fte: Floats
    km: Floats
    hours: Floats
    weekly_trips: Floats
    buys: Floats
    moved_fte: Floats
    changed_group: Floats
    new_systems: Mapping[_Case, Floats]


@dataclass(frozen=True)
class CostPart:
    """One part of the costs.

    Attributes
    ----------
    formula : in one line, each parameter in braces.
    cost : quantities, prices and case -> NOK of every municipality where the cost arises.
    tables : what the quantities are computed from.
    by_place : whether the cost of a single municipality has a meaning; that of a group always has.
    """

    formula: str
    cost: Callable[[Quantities, _Prices, _Case], Floats]
    tables: tuple[str, ...]
    by_place: bool

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters in the formula."""
        fields = (field for _, field, _, _ in Formatter().parse(self.formula))
        return tuple(dict.fromkeys(field for field in fields if field))


@remembered
def quantities(instance: Instance, plan: Plan) -> Quantities:
    """Count what a plan asks for.

    Raises
    ------
    LabelMismatchError : the plan is not one of exactly the region's municipalities.
    """
    instance.check_plan(plan)
    codes = plan.municipalities
    hosts = tuple(plan.host_of.values())
    fte, population = instance.figure("fte"), instance.figure("population")
    is_host = np.array([code == host for code, host in plan.host_of.items()], dtype=float)
    home = municipal_plan(instance, plan)
    is_office = np.array([code in {*home.hosts, *hosts} for code in codes], dtype=float)
    presence = np.array([plan.presence_days(code) for code in codes])
    minutes, km = centre_minutes(instance, plan), host_km(instance, plan)
    before = instance.baseline
    another_host = np.array([host != before.host_of[code] for code, host in plan.host_of.items()])
    receiving = {host for host, moved in zip(hosts, another_host, strict=True) if moved}
    return Quantities(
        codes=codes,
        hosts=hosts,
        is_host=is_host,
        is_office=is_office,
        is_location=(1.0 - is_office) * (presence > 0),
        group_fte=sums_at_host(fte, home),
        group_population=sums_at_host(population, home),
        fte=fte,
        km=_finite(km),
        hours=_finite(minutes) / 60.0,
        weekly_trips=np.minimum(presence, WORKING_DAYS_A_WEEK - presence),
        buys=_buys(instance, plan),
        moved_fte=moved_fte(instance, plan),
        changed_group=np.array([float(code in receiving) for code in codes]),
        new_systems=_new_systems(instance, plan, another_host),
    )


def prices(instance: Instance, case: _Case, parameters: tuple[str, ...]) -> _Prices:
    """Return the parameters of a case; those that the scenario sets itself are the same in all.

    Every parameter of the costs raises them when it rises, so that all low is the cheapest.
    """
    central = {name: instance.assumptions[name] for name in parameters}
    if case == "central":
        return central
    end = 0 if case == "low" else 1
    ranges = instance.assumption_ranges
    return {name: ranges[name][end] if name in ranges else central[name] for name in parameters}


def _finite(way: pd.Series[float]) -> Floats:
    values = way.to_numpy(dtype=float)
    return np.where(np.isfinite(values), values, np.nan)


def _buys(instance: Instance, plan: Plan) -> Floats:
    buyers = {code for code, function in instance.bought_services if function == BOUGHT}
    if not buyers:
        return np.zeros(len(plan.municipalities))
    if BOUGHT not in instance.functions:
        return np.array([np.nan if code in buyers else 0.0 for code in plan.municipalities])
    manning = man_functions(instance, plan)
    possible = manning.team_possible[:, manning.functions.index(BOUGHT)]
    able = dict(zip(manning.hosts, possible, strict=True))
    return np.array(
        [float(code in buyers and not able[office]) for code, office in manning.office_of.items()]
    )


def _new_systems(
    instance: Instance, plan: Plan, moves: npt.NDArray[np.bool_]
) -> dict[_Case, Floats]:
    change = case_system_change(instance, plan)
    known = np.array([np.nan if value is None else value for value in change.values()])
    central = np.where(moves, known, 0.0)
    return {
        "low": np.nan_to_num(central, nan=0.0),
        "central": central,
        "high": np.nan_to_num(central, nan=1.0),
    }


def _premises(of: Quantities, price: _Prices, _: _Case) -> Floats:
    area_m2 = (
        price["premises_m2_per_office"] * of.is_office
        + price["premises_m2_per_location"] * of.is_location
        + price["premises_m2_per_fte"] * of.group_fte
    )
    return price["premises_nok_per_m2"] * area_m2


def _leaders(of: Quantities, price: _Prices, _: _Case) -> Floats:
    posts = (
        price["leader_posts_per_group"] * of.is_office
        + price["leader_posts_per_10000"] * of.group_population / 10_000
    )
    return price["leader_post_nok"] * posts


def _travel(of: Quantities, price: _Prices, _: _Case) -> Floats:
    car = price["travel_nok_per_km"] * of.km
    person = price["travel_nok_per_hour"] * of.hours
    presence = (
        price["open_weeks_per_year"] * of.weekly_trips * (car + price["location_staff"] * person)
    )
    contact = price["contact_trips_per_year"] * (1.0 - of.is_host) * (car + person)
    return 2.0 * (presence + contact)


def _bought(of: Quantities, price: _Prices, _: _Case) -> Floats:
    return price["bought_debt_counselling_nok"] * of.buys


def _transition(of: Quantities, price: _Prices, _: _Case) -> Floats:
    groups = price["one_off_nok_per_group"] * of.changed_group
    return groups + price["one_off_nok_per_fte"] * of.moved_fte


def _case_systems(of: Quantities, price: _Prices, case: _Case) -> Floats:
    return price["one_off_nok_per_case_system"] * of.new_systems[case]


ANNUAL: Mapping[str, CostPart] = {
    "premises_nok": CostPart(
        "{premises_nok_per_m2} NOK/m2 x ({premises_m2_per_office} m2 an office "
        "+ {premises_m2_per_location} m2 a location + {premises_m2_per_fte} m2 x FTE)",
        _premises,
        ("offices", "municipalities"),
        by_place=False,
    ),
    "leaders_nok": CostPart(
        "{leader_post_nok} NOK x ({leader_posts_per_group} posts a group "
        "+ {leader_posts_per_10000} posts x inhabitants / 10 000)",
        _leaders,
        ("municipalities",),
        by_place=False,
    ),
    "staff_travel_nok": CostPart(
        "2 ways x sum over municipalities outside the hosts' of [{open_weeks_per_year} weeks "
        "x min(d, 5 - d) trips, where d is days of presence a week, "
        "x (km x {travel_nok_per_km} NOK + {location_staff} persons x hours "
        "x {travel_nok_per_hour} NOK) + {contact_trips_per_year} trips x (km x "
        "{travel_nok_per_km} NOK + hours x {travel_nok_per_hour} NOK)]; undefined without a way",
        _travel,
        ("links", "places", "borders"),
        by_place=True,
    ),
    "bought_services_nok": CostPart(
        "{bought_debt_counselling_nok} NOK x municipalities known to buy debt counselling and in "
        "a group that cannot form a team for it; what others buy is unknown and not counted",
        _bought,
        ("bought_services", "functions", "offices", "municipalities"),
        by_place=True,
    ),
}

ONE_OFF: Mapping[str, CostPart] = {
    "transition_nok": CostPart(
        "once: {one_off_nok_per_group} NOK a group that some municipality moves to "
        "+ {one_off_nok_per_fte} NOK x FTE of municipalities with another host than in the "
        "baseline",
        _transition,
        ("offices",),
        by_place=False,
    ),
    "case_systems_nok": CostPart(
        "once: {one_off_nok_per_case_system} NOK a municipality with another host than in the "
        "baseline and another case system than that host's; where a system is unknown: none in "
        "the low result, a change in the high one, and the central one is undefined",
        _case_systems,
        ("case_systems",),
        by_place=True,
    ),
}
