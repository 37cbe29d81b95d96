"""The p-median with capacities over all client sets that a solution up to some cost can use."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.optimise.median.capacitated.client_sets import SetPool, sets_below
from planner.optimise.median.capacitated.dual import PairPenalties
from planner.optimise.median.capacitated.problem import CapacitatedProblem
from planner.optimise.median.capacitated.set_partitioning import Tightened, best_partition, tighten
from planner.optimise.median.lagrangian import DualPoint
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.outcome import Cancelled
from planner.optimise.tolerances import ROUNDING

_FIRST_GUESS_SHARE = 5e-4
_GUESS_GROWTH = 1.6
_MOST_GUESSES = 30
#: Above this gap the pair program branches for long, and even a large pool is quicker.
_WIDE_GAP_SHARE = 0.01


@dataclass(frozen=True)
class Effort:
    """How many client sets are worth looking at.

    Attributes
    ----------
    sets : listed at most.
    sets_at_wide_gap : the same where the bound is poor, and nothing else is quicker.
    in_program : left at most for the last program.
    """

    sets: int = 100_000
    sets_at_wide_gap: int = 5_000_000
    in_program: int = 30_000


#: What solves small problems and easy ones.
QUICK = Effort(sets=30_000, sets_at_wide_gap=30_000, in_program=3_000)


def solve_by_sets(
    problem: CapacitatedProblem,
    point: DualPoint,
    penalties: PairPenalties,
    clock: Clock,
    effort: Effort,
) -> SetPool | None:
    """Guess the optimum, list all sets that a solution up to the guess can use, and solve.

    Returns
    -------
    The best sets, where they were too many to solve over all; else None.
    """
    lowest, share = max(point.bound, 0.0), _FIRST_GUESS_SHARE
    seen: list[tuple[float, int]] = []
    best: SetPool | None = None
    for _ in range(_MOST_GUESSES):
        if problem.record.proved:
            return None
        guess = problem.guess(min(lowest * (1.0 + share), _manageable(seen, effort)))
        if clock.expired:
            break
        wide = guess > lowest * (1.0 + _WIDE_GAP_SHARE)
        limit = problem.threshold(guess)
        most = effort.sets_at_wide_gap if wide else effort.sets
        pool = sets_below(problem.dual, point.prices, penalties, limit, most=most, clock=clock)
        if pool is None:
            break
        reduced = penalties.base[pool.host] + pool.cost - pool.sums(point.prices)
        best = pool.take(np.sort(np.argsort(reduced, kind="stable")[: effort.in_program]))
        tightened = tighten(pool, problem.size, reduced, limit, clock)
        if tightened is None:
            break
        if tightened.bound <= limit and len(tightened.pool) > effort.in_program:
            break
        _up_to(problem, tightened, guess, clock)
        seen.append((guess, len(pool)))
        share *= _GUESS_GROWTH
    return best


def _manageable(seen: list[tuple[float, int]], effort: Effort) -> float:
    """Return the guess up to which the sets should be few enough, if they go on growing so."""
    if len(seen) < 2 or seen[-1][1] <= effort.sets or seen[-2][1] == 0:  # noqa: PLR2004
        return np.inf
    (before, fewer), (last, more) = seen[-2:]
    doublings = np.log2(more / fewer) / (last - before)
    most = np.log2(effort.sets_at_wide_gap / more)
    return float(last + most / max(doublings, ROUNDING))


def _up_to(problem: CapacitatedProblem, tightened: Tightened, guess: float, clock: Clock) -> None:
    """Find the best solution that costs at most the guess, or prove that there is none."""
    record, nothing = problem.record, problem.above(guess)
    if tightened.bound > problem.threshold(guess) or not len(tightened.pool):
        record.raise_to(nothing)
        return
    solution, assignment = best_partition(tightened.pool, tightened.triples, problem.size, clock)
    if len(assignment):
        problem.found(assignment)
    proved = tightened.bound
    if solution.outcome in ("optimal", "infeasible"):
        proved = record.value
    elif solution.bound is not None:
        proved = max(proved, record.grain.raised(solution.bound))
    record.raise_to(min(proved, nothing))
    if solution.interrupted:
        raise Cancelled
