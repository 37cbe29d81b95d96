"""The p-median with capacities as programs over the pairs that good prices leave."""

from __future__ import annotations

import numpy as np

from planner.optimise.median.assignment_program import assignment_program, solve_in_time
from planner.optimise.median.capacitated.dual import PairPenalties
from planner.optimise.median.capacitated.problem import CapacitatedProblem
from planner.optimise.solver.outcome import Cancelled
from planner.optimise.solver.program import BoolArray

_FIRST_PAIRS_PER_CLIENT = 6
#: A program so wide is worth one of half that size before it: a better solution leaves fewer pairs.
_WIDE_PAIRS_PER_CLIENT = 24
_GOOD_ENOUGH_GAP = 2e-3


def solve_pairs(problem: CapacitatedProblem, penalties: PairPenalties, *, improved: bool) -> None:
    """Solve over the pairs of least penalty, then over all that could be better.

    Parameters
    ----------
    improved : whether the best solution known is good; else a small program looks for one first.
    """
    record, clock = problem.record, problem.clock
    finite = np.sort(penalties.pair[np.isfinite(penalties.pair)])
    count = _FIRST_PAIRS_PER_CLIENT * problem.size[0]
    while (not improved or record.assignment is None) and not clock.expired:
        limit = finite[min(count, len(finite)) - 1]
        proved = _best_over(problem, penalties.pair <= limit, gap=_GOOD_ENOUGH_GAP)
        improved = True
        if record.assignment is None and count >= len(finite):
            record.raise_to(proved)
            return
        count *= 2
    half = _WIDE_PAIRS_PER_CLIENT * problem.size[0] // 2
    if not clock.expired and (penalties.pair < record.sought).sum() > 2 * half:
        limit = finite[half - 1]
        proved = _best_over(problem, penalties.pair <= limit)
        record.raise_to(min(proved, record.grain.raised(limit)))
    if clock.expired or record.proved:
        return
    sought = record.sought
    proved = _best_over(problem, penalties.pair < sought, must_open=penalties.closed >= sought)
    if proved >= sought:
        record.prove()
    else:
        record.raise_to(proved)


def _best_over(
    problem: CapacitatedProblem,
    possible: BoolArray,
    *,
    must_open: BoolArray | None = None,
    gap: float = 0.0,
) -> float:
    """Solve over some pairs, and those in use; bound what they allow, infinite if nothing."""
    clients, hosts, host_count = problem.size
    record = problem.record
    known = record.assignment
    if known is not None:
        possible[np.arange(clients), known] = True
    if not possible.any(axis=1).all():
        return np.inf
    client, host = np.nonzero(possible)
    model = assignment_program(
        problem.dual.cost,
        host_count,
        (client, host),
        must_open=np.zeros(hosts, dtype=bool) if must_open is None else must_open,
        scale=1.0,
        limits=problem.limits,
    )
    solution = solve_in_time(
        model.program,
        problem.clock,
        start=None if known is None else model.point(known, record.opened),
        start_is_good=known is not None,
        enough_bound=None if known is None else record.sought,
        gap=gap,
    )
    if solution.x is not None:
        problem.found(model.solution(solution.x)[0])
    if solution.interrupted:
        if solution.bound is not None and must_open is not None:
            record.raise_to(min(record.grain.raised(solution.bound), record.sought))
        raise Cancelled
    if solution.outcome == "infeasible":
        return np.inf
    return -np.inf if solution.bound is None else record.grain.raised(solution.bound)
