"""The p-median with capacities, every client at one host, proved.

1. A Lagrangian bound with one exact knapsack per host, its prices finished by cutting planes.
2. Where few client sets can be part of a solution near that bound, the problem is solved as set
   partitioning over those sets; the limit is raised until the optimum lies below it.
3. Otherwise a program over the pairs that the bound leaves, after a smaller one has found a good
   solution.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from planner.optimise.median.assignment_program import (
    Limits,
    assignment_program,
    solve_in_time,
)
from planner.optimise.median.capacitated.client_sets import SetPool, sets_below
from planner.optimise.median.capacitated.dual import CapacitatedDual, PairPenalties
from planner.optimise.median.capacitated.neighbourhoods import Neighbourhoods
from planner.optimise.median.capacitated.placement import LocalSearch, placed, with_nowhere
from planner.optimise.median.capacitated.recombination import recombined
from planner.optimise.median.capacitated.set_partitioning import Tightened, best_partition, tighten
from planner.optimise.median.capacitated.set_prices import SetRelaxation
from planner.optimise.median.feasibility import with_rounding
from planner.optimise.median.interchange import greedy_hosts, interchange
from planner.optimise.median.lagrangian import DualPoint, UncapacitatedDual, raise_bound
from planner.optimise.median.record import Record
from planner.optimise.median.uncapacitated import finite_costs, first_prices
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.outcome import Cancelled
from planner.optimise.solver.program import BoolArray, FloatArray, IntArray
from planner.optimise.solver.solve import default_backend
from planner.optimise.tolerances import ROUNDING

_START_ROUNDS = 200
_KNAPSACK_ROUNDS = 60
_MOST_CUTTING_PLANES = 150
_CONVERGED_SHARE = 1e-5
_TRUST = 0.6

_FIRST_GUESS_SHARE = 5e-4
_GUESS_GROWTH = 1.6
_MOST_GUESSES = 30
#: Above this gap the pair program branches for long, and even a large pool is quicker.
_WIDE_GAP_SHARE = 0.01
_MOST_SETS = 100_000
_MOST_SETS_AT_WIDE_GAP = 5_000_000
_MOST_SETS_IN_PROGRAM = 30_000

_FIRST_PAIRS_PER_CLIENT = 6
#: A program so wide is worth one of half that size before it: a better solution leaves fewer pairs.
_WIDE_PAIRS_PER_CLIENT = 24
_GOOD_ENOUGH_GAP = 2e-3

#: Shares of what is left of the time.
_START_SHARE = 0.2
_SETS_SHARE = 0.3
_IMPROVE_SHARE = 0.6
_RECOMBINE_SHARE = 0.3
_RECOMBINE_S = 20.0
#: A first plan so far above the bound is worth a better one before anything is proved.
_POOR_GAP = 0.02


@dataclass(frozen=True, eq=False)
class _Problem:
    dual: CapacitatedDual
    limits: Limits
    clock: Clock
    record: Record

    @property
    def size(self) -> tuple[int, int, int]:
        clients, hosts = self.dual.cost.shape
        return clients, hosts, self.dual.host_count

    def guess(self, wished: float) -> float:
        """Return a possible objective near the one wished, above what is proved."""
        record = self.record
        if not record.grain.whole:
            return min(max(wished, record.bound * (1.0 + ROUNDING)), record.value)
        return min(max(math.floor(wished), math.ceil(record.bound)), record.value - 1.0)

    def threshold(self, guess: float) -> float:
        """Return what tells solutions up to the guess from dearer ones."""
        return guess + 0.5 if self.record.grain.whole else guess * (1.0 + ROUNDING)

    def above(self, guess: float) -> float:
        """Return what a solution costs at least if it costs more than the guess."""
        return guess + 1.0 if self.record.grain.whole else guess

    def cost_of(self, assignment: IntArray) -> float:
        """Return the cost of an assignment, infinite where somebody has found no room."""
        if assignment.max() == self.dual.cost.shape[1]:
            return np.inf
        return float(self.dual.cost[np.arange(len(assignment)), assignment].sum())

    def found(self, assignment: IntArray) -> bool:
        """Keep an assignment if it is the best so far."""
        return self.record.improve(self.cost_of(assignment), assignment, np.unique(assignment))


def solve_capacitated(
    cost: FloatArray, host_count: int, limits: Limits, clock: Clock, record: Record
) -> None:
    """Minimise the cost of serving every client whole at one of p hosts, within capacity.

    Parameters
    ----------
    cost : (clients, hosts), at least 0, infinite where a host may not serve a client.
    host_count : p, from 1 to the number of hosts.
    limits : demand and capacity; capacity is held to one part in 10^9, and exactly where
        demand is in whole numbers.
    record : holds the answer, whatever ends the search.
    """
    record.limited = True
    limits = Limits(limits.demand, np.minimum(limits.capacity, limits.demand.sum()))
    hosts, prices, value = _without_capacity(cost, host_count, clock)
    scale = record.grain.scale(value)
    record.multiply(scale)
    dual = CapacitatedDual(cost * scale, with_rounding(limits), host_count, clock)
    problem = _Problem(dual, limits, clock, record)
    _place(problem, hosts, clock.share(_START_SHARE))
    record.stage = "bound"
    point = _root(problem, prices * scale)
    record.raise_to(point.bound)
    _place(problem, dual.best_hosts[1], clock.share(_START_SHARE))
    record.stage = "search"
    better = None
    poor = record.value > record.bound * (1.0 + _POOR_GAP) and default_backend() == "highs"
    if poor:
        better = _recombine(problem, point.prices)
    penalties = None if clock.expired else dual.penalties(point.prices)
    if penalties is None:
        return
    if default_backend() == "highs":
        _by_sets(problem, point, penalties)
        if not record.proved:
            better = better if poor else _recombine(problem, point.prices)
            _improve(problem, better)
    if not record.proved and not clock.expired:
        _by_pairs(problem, penalties)


def _with_room(limits: Limits, hosts: IntArray) -> IntArray:
    """Exchange the smallest hosts for the largest others until together they hold everybody."""
    hosts, total = hosts.copy(), float(limits.demand.sum())
    others = np.setdiff1d(np.arange(len(limits.capacity)), hosts)
    for largest in others[np.argsort(-limits.capacity[others], kind="stable")]:
        smallest = int(limits.capacity[hosts].argmin())
        enough = limits.capacity[hosts].sum() >= total
        if enough or limits.capacity[largest] <= limits.capacity[hosts[smallest]]:
            break
        hosts[smallest] = largest
    return hosts


def _place(
    problem: _Problem, hosts: IntArray, clock: Clock, known: IntArray | None = None
) -> IntArray | None:
    """Place the clients at given hosts, and improve that by small moves.

    Returns
    -------
    (clients,) host of each, or the number of hosts for those who find no room.
    """
    if not len(hosts):
        return None
    cost, limits = with_nowhere(problem.dual.cost, problem.dual.limits)
    if known is None:
        hosts = np.sort(_with_room(problem.dual.limits, hosts))
    assignment = placed(cost, limits, hosts, known)
    problem.found(assignment)
    search = LocalSearch(cost, limits, assignment, clock)
    search.run()
    problem.found(search.assignment)
    return search.assignment


def _recombine(problem: _Problem, prices: FloatArray) -> IntArray | None:
    """Put the best sets together; return where that leads, which may leave some without room."""
    clock = problem.clock.share(_RECOMBINE_SHARE).at_most(_RECOMBINE_S)
    together = recombined(problem.dual, prices, clock)
    if together is None:
        return None
    return _place(problem, together[0], problem.clock.share(_START_SHARE), together[1])


def _improve(problem: _Problem, assignment: IntArray | None) -> None:
    """Solve neighbourhoods anew, while that pays; start from the best, if everybody has room."""
    record, dual = problem.record, problem.dual
    if assignment is None or problem.cost_of(assignment) < np.inf:
        assignment = record.assignment
    if assignment is None or problem.clock.expired:
        return
    around = Neighbourhoods(*with_nowhere(dual.cost, dual.limits), assignment)
    try:
        around.run(problem.clock.share(_IMPROVE_SHARE))
    finally:
        problem.found(around.assignment)


def _without_capacity(
    cost: FloatArray, host_count: int, clock: Clock
) -> tuple[IntArray, FloatArray, float]:
    """Return good hosts if there were no capacities, good prices, and the cost then."""
    clock = clock.share(_START_SHARE)
    finite, _ = finite_costs(cost)
    hosts, value = interchange(finite, greedy_hosts(finite, host_count, clock), clock)
    dual = UncapacitatedDual(finite, host_count, clock)
    point = raise_bound(
        dual,
        first_prices(finite, hosts),
        target=value,
        enough=value,
        ceiling=dual.ceiling,
        most_rounds=_START_ROUNDS,
        clock=clock,
    )
    return hosts, point.prices, value


def _root(problem: _Problem, start: FloatArray) -> DualPoint:
    """Best prices: subgradients with knapsacks first, then cutting planes."""
    point = raise_bound(
        problem.dual,
        start,
        target=None,
        enough=np.inf,
        ceiling=np.full(len(start), np.inf),
        most_rounds=_KNAPSACK_ROUNDS,
        clock=problem.clock,
    )
    problem.record.raise_to(point.bound)
    return _finished(problem, point) if default_backend() == "highs" else point


def _finished(problem: _Problem, point: DualPoint) -> DualPoint:
    """Cutting planes in the space of prices, smoothed towards the best point so far."""
    dual, (clients, hosts, host_count) = problem.dual, problem.size
    ceiling = 2.0 * point.prices + float(point.prices.max()) + 1.0
    relaxation = SetRelaxation(clients, hosts, host_count, (), ceiling)
    known = 0
    for _ in range(_MOST_CUTTING_PLANES):
        new = list(dual.sets)[known:]
        if not new or problem.clock.expired:
            break
        known += len(new)
        relaxation.add_sets(SetPool.of(new, dual.cost))
        prices = relaxation.prices_of_sets(problem.clock)
        if prices is None or prices.value(host_count) - point.bound <= (
            _CONVERGED_SHARE * abs(point.bound)
        ):
            break
        mixed = np.maximum(_TRUST * point.prices + (1.0 - _TRUST) * prices.client, 0.0)
        bound, _ = dual(mixed)
        if bound > point.bound:
            point = DualPoint(bound, mixed)
    return point


def _by_sets(problem: _Problem, point: DualPoint, penalties: PairPenalties) -> None:
    """Guess the optimum, list all sets that a solution up to the guess can use, and solve."""
    lowest, share = max(point.bound, 0.0), _FIRST_GUESS_SHARE
    clock = problem.clock.share(_SETS_SHARE)
    seen: list[tuple[float, int]] = []
    for _ in range(_MOST_GUESSES):
        guess = problem.guess(min(lowest * (1.0 + share), _manageable(seen)))
        if problem.record.proved or clock.expired:
            break
        wide = guess > lowest * (1.0 + _WIDE_GAP_SHARE)
        limit = problem.threshold(guess)
        most = _MOST_SETS_AT_WIDE_GAP if wide else _MOST_SETS
        pool = sets_below(problem.dual, point.prices, penalties, limit, most=most, clock=clock)
        if pool is None:
            break
        reduced = penalties.base[pool.host] + pool.cost - pool.sums(point.prices)
        tightened = tighten(pool, problem.size, reduced, limit, clock)
        if tightened is None or (
            tightened.bound <= limit and len(tightened.pool) > _MOST_SETS_IN_PROGRAM
        ):
            break
        _up_to(problem, tightened, guess, clock)
        seen.append((guess, len(pool)))
        share *= _GUESS_GROWTH


def _manageable(seen: list[tuple[float, int]]) -> float:
    """Return the guess up to which the sets should be few enough, if they go on growing so."""
    if len(seen) < 2 or seen[-1][1] <= _MOST_SETS or seen[-2][1] == 0:  # noqa: PLR2004
        return np.inf
    (before, fewer), (last, more) = seen[-2:]
    doublings = np.log2(more / fewer) / (last - before)
    return float(last + np.log2(_MOST_SETS_AT_WIDE_GAP / more) / max(doublings, ROUNDING))


def _up_to(problem: _Problem, tightened: Tightened, guess: float, clock: Clock) -> None:
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


def _by_pairs(problem: _Problem, penalties: PairPenalties) -> None:
    """Solve over the pairs of least penalty, then over all that could be better."""
    record, clock = problem.record, problem.clock
    finite = np.sort(penalties.pair[np.isfinite(penalties.pair)])
    count = _FIRST_PAIRS_PER_CLIENT * problem.size[0]
    while record.assignment is None and not clock.expired:
        limit = finite[min(count, len(finite)) - 1]
        proved = _best_over(problem, penalties.pair <= limit, gap=_GOOD_ENOUGH_GAP)
        if count >= len(finite):
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
    problem: _Problem,
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
