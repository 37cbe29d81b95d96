"""Figures that the risk factors are measured by, for a plan and for each of its groups.

Those of the competence family are taken from there. The others stand only in the risk matrix, so
that the scorecard stays readable; docs/risk.md says what each stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import numpy.typing as npt

from planner.assess.access import INPUTS, host_minutes, nearest_minutes, travel_provenance
from planner.assess.competence.advisers import Manning, man_functions, ratio
from planner.assess.competence.indicators import INPUTS as STAFF
from planner.assess.competence.indicators import assess_competence
from planner.assess.competence.office_groups import OfficeGroups
from planner.assess.indicator import Indicator
from planner.assess.risk.road_hours import staff_road_hours
from planner.assess.statistics import least_covering
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.provenance import Provenance

Floats = npt.NDArray[np.float64]

HOURS_A_DAY = 7.5
MOST = 0.9


@dataclass(frozen=True)
class Figure:
    """A figure of the plan, and of each of its groups by host; NaN where it is not defined."""

    value: float
    by_group: Floats


@dataclass(frozen=True, eq=False)
class RiskCase:
    """A plan in a region, as arrays: (municipalities,) by code or (groups,) by host."""

    instance: Instance
    plan: Plan

    @cached_property
    def manning(self) -> Manning:
        """How its groups man their functions."""
        return man_functions(self.instance, self.plan)

    @cached_property
    def minutes(self) -> Floats:
        """Minutes to the host, in the plan."""
        return np.asarray(host_minutes(self.instance, self.plan), dtype=float)

    @cached_property
    def minutes_before(self) -> Floats:
        """Minutes to the host, in the baseline."""
        return np.asarray(host_minutes(self.instance, self.instance.baseline), dtype=float)

    @cached_property
    def travel_provenance(self) -> Provenance:
        """Weakest provenance among the ways to the hosts."""
        return travel_provenance(self.instance)

    @cached_property
    def group_of(self) -> npt.NDArray[np.intp]:
        """Position of every municipality's group."""
        position = {host: place for place, host in enumerate(self.plan.hosts)}
        return np.array([position[host] for host in self.plan.host_of.values()])

    def figure(self, name: str) -> Floats:
        """Return a figure of every municipality, such as ``population``."""
        return self.instance.figure(name)

    def sums(self, values: Floats) -> Floats:
        """Sum figures of municipalities over every group."""
        return np.asarray(np.bincount(self.group_of, values, len(self.plan.hosts)), dtype=float)

    def mean_of_offices(self, by_office: Floats) -> Figure:
        """Return figures of the offices that man functions, by group, with their mean."""
        return self.mean(OfficeGroups(self.manning, self.plan).means(by_office))

    def mean(self, by_group: Floats) -> Figure:
        """Return the groups' figures with their mean over inhabitants."""
        people = self.sums(self.figure("population"))
        mean = people @ by_group / people.sum() if people.sum() > 0 else np.nan
        return Figure(float(mean), by_group)

    def covering_most(self, values: Floats) -> Figure:
        """Return the least figures that cover nine of ten inhabitants; infinite without a way."""
        people = self.figure("population")
        everywhere = np.ones(len(values), dtype=bool)
        members = (self.group_of == place for place in range(len(self.plan.hosts)))
        value, *by_group = (
            least_covering(values[chosen], people[chosen], MOST)
            for chosen in (everywhere, *members)
        )
        return Figure(value, np.array(by_group))


@dataclass(frozen=True)
class RiskMeasure:
    """A figure that stands only in the risk matrix.

    Attributes
    ----------
    inputs : as in `Indicator`.
    compute : gives the figure in a case.
    provenance : gives the weakest provenance among its inputs.
    """

    inputs: tuple[str, ...]
    compute: Callable[[RiskCase], Figure]
    provenance: Callable[[RiskCase], Provenance] = lambda _: "assumed"


def risk_measures(instance: Instance, plan: Plan) -> dict[str, Indicator]:
    """Compute every figure that a risk factor may be measured by.

    Returns
    -------
    Key -> indicator. Unlike those of the scorecard they may be infinite, where there is no way;
    None is not defined, such as what advisers have in a group without staff.
    """
    case = RiskCase(instance, plan)
    found = {one.key: one for one in assess_competence(instance, plan)}
    for key, measure in MEASURES.items():
        figure = measure.compute(case)
        found[key] = Indicator(
            key,
            _known(figure.value),
            measure.provenance(case),
            measure.inputs,
            {host: _known(one) for host, one in zip(plan.hosts, figure.by_group, strict=True)},
        )
    return found


def _nearest(case: RiskCase) -> Figure:
    minutes = nearest_minutes(case.instance, case.plan)
    return case.covering_most(np.asarray(minutes, dtype=float))


def _longer_way(case: RiskCase) -> Figure:
    return case.covering_most(_increase(case.minutes, case.minutes_before))


def _more_road_days(case: RiskCase) -> Figure:
    given, baseline = case.instance.assumptions, case.instance.baseline
    now = staff_road_hours(case.plan, case.minutes, given)
    before = staff_road_hours(baseline, case.minutes_before, given)
    days = case.sums(_increase(now, before)) / HOURS_A_DAY
    fte = case.sums(case.figure("fte"))
    whole = ratio(np.array([days.sum()]), np.array([fte.sum()]))
    return Figure(float(whole[0]), ratio(days, fte))


def _locations(case: RiskCase) -> Figure:
    present = np.array([case.plan.presence_days(code) > 0 for code in case.plan.municipalities])
    return case.mean(case.sums(present.astype(float)))


def _office_fte(case: RiskCase) -> Figure:
    return case.mean_of_offices(case.manning.group_fte)


def _colleagues(case: RiskCase) -> Figure:
    if not case.manning.functions:
        return _undefined(case)
    return case.mean_of_offices(case.manning.advisers.mean(axis=1))


def _post_share(case: RiskCase, function: str) -> Figure:
    manning = case.manning
    if function not in manning.functions:
        return _undefined(case)
    column = manning.functions.index(function)
    share = ratio(manning.fte[:, column], manning.advisers[:, column])
    return case.mean_of_offices(np.nan_to_num(share))


def _uncovered_days(case: RiskCase, function: str) -> Figure:
    manning = case.manning
    if function not in manning.functions:
        return _undefined(case)
    return case.mean_of_offices(manning.uncovered_days[:, manning.functions.index(function)])


def _leader_per_owner(case: RiskCase) -> Figure:
    manning = case.manning
    if "leader" not in manning.functions:
        return _undefined(case)
    owners = manning.members + 1
    return case.mean_of_offices(manning.fte[:, manning.functions.index("leader")] / owners)


def _undefined(case: RiskCase) -> Figure:
    return Figure(np.nan, np.full(len(case.plan.hosts), np.nan))


def _increase(now: Floats, before: Floats) -> Floats:
    """Return what is more than before, never below 0; infinite where a way is lost."""
    return np.subtract(now, before, out=np.zeros(now.shape), where=now > before)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


MEASURES: Mapping[str, RiskMeasure] = {
    # least minutes within which 90% of inhabitants reach the nearest open location
    "access.nearest_p90_min": RiskMeasure(INPUTS, _nearest, lambda case: case.travel_provenance),
    # mean over inhabitants and functions of the advisers who share a function
    "risk.colleagues_per_function": RiskMeasure(STAFF, _colleagues),
    # mean over inhabitants of the working days a year on which fewer advisers than the least
    # number are at work in social assistance (beta-binomial)
    "risk.social_assistance_uncovered_days": RiskMeasure(
        STAFF, partial(_uncovered_days, function="social_assistance")
    ),
    **{
        # mean over inhabitants of FTE / advisers in the function; 0 without advisers
        f"risk.{function}_post_share": RiskMeasure(STAFF, partial(_post_share, function=function))
        for function in ("debt_counselling", "employer_contact", "youth_team")
    },
    # hours a year on the road between host and other municipalities beyond those of the
    # baseline, none set off against less elsewhere / hours a day / FTE
    "risk.more_road_days_per_fte": RiskMeasure(
        (*INPUTS, "offices", "assumptions"), _more_road_days
    ),
    # least increase over the baseline's minutes to the host that covers 90% of inhabitants
    "risk.longer_way_p90_min": RiskMeasure(
        INPUTS, _longer_way, lambda case: case.travel_provenance
    ),
    # mean over inhabitants of the FTE of their group
    "risk.office_fte": RiskMeasure(
        ("offices", "municipalities"), _office_fte, lambda case: case.instance.provenance_of("fte")
    ),
    # mean over inhabitants of the municipalities of their group with presence
    "risk.locations_per_office": RiskMeasure(("municipalities",), _locations, lambda _: "scenario"),
    # mean over inhabitants of FTE for leading their group / (its municipalities + the state)
    "risk.leader_post_per_owner": RiskMeasure(STAFF, _leader_per_owner),
}
