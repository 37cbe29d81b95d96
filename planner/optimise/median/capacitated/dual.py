"""The Lagrangian bound of the p-median with capacities: one exact knapsack per host.

Sources: A. Ceselli and G. Righini (2005), A branch-and-price algorithm for the capacitated
p-median problem, Networks 45, for the knapsack relaxation.
"""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass

import numpy as np

from planner.optimise.median.assignment_program import Capacities
from planner.optimise.median.capacitated.knapsack import Cells, WantedItems, best_set, forced_values
from planner.optimise.median.lagrangian import Penalties
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.program import FloatArray, IntArray

#: Hosts whose best sets are found in any case: sets of others make prices better sooner.
_LEAST_LOOKED_AT = 40


@dataclass(frozen=True, eq=False)
class PairPenalties(Penalties):
    """What every choice costs at least, pairs included.

    Attributes
    ----------
    pair : (clients, hosts) least cost of a solution in which that host serves that client.
    """

    pair: FloatArray


class CapacitatedDual:
    """Evaluates prices where every host has a capacity.

    Attributes
    ----------
    sets : every set of clients that was best for some host at some prices, as (host, clients).
    best_hosts : the best bound seen, and the hosts behind it.
    """

    def __init__(self, cost: FloatArray, limits: Capacities, host_count: int, clock: Clock) -> None:
        self.limits, self._clock = limits, clock
        self.host_count = host_count
        self.cells = Cells.of(limits)
        fits = limits.demand[:, None] <= limits.capacity
        self.cost = np.where(fits, cost, np.inf)
        self.sets: dict[tuple[int, tuple[int, ...]], None] = {}
        self.best_hosts: tuple[float, IntArray] = (-np.inf, np.zeros(0, np.int64))

    def __call__(self, prices: FloatArray) -> tuple[float, FloatArray]:
        """Bound, and by how much each client is served too little."""
        worth, best = self._worth(prices)
        chosen = sorted(best, key=lambda host: (worth[host], host))[: self.host_count]
        served = np.zeros(len(prices))
        for host in chosen:
            served[best[host]] += 1.0
        least = np.partition(worth, self.host_count - 1)[: self.host_count]
        bound = float(prices.sum() + least.sum())
        if bound > self.best_hosts[0]:
            self.best_hosts = (bound, np.array(chosen, np.int64))
        for host, clients in best.items():
            if len(clients):
                self.sets[host, tuple(np.sort(clients).tolist())] = None
        return bound, 1.0 - served

    def penalties(self, prices: FloatArray) -> PairPenalties | None:
        """Reduced-cost tests for every host and every pair; None if the time is spent."""
        worth, _ = self._worth(prices)
        tests = Penalties.of(worth, prices, self.host_count)
        pair = np.empty_like(self.cost)
        for host, room in enumerate(self.cells.room.tolist()):
            self._clock.pulse()
            if self._clock.expired:
                return None
            margin = self.cost[:, host] - prices
            pair[:, host] = tests.base[host] + forced_values(margin, self.cells.weight, room)
        return PairPenalties(**vars(tests), pair=pair)

    def _worth(self, prices: FloatArray) -> tuple[FloatArray, dict[int, IntArray]]:
        """Lower bound on what each host brings, exact for the best ones, and their best sets."""
        wanted = WantedItems.of(self.cost - prices[:, None], self.limits)
        worth = wanted.worth.copy()
        best: dict[int, IntArray] = {}
        found: list[float] = []
        for host in np.argsort(worth, kind="stable").tolist():
            if len(found) >= max(_LEAST_LOOKED_AT, self.host_count) and (
                found[self.host_count - 1] <= worth[host]
            ):
                break
            self._clock.pulse()
            if self._clock.expired:
                break
            items = slice(wanted.starts[host], wanted.starts[host + 1])
            clients = wanted.client[items]
            if wanted.split[host]:
                worth[host], positions = best_set(
                    wanted.margin[items], self.cells.weight[clients], int(self.cells.room[host])
                )
                best[host] = clients[positions]
            else:
                best[host] = clients[wanted.taken[items] == 1.0]
            insort(found, float(worth[host]))
        return worth, best
