"""What a reader must know before using the figures of a result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from planner.assess.access import host_minutes
from planner.assess.dated_figures import doubted, old_figures, projected_year
from planner.assess.law import law_findings
from planner.assess.network_alternative import network_findings
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.optimise.solver.outcome import Proposal
from planner.present.words.findings import sentences
from planner.present.words.text import enumeration, number, text

#: Findings about the law that nobody may overlook.
LEGAL_WARNINGS = ("law.close_cooperation", "law.cross_county", "network.decided_at_home")


def warnings_about(
    instance: Instance, plan: Plan | None, proposal: Proposal | None
) -> tuple[str, ...]:
    """List the warnings about a plan, or about a request without an answer."""
    warnings: list[str] = []
    if proposal is not None:
        warnings += _about_the_solve(instance, proposal)
    if plan is not None:
        warnings += _about_the_plan(instance, plan)
    warnings += _about_the_offices(instance, plan)
    warnings += _about_the_data(instance)
    return tuple(warnings)


def _about_the_solve(instance: Instance, proposal: Proposal) -> Iterator[str]:
    solve = proposal.solve
    if solve.outcome == "infeasible":
        yield text("warning.infeasible", conflict="; ".join(proposal.conflict)).strip()
    elif solve.outcome == "no_solution_in_time":
        yield text("warning.nothing_in_time")
    elif solve.outcome == "feasible":
        key = "time_limit" if solve.relative_gap else "exemptions_unproved"
        yield text(f"warning.{key}", gap=number(solve.relative_gap, "share"))
    if proposal.plan and proposal.plan.exempt:
        yield text("warning.exempt", names=_names(instance, proposal.plan.exempt))


def _about_the_plan(instance: Instance, plan: Plan) -> Iterator[str]:
    told = [*law_findings(instance, plan), *network_findings(instance, plan)]
    yield from sentences([one for one in told if one.key in LEGAL_WARNINGS], instance)
    minutes = host_minutes(instance, plan)
    cut_off = [code for code in plan.municipalities if not np.isfinite(minutes[code])]
    if cut_off:
        yield text("warning.unreachable", names=_names(instance, cut_off))
    by_distance = [
        code
        for code, host in plan.host_of.items()
        if bool(instance.travel.estimated.loc[code, host])
    ]
    if by_distance:
        yield text("warning.estimated_travel", names=_names(instance, by_distance))


def _about_the_offices(instance: Instance, plan: Plan | None) -> Iterator[str]:
    window = doubted(instance, plan, "window")
    if window:
        yield text("warning.office_window", names=_names(instance, window))
    unlisted = doubted(instance, plan, "unlisted")
    if unlisted:
        yield text("warning.office_unlisted", names=_names(instance, unlisted))


def _about_the_data(instance: Instance) -> Iterator[str]:
    table = instance.municipalities
    estimated = table["fte_provenance"] == "estimated"
    if estimated.any():
        people = table["population"].astype(float)
        share = float(people[estimated].sum() / people.sum())
        yield text("warning.estimated_staff", share=number(share, "share"))
    if instance.commuters_provenance == "modelled":
        yield text("warning.modelled_commuting")
    if (year := projected_year(instance)) is not None:
        yield text("warning.projected_population", year=year)
    for name, of in old_figures(instance).items():
        yield text("warning.old_figures", table=text(f"dated_table.{name}"), year=of)


def _names(instance: Instance, codes: Iterable[str]) -> str:
    return enumeration(sorted(instance.names[code] for code in codes))
