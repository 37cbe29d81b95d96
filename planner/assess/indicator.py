"""An indicator: one figure about a plan. All that there are, with their unit and better end.

What is the same of an indicator in every plan is declared in `INDICATORS`: a key, a unit and the
end that is better. Its name and its formula stand in the texts, under ``indicator`` and
``formula`` and its key; a family of `planner.assess.scorecard.FAMILIES` computes it. How an
indicator is added is told in docs/design.md, section 6.

Plans can only be called dominated in indicators that have a better end. Sizes have none: a
larger group is not better. Nor have shares of what is known, staff, or figures that move with the
size alone. The number of offices has one because each has a price (premises, a leader), which
stands against the shorter way that it gives. A planner who wants another indicator says which
way: ``structure.least_group_fte:more``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from planner.errors import PlannerError
from planner.messages.message import Message
from planner.provenance import Provenance
from planner.spelling import did_you_mean, shown

Better = Literal["less", "more"]


@dataclass(frozen=True)
class Declared:
    """What is the same of an indicator in every plan.

    Attributes
    ----------
    unit : ``min``, ``km``, ``share``, ``persons``, ``fte``, ``offices``, ``days``, ``nok`` ...;
        texts round by it.
    better : the end that is better, where nobody would argue about it.
    judged : whether readers are told that a change is to the better or worse. Not where sharing an
        office makes it so by definition: with one office, no commuter is cut off from anything.
    term : the weight of a request, if the grouping model can minimise it.
    """

    unit: str
    better: Better | None = None
    term: str = ""
    judged: bool = True


#: Key, ``family.name_unit`` -> what is the same in every plan; in the order of the families.
INDICATORS: Final[Mapping[str, Declared]] = {
    "structure.offices": Declared("offices", "less", term="office", judged=False),
    "structure.most_members": Declared("municipalities"),
    "structure.locations": Declared("locations"),
    "structure.least_group_fte": Declared("fte"),
    "structure.median_group_fte": Declared("fte"),
    "structure.most_group_fte": Declared("fte"),
    "structure.least_group_population": Declared("persons"),
    "structure.median_group_population": Declared("persons"),
    "structure.most_group_population": Declared("persons"),
    "access.mean_min": Declared("min", "less", term="travel"),
    "access.median_min": Declared("min", "less"),
    "access.p90_min": Declared("min", "less"),
    "access.max_min": Declared("min", "less"),
    "access.nearest_mean_min": Declared("min", "less"),
    "access.nearest_median_min": Declared("min", "less"),
    "access.nearest_p90_min": Declared("min", "less"),
    "access.nearest_max_min": Declared("min", "less"),
    "access.within_30_share": Declared("share", "more"),
    "access.within_45_share": Declared("share", "more"),
    "access.within_60_share": Declared("share", "more"),
    "access.within_90_share": Declared("share", "more"),
    "access.ferry_share": Declared("share", "less"),
    "access.unreachable_persons": Declared("persons", "less"),
    "access.visits_affected": Declared("visits_per_month"),
    "competence.uncovered_days": Declared("days", "less"),
    "competence.most_uncovered_days": Declared("days", "less"),
    "competence.fields_per_adviser": Declared("fields_per_adviser"),
    "competence.municipalities_per_adviser": Declared("municipalities_per_adviser"),
    "competence.within_municipality_limit_share": Declared("share"),
    "competence.complete_teams_share": Declared("share", "more"),
    "competence.youth_team_share": Declared("share", "more"),
    "competence.debt_counselling_share": Declared("share", "more"),
    "competence.staff_to_need_share": Declared("share"),
    "competence.municipal_fte": Declared("fte"),
    "competence.state_fte": Declared("fte"),
    "commuting.severed_share": Declared("share", "less", term="severed", judged=False),
    "commuting.severed_persons": Declared("persons", "less", judged=False),
    "commuting.resident_self_containment_share": Declared("share", "more", judged=False),
    "commuting.workplace_self_containment_share": Declared("share", "more", judged=False),
    "commuting.labour_market_agreement": Declared("index"),
    "commuting.most_labour_market_regions": Declared("regions"),
    "commuting.own_labour_market_share": Declared("share"),
    "services.catalogue_distance_share": Declared("share"),
    "services.services_to_harmonise": Declared("services"),
    "services.other_case_system_share": Declared("share"),
    "services.case_systems_to_replace": Declared("municipalities"),
    "services.known_catalogues": Declared("municipalities"),
    "services.known_case_systems": Declared("municipalities"),
    "services.known_opening_hours": Declared("municipalities"),
    "economy.premises_nok": Declared("nok_per_year", "less"),
    "economy.leaders_nok": Declared("nok_per_year", "less"),
    "economy.staff_travel_nok": Declared("nok_per_year", "less"),
    "economy.bought_services_nok": Declared("nok_per_year"),
    "economy.annual_nok": Declared("nok_per_year", "less"),
    "economy.lower_costs_nok": Declared("nok_per_year"),
    "economy.higher_costs_nok": Declared("nok_per_year"),
    "economy.one_off_transition_nok": Declared("nok", "less"),
    "economy.one_off_case_systems_nok": Declared("nok", "less"),
    "equity.host_minutes_gini_share": Declared("share"),
    "equity.nearest_minutes_gini_share": Declared("share"),
    "equity.worst_off_added_min": Declared("min", "less"),
    "equity.farther_persons": Declared("persons", "less"),
    "equity.nearer_persons": Declared("persons"),
    "equity.fewer_presence_days_municipalities": Declared("municipalities"),
    "equity.more_presence_days_municipalities": Declared("municipalities"),
    "equity.presence_lost_municipalities": Declared("municipalities", "less"),
    "equity.jobs_moved_fte": Declared("fte"),
    "equity.host_role_lost_municipalities": Declared("municipalities"),
    "equity.host_role_gained_municipalities": Declared("municipalities"),
    "equity.least_group_share": Declared("share"),
    "equity.must_keep_lost_municipalities": Declared("municipalities", "less"),
    "equity.sami_area_lost_municipalities": Declared("municipalities", "less"),
    "risk.total": Declared("points", "less"),
    "risk.most_group_total": Declared("points"),
    "risk.high_factors": Declared("factors", "less"),
    "risk.unknown_factors": Declared("factors"),
    "withdrawal.decisive_councils": Declared("municipalities"),
    "withdrawal.secure_share": Declared("share", "more"),
    "withdrawal.least_rest_fte": Declared("fte"),
    "withdrawal.least_leaver_fte": Declared("fte"),
    "withdrawal.most_extra_min": Declared("min"),
    "law.cross_county_groups": Declared("groups"),
    "law.without_authority_municipalities": Declared("municipalities"),
    "objective.staff_min": Declared("min", "less", term="staff"),
    "objective.council_share": Declared("share", "less", term="council"),
    "objective.change_share": Declared("share", "less", term="change"),
    # figures that a factor of the risk matrix is measured by, and that stand in no scorecard
    "risk.colleagues_per_function": Declared("colleagues"),
    "risk.social_assistance_uncovered_days": Declared("days"),
    "risk.debt_counselling_post_share": Declared("share"),
    "risk.employer_contact_post_share": Declared("share"),
    "risk.youth_team_post_share": Declared("share"),
    "risk.more_road_days_per_fte": Declared("days"),
    "risk.longer_way_p90_min": Declared("min"),
    "risk.office_fte": Declared("fte"),
    "risk.locations_per_office": Declared("index"),
    "risk.leader_post_per_owner": Declared("fte"),
}


@dataclass(frozen=True)
class Indicator:
    """One figure about a plan.

    Attributes
    ----------
    key : one of `INDICATORS`.
    value : the plan's figure; None where it is not defined.
    provenance : the weakest provenance among its inputs.
    inputs : tables and parameters that it is computed from.
    by_group : host code -> the group's figure, where the figure has a meaning there.
    by_municipality : code -> the municipality's figure, likewise.
    low, high : the plan's figure with every assumption at the low end, or the high end, of its
        range; None where the figure has no range.
    """

    key: str
    value: float | None
    provenance: Provenance
    inputs: tuple[str, ...] = ()
    by_group: Mapping[str, float | None] = field(default_factory=dict)
    by_municipality: Mapping[str, float | None] = field(default_factory=dict)
    low: float | None = None
    high: float | None = None

    @property
    def unit(self) -> str:
        """Unit of all its figures."""
        return INDICATORS[self.key].unit


_WRITTEN: Mapping[str, Better] = {"less": "less", "more": "more"}

DIRECTIONS: Mapping[str, Better] = {
    key: one.better for key, one in INDICATORS.items() if one.better is not None
}
#: Those of them whose change readers are told to be better or worse.
JUDGED: Mapping[str, Better] = {
    key: better for key, better in DIRECTIONS.items() if INDICATORS[key].judged
}

#: What plans are compared in unless a planner says otherwise.
USUAL = (
    "access.mean_min",
    "structure.offices",
    "competence.uncovered_days",
    "commuting.severed_share",
)


class AxisError(PlannerError, ValueError):
    """An indicator that does not exist, or whose better end is not known."""


@dataclass(frozen=True)
class Axis:
    """An indicator and the end of it that is better."""

    key: str
    better: Better

    @property
    def sign(self) -> float:
        """What turns a figure into a loss, which is to be small."""
        return 1.0 if self.better == "less" else -1.0

    def loss(self, value: float | None) -> float:
        """Return what is to be small; NaN where the figure is not defined."""
        return float("nan") if value is None else self.sign * value


def axis(written: str, known: Collection[str]) -> Axis:
    """Read ``key``, ``key:less`` or ``key:more``; the family may be left out where that is clear.

    Parameters
    ----------
    written : for example ``access.mean_min``, or ``offices`` for ``structure.offices``.
    known : keys of all indicators.

    Raises
    ------
    AxisError : no indicator has that key, or it has no direction and none is written.
    """
    key, _, better = written.partition(":")
    without_family = [one for one in known if one.partition(".")[2] == key]
    if len(without_family) == 1:
        (key,) = without_family
    if key not in known:
        meant = did_you_mean(key, known, most=3)
        raise AxisError(Message.of("option.no_indicator", meant, key=shown(key)))
    if better in _WRITTEN:
        return Axis(key, _WRITTEN[better])
    if better:
        told = {"written": shown(written), "word": shown(better)}
        raise AxisError(Message.of("option.no_direction", **told))
    if key not in DIRECTIONS:
        raise AxisError(Message.of("option.either_way", key=key))
    return Axis(key, DIRECTIONS[key])
