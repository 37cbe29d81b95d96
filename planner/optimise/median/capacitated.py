"""The p-median with capacities, every client at one host, proved.

1. A Lagrangian bound with one exact knapsack per host, its prices finished by cutting planes.
2. Where few client sets can be part of a solution near that bound, the problem is solved as set
   partitioning over those sets; the limit is raised until the optimum lies below it.
3. Otherwise a program over the pairs that the bound leaves, after a smaller one has found a good
   solution.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np

from planner.optimise.median.assignment_program import Limits, assignment_program
from planner.optimise.median.capacitated_dual import CapacitatedDual
from planner.optimise.median.client_sets import SetPool, sets_below
from planner.optimise.median.interchange import greedy_hosts, interchange
from planner.optimise.median.lagrangian import DualPoint, Penalties, UncapacitatedDual, raise_bound
from planner.optimise.median.set_partitioning import Tightened, best_partition, tighten
from planner.optimise.median.set_prices import SetRelaxation
from planner.optimise.median.uncapacitated import Answer, first_prices
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.program import BoolArray, FloatArray, IntArray
from planner.optimise.solver.solve import default_backend, solve
from planner.optimise.tolerances import ROUNDING, Grain

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


@dataclass(frozen=True, eq=False)
class _State:
    """What is known so far; costs are scaled."""

    bound: float
    value: float = np.inf
    assignment: IntArray = field(default_factory=lambda: np.zeros(0, np.int64))

    @property
    def opened(self) -> IntArray:
        return np.unique(self.assignment)

    def raised(self, bound: float) -> _State:
        return replace(self, bound=max(self.bound, min(bound, self.value)))

    def improved(self, value: float, assignment: IntArray) -> _State:
        if value >= self.value:
            return self
        return _State(min(self.bound, value), value, assignment)


@dataclass(frozen=True, eq=False)
class _Problem:
    dual: CapacitatedDual
    limits: Limits
    grain: Grain
    clock: Clock

    @property
    def size(self) -> tuple[int, int, int]:
        clients, hosts = self.dual.cost.shape
        return clients, hosts, self.dual.host_count

    def closed(self, state: _State) -> bool:
        return state.bound >= self.grain.worth_finding(state.value)

    def guess(self, state: _State, wished: float) -> float:
        """Return a possible objective near the one wished, above what is proved."""
        if not self.grain.whole:
            return min(max(wished, state.bound * (1.0 + ROUNDING)), state.value)
        return min(max(math.floor(wished), math.ceil(state.bound)), state.value - 1.0)

    def threshold(self, guess: float) -> float:
        """Return what tells solutions up to the guess from dearer ones."""
        return guess + 0.5 if self.grain.whole else guess * (1.0 + ROUNDING)

    def above(self, guess: float) -> float:
        """Return what a solution costs at least if it costs more than the guess."""
        return guess + 1.0 if self.grain.whole else guess

    def cost_of(self, assignment: IntArray) -> float:
        return float(self.dual.cost[np.arange(len(assignment)), assignment].sum())


def solve_capacitated(cost: FloatArray, host_count: int, limits: Limits, clock: Clock) -> Answer:
    """Minimise the cost of serving every client whole at one of p hosts, within capacity.

    Parameters
    ----------
    cost : (clients, hosts), at least 0, infinite where a host may not serve a client.
    host_count : p, from 1 to the number of hosts.
    limits : demand and capacity; capacity is held to one part in 10^9, and exactly where
        demand is in whole numbers.
    """
    limits = Limits(limits.demand, np.minimum(limits.capacity, limits.demand.sum()))
    roomy = _with_rounding(limits)
    if not _may_fit(cost, host_count, roomy):
        return Answer(None, np.zeros(0, np.int64), np.inf, np.inf)
    grain = Grain.of(cost)
    start, value = _without_capacity(cost, host_count, clock)
    scale = grain.scale(value)
    dual = CapacitatedDual(cost * scale, roomy, host_count)
    problem = _Problem(dual, limits, grain, clock)
    point = _root(problem, start * scale)
    state = _State(max(grain.raised(point.bound), 0.0))
    if not clock.expired:
        penalties = problem.dual.penalties(point.prices)
        if default_backend() == "highs":
            state = _by_sets(problem, point, penalties, state)
        if not problem.closed(state) and not clock.expired:
            state = _by_pairs(problem, penalties, state)
    if not len(state.assignment):
        return Answer(None, np.zeros(0, np.int64), np.inf, state.bound / scale)
    value = state.value / scale
    bound = value if problem.closed(state) else state.bound / scale
    return Answer(state.assignment, state.opened, value, bound)


def _with_rounding(limits: Limits) -> Limits:
    """Allow for sums of fractional demand that miss the capacity by rounding only.

    Not for a solver: HiGHS 1.15 loses solutions where coefficients differ by about its tolerance.
    """
    if (limits.demand == np.floor(limits.demand)).all():
        return Limits(limits.demand, np.floor(limits.capacity + ROUNDING))
    return Limits(limits.demand, limits.capacity * (1.0 + ROUNDING))


def _may_fit(cost: FloatArray, host_count: int, limits: Limits) -> bool:
    """Whether the simplest conditions for a solution hold."""
    usable = np.isfinite(cost) & (limits.demand[:, None] <= limits.capacity)
    largest = np.sort(limits.capacity)[::-1][:host_count]
    return bool(usable.any(axis=1).all() and largest.sum() >= limits.demand.sum())


def _without_capacity(cost: FloatArray, host_count: int, clock: Clock) -> tuple[FloatArray, float]:
    """Return good prices if there were no capacities, and the cost of a good solution then."""
    dearest = np.where(np.isfinite(cost), cost, 0.0).max(axis=1)
    finite = np.where(np.isfinite(cost), cost, 2.0 * dearest.sum() + 1.0)
    dual = UncapacitatedDual(finite, host_count)
    hosts, value = interchange(finite, greedy_hosts(finite, host_count))
    point = raise_bound(
        dual,
        first_prices(finite, hosts),
        target=value,
        enough=value,
        ceiling=dual.ceiling,
        most_rounds=_START_ROUNDS,
        clock=clock,
    )
    return point.prices, value


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


def _by_sets(problem: _Problem, point: DualPoint, penalties: Penalties, state: _State) -> _State:
    """Guess the optimum, list all sets that a solution up to the guess can use, and solve."""
    lowest, share = max(point.bound, 0.0), _FIRST_GUESS_SHARE
    seen: list[tuple[float, int]] = []
    for _ in range(_MOST_GUESSES):
        guess = problem.guess(state, min(lowest * (1.0 + share), _manageable(seen)))
        if problem.closed(state) or problem.clock.expired:
            break
        wide = guess > lowest * (1.0 + _WIDE_GAP_SHARE)
        limit = problem.threshold(guess)
        most = _MOST_SETS_AT_WIDE_GAP if wide else _MOST_SETS
        pool = sets_below(problem.dual, point.prices, penalties, limit, most)
        if pool is None:
            break
        reduced = penalties.base[pool.host] + pool.cost - pool.sums(point.prices)
        tightened = tighten(pool, problem.size, reduced, limit, problem.clock)
        if tightened is None or (
            tightened.bound <= limit and len(tightened.pool) > _MOST_SETS_IN_PROGRAM
        ):
            break
        state = _up_to(problem, state, tightened, guess)
        seen.append((guess, len(pool)))
        share *= _GUESS_GROWTH
    return state


def _manageable(seen: list[tuple[float, int]]) -> float:
    """Return the guess up to which the sets should be few enough, if they go on growing so."""
    if len(seen) < 2 or seen[-1][1] <= _MOST_SETS or seen[-2][1] == 0:  # noqa: PLR2004
        return np.inf
    (before, fewer), (last, more) = seen[-2:]
    doublings = np.log2(more / fewer) / (last - before)
    return float(last + np.log2(_MOST_SETS_AT_WIDE_GAP / more) / max(doublings, ROUNDING))


def _up_to(problem: _Problem, state: _State, tightened: Tightened, guess: float) -> _State:
    """Find the best solution that costs at most the guess, or prove that there is none."""
    nothing = problem.above(guess)
    if tightened.bound > problem.threshold(guess) or not len(tightened.pool):
        return state.raised(nothing)
    solution, assignment = best_partition(
        tightened.pool, tightened.triples, problem.size, problem.clock
    )
    if len(assignment):
        state = state.improved(problem.cost_of(assignment), assignment)
    proved = tightened.bound
    if solution.outcome in ("optimal", "infeasible"):
        proved = state.value
    elif solution.bound is not None:
        proved = max(proved, problem.grain.raised(solution.bound))
    return state.raised(min(proved, nothing))


def _by_pairs(problem: _Problem, penalties: Penalties, state: _State) -> _State:
    """Solve over the pairs of least penalty, then over all that could be better."""
    finite = np.sort(penalties.pair[np.isfinite(penalties.pair)])
    count = _FIRST_PAIRS_PER_CLIENT * problem.size[0]
    while not np.isfinite(state.value) and not problem.clock.expired:
        possible = penalties.pair <= finite[min(count, len(finite)) - 1]
        state, proved = _best_over(problem, state, possible, gap=_GOOD_ENOUGH_GAP)
        if count >= len(finite):
            return state.raised(proved)
        count *= 2
    sought = problem.grain.worth_finding(state.value)
    half = _WIDE_PAIRS_PER_CLIENT * problem.size[0] // 2
    if not problem.clock.expired and (penalties.pair < sought).sum() > 2 * half:
        limit = finite[half - 1]
        state, proved = _best_over(problem, state, penalties.pair <= limit)
        state = state.raised(min(proved, problem.grain.raised(limit)))
    if problem.clock.expired or problem.closed(state):
        return state
    sought = problem.grain.worth_finding(state.value)
    must_open = penalties.closed >= sought
    state, proved = _best_over(problem, state, penalties.pair < sought, must_open=must_open)
    return state.raised(min(proved, sought))


def _best_over(
    problem: _Problem,
    state: _State,
    possible: BoolArray,
    *,
    must_open: BoolArray | None = None,
    gap: float = 0.0,
) -> tuple[_State, float]:
    """Solve over some pairs, and those in use; also bound what they allow, infinite if nothing."""
    clients, hosts, host_count = problem.size
    known = len(state.assignment) > 0
    if known:
        possible[np.arange(clients), state.assignment] = True
    if not possible.any(axis=1).all():
        return state, np.inf
    model = assignment_program(
        problem.dual.cost,
        host_count,
        possible,
        must_open=np.zeros(hosts, dtype=bool) if must_open is None else must_open,
        scale=1.0,
        limits=problem.limits,
    )
    solution = solve(
        model.program,
        start=model.point(state.assignment, state.opened) if known else None,
        start_is_good=known,
        enough_bound=problem.grain.worth_finding(state.value) if known else None,
        time_limit_s=problem.clock.remaining_s,
        gap=gap,
    )
    if solution.x is not None:
        assignment, _ = model.solution(solution.x)
        state = state.improved(problem.cost_of(assignment), assignment)
    if solution.outcome == "infeasible":
        return state, np.inf
    bound = -np.inf if solution.bound is None else solution.bound
    return state, problem.grain.raised(bound)
