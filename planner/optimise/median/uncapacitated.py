"""The p-median without capacities, proved: interchange, Lagrangian bound, fixing, a small program.

Most instances end with the bound meeting the interchange's value. What is left after the
reduced-cost tests is a program of a few hundred pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.optimise.median.assignment_program import assignment_program
from planner.optimise.median.interchange import greedy_hosts, interchange
from planner.optimise.median.lagrangian import DualPoint, UncapacitatedDual, raise_bound
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.program import FloatArray, IntArray
from planner.optimise.solver.solve import solve
from planner.optimise.tolerances import Grain

_MOST_ROUNDS = 1000
_MOST_PASSES = 3


@dataclass(frozen=True, eq=False)
class Answer:
    """The best solution found and what is proved about its value.

    Attributes
    ----------
    assignment : (clients,) host of each client, columns of the cost; None without a solution.
    opened : columns of the open hosts, at most p.
    value : cost of the assignment, infinite without one.
    bound : no solution costs less; infinite if there is none.
    """

    assignment: IntArray | None
    opened: IntArray
    value: float
    bound: float


@dataclass(frozen=True, eq=False)
class _Incumbent:
    hosts: IntArray
    value: float


@dataclass(frozen=True, eq=False)
class _Problem:
    """Finite costs: a solution that needs a forbidden pair costs ``forbidden`` or more."""

    cost: FloatArray
    host_count: int
    forbidden: float
    grain: Grain

    def sought(self, incumbent: _Incumbent) -> float:
        """Return what a solution must cost less than, to be worth finding."""
        return self.grain.worth_finding(min(incumbent.value, self.forbidden))


def solve_uncapacitated(cost: FloatArray, host_count: int, clock: Clock) -> Answer:
    """Minimise the cost of serving every client at its nearest of p hosts.

    Parameters
    ----------
    cost : (clients, hosts), at least 0, infinite where a host may not serve a client.
    host_count : p, from 1 to the number of hosts.
    """
    forbidden = _worse_than_any_solution(cost)
    finite = np.where(np.isfinite(cost), cost, forbidden)
    problem = _Problem(finite, host_count, forbidden, Grain.of(cost))
    incumbent = _Incumbent(*interchange(finite, greedy_hosts(finite, host_count)))
    incumbent, point, dual = _close_in(problem, incumbent, clock)
    bound = problem.grain.raised(point.bound)
    if bound < problem.sought(incumbent):
        incumbent, bound = _search(problem, incumbent, point, dual, clock)
    proved = bound >= problem.sought(incumbent)
    if incumbent.value >= forbidden:
        return Answer(None, np.zeros(0, np.int64), np.inf, np.inf if proved else bound)
    assignment = incumbent.hosts[cost[:, incumbent.hosts].argmin(axis=1)]
    return Answer(
        assignment, incumbent.hosts, incumbent.value, incumbent.value if proved else bound
    )


def _worse_than_any_solution(cost: FloatArray) -> float:
    """Return a finite cost for forbidden pairs: more than any solution without them."""
    dearest = np.where(np.isfinite(cost), cost, 0.0).max(axis=1)
    return float(np.ceil(2.0 * dearest.sum() + 1.0))


def _close_in(
    problem: _Problem, incumbent: _Incumbent, clock: Clock
) -> tuple[_Incumbent, DualPoint, UncapacitatedDual]:
    """Raise the bound, and improve the host sets behind the best bounds by interchange."""
    dual = UncapacitatedDual(problem.cost, problem.host_count)
    point = DualPoint(-np.inf, first_prices(problem.cost, incumbent.hosts))
    for _ in range(_MOST_PASSES):
        found = raise_bound(
            dual,
            point.prices,
            target=incumbent.value,
            enough=problem.sought(incumbent),
            ceiling=dual.ceiling,
            most_rounds=_MOST_ROUNDS,
            clock=clock,
        )
        point = max(point, found, key=lambda one: one.bound)
        if point.bound >= problem.sought(incumbent) or clock.expired:
            break
        tries = [interchange(problem.cost, np.array(hosts)) for _, hosts in dual.good_sets]
        better = _Incumbent(*min(tries, key=lambda one: one[1]))
        if better.value >= problem.grain.worth_finding(incumbent.value):
            break
        incumbent = better
    return incumbent, point, dual


def first_prices(cost: FloatArray, hosts: IntArray) -> FloatArray:
    """Half way between the costs at the nearest and the second nearest host."""
    served = cost[:, hosts]
    if len(hosts) == 1:
        return served[:, 0]
    return np.asarray(np.partition(served, 1, axis=1)[:, :2].mean(axis=1))


def _search(
    problem: _Problem,
    incumbent: _Incumbent,
    point: DualPoint,
    dual: UncapacitatedDual,
    clock: Clock,
) -> tuple[_Incumbent, float]:
    """Leave out what no better solution can use, and solve the rest as a program."""
    cost, sought = problem.cost, problem.sought(incumbent)
    penalties = dual.penalties(point.prices)
    must_open = penalties.closed >= sought
    nearest_sure = cost[:, must_open].min(axis=1, initial=np.inf)
    possible = (penalties.pair < sought) & (cost <= nearest_sure[:, None])
    possible &= cost < problem.forbidden
    served_by = incumbent.hosts[cost[:, incumbent.hosts].argmin(axis=1)]
    if incumbent.value < problem.forbidden:
        possible[np.arange(len(cost)), served_by] = True
    if not possible.any(axis=1).all():
        return incumbent, incumbent.value
    scale = problem.grain.scale(sought)
    model = assignment_program(cost, problem.host_count, possible, must_open=must_open, scale=scale)
    solution = solve(
        model.program,
        start=model.point(served_by, incumbent.hosts),
        enough_bound=sought * scale,
        time_limit_s=clock.remaining_s,
    )
    if solution.outcome == "infeasible":
        return incumbent, incumbent.value
    if solution.x is not None:
        _, opened = model.solution(solution.x)
        value = float(cost[:, opened].min(axis=1).sum())
        incumbent = min(incumbent, _Incumbent(opened, value), key=lambda one: one.value)
    proved = -np.inf if solution.bound is None else problem.grain.raised(solution.bound / scale)
    return incumbent, max(point.bound, min(proved, sought))
