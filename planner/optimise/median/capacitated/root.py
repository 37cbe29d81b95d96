"""Good prices for a p-median with capacities: subgradients first, then cutting planes."""

from __future__ import annotations

import numpy as np

from planner.optimise.median.capacitated.client_sets import SetPool
from planner.optimise.median.capacitated.problem import CapacitatedProblem
from planner.optimise.median.capacitated.set_prices import SetRelaxation
from planner.optimise.median.interchange import greedy_hosts, interchange
from planner.optimise.median.lagrangian import DualPoint, UncapacitatedDual, raise_bound
from planner.optimise.median.uncapacitated import finite_costs, first_prices
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.program import FloatArray, IntArray
from planner.optimise.solver.solve import default_backend

_START_ROUNDS = 200
_KNAPSACK_ROUNDS = 60
_MOST_CUTTING_PLANES = 150
_CONVERGED_SHARE = 1e-5
_TRUST = 0.6
#: Sets are few, whatever the prices, where a solution is so near the bound.
_NARROW_GAP = 1e-3


def without_capacity(
    cost: FloatArray, host_count: int, clock: Clock
) -> tuple[IntArray, FloatArray, float]:
    """Return good hosts if there were no capacities, good prices, and the cost then."""
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


def root_prices(
    problem: CapacitatedProblem, start: FloatArray, clock: Clock, *, part_of_gap: float = 0.0
) -> DualPoint:
    """Raise the bound from some prices, as far as knapsacks go.

    Parameters
    ----------
    start : (clients,) first prices.
    clock : for the cutting planes.
    part_of_gap : stop when the bound could rise by no more than this share (0-1) of what the best
        solution known costs above it.
    """
    point = raise_bound(
        problem.dual,
        start,
        target=problem.record.value if part_of_gap else None,
        enough=problem.record.sought,
        ceiling=np.full(len(start), np.inf),
        most_rounds=_KNAPSACK_ROUNDS,
        clock=problem.clock,
    )
    problem.record.raise_to(point.bound)
    if default_backend() == "highs":
        point = _finished(problem, point, clock, part_of_gap)
        problem.record.raise_to(point.bound)
    return point


def _finished(
    problem: CapacitatedProblem, point: DualPoint, clock: Clock, part_of_gap: float
) -> DualPoint:
    """Cutting planes in the space of prices, smoothed towards the best point so far."""
    dual, (clients, hosts, host_count) = problem.dual, problem.size
    ceiling = 2.0 * point.prices + float(point.prices.max()) + 1.0
    relaxation = SetRelaxation(clients, hosts, host_count, (), ceiling)
    known = 0
    for _ in range(_MOST_CUTTING_PLANES):
        new = list(dual.sets)[known:]
        if not new or clock.expired or point.bound >= problem.record.sought:
            break
        known += len(new)
        relaxation.add_sets(SetPool.of(new, dual.cost))
        prices = relaxation.prices_of_sets(clock)
        if prices is None:
            break
        gap = problem.record.value - point.bound if part_of_gap else 0.0
        if part_of_gap and gap <= _NARROW_GAP * point.bound:
            break
        near = max(_CONVERGED_SHARE * abs(point.bound), part_of_gap * gap)
        if prices.value(host_count) - point.bound <= near:
            break
        mixed = np.maximum(_TRUST * point.prices + (1.0 - _TRUST) * prices.client, 0.0)
        bound, _ = dual(mixed)
        if bound > point.bound:
            point = DualPoint(bound, mixed)
    return point
