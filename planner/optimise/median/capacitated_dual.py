"""The Lagrangian bound of the p-median with capacities: one exact knapsack per host.

Sources: A. Ceselli and G. Righini (2005), A branch-and-price algorithm for the capacitated
p-median problem, Networks 45, for the knapsack relaxation.
"""

from __future__ import annotations

from bisect import insort

import numpy as np

from planner.optimise.median.assignment_program import Limits
from planner.optimise.median.knapsack import Cells, WantedItems, best_set, forced_values
from planner.optimise.median.lagrangian import Penalties, host_penalties
from planner.optimise.solver.program import FloatArray, IntArray


class CapacitatedDual:
    """Evaluates prices where every host has a capacity.

    Attributes
    ----------
    sets : every set of clients that was best for some host at some prices, as (host, clients).
    """

    def __init__(self, cost: FloatArray, limits: Limits, host_count: int) -> None:
        self.limits = limits
        self.host_count = host_count
        self.cells = Cells.of(limits)
        fits = limits.demand[:, None] <= limits.capacity
        self.cost = np.where(fits, cost, np.inf)
        self.sets: dict[tuple[int, tuple[int, ...]], None] = {}

    def __call__(self, prices: FloatArray) -> tuple[float, FloatArray]:
        """Bound, and by how much each client is served too little."""
        worth, best = self._worth(prices)
        chosen = sorted(best, key=lambda host: (worth[host], host))[: self.host_count]
        served = np.zeros(len(prices))
        for host in chosen:
            served[best[host]] += 1.0
        bound = float(prices.sum() + worth[chosen].sum())
        for host, clients in best.items():
            if len(clients):
                self.sets[host, tuple(np.sort(clients).tolist())] = None
        return bound, 1.0 - served

    def penalties(self, prices: FloatArray) -> Penalties:
        """Reduced-cost tests for every host and every pair."""
        worth, _ = self._worth(prices)
        bound, base, closed = host_penalties(worth, prices, self.host_count)
        margin = self.cost - prices[:, None]
        pair = np.column_stack(
            [
                base[host] + forced_values(margin[:, host], self.cells.weight, int(room))
                for host, room in enumerate(self.cells.room)
            ]
        )
        return Penalties(bound, pair, base + worth, closed, base)

    def _worth(self, prices: FloatArray) -> tuple[FloatArray, dict[int, IntArray]]:
        """Lower bound on what each host brings, exact for the best ones, and their best sets."""
        wanted = WantedItems.of(self.cost - prices[:, None], self.limits)
        worth = wanted.worth.copy()
        best: dict[int, IntArray] = {}
        found: list[float] = []
        for host in np.argsort(worth, kind="stable").tolist():
            if len(found) >= self.host_count and found[self.host_count - 1] <= worth[host]:
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
