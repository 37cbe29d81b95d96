"""A first solution within capacities: clients to given hosts by regret, then small moves.

Whoever would lose most by not getting the nearest host with room is placed first. Then clients
are moved and exchanged, and hosts exchanged for better places of the same clients, until no such
move saves anything.

Source: S. Martello and P. Toth (1981), An algorithm for the generalized assignment problem,
Operational Research '81, for placing by regret.
"""

from __future__ import annotations

import numpy as np

from planner.optimise.median.assignment_program import Capacities
from planner.optimise.median.blocks import row_blocks
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.program import FloatArray, IntArray
from planner.optimise.tolerances import ROUNDING


def with_nowhere(cost: FloatArray, limits: Capacities) -> tuple[FloatArray, Capacities]:
    """Add a last host that takes anybody, so dear that nobody stays who finds room elsewhere."""
    dearest = np.where(np.isfinite(cost), cost, 0.0).max(axis=1)
    nowhere = 2.0 * dearest + dearest.mean()
    capacity = np.append(limits.capacity, limits.demand.sum())
    return np.column_stack([cost, nowhere]), Capacities(limits.demand, capacity)


def place_hosts(
    cost: FloatArray, limits: Capacities, hosts: IntArray, known: IntArray | None = None
) -> IntArray:
    """(clients,) host of each, within capacity; the last host for those who find no room.

    Parameters
    ----------
    cost : (clients, hosts), infinite where not allowed; the last host is `with_nowhere`'s.
    hosts : columns of the open hosts, ascending.
    known : (clients,) one of these hosts, where a client is placed already; else -1.
    """
    known = np.full(len(cost), -1) if known is None else known
    position = np.where(known < 0, -1, np.searchsorted(hosts, known))
    most = Capacities(limits.demand, limits.capacity[hosts])
    for by_demand in (False, True):
        placing = _Placing(cost[:, hosts], most, position)
        if placing.run(by_demand=by_demand):
            break
    return np.where(placing.position < 0, cost.shape[1] - 1, hosts[placing.position])


class _Placing:
    """One client after another gets the cheapest host that still has room."""

    def __init__(self, cost: FloatArray, limits: Capacities, position: IntArray) -> None:
        self._cost, self._demand = cost, limits.demand
        self.position = position.copy()
        at = position >= 0
        used = np.bincount(position[at], limits.demand[at], cost.shape[1])
        self._room = limits.capacity - used
        self._best = np.zeros(len(cost), np.int64)
        self._second = np.zeros(len(cost), np.int64)
        self._regret = np.zeros(len(cost))

    def run(self, *, by_demand: bool) -> bool:
        """Place everybody, the largest regret or the largest demand first; tell if all fit."""
        self._look_again(np.arange(len(self._cost)))
        left = self.position < 0
        urgency = self._demand if by_demand else self._regret
        while left.any():
            client = int(np.where(left, urgency, -1.0).argmax())
            left[client] = False
            host = int(self._best[client])
            allowed = bool(np.isfinite(self._cost[client, host]))
            if self._room[host] < self._demand[client]:
                allowed = allowed and self._make_room(client)
                host = int(self._best[client])
            if not allowed:
                continue
            self.position[client] = host
            self._room[host] -= self._demand[client]
            short = left & (self._demand > self._room[host])
            short &= (self._best == host) | (self._second == host)
            self._look_again(np.flatnonzero(short))
        return bool((self.position >= 0).all())

    def _look_again(self, clients: IntArray) -> None:
        """Find the two cheapest hosts that have room."""
        every = np.arange(len(clients))
        fits = self._demand[clients, None] <= self._room
        part = np.where(fits, self._cost[clients], np.inf)
        best = part.argmin(axis=1)
        least = part[every, best]
        part[every, best] = np.inf
        self._best[clients], self._second[clients] = best, part.argmin(axis=1)
        none = ~np.isfinite(least)
        regret = np.where(none, 0.0, part.min(axis=1) - np.where(none, 0.0, least))
        self._regret[clients] = np.where(none, np.inf, regret)
        self._best[clients[none]] = self._cost[clients[none]].argmin(axis=1)

    def _make_room(self, client: int) -> bool:
        """Move one client that is placed to another host, so that this one fits; cheapest way."""
        need = self._demand[client]
        placed_ones = np.flatnonzero(self.position >= 0)
        at = self.position[placed_ones]
        enough = self._room[at] + self._demand[placed_ones] >= need
        placed_ones, at = placed_ones[enough], at[enough]
        if not len(placed_ones):
            return False
        change = self._cost[placed_ones] - self._cost[placed_ones, at][:, None]
        change[self._demand[placed_ones, None] > self._room] = np.inf
        change[np.arange(len(at)), at] = np.inf
        change += self._cost[client, at][:, None]
        best, to = divmod(int(change.argmin()), change.shape[1])
        if not np.isfinite(change[best, to]):
            return False
        moved = placed_ones[best]
        self.position[moved] = to
        self._room[at[best]] += self._demand[moved]
        self._room[to] -= self._demand[moved]
        self._best[client] = at[best]
        return True


class LocalSearch:
    """Small moves that save cost within capacity; the last host is `with_nowhere`'s.

    Attributes
    ----------
    assignment : (clients,) host of each.
    """

    def __init__(
        self, cost: FloatArray, limits: Capacities, assignment: IntArray, clock: Clock
    ) -> None:
        self._cost, self._limits, self._clock = cost, limits, clock
        self._every = np.arange(len(cost))
        self.assignment = assignment.copy()

    @property
    def value(self) -> float:
        """Cost of the assignment."""
        return float(self._cost[self._every, self.assignment].sum())

    def run(self) -> None:
        """Move until nothing is saved or the time is spent."""
        value = np.inf
        while not self._clock.expired:
            before, value = value, self.value
            if value >= before * (1.0 - ROUNDING):
                return
            self._relocate()
            self._shift()
            self._swap()

    def _room(self) -> FloatArray:
        load = np.bincount(self.assignment, self._limits.demand, self._cost.shape[1])
        return self._limits.capacity - load

    def _relocate(self) -> None:
        """Serve the clients of a host from a closed host instead, where that is cheaper."""
        order = np.argsort(self.assignment, kind="stable")
        hosts, starts = np.unique(self.assignment[order], return_index=True)
        served = np.empty((len(hosts), self._cost.shape[1]))
        groups = np.split(order, starts[1:])
        for position, group in enumerate(groups):
            self._clock.pulse()
            served[position] = self._cost[group].sum(axis=0)
        load = np.add.reduceat(self._limits.demand[order], starts)
        served[load[:, None] > self._limits.capacity] = np.inf
        served[:, hosts] = np.inf
        served[:, -1] = np.inf
        served[hosts == self._cost.shape[1] - 1] = np.inf
        now = np.array([self._cost[g, h].sum() for g, h in zip(groups, hosts, strict=True)])
        for position in np.argsort(served.min(axis=1) - now).tolist():
            host = int(served[position].argmin())
            if served[position, host] < now[position] * (1.0 - ROUNDING):
                self.assignment[groups[position]] = host
                served[:, host] = np.inf

    def _shift(self) -> None:
        """Move single clients to open hosts that have room."""
        opened = np.unique(self.assignment)
        room = self._room()[opened]
        cost, demand = self._cost[:, opened], self._limits.demand
        at = np.searchsorted(opened, self.assignment)
        while not self._clock.expired:
            now = cost[self._every, at]
            change = np.where(demand[:, None] <= room, cost - now[:, None], np.inf)
            to = change.argmin(axis=1)
            saved = -change[self._every, to]
            if not (saved > ROUNDING * now).any():
                break
            touched: set[int] = set()
            for client in np.argsort(-saved, kind="stable").tolist():
                if saved[client] <= ROUNDING * now[client]:
                    break
                source, target = int(at[client]), int(to[client])
                if target not in touched:
                    touched.add(target)
                    at[client] = target
                    room[source] += demand[client]
                    room[target] -= demand[client]
        self.assignment = opened[at]

    def _swap(self) -> None:
        """Exchange clients two by two, where both still fit."""
        while not self._clock.expired:
            pairs = self._good_swaps()
            touched: set[int] = set()
            for _, one, other in sorted(pairs):
                here, there = int(self.assignment[one]), int(self.assignment[other])
                if touched.isdisjoint((here, there)):
                    touched.update((here, there))
                    self.assignment[one], self.assignment[other] = there, here
            if not pairs:
                return

    def _good_swaps(self) -> list[tuple[float, int, int]]:
        """Best partner of every client: change, client, partner; only those that save."""
        at, demand, room = self.assignment, self._limits.demand, self._room()
        opened, position = np.unique(at, return_inverse=True)
        cost = self._cost[:, opened]
        now = cost[self._every, position]
        extra = cost - now[:, None]
        free = room[at]
        found = []
        for rows in row_blocks(len(at), len(at), self._clock):
            change = extra[rows][:, position] + extra[:, position[rows]].T
            lighter = demand[rows, None] - demand
            change[(lighter > free) | (-lighter > free[rows, None])] = np.inf
            best = change.argmin(axis=1)
            least = change[np.arange(len(best)), best]
            good = np.flatnonzero(least < -ROUNDING * now[rows]).tolist()
            found += [(float(least[row]), rows.start + row, int(best[row])) for row in good]
        return found
