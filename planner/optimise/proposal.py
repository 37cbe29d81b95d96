"""An answer to a request: the plan that was found, and the limits that cannot hold together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.model.plan import Plan
from planner.optimise.solver.outcome import Solve


@dataclass(frozen=True)
class LimitFact:
    """One limit of a request, among those that cannot hold together.

    Attributes
    ----------
    key : its key among a scenario's constraints, such as ``min_fte`` or ``hosts.fixed``; for a
        ceiling on a term of the objective, the term's name.
    value : the figure or the border that it sets, in the limit's unit; None where it has none.
    municipalities : codes that it names.
    whole_region : for a least size that even the whole region lacks, what the region has.
    within_reach : for a least size that some lack with everybody who may share with them, code and
        size of the worst of them, least first.
    """

    key: str
    value: float | str | None = None
    municipalities: tuple[str, ...] = ()
    whole_region: float | None = None
    within_reach: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Proposal:
    """An answer to a request.

    Attributes
    ----------
    plan : the best plan found, None where there is none; ``plan.exempt`` names the exempted hosts.
    solve : what was proved about it.
    terms : objective term -> value in the term's own unit, unweighted.
    alternatives : further plans with their objectives, best first; each proved.
    conflict : for an infeasible request, the limits that cannot hold together.
    """

    plan: Plan | None
    solve: Solve
    terms: Mapping[str, float] = field(default_factory=dict)
    alternatives: tuple[tuple[Plan, float], ...] = ()
    conflict: tuple[LimitFact, ...] = ()
