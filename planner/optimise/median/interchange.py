"""Good hosts for a p-median: greedy choice, then interchange of one host for another.

Sources: M. B. Teitz and P. Bart (1968), Heuristic methods for estimating the generalized vertex
median of a weighted graph, Operations Research 16; the gain and the loss of every exchange are
computed together as in R. A. Whitaker (1983), A fast algorithm for the greedy interchange of
large-scale clustering and median location problems, INFOR 21.
"""

from __future__ import annotations

import numpy as np

from planner.optimise.solver.program import FloatArray, IntArray

#: Exchanges that save less than this share of the cost are rounding.
_LEAST_SAVING_SHARE = 1e-12


def greedy_hosts(cost: FloatArray, host_count: int) -> IntArray:
    """Open one host after another, each time the one that saves most.

    Parameters
    ----------
    cost : (clients, hosts), finite.
    host_count : from 1 to the number of hosts.

    Returns
    -------
    (host_count,) columns of ``cost``.
    """
    chosen: list[int] = []
    served_at = cost.max(axis=1)
    saved = np.empty_like(cost)
    for _ in range(host_count):
        np.subtract(served_at[:, None], cost, out=saved)
        saving = np.maximum(saved, 0.0, out=saved).sum(axis=0)
        saving[chosen] = -1.0
        chosen.append(int(saving.argmax()))
        served_at = np.minimum(served_at, cost[:, chosen[-1]])
    return np.array(chosen)


def interchange(cost: FloatArray, hosts: IntArray) -> tuple[IntArray, float]:
    """Exchange hosts one for one, best exchange first, until none saves anything.

    Parameters
    ----------
    cost : (clients, hosts), finite.
    hosts : (host_count,) columns to start from, all different.

    Returns
    -------
    (host_count,) columns, and the cost of serving every client at its nearest.
    """
    hosts = hosts.copy()
    while True:
        nearest, first, second = _two_nearest(cost[:, hosts])
        total = float(first.sum())
        change = _exchanges(cost, len(hosts), nearest, first, second)
        change[:, hosts] = 0.0
        closed, opened = divmod(int(change.argmin()), cost.shape[1])
        if change[closed, opened] >= -_LEAST_SAVING_SHARE * total:
            return hosts, total
        hosts[closed] = opened


def _two_nearest(cost: FloatArray) -> tuple[IntArray, FloatArray, FloatArray]:
    """Position of the nearest open host, its cost, and the cost at the second nearest."""
    clients = np.arange(len(cost))
    if cost.shape[1] == 1:
        return np.zeros(len(cost), np.int64), cost[:, 0], np.full(len(cost), np.inf)
    pair = np.argpartition(cost, 1, axis=1)[:, :2]
    values = np.take_along_axis(cost, pair, axis=1)
    nearest = pair[clients, values.argmin(axis=1)]
    return nearest, values.min(axis=1), values.max(axis=1)


def _exchanges(
    cost: FloatArray, host_count: int, nearest: IntArray, first: FloatArray, second: FloatArray
) -> FloatArray:
    """(host_count, hosts) change of cost if one open host is closed and one host is opened."""
    gain = np.maximum(first[:, None] - cost, 0.0).sum(axis=0)
    extra = np.clip(cost, first[:, None], second[:, None]) - first[:, None]
    order = np.argsort(nearest, kind="stable")
    starts = np.searchsorted(nearest[order], np.arange(host_count))
    serves = np.bincount(nearest, minlength=host_count) > 0
    loss = np.zeros((host_count, cost.shape[1]))
    loss[serves] = np.add.reduceat(extra[order], starts[serves], axis=0)
    return np.asarray(loss - gain)
