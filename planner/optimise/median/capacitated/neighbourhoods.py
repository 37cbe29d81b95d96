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
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.outcome import Cancelled
from planner.optimise.solver.program import FloatArray, IntArray
from planner.optimise.tolerances import ROUNDING

#: Of each client, the nearest hosts that may serve it.
_PAIRS_PER_CLIENT = 12
_PLACES_PER_HOST = 10
_SECONDS_EACH = 4.0


class Neighbourhoods:
    """Improves an assignment around one open host after another.

    Parameters
    ----------
    cost : (clients, hosts), infinite where not allowed; the last host is `with_nowhere`'s.
    limits : demand and capacity.
    assignment : (clients,) host of each, within capacity.

    Attributes
    ----------
    assignment : the best so far.
    """

    def __init__(self, cost: FloatArray, limits: Capacities, assignment: IntArray) -> None:
        self._cost, self._limits = cost, limits
        self._done: set[frozenset[int]] = set()
        self.assignment = assignment.copy()

    @property
    def value(self) -> float:
        """Cost of the assignment."""
        return float(self._cost[np.arange(len(self._cost)), self.assignment].sum())

    def run(self, clock: Clock, most_clients: int) -> bool:
        """Go round all open hosts until nothing is saved; tell whether anything was.

        Parameters
        ----------
        most_clients : of a neighbourhood, more or less.

        Raises
        ------
        Cancelled : the caller stopped it; what was found by then is kept.
        """
        any_saved, saved = False, True
        while saved:
            saved = False
            for host in np.unique(self.assignment)[::-1].tolist():
                clock.pulse()
                if clock.expired:
                    return any_saved
                group = self._group(host, most_clients)
                if group in self._done:
                    continue
                if self._solved(np.array(sorted(group)), clock):
                    saved = any_saved = True
                else:
                    self._done.add(group)
        return any_saved

    def _group(self, host: int, most_clients: int) -> frozenset[int]:
        """Return a host and the open ones that its clients would like next."""
        opened, served = np.unique(self.assignment, return_counts=True)
        members = self.assignment == host
        if not members.any():
            return frozenset()
        finite = np.where(np.isfinite(self._cost[members]), self._cost[members], np.inf)
        order = np.argsort(finite[:, opened].sum(axis=0), kind="stable")
        order = np.concatenate([order[opened[order] == host], order[opened[order] != host]])
        many = int(np.searchsorted(np.cumsum(served[order]), most_clients)) + 1
        return frozenset(opened[order[: max(many, 2)]].tolist())

    def _solved(self, group: IntArray, clock: Clock) -> bool:
        """Solve a program over a group's clients; tell whether it saved anything."""
        clients = np.flatnonzero(np.isin(self.assignment, group))
        if not len(clients):
            return False
        places = self._places(group)
        cost = self._cost[np.ix_(clients, places)]
        now = np.searchsorted(places, self.assignment[clients])
        client, host = self._pairs(cost, now)
        before = float(cost[np.arange(len(clients)), now].sum())
        scale = 2.0 ** float(13 - np.floor(np.log2(before))) if before > 0.0 else 1.0
        limits = Capacities(self._limits.demand[clients], self._limits.capacity[places])
        model = assignment_program(
            cost,
            len(group),
            (client, host),
            must_open=places == self._cost.shape[1] - 1,
            scale=scale,
            limits=limits,
        )
        solution = solve_in_time(
            model.program,
            clock.at_most(_SECONDS_EACH),
            start=model.point(now, np.unique(now)),
            start_is_good=True,
            enough_bound=before * scale * (1.0 - ROUNDING),
        )
        saved = False
        if solution.x is not None:
            found, _ = model.solution(solution.x)
            after = float(cost[np.arange(len(clients)), found].sum())
            if after < before * (1.0 - ROUNDING) and fits(found, limits):
                self.assignment[clients] = places[found]
                saved = True
        if solution.interrupted:
            raise Cancelled
        return saved

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

    @staticmethod
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


def fits(assignment: IntArray, limits: Capacities) -> bool:
    """Whether every host's demand is within its capacity, up to rounding."""
    load = np.bincount(assignment, limits.demand, len(limits.capacity))
    return bool((load <= limits.capacity * (1.0 + ROUNDING)).all())
