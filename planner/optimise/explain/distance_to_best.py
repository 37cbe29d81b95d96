"""A hand-drawn plan measured: how far it is from the proved best, and what would bring it closer.

The plan and the best plan are weighed by the same weights and judged by the same limits. The
moves that close most of the distance are searched in `planner.optimise.explain.moves`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.model.request import Range, Request
from planner.model.weights import Weights
from planner.optimise.all_plans.enumerate import drawn_like
from planner.optimise.explain.moves import NO_WAY, MoveKind, Terrain, fewest_moves
from planner.optimise.grouping.build import build_problem
from planner.optimise.grouping.objective import host_positions, objective_of, terms_of
from planner.optimise.grouping.propose import propose
from planner.optimise.judge import BrokenLimit, LimitJudge
from planner.optimise.proposal import Proposal
from planner.optimise.solver.outcome import ProgressCallback
from planner.optimise.solver.program import IntArray

#: Weights where nobody has chosen any: a minute of mean travel, five percent of the population in
#: groups outside its host's council, ten percent with another host, and five offices weigh the
#: same. Chosen on half of the counties, judged on the others: docs/backtest.md.
USUAL_WEIGHTS = Weights(travel=1.0, office=0.2, council=0.2, change=0.1)

#: Moves are to close at least this share of the distance to the best plan.
CLOSED_SHARE = 0.8
#: What a broken limit counts for where a plan is as cheap as the best one, minutes.
_LEAST_PENALTY = 0.1


@dataclass(frozen=True)
class Move:
    """One change of a plan, in the order in which they are made.

    Attributes
    ----------
    kind : ``other_host``: the municipality goes to another host; ``own_office``: it opens one;
        ``host_change``: it becomes its group's host.
    municipality, from_host, to_host : codes.
    saving : how much the objective falls, minutes of mean travel; negative where it rises; None
        where a host could not be reached before.
    """

    kind: MoveKind
    municipality: str
    from_host: str
    to_host: str
    saving: float | None


@dataclass(frozen=True)
class Moves:
    """A short list of moves.

    Attributes
    ----------
    moves : none where there is nothing to gain, or nothing known to move towards.
    shortest : whether it is proved that no shorter list leads as far.
    plan : the plan that they lead to; None without any.
    """

    moves: tuple[Move, ...] = ()
    shortest: bool = True
    plan: Plan | None = None


@dataclass(frozen=True)
class Measurement:
    """A plan beside the best plan under the same weights and limits.

    Attributes
    ----------
    request : the weights and limits.
    objective : the plan's, minutes of mean travel; None where a host cannot be reached.
    terms : the plan's, unweighted.
    best : the best plan, with what was proved about it.
    broken : limits that the plan breaks. Where there are any, it may well be cheaper than the
        best plan that breaks none.
    moves : the shortest list of moves found to a plan that breaks no limit and closes most of
        the distance; empty where the plan is that good, or no plan keeps the limits.
    """

    request: Request
    objective: float | None
    terms: Mapping[str, float]
    best: Proposal
    broken: tuple[BrokenLimit, ...]
    moves: Moves

    @property
    def gap(self) -> float | None:
        """How much dearer than the best plan, minutes of mean travel; None where undefined."""
        if self.objective is None or self.best.solve.objective is None:
            return None
        return self.objective - self.best.solve.objective

    @property
    def gap_share(self) -> float | None:
        """The same as a share of the best plan's objective; None where that is 0."""
        if self.gap is None or not self.best.solve.objective:
            return None
        return self.gap / self.best.solve.objective

    @property
    def most_gap_share(self) -> float | None:
        """What the gap may be at most, were the best plan as good as the proved bound allows."""
        bound = self.best.solve.bound
        if self.objective is None or not bound:
            return None
        return (self.objective - bound) / bound


def usual_request(plan: Plan) -> Request:
    """Ask for the best contiguous plan with as many offices as a plan has, at usual weights."""
    count = len(plan.hosts)
    return Request(weights=USUAL_WEIGHTS, offices=Range(count, count))


def measure(
    instance: Instance,
    request: Request,
    plan: Plan,
    *,
    progress: ProgressCallback | None = None,
) -> Measurement:
    """Measure a plan against the best one under the weights and limits of a request.

    Parameters
    ----------
    instance : the region.
    request : weights and limits; alternatives are not asked for.
    plan : of all municipalities of the region.
    progress : as in `planner.optimise.propose`.

    Raises
    ------
    LabelMismatchError : the plan or the request is about other municipalities.
    """
    instance.check_plan(plan)
    best = propose(instance, replace(request, alternatives=0), progress=progress)
    terms = terms_of(instance, plan)
    objective = objective_of(terms, request.weights)
    limits = LimitJudge(instance, request)
    broken = limits.of_plan(plan)
    if best.plan is not None:
        broken += limits.of_exemptions(plan, len(best.plan.exempt))
    return Measurement(
        request,
        objective if np.isfinite(objective) else None,
        terms,
        best,
        broken,
        _moves(instance, limits, plan, best),
    )


def _moves(instance: Instance, limits: LimitJudge, plan: Plan, best: Proposal) -> Moves:
    """Search the shortest list of moves that closes most of the distance."""
    if best.plan is None or best.solve.objective is None:
        return Moves()
    least, codes = best.solve.objective, instance.codes
    needed = len(best.plan.exempt)
    problem = build_problem(instance, limits.request)
    start = host_positions(instance, plan)
    distance = abs(min(problem.objective(start), NO_WAY) - least)

    def drawn(host: IntArray) -> Plan:
        return drawn_like(plan, {codes[i]: codes[j] for i, j in enumerate(host)})

    def good(host: IntArray) -> bool:
        reached = drawn(host)
        return not (limits.of_plan(reached) or limits.of_exemptions(reached, needed))

    terrain = Terrain(problem, penalty=max(distance, _LEAST_PENALTY))
    target = least + (1 - CLOSED_SHARE) * distance
    way, shortest = fewest_moves(start, host_positions(instance, best.plan), terrain, good, target)
    if len(way) == 1:
        return Moves()
    moves = tuple(
        Move(
            node.kind,
            codes[node.municipality],
            codes[before.host[node.municipality]],
            codes[node.host[node.municipality]],
            before.objective - node.objective if before.objective < NO_WAY else None,
        )
        for before, node in pairwise(way)
        if node.kind is not None
    )
    reached = drawn(way[-1].host)
    return Moves(moves, shortest, replace(reached, exempt=frozenset(limits.exempted(reached))))
