"""Advisers: who mans which function, when a group's staff are shared out in proportion to need.

The model, its reasons and its weak points are set out in docs/competence.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.assess.competence.absence import combined_absence, shortfall_share
from planner.assess.memo import remembered
from planner.assess.statistics import host_places, sums_at_host
from planner.assess.two_employers import municipal_plan
from planner.io.tables.services import Employer, SpecialistFunction
from planner.model.instance import Instance
from planner.model.plan import Plan

EMPLOYERS: tuple[Employer, ...] = ("municipal", "state")
#: A team that lacks a billionth of a post is complete.
ROUNDING = 1e-9

Floats = npt.NDArray[np.float64]
Functions = tuple[SpecialistFunction, ...]


@dataclass(frozen=True, eq=False)
class Manning:
    """How the offices of a plan man their functions.

    Arrays are (groups, functions) in the order of `hosts` and `functions`, or (groups,).

    Attributes
    ----------
    hosts, functions : codes of the hosts, and keys of the functions.
    office_of : code -> host of the office that mans them for it; that of the baseline where only
        the state's staff are gathered, whose functions alone are shared.
    members, population : municipalities and inhabitants of each group.
    group_fte : staff of each group, FTE.
    need_fte : work that each function asks for, FTE.
    fte : staff allotted to it, FTE.
    advisers : persons who share it.
    uncovered_days : working days a year on which too few of them are at work.
    municipalities : that each of them serves, in functions that follow up users; else NaN.
    team_possible : whether its least team can be formed.
    """

    hosts: tuple[str, ...]
    functions: tuple[str, ...]
    office_of: Mapping[str, str]
    members: Floats
    population: Floats
    group_fte: Floats
    need_fte: Floats
    fte: Floats
    advisers: Floats
    uncovered_days: Floats
    municipalities: Floats
    team_possible: npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class _Staff:
    """Staff of offices, or of teams of offices.

    `fte` as in `Manning`; `persons` whom the employer has for each function, likewise; `members`
    (groups,) municipalities.
    """

    fte: Floats
    persons: Floats
    members: Floats

    def joined(self, joins: Floats) -> _Staff:
        """Add up the staff of offices; `joins` is (teams, groups), 1 where an office is of one."""
        return _Staff(joins @ self.fte, joins @ self.persons, joins @ self.members)


@dataclass(frozen=True, eq=False)
class _Teams:
    """Who carries each function; arrays as in `Manning`."""

    advisers: Floats
    uncovered_days: Floats
    municipalities: Floats
    possible: npt.NDArray[np.bool_]


@remembered
def man_functions(instance: Instance, plan: Plan) -> Manning:
    """Share out each group's staff among the functions, and see how well they are manned.

    Staff are allotted in proportion to need: first the functions of either employer from all
    staff, then those of the municipality and of the state from what each has left. As many
    advisers share a function as its staff fill whole posts; if they are fewer, as many as its
    least team, as long as the employer has them and each gets `least_field_post_share` of a post.

    Where only the state's staff are gathered, the baseline's offices man the municipality's
    functions and those of either; the state's are carried together by the group's staff.
    """
    plan = municipal_plan(instance, plan)
    groups, given = plan.groups, instance.assumptions
    functions = _functions(instance, plan)
    population = _totals(instance, plan, "population")
    group_fte = _totals(instance, plan, "fte")
    presence = np.array([sum(map(plan.presence_days, codes)) for codes in groups.values()])
    need = _columns((one.need_fte(population, presence) for one in functions), len(groups))
    fte = _allotted(need, group_fte, functions, given)
    persons = _columns(
        (group_fte * staff_share(one.employer, given) for one in functions), len(groups)
    )
    staff = _Staff(fte, persons, np.array([float(len(codes)) for codes in groups.values()]))
    teams = _manned(staff, functions, given)
    if plan.teams:
        teams = _pooled(teams, staff, plan, functions, given)
    return Manning(
        hosts=tuple(groups),
        functions=tuple(instance.functions),
        office_of=plan.host_of,
        members=staff.members,
        population=population,
        group_fte=group_fte,
        need_fte=need,
        fte=fte,
        advisers=teams.advisers,
        uncovered_days=teams.uncovered_days,
        municipalities=teams.municipalities,
        team_possible=teams.possible,
    )


def function_table(instance: Instance, plan: Plan) -> pd.DataFrame:
    """Return how each group mans each function, for a planner who asks why.

    Returns
    -------
    Index ``host``, ``function``; columns ``employer``, ``need_fte``, ``fte``, ``advisers``
    (persons), ``post_share`` (each adviser's, 0-1; NaN without advisers), ``uncovered_days``
    (working days a year), ``municipalities`` (of each adviser; NaN where users are not followed
    up) and ``team_possible``.
    """
    manning = man_functions(instance, plan)
    index = pd.MultiIndex.from_product(
        [manning.hosts, manning.functions], names=["host", "function"]
    )
    employers = [one.employer for one in instance.functions.values()]
    return pd.DataFrame(
        {
            "employer": employers * len(manning.hosts),
            "need_fte": manning.need_fte.ravel(),
            "fte": manning.fte.ravel(),
            "advisers": manning.advisers.ravel(),
            "post_share": ratio(manning.fte, manning.advisers).ravel(),
            "uncovered_days": manning.uncovered_days.ravel(),
            "municipalities": manning.municipalities.ravel(),
            "team_possible": manning.team_possible.ravel(),
        },
        index=index,
    )


def _manned(staff: _Staff, functions: Functions, given: Mapping[str, float]) -> _Teams:
    """See who carries each function in offices, or in teams of offices, with this staff."""
    least = np.array([one.least_team for one in functions], dtype=float)
    posts = least * np.array([one.least_post_share for one in functions], dtype=float)
    holders = np.minimum(np.minimum(least, staff.persons), _most_holders(staff.fte, given))
    advisers = np.maximum(staff.fte, holders)
    return _Teams(
        advisers,
        _uncovered_days(advisers, functions, given),
        _municipalities(advisers, functions, staff.members),
        (staff.fte >= posts - ROUNDING) & (staff.persons >= least - ROUNDING),
    )


def _pooled(
    alone: _Teams, staff: _Staff, plan: Plan, functions: Functions, given: Mapping[str, float]
) -> _Teams:
    """Let offices of one team share the advisers of the functions that they pool."""
    leads = [plan.teams.get(host, host) for host in plan.groups]
    names, team = np.unique(leads, return_inverse=True)
    together = staff.joined(np.equal.outer(np.arange(len(names)), team).astype(float))
    joined = _manned(together, functions, given)
    share = np.nan_to_num(ratio(staff.fte, together.fte[team]))
    pooled = np.array([_is_pooled(one, plan) for one in functions], dtype=bool)
    return _Teams(
        np.where(pooled, joined.advisers[team] * share, alone.advisers),
        np.where(pooled, joined.uncovered_days[team], alone.uncovered_days),
        np.where(pooled, joined.municipalities[team], alone.municipalities),
        np.where(pooled, joined.possible[team], alone.possible),
    )


def staff_share(employer: Employer, given: Mapping[str, float]) -> float:
    """Share of an office's staff that may do the functions of an employer."""
    municipal = given["municipal_staff_share"]
    return {"municipal": municipal, "state": 1 - municipal, "either": 1.0}[employer]


def ratio(amount: Floats, total: Floats) -> Floats:
    """Divide, NaN where the total is 0; shape of both."""
    empty = np.full(amount.shape, np.nan)
    return np.asarray(np.divide(amount, total, out=empty, where=total > 0))


def _functions(instance: Instance, plan: Plan) -> Functions:
    """Return the functions; where the staff are apart, those of either are the municipality's."""
    functions = tuple(instance.functions.values())
    if plan.form != "state_only":
        return functions
    return tuple(
        one.model_copy(update={"employer": "municipal"}) if one.employer == "either" else one
        for one in functions
    )


def _is_pooled(function: SpecialistFunction, plan: Plan) -> bool:
    return function.employer == "state" if plan.form == "state_only" else function.may_be_pooled


def _totals(instance: Instance, plan: Plan, figure: str) -> Floats:
    """Sum a figure of the municipalities over every group, in the order of the plan's hosts."""
    instance.check_plan(plan)
    return sums_at_host(instance.figure(figure), plan)[np.unique(host_places(plan))]


def _allotted(
    need: Floats, group_fte: Floats, functions: Functions, given: Mapping[str, float]
) -> Floats:
    """Share out the groups' staff in proportion to need, FTE; shape of `need`."""
    employer = np.array([one.employer for one in functions])
    fte: Floats = need * (employer == "either") * _rate(group_fte, need)
    left = group_fte - fte.sum(axis=1)
    for name in EMPLOYERS:
        own = need * (employer == name)
        fte = fte + own * _rate(left * staff_share(name, given), own)
    return fte


def _rate(fte: Floats, need: Floats) -> Floats:
    """Staff per FTE needed, 0 where nothing is; shape (groups, 1)."""
    return np.nan_to_num(ratio(fte, need.sum(axis=1)))[:, None]


def _most_holders(fte: Floats, given: Mapping[str, float]) -> Floats:
    """Advisers among whom a function's staff can be split before nobody keeps up the field."""
    least = given["least_field_post_share"]
    return fte / least if least > 0 else np.full_like(fte, np.inf)


def _uncovered_days(advisers: Floats, functions: Functions, given: Mapping[str, float]) -> Floats:
    common = (given["holiday_share"], given["vacancy_share"], given["training_share"])
    municipal = combined_absence(given["sick_leave_share"], *common)
    state = combined_absence(given["state_sick_leave_share"], *common)
    share = given["municipal_staff_share"]
    absence: dict[Employer, float] = {
        "municipal": municipal,
        "state": state,
        "either": share * municipal + (1 - share) * state,
    }
    uncovered = (
        shortfall_share(
            advisers[:, column],
            one.least_present,
            absence=absence[one.employer],
            correlation=given["absence_correlation"],
        )
        for column, one in enumerate(functions)
    )
    return given["working_days_per_year"] * _columns(uncovered, len(advisers))


def _municipalities(advisers: Floats, functions: Functions, members: Floats) -> Floats:
    """Municipalities that each adviser serves when the group's are divided among them evenly."""
    follows = np.array([one.follows_users for one in functions], dtype=bool)
    all_members = np.broadcast_to(members[:, None], advisers.shape)
    each = np.clip(ratio(all_members, advisers), 1.0, all_members)
    return np.where(follows, each, np.nan)


def _columns(columns: Iterable[Floats], rows: int) -> Floats:
    values = list(columns)
    return np.array(values, dtype=float).reshape(len(values), rows).T
