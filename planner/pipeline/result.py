"""What one run of a scenario gave: the plan, what was proved about it, and its indicators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from planner.assess.caveats import Caveat, caveats_about
from planner.assess.finding import Field, Finding, Words, place
from planner.assess.scorecard import Score
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.optimise.proposal import Proposal
from planner.optimise.solver.outcome import Solve
from planner.scenario.resolved import Resolved
from planner.scenario.vocabulary import DerivedFrom, Propose, Scenario

#: Where a plan comes from: the lists of offices, people, or the solver; the answer to the request
#: of the file itself, or to one that the file remembers, perhaps changed by people since; or one
#: that people picked from a list of all plans.
Origin = Literal["in_force", "drawn", "proposed", "computed", "listed", "changed"]


@dataclass(frozen=True, eq=False)
class Result:
    """One scenario, run.

    Attributes
    ----------
    scenario : as it was read.
    instance : the region in the scenario's circumstances.
    plan : drawn by hand or proposed; None where a request has no answer.
    proposal : what the solver answered; None for a plan drawn by hand.
    scores : indicator key -> the plan's figure and the baseline's; empty without a plan.
    """

    scenario: Scenario
    instance: Instance
    plan: Plan | None
    proposal: Proposal | None = None
    scores: Mapping[str, Score] = field(default_factory=dict)

    @cached_property
    def caveats(self) -> tuple[Caveat | Finding, ...]:
        """What a reader must know before using the figures."""
        asked = self.scenario.propose
        off = asked is not None and not asked.keep_presence
        return (
            *((Caveat("keep_presence_off"),) if off else ()),
            *_as_read(self.scenario),
            *caveats_about(self.instance, self.plan, self.proposal),
        )

    @property
    def solve(self) -> Solve | None:
        """What the solver proved; None for a plan drawn by hand."""
        return self.proposal.solve if self.proposal else None

    @property
    def origin(self) -> Origin:
        """Where the plan comes from."""
        scenario = self.scenario
        if scenario.propose is not None:
            return "proposed"
        if scenario.groups is None:
            return "in_force"
        if scenario.derived_from is None or self.plan is None:
            return "drawn"
        if scenario.derived_from.plan != self.plan.mark:
            return "changed"
        return "listed" if scenario.derived_from.outcome == "listed" else "computed"

    @property
    def total_fte(self) -> float:
        """Staff of all municipalities of the region and of its regional units, FTE."""
        return float(self.instance.municipalities["fte"].sum()) + self.instance.regional_fte


def derivation(asked: Propose, proposal: Proposal, alternative: int = 0) -> DerivedFrom | None:
    """Return what a file says of an answer that is saved as a plan; None without a plan.

    Parameters
    ----------
    asked : the request, municipalities as the file is to write them.
    proposal : the answer to it.
    alternative : which of the near-best plans it is, from 1; 0 is the best one.
    """
    solve, plan, objective = proposal.solve, proposal.plan, proposal.solve.objective
    if alternative:
        plan, objective = proposal.alternatives[alternative - 1]
    if plan is None or objective is None:
        return None
    return DerivedFrom(
        request=asked,
        outcome="optimal" if solve.outcome == "optimal" else "feasible",
        objective=round(float(objective), 6),
        bound=None if solve.bound is None else round(float(solve.bound), 6),
        alternative=alternative or None,
        plan=plan.mark,
    )


def _as_read(scenario: Scenario) -> Iterator[Finding]:
    """State what former names were taken to mean."""
    resolved = scenario.resolution
    former = resolved.former if isinstance(resolved, Resolved) else {}
    for written, code in former.items():
        fields: dict[str, Field] = {"written": Words((written,)), "municipality": place(code)}
        yield Finding("read.former", (code,), "observed", fields)
