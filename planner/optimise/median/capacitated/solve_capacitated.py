"""The p-median with capacities, every client at one host, proved.

1. A Lagrangian bound with one exact knapsack per host, its prices finished by cutting planes.
2. Where few client sets can be part of a solution near that bound, the problem is solved as set
   partitioning over those sets; the limit is raised until the optimum lies below it.
3. With a time limit, a good solution first: sets seen so far are put together, and then the
   clients of neighbouring hosts are served anew, each time by steps 1 and 2.
4. Otherwise a program over the pairs that the bound leaves, after a smaller one has found a good
   solution.
"""

from __future__ import annotations

import numpy as np

from planner.optimise.median.assignment_program import Capacities
from planner.optimise.median.capacitated.by_sets import QUICK, Effort, solve_by_sets
from planner.optimise.median.capacitated.client_sets import SetPool
from planner.optimise.median.capacitated.dual import CapacitatedDual
from planner.optimise.median.capacitated.neighbourhoods import Neighbourhoods
from planner.optimise.median.capacitated.pairs import solve_pairs
from planner.optimise.median.capacitated.placement import LocalSearch, place_hosts, with_nowhere
from planner.optimise.median.capacitated.problem import CapacitatedProblem
from planner.optimise.median.capacitated.recombination import recombined
from planner.optimise.median.capacitated.root import root_prices, without_capacity
from planner.optimise.median.feasibility import with_rounding
from planner.optimise.median.record import MedianRecord
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.program import FloatArray, IntArray
from planner.optimise.solver.solve import default_backend

#: Shares of what is left of the time.
_START_SHARE = 0.2
_ROOT_SHARE = 0.2
_QUICK_SHARE = 0.1
_RECOMBINE_SHARE = 0.3
_IMPROVE_SHARE = 0.7
_SETS_SHARE = 0.5
#: Clients of a neighbourhood, more or less, and how much larger the next is.
_FIRST_NEIGHBOURS = 40.0
_GROWTH = 1.5


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
    hosts, prices, value = without_capacity(cost, host_count, clock.share(_START_SHARE))
    scale = record.grain.scale(value)
    record.multiply(scale)
    dual = CapacitatedDual(cost * scale, with_rounding(limits), host_count, clock)
    problem = CapacitatedProblem(dual, limits, clock, record)
    _place(problem, hosts, clock.share(_START_SHARE))
    record.stage = "bound"
    point = root_prices(problem, prices * scale, clock.share(_ROOT_SHARE))
    _place(problem, dual.best_hosts[1], clock.share(_START_SHARE))
    record.stage = "search"
    penalties = None if clock.expired else dual.penalties(point.prices)
    if penalties is None:
        return
    # whoever sets no limit waits for the proof, to which better plans beforehand are no short cut
    improved = clock.remaining_s is not None and default_backend() == "highs"
    if default_backend() == "highs":
        if improved:
            solve_by_sets(problem, point, penalties, clock.share(_QUICK_SHARE), QUICK)
        if improved and not record.proved:
            _improve(problem, _recombine(problem, point.prices), clock.share(_IMPROVE_SHARE))
        if not record.proved:
            solve_by_sets(problem, point, penalties, clock.share(_SETS_SHARE), Effort())
    if not record.proved and not clock.expired:
        solve_pairs(problem, penalties, improved=improved)


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


def _recombine(problem: CapacitatedProblem, prices: FloatArray) -> IntArray | None:
    """Put the best sets together that were seen while prices were found; return as `_place`."""
    if not problem.dual.sets:
        return None
    pool = SetPool.of(list(problem.dual.sets), problem.dual.cost)
    together = recombined(problem.dual, pool, prices, problem.clock.share(_RECOMBINE_SHARE))
    if together is None:
        return None
    return _place(problem, together[0], problem.clock.share(_START_SHARE), together[1])


def _improve(problem: CapacitatedProblem, placed: IntArray | None, clock: Clock) -> None:
    """Solve neighbourhoods anew, larger and larger ones, until the time is spent.

    Parameters
    ----------
    placed : where to start if no solution is known: some may be without room.
    """
    start = placed if problem.record.assignment is None else problem.record.assignment
    if start is None:
        return
    around, size = Neighbourhoods(problem, start), _FIRST_NEIGHBOURS
    while size <= _GROWTH * problem.size[0] and not clock.expired:
        for everywhere in (False, True):
            try:
                around.run(clock, int(size), everywhere=everywhere)
            finally:
                problem.found(around.assignment)
        size *= _GROWTH
