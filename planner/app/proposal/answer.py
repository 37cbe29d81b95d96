"""A request on the proposal page, and what the solver answered."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from planner.app.proposal.base import Base
from planner.app.proposal.state import ProposalState, name_of
from planner.model.request import Request
from planner.optimise.proposal import Proposal
from planner.pipeline.result import Result
from planner.scenario.vocabulary import Propose

#: A search that used so much of its time was stopped by it.
_TIME_UP_SHARE = 0.98


@dataclass(frozen=True, eq=False)
class ProposalAnswer:
    """A request and its answer.

    Attributes
    ----------
    base : what it is built on.
    state : what the controls ask for now.
    wanted, request : the request, by code.
    result, proposal : the answer.
    stopped : whether the reader stopped the search.
    """

    base: Base
    state: ProposalState
    wanted: Propose
    request: Request
    result: Result
    proposal: Proposal
    stopped: bool

    @property
    def name(self) -> Hashable:
        """Name of the calculation."""
        return name_of(self.base, self.wanted)

    @property
    def time_up(self) -> bool:
        """Whether the search used all its time."""
        limit = self.wanted.solver.time_limit_seconds
        return limit is not None and self.proposal.solve.seconds >= _TIME_UP_SHARE * limit
