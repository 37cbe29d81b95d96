"""Good hosts for a p-median: greedy choice, then interchange of one host for another.

What every exchange gains and loses is kept from one exchange to the next; only the clients whose
nearest or second nearest host has changed are counted anew.

Sources: M. B. Teitz and P. Bart (1968), Heuristic methods for estimating the generalized vertex
median of a weighted graph, Operations Research 16; R. A. Whitaker (1983), A fast algorithm for the
greedy interchange of large-scale clustering and median location problems, INFOR 21;
M. G. C. Resende and R. F. Werneck (2007), A fast swap-based local search procedure for location
problems, Annals of Operations Research 150.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.optimise.median.blocks import row_blocks
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.program import BoolArray, FloatArray, IntArray

#: Exchanges that save less than this share of the cost are rounding.
_LEAST_SAVING_SHARE = 1e-12


def greedy_hosts(cost: FloatArray, host_count: int, clock: Clock) -> IntArray:
    """Open one host after another, each time the one that saves most.

    Parameters
    ----------
    cost : (clients, hosts), finite.
    host_count : from 1 to the number of hosts.
    clock : when the time is spent, the rest are the hosts that had saved most by then.

    Returns
    -------
    (host_count,) columns of ``cost``.
    """
    served_at = cost.max(axis=1)
    saving = _savings(cost, served_at, clock)
    chosen: list[int] = []
    while len(chosen) < host_count and not clock.expired:
        saving[chosen] = -np.inf
        chosen.append(int(saving.argmax()))
        closer = np.flatnonzero(cost[:, chosen[-1]] < served_at)
        before, after = served_at[closer], cost[closer, chosen[-1]]
        for rows in row_blocks(len(closer), cost.shape[1], clock):
            part = cost[closer[rows]]
            saving -= np.maximum(part, before[rows, None]).sum(axis=0)
            saving += np.maximum(part, after[rows, None]).sum(axis=0)
        served_at[closer] = after
    saving[chosen] = -np.inf
    rest = np.argsort(-saving, kind="stable")[: host_count - len(chosen)]
    return np.concatenate([np.array(chosen, np.int64), rest])


def _savings(cost: FloatArray, served_at: FloatArray, clock: Clock) -> FloatArray:
    """(hosts,) what each saves to clients that are served at some cost."""
    saving = np.zeros(cost.shape[1])
    for rows in row_blocks(len(cost), cost.shape[1], clock):
        saving += np.maximum(served_at[rows, None] - cost[rows], 0.0).sum(axis=0)
    return saving


def interchange(cost: FloatArray, hosts: IntArray, clock: Clock) -> tuple[IntArray, float]:
    """Exchange hosts one for one, best exchange first, until none saves anything.

    Parameters
    ----------
    cost : (clients, hosts), finite.
    hosts : (host_count,) columns to start from, all different.
    clock : stops early when the time is spent.

    Returns
    -------
    (host_count,) columns, and the cost of serving every client at its nearest.
    """
    hosts = hosts.copy()
    served = _Served.at(cost, hosts, np.arange(len(cost)))
    total = float(served.first.sum())
    if clock.expired:
        return hosts, total
    table = _Exchanges(cost, len(hosts))
    table.count(np.arange(len(cost)), served, clock)
    while not clock.expired:
        closed, opened = table.best(hosts)
        left, hosts[closed] = hosts[closed], opened
        touched = np.flatnonzero(
            (cost[:, left] <= served.second) | (cost[:, opened] < served.second)
        )
        new = _Served.at(cost, hosts, touched)
        saved = float(served.first[touched].sum() - new.first.sum())
        if saved <= _LEAST_SAVING_SHARE * total:
            hosts[closed] = left
            break
        table.count(touched, served.of(touched), clock, times=-1.0)
        table.count(touched, new, clock)
        served.put(touched, new)
        total = float(served.first.sum())
    return hosts, total


@dataclass(frozen=True, eq=False)
class _Served:
    """Where some clients are served.

    Attributes
    ----------
    nearest : (clients,) position of the nearest open host among the open ones.
    first, second : (clients,) cost there, and at the second nearest.
    """

    nearest: IntArray
    first: FloatArray
    second: FloatArray

    @classmethod
    def at(cls, cost: FloatArray, hosts: IntArray, clients: IntArray) -> _Served:
        nearest = np.zeros(len(clients), np.int64)
        first, second = np.empty(len(clients)), np.full(len(clients), np.inf)
        for rows in row_blocks(len(clients), len(hosts)):
            part = cost[clients[rows, None], hosts]
            every = np.arange(len(part))
            nearest[rows] = part.argmin(axis=1)
            first[rows] = part[every, nearest[rows]]
            part[every, nearest[rows]] = np.inf
            second[rows] = part.min(axis=1)
        return cls(nearest, first, second)

    def of(self, clients: IntArray) -> _Served:
        return _Served(self.nearest[clients], self.first[clients], self.second[clients])

    def put(self, clients: IntArray, new: _Served) -> None:
        self.nearest[clients] = new.nearest
        self.first[clients], self.second[clients] = new.first, new.second


class _Exchanges:
    """What closing an open host and opening another would change, for all exchanges."""

    def __init__(self, cost: FloatArray, host_count: int) -> None:
        self._cost = cost
        self._gain = np.zeros(cost.shape[1])
        self._loss = np.zeros((host_count, cost.shape[1]))

    def count(
        self, clients: IntArray, served: _Served, clock: Clock, *, times: float = 1.0
    ) -> None:
        """Add what some clients contribute, or take it away.

        Whoever lives nearer a new host gains; who loses the nearest one goes to the new or to
        the second nearest.
        """
        order = np.argsort(served.nearest, kind="stable")
        for rows in row_blocks(len(clients), self._cost.shape[1], clock):
            some = order[rows]
            part = self._cost[clients[some]]
            first = served.first[some, None]
            self._gain += times * np.maximum(first - part, 0.0).sum(axis=0)
            extra = np.clip(part, first, served.second[some, None]) - first
            near = served.nearest[some]
            starts = np.flatnonzero(np.diff(near, prepend=-1))
            self._loss[near[starts]] += times * np.add.reduceat(extra, starts, axis=0)

    def best(self, hosts: IntArray) -> tuple[int, int]:
        """Position of the host to close and column of the one to open, for the least cost."""
        open_hosts: BoolArray = np.zeros(self._loss.shape[1], dtype=bool)
        open_hosts[hosts] = True
        gain = np.where(open_hosts, -np.inf, self._gain)
        least, best = np.inf, (0, int(hosts[0]))
        for rows in row_blocks(*self._loss.shape):
            change = self._loss[rows] - gain
            position = int(change.argmin())
            if change.flat[position] < least:
                least = float(change.flat[position])
                closed, opened = divmod(position, self._loss.shape[1])
                best = (rows.start + closed, opened)
        return best
