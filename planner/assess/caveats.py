"""What a reader must know before using the figures of a result, as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

import numpy as np

from planner.assess.access import host_minutes
from planner.assess.finding import Finding
from planner.assess.law import law_findings
from planner.assess.network_alternative import network_findings
from planner.assess.presence_rule import presence_lost
from planner.model.instance import Instance
from planner.model.plan import Doubt, Plan
from planner.optimise.proposal import LimitFact, Proposal

#: A figure further than this from the date must be told, years.
MOST_YEARS = 3
#: Tables that a region has rows of, or not -> what of the instance is empty where it has none.
PARTIAL = {
    "services": "services",
    "case_systems": "case_systems",
    "opening_hours": "opening_hours",
    "visits": "visits",
}


def old_figures(instance: Instance) -> dict[str, int]:
    """Return table -> year, for those whose figures are more than three years from the date.

    Of population and staff, which may be of several years, the one furthest from the date.
    Nothing where no date was asked for.
    """
    if instance.date is None:
        return {}
    year = instance.date.year
    years = {
        table: of
        for table, of in instance.table_years.items()
        if table not in PARTIAL or len(getattr(instance, PARTIAL[table])) > 0
    }
    for table, column in (("population", "population_year"), ("staff", "fte_year")):
        if column in instance.municipalities:
            found = instance.municipalities[column]
            years[table] = int(max(found, key=lambda one: abs(one - year)))
    return {table: of for table, of in sorted(years.items()) if abs(of - year) > MOST_YEARS}


def projected_year(instance: Instance) -> int | None:
    """Return the year that a region's population is projected for; None where it was counted."""
    table = instance.municipalities
    projected = table.loc[table["population_provenance"] == "modelled"]
    if projected.empty or "population_year" not in table:
        return None
    return int(projected["population_year"].max())


def doubted(instance: Instance, plan: Plan | None, doubt: Doubt) -> list[str]:
    """Return the municipalities of which a doubt holds, in the baseline or in a plan, sorted."""
    doubts = dict(instance.baseline.doubts) | dict(plan.doubts if plan else {})
    return sorted(code for code, what in doubts.items() if what == doubt)


#: Findings about the law that nobody may overlook.
LEGAL_CAVEATS = (
    "law.close_cooperation",
    "law.cross_county",
    "law.state_only_shared_office",
    "network.decided_at_home",
)


@dataclass(frozen=True)
class Caveat:
    """What must be known about a result: ``warning.<key>`` in the catalogue.

    Attributes
    ----------
    key : what it is.
    municipalities : codes that it names, in the order of their names.
    share : of inhabitants, or of the objective; None where it has none.
    conflict : limits that cannot hold together.
    table : whose figures it is about; empty where it is about none.
    year : of those figures.
    """

    key: str
    municipalities: tuple[str, ...] = ()
    share: float | None = None
    conflict: tuple[LimitFact, ...] = ()
    table: str = ""
    year: int | None = None


def caveats_about(
    instance: Instance, plan: Plan | None, proposal: Proposal | None
) -> Iterator[Caveat | Finding]:
    """Yield what must be known about a plan, or about a request without an answer."""
    lost = presence_lost(instance, plan) if plan is not None else ()
    if lost:  # losses first
        yield Caveat("must_keep_lost", _by_name(instance, lost))
    if proposal is not None:
        yield from _about_the_solve(instance, proposal)
    if plan is not None:
        yield from _about_the_plan(instance, plan)
    yield from _about_the_offices(instance, plan)
    yield from _about_the_data(instance)


def _about_the_solve(instance: Instance, proposal: Proposal) -> Iterator[Caveat]:
    solve = proposal.solve
    if solve.outcome == "infeasible":
        yield Caveat("infeasible", conflict=proposal.conflict)
    elif solve.outcome in {"no_solution_in_time", "cancelled"}:
        yield Caveat("nothing_in_time")
    elif solve.outcome == "feasible":
        key = "exemptions_unproved" if solve.relative_gap is None else "time_limit"
        yield Caveat(key, share=solve.relative_gap)
    if proposal.plan and proposal.plan.exempt:
        yield Caveat("exempt", _by_name(instance, proposal.plan.exempt))


def _about_the_plan(instance: Instance, plan: Plan) -> Iterator[Caveat | Finding]:
    told = [*law_findings(instance, plan), *network_findings(instance, plan)]
    yield from (finding for finding in told if finding.key in LEGAL_CAVEATS)
    minutes = host_minutes(instance, plan)
    cut_off = [code for code in plan.municipalities if not np.isfinite(minutes[code])]
    if cut_off:
        yield Caveat("unreachable", _by_name(instance, cut_off))


def _about_the_offices(instance: Instance, plan: Plan | None) -> Iterator[Caveat]:
    doubts: tuple[Doubt, ...] = get_args(Doubt)
    for doubt in doubts:
        if codes := doubted(instance, plan, doubt):
            yield Caveat(f"office_{doubt}", _by_name(instance, codes))


def _about_the_data(instance: Instance) -> Iterator[Caveat]:
    table = instance.municipalities
    estimated = table["fte_provenance"] == "estimated"
    if estimated.any():
        people = table["population"].astype(float)
        share = float(people[estimated].sum() / people.sum())
        yield Caveat("estimated_staff", share=share)
    if instance.commuters_provenance == "modelled":
        yield Caveat("modelled_commuting")
    if (year := projected_year(instance)) is not None:
        yield Caveat("projected_population", year=year)
    for table_id, of in old_figures(instance).items():
        yield Caveat("old_figures", table=table_id, year=of)


def _by_name(instance: Instance, codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(codes, key=lambda code: instance.names[code]))
