"""What one run of a scenario gave: the plan, what was proved about it, and its indicators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from planner.assess.caveats import Caveat, caveats_about
from planner.assess.finding import Field, Finding, Words, place
from planner.assess.scorecard import Score
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.optimise.proposal import Proposal
from planner.optimise.solver.outcome import Solve
from planner.scenario.resolved import Resolved
from planner.scenario.vocabulary import Scenario


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
    def total_fte(self) -> float:
        """Staff of all municipalities of the region and of its regional units, FTE."""
        return float(self.instance.municipalities["fte"].sum()) + self.instance.regional_fte


def _as_read(scenario: Scenario) -> Iterator[Finding]:
    """State what former names were taken to mean."""
    resolved = scenario.resolution
    former = resolved.former if isinstance(resolved, Resolved) else {}
    for written, code in former.items():
        fields: dict[str, Field] = {"written": Words((written,)), "municipality": place(code)}
        yield Finding("read.former", (code,), "observed", fields)
