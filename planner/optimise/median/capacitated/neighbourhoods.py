"""Better solutions within capacities: a few neighbouring hosts and their clients, solved anew.

Everything else stays as it is, so each program is small, and what it finds is never worse.

Source: F. Stefanello, O. C. B. de Araujo and F. M. Müller (2015), Matheuristics for the
capacitated p-median problem, International Transactions in Operational Research 22.
"""

from __future__ import annotations

import numpy as np

from planner.optimise.median.assignment_program import (
    Capacities,
    assignment_program,
    solve_in_time,
)
from planner.optimise.median.capacitated.by_sets import QUICK, solve_by_sets
from planner.optimise.median.capacitated.dual import CapacitatedDual
from planner.optimise.median.capacitated.placement import with_nowhere
from planner.optimise.median.capacitated.problem import CapacitatedProblem
from planner.optimise.median.capacitated.root import root_prices, without_capacity
from planner.optimise.median.record import MedianRecord
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.outcome import Cancelled
from planner.optimise.solver.program import FloatArray, IntArray
from planner.optimise.tolerances import ROUNDING

#: Prices of a neighbourhood need not be better than this share of what may be saved.
_PART_OF_GAP = 0.05
#: Of each client, the nearest hosts that may serve it.
_PAIRS_PER_CLIENT = 12
_PLACES_PER_HOST = 25
_SECONDS_EACH = 4.0


class Neighbourhoods:
    """Improves an assignment around one open host after another.

    Parameters
    ----------
    problem : what is solved.
    assignment : (clients,) host of each, within capacity; the number of hosts for those without.

    Attributes
    ----------
    assignment : the best so far.
    """

    def __init__(self, problem: CapacitatedProblem, assignment: IntArray) -> None:
        self._cost, self._limits = with_nowhere(problem.dual.cost, problem.dual.limits)
        self._grain, self._host_count = problem.record.grain, problem.dual.host_count
        self._done: set[tuple[bytes, bytes]] = set()
        self._order = np.random.default_rng(0).permutation(len(assignment))
        self.assignment = assignment.copy()

    def run(self, clock: Clock, most_clients: int, *, everywhere: bool) -> None:
        """Go round until nothing is saved or the time is spent.

        Parameters
        ----------
        most_clients : of a neighbourhood, more or less.
        everywhere : around every client, and not only around open hosts.

        Raises
        ------
        Cancelled : the caller stopped it; what was found by then is kept.
        """
        before: IntArray | None = None
        while before is None or (before != self.assignment).any():
            before = self.assignment.copy()
            centres = self._order if everywhere else np.unique(before, return_index=True)[1]
            for client in centres.tolist():
                clock.pulse()
                if clock.expired:
                    return
                self._solve(self._group(client, most_clients, everywhere=everywhere), clock)

    def _group(self, client: int, most_clients: int, *, everywhere: bool) -> IntArray:
        """Return the open hosts that are nearest to a client, or to all whom its host serves."""
        opened, served = np.unique(self.assignment, return_counts=True)
        own = self.assignment[client]
        near = [client] if everywhere else np.flatnonzero(self.assignment == own)
        distance = np.where(opened == own, -1.0, self._cost[near][:, opened].sum(axis=0))
        order = np.argsort(distance, kind="stable")
        many = int(np.searchsorted(np.cumsum(served[order]), most_clients)) + 1
        return np.sort(opened[order[: max(many, 2)]])

    def _solve(self, group: IntArray, clock: Clock) -> None:
        """Solve the problem of a group's clients, unless that was done before."""
        clients = np.flatnonzero(np.isin(self.assignment, group))
        if (group.tobytes(), clients.tobytes()) in self._done:
            return
        self._done.add((group.tobytes(), clients.tobytes()))
        places = self._places(group)
        cost = self._cost[np.ix_(clients, places)]
        now = np.searchsorted(places, self.assignment[clients])
        before = float(cost[np.arange(len(clients)), now].sum())
        record = MedianRecord(self._grain, Clock(None, None))
        record.improve(before, now, np.unique(now))
        limits = Capacities(self._limits.demand[clients], self._limits.capacity[places])
        spare = self._host_count - len(np.setdiff1d(self.assignment, self._cost.shape[1] - 1))
        dual = CapacitatedDual(cost, limits, min(len(group) + spare, len(places)), clock)
        try:
            problem = CapacitatedProblem(dual, limits, clock, record)
            if group[-1] == self._cost.shape[1] - 1:
                _solve_pairs(problem, now)
            else:
                _solve_sets(problem)
        finally:
            if record.value < before * (1.0 - ROUNDING):
                self.assignment[clients] = places[record.assignment]

    def _places(self, group: IntArray) -> IntArray:
        """Hosts of a group, and the closed ones that would serve one of its members well."""
        elsewhere = np.zeros(self._cost.shape[1], dtype=bool)
        elsewhere[self.assignment] = elsewhere[-1] = True
        places = [group]
        for host in group:
            members = self.assignment == host
            served = self._cost[members].sum(axis=0)
            served[elsewhere] = np.inf
            best = np.argsort(served, kind="stable")[:_PLACES_PER_HOST]
            places.append(best[np.isfinite(served[best])])
        return np.unique(np.concatenate(places))


def _solve_sets(problem: CapacitatedProblem) -> None:
    """Solve over client sets, as far as a little effort goes."""
    clock = problem.clock
    _, prices, _ = without_capacity(problem.dual.cost, problem.dual.host_count, clock)
    point = root_prices(problem, prices, clock, part_of_gap=_PART_OF_GAP)
    penalties = None if problem.record.proved else problem.dual.penalties(point.prices)
    if penalties is not None:
        solve_by_sets(problem, point, penalties, clock, QUICK)


def _solve_pairs(problem: CapacitatedProblem, now: IntArray) -> None:
    """Solve a program over the nearest places, the last of which is nowhere.

    Parameters
    ----------
    now : (clients,) place of each in the best solution known.
    """
    cost, record = problem.dual.cost, problem.record
    _, hosts, host_count = problem.size
    scale = 2.0 ** float(13 - np.floor(np.log2(record.value))) if record.value > 0.0 else 1.0
    model = assignment_program(
        cost,
        host_count,
        _pairs(cost, now),
        must_open=np.arange(hosts) == hosts - 1,
        scale=scale,
        limits=problem.limits,
    )
    solution = solve_in_time(
        model.program,
        problem.clock.at_most(_SECONDS_EACH),
        start=model.point(now, record.opened),
        start_is_good=True,
        enough_bound=record.value * scale * (1.0 - ROUNDING),
    )
    if solution.x is not None:
        problem.found(model.solution(solution.x)[0])
    if solution.interrupted:
        raise Cancelled


def _pairs(cost: FloatArray, now: IntArray) -> tuple[IntArray, IntArray]:
    """Return the nearest places of each client, and the one that serves it."""
    kept = min(_PAIRS_PER_CLIENT, cost.shape[1])
    near = np.argpartition(cost, kept - 1, axis=1)[:, :kept]
    possible = np.zeros(cost.shape, dtype=bool)
    np.put_along_axis(possible, near, values=True, axis=1)
    possible &= np.isfinite(cost)
    possible[np.arange(len(cost)), now] = True
    client, host = np.nonzero(possible)
    return client, host
