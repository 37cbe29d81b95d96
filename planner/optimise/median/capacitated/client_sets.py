"""All sets of clients that a host could serve in a solution below a given cost.

A solution is one set per open host. At good prices, a set whose margins lift the bound above the
cost sought cannot be part of it; the others are listed by dynamic programming with completion
bounds. Where they are few, the p-median becomes a set-partitioning problem with a much better
bound.

Source: R. Baldacci, E. Hadjiconstantinou, V. Maniezzo and A. Mingozzi (2002), A new method for
solving capacitated location problems based on a set partitioning approach, Computers and
Operations Research 29.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planner.optimise.median.capacitated.dual import CapacitatedDual, PairPenalties
from planner.optimise.median.capacitated.knapsack import by_unit, running_values
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.program import BoolArray, FloatArray, IntArray

_Bits = npt.NDArray[np.uint64]
_WORD = 64
_CHUNK = 65_536


@dataclass(frozen=True, eq=False)
class SetPool:
    """Sets of clients, each for one host; all are non-empty.

    Attributes
    ----------
    host : (sets,) column of the cost.
    cost : (sets,) cost of serving the clients of the set.
    members : clients of all sets, concatenated.
    starts : (sets + 1,) where each set begins in ``members``.
    """

    host: npt.NDArray[np.int32]
    cost: FloatArray
    members: npt.NDArray[np.int32]
    starts: IntArray

    @classmethod
    def of(cls, sets: Sequence[tuple[int, tuple[int, ...]]], cost: FloatArray) -> SetPool:
        """Pool of (host, clients) pairs; cost is (clients, hosts)."""
        host = np.array([one for one, _ in sets], dtype=np.int32)
        members = np.concatenate([clients for _, clients in sets]).astype(np.int32)
        starts = np.cumsum([0, *(len(clients) for _, clients in sets)])
        costs = np.add.reduceat(cost[members, np.repeat(host, np.diff(starts))], starts[:-1])
        return cls(host, costs, members, starts)

    def __len__(self) -> int:
        return len(self.host)

    def sums(self, values: FloatArray) -> FloatArray:
        """Sum (clients,) values over each set."""
        return np.add.reduceat(values[self.members], self.starts[:-1])

    def take(self, chosen: IntArray) -> SetPool:
        """Return some of the sets, in the order given."""
        lengths = np.diff(self.starts)[chosen]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        offset = np.repeat(self.starts[:-1][chosen] - starts[:-1], lengths)
        members = self.members[np.arange(starts[-1]) + offset]
        return SetPool(self.host[chosen], self.cost[chosen], members, starts)

    def table(self, clients: int) -> BoolArray:
        """Return (sets, clients) membership; only for few sets."""
        held = np.zeros((len(self), clients), dtype=bool)
        held[np.repeat(np.arange(len(self)), np.diff(self.starts)), self.members] = True
        return held


def sets_below(
    dual: CapacitatedDual,
    prices: FloatArray,
    penalties: PairPenalties,
    cost_limit: float,
    *,
    most: int,
    clock: Clock,
) -> SetPool | None:
    """List every set that can be part of a solution that costs at most ``cost_limit``.

    Parameters
    ----------
    prices, penalties : what the bounds rest on.
    most : give up, and return None, when there are more.
    clock : give up as well when the time is spent.
    """
    pools: list[SetPool] = []
    left = most
    for host in np.flatnonzero(penalties.host <= cost_limit).tolist():
        clock.pulse()
        if clock.expired:
            return None
        clients = np.flatnonzero(penalties.pair[:, host] <= cost_limit)
        budget = cost_limit - penalties.base[host]
        pool = _sets_of_host(dual, prices, host, clients, budget=budget, most=left)
        if pool is None:
            return None
        left -= len(pool)
        pools.append(pool)
    if not pools:
        nobody = np.zeros(0, np.int32)
        return SetPool(nobody, np.zeros(0), nobody, np.zeros(1, np.int64))
    offsets = np.cumsum([0, *(len(pool.members) for pool in pools)])
    starts = [pool.starts[:-1] + offset for pool, offset in zip(pools, offsets, strict=False)]
    return SetPool(
        np.concatenate([pool.host for pool in pools]),
        np.concatenate([pool.cost for pool in pools]),
        np.concatenate([pool.members for pool in pools]),
        np.concatenate([*starts, offsets[-1:]]),
    )


def _sets_of_host(
    dual: CapacitatedDual,
    prices: FloatArray,
    host: int,
    clients: IntArray,
    *,
    budget: float,
    most: int,
) -> SetPool | None:
    """List the sets of one host whose margins sum to at most the budget."""
    cost = dual.cost[clients, host]
    demand, weight = dual.limits.demand[clients], dual.cells.weight[clients]
    margin = cost - prices[clients]
    order = np.argsort(-by_unit(margin, demand), kind="stable")
    clients, cost, demand = clients[order], cost[order], demand[order]
    margin, weight = margin[order], weight[order]
    room, items = int(dual.cells.room[host]), len(clients)
    best_rest = running_values(np.minimum(margin, 0.0)[::-1], weight[::-1], room)[::-1]
    value, cells = np.zeros(1), np.array([room])
    free = np.array([dual.limits.capacity[host]])
    bits: _Bits = np.zeros((1, -(-items // _WORD)), dtype=np.uint64)
    for item in range(items):
        without = value + best_rest[item + 1, cells] <= budget
        fits = (cells >= weight[item]) & (free >= demand[item])
        fits[fits] = (
            value[fits] + margin[item] + best_rest[item + 1, cells[fits] - weight[item]] <= budget
        )
        held = bits[fits]
        held[:, item // _WORD] |= np.uint64(1) << np.uint64(item % _WORD)
        bits = np.concatenate([bits[without], held])
        value = np.concatenate([value[without], value[fits] + margin[item]])
        cells = np.concatenate([cells[without], cells[fits] - weight[item]])
        free = np.concatenate([free[without], free[fits] - demand[item]])
        if len(value) > most:
            return None
    return _pool_of_host(host, clients, cost, bits[bits.any(axis=1)])


def _pool_of_host(host: int, clients: IntArray, cost: FloatArray, bits: _Bits) -> SetPool:
    members, lengths, costs = [], [], []
    position = np.arange(len(clients))
    for first in range(0, len(bits), _CHUNK):
        words = bits[first : first + _CHUNK, position // _WORD]
        held = (words >> (position % _WORD).astype(np.uint64) & np.uint64(1)).astype(bool)
        members.append(clients[np.nonzero(held)[1]].astype(np.int32))
        lengths.append(held.sum(axis=1))
        costs.append(held @ cost)
    starts = np.cumsum(np.concatenate([[0], *lengths]))
    return SetPool(
        np.full(len(bits), host, dtype=np.int32),
        np.concatenate([np.zeros(0), *costs]),
        np.concatenate([np.zeros(0, np.int32), *members]),
        starts,
    )
