"""The p-median with capacities, every client at one host, proved.

1. A Lagrangian bound with one exact knapsack per host, its prices finished by cutting planes.
2. Where few client sets can be part of a solution near that bound, the problem is solved as set
   partitioning over those sets; the limit is raised until the optimum lies below it.
3. Otherwise a program over the pairs that the bound leaves, after a smaller one has found a good
   solution.
"""

from __future__ import annotations

import numpy as np

from planner.optimise.median.assignment_program import (
    Capacities,
)
from planner.optimise.median.capacitated.client_sets import SetPool, sets_below
from planner.optimise.median.capacitated.dual import CapacitatedDual, PairPenalties
from planner.optimise.median.capacitated.neighbourhoods import Neighbourhoods
from planner.optimise.median.capacitated.pairs import solve_pairs
from planner.optimise.median.capacitated.placement import LocalSearch, place_hosts, with_nowhere
from planner.optimise.median.capacitated.problem import CapacitatedProblem
from planner.optimise.median.capacitated.recombination import recombined
from planner.optimise.median.capacitated.set_partitioning import Tightened, best_partition, tighten
from planner.optimise.median.capacitated.set_prices import SetRelaxation
from planner.optimise.median.feasibility import with_rounding
from planner.optimise.median.interchange import greedy_hosts, interchange
from planner.optimise.median.lagrangian import DualPoint, UncapacitatedDual, raise_bound
from planner.optimise.median.record import MedianRecord
from planner.optimise.median.uncapacitated import finite_costs, first_prices
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.outcome import Cancelled
from planner.optimise.solver.program import FloatArray, IntArray
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


#: Shares of what is left of the time.
_START_SHARE = 0.2
_ROOT_SHARE = 0.2
_SETS_SHARE = 0.3
_IMPROVE_SHARE = 0.6
_RECOMBINE_SHARE = 0.3
_RECOMBINE_S = 20.0
#: Clients of a neighbourhood, more or less.
_NEIGHBOURS = (60, 120, 240)
#: With a time limit, a first plan so far above the bound is bettered before anything is proved.
_POOR_GAP = 0.02


def solve_capacitated(
    cost: FloatArray, host_count: int, limits: Capacities, clock: Clock, record: MedianRecord
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
    limits = Capacities(limits.demand, np.minimum(limits.capacity, limits.demand.sum()))
    hosts, prices, value = _without_capacity(cost, host_count, clock)
    scale = record.grain.scale(value)
    record.multiply(scale)
    dual = CapacitatedDual(cost * scale, with_rounding(limits), host_count, clock)
    problem = CapacitatedProblem(dual, limits, clock, record)
    _place(problem, hosts, clock.share(_START_SHARE))
    record.stage = "bound"
    point = _root(problem, prices * scale)
    record.raise_to(point.bound)
    _place(problem, dual.best_hosts[1], clock.share(_START_SHARE))
    record.stage = "search"
    better = None
    poor = record.value > record.bound * (1.0 + _POOR_GAP) and clock.remaining_s is not None
    if poor and default_backend() == "highs":
        better = _recombine(problem, point.prices, None)
    penalties = None if clock.expired else dual.penalties(point.prices)
    if penalties is None:
        return
    if default_backend() == "highs":
        pool = _by_sets(problem, point, penalties)
        if not record.proved:
            if pool is not None or not poor:
                better = _recombine(problem, point.prices, pool)
            _improve(problem, better)
    if not record.proved and not clock.expired:
        solve_pairs(problem, penalties)


def _with_room(limits: Capacities, hosts: IntArray) -> IntArray:
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
    problem: CapacitatedProblem, hosts: IntArray, clock: Clock, known: IntArray | None = None
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
    assignment = place_hosts(cost, limits, hosts, known)
    problem.found(assignment)
    search = LocalSearch(cost, limits, assignment, clock)
    search.run()
    problem.found(search.assignment)
    return search.assignment


def _recombine(
    problem: CapacitatedProblem, prices: FloatArray, pool: SetPool | None
) -> IntArray | None:
    """Put the best sets together; return where that leads, which may leave some without room.

    Parameters
    ----------
    pool : sets to choose from; None for those seen while prices were found.
    """
    clock = problem.clock.share(_RECOMBINE_SHARE).at_most(_RECOMBINE_S)
    if pool is None:
        if not problem.dual.sets:
            return None
        pool = SetPool.of(list(problem.dual.sets), problem.dual.cost)
    together = recombined(problem.dual, pool, prices, clock)
    if together is None:
        return None
    return _place(problem, together[0], problem.clock.share(_START_SHARE), together[1])


def _improve(problem: CapacitatedProblem, other: IntArray | None) -> None:
    """Solve neighbourhoods anew, while that pays.

    Parameters
    ----------
    other : a start besides the best, where some may be without room.
    """
    clock = problem.clock.share(_IMPROVE_SHARE)
    soft = with_nowhere(problem.dual.cost, problem.dual.limits)
    if other is not None and problem.cost_of(other) == np.inf:
        _around(problem, Neighbourhoods(*soft, other), clock.share(0.5))
    if problem.record.assignment is not None:
        _around(problem, Neighbourhoods(*soft, problem.record.assignment), clock)


def _around(problem: CapacitatedProblem, around: Neighbourhoods, clock: Clock) -> None:
    """Improve a start, and keep what comes of it, whatever ends the search.

    With a time limit, neighbourhoods grow until it is spent.
    """
    sizes = _NEIGHBOURS if clock.remaining_s is not None else _NEIGHBOURS[:1]
    for most_clients in sizes:
        try:
            around.run(clock, most_clients)
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


def _root(problem: CapacitatedProblem, start: FloatArray) -> DualPoint:
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


def _finished(problem: CapacitatedProblem, point: DualPoint) -> DualPoint:
    """Cutting planes in the space of prices, smoothed towards the best point so far."""
    dual, (clients, hosts, host_count) = problem.dual, problem.size
    ceiling = 2.0 * point.prices + float(point.prices.max()) + 1.0
    relaxation = SetRelaxation(clients, hosts, host_count, (), ceiling)
    known, clock = 0, problem.clock.share(_ROOT_SHARE)
    for _ in range(_MOST_CUTTING_PLANES):
        new = list(dual.sets)[known:]
        if not new or clock.expired:
            break
        known += len(new)
        relaxation.add_sets(SetPool.of(new, dual.cost))
        prices = relaxation.prices_of_sets(clock)
        if prices is None or prices.value(host_count) - point.bound <= (
            _CONVERGED_SHARE * abs(point.bound)
        ):
            break
        mixed = np.maximum(_TRUST * point.prices + (1.0 - _TRUST) * prices.client, 0.0)
        bound, _ = dual(mixed)
        if bound > point.bound:
            point = DualPoint(bound, mixed)
    return point


def _by_sets(
    problem: CapacitatedProblem, point: DualPoint, penalties: PairPenalties
) -> SetPool | None:
    """Guess the optimum, list all sets that a solution up to the guess can use, and solve.

    Returns
    -------
    The best sets, where they were too many to solve over all; else None.
    """
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
        if tightened is None:
            break
        if tightened.bound <= limit and len(tightened.pool) > _MOST_SETS_IN_PROGRAM:
            best = np.argsort(reduced, kind="stable")[:_MOST_SETS_IN_PROGRAM]
            return pool.take(np.sort(best))
        _up_to(problem, tightened, guess, clock)
        seen.append((guess, len(pool)))
        share *= _GUESS_GROWTH
    return None


def _manageable(seen: list[tuple[float, int]]) -> float:
    """Return the guess up to which the sets should be few enough, if they go on growing so."""
    if len(seen) < 2 or seen[-1][1] <= _MOST_SETS or seen[-2][1] == 0:  # noqa: PLR2004
        return np.inf
    (before, fewer), (last, more) = seen[-2:]
    doublings = np.log2(more / fewer) / (last - before)
    return float(last + np.log2(_MOST_SETS_AT_WIDE_GAP / more) / max(doublings, ROUNDING))


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
