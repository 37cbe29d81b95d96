"""What one host can bring within its capacity: best sets of clients at given prices.

A margin is a client's cost at the host less its price; the best set has the least sum of margins
whose demand fits. Where demand is not in small whole numbers, it is rounded down to cells, which
loses no set and so keeps every bound valid.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.optimise.median.assignment_program import Capacities
from planner.optimise.solver.program import BoolArray, FloatArray, IntArray
from planner.optimise.tolerances import ROUNDING

_MOST_CELLS = 4096
_TINY = float(np.finfo(np.float64).tiny)


def by_unit(margin: FloatArray, demand: FloatArray) -> FloatArray:
    """Margin per unit of demand; infinite where there is (nearly) no demand."""
    with np.errstate(over="ignore"):
        return np.asarray(margin / np.maximum(demand, _TINY))


@dataclass(frozen=True, eq=False)
class Cells:
    """Demand and capacity in whole cells, rounded so that every set that fits still does.

    Attributes
    ----------
    weight : (clients,) cells that a client takes.
    room : (hosts,) cells that a host has.
    """

    weight: IntArray
    room: IntArray

    @classmethod
    def of(cls, limits: Capacities) -> Cells:
        """Round demand and capacity; exact for whole demand and small capacity."""
        largest = float(limits.capacity.max())
        whole = bool((limits.demand == np.floor(limits.demand)).all())
        unit = 1.0 if whole and largest <= _MOST_CELLS else max(largest, _TINY) / _MOST_CELLS
        weight = np.maximum(np.floor(limits.demand / unit - ROUNDING), 0.0)
        if whole and unit == 1.0:
            weight = limits.demand
        room = np.floor(limits.capacity / unit + ROUNDING)
        return cls(weight.astype(np.int64), room.astype(np.int64))


def best_set(margin: FloatArray, weight: IntArray, room: int) -> tuple[float, IntArray]:
    """Return the least sum of margins within the room, and the positions that give it.

    Parameters
    ----------
    margin : (items,) all negative.
    weight : (items,) cells, each at most ``room``.
    """
    tables = running_values(margin, weight, room)
    chosen, left = [], room
    for item in range(len(margin) - 1, -1, -1):
        if tables[item + 1, left] != tables[item, left]:
            chosen.append(item)
            left -= int(weight[item])
    return float(tables[-1, room]), np.array(chosen[::-1], dtype=np.int64)


def running_values(margin: FloatArray, weight: IntArray, room: int) -> FloatArray:
    """(items + 1, room + 1) least sum of margins of the first items within each room."""
    tables = np.empty((len(margin) + 1, room + 1))
    tables[0] = 0.0
    for item, (value, cells) in enumerate(zip(margin.tolist(), weight.tolist(), strict=True)):
        before, after = tables[item], tables[item + 1]
        after[:cells] = before[:cells]
        np.minimum(before[cells:], before[: room + 1 - cells] + value, out=after[cells:])
    return tables


def forced_values(margin: FloatArray, weight: IntArray, room: int) -> FloatArray:
    """(items,) least sum of margins of a set with that item; infinite where it does not fit.

    Parameters
    ----------
    margin : (items,) of any sign, or infinite.
    """
    forced = np.full(len(margin), np.inf)
    fits = np.isfinite(margin) & (weight <= room)
    wanted = np.flatnonzero(fits & (margin < 0.0))
    other = np.flatnonzero(fits & (margin >= 0.0))
    first = running_values(margin[wanted], weight[wanted], room)
    last = running_values(margin[wanted[::-1]], weight[wanted[::-1]], room)[::-1]
    forced[other] = margin[other] + first[-1, room - weight[other]]
    for position, item in enumerate(wanted):
        left = room - int(weight[item])
        rest = first[position, : left + 1] + last[position + 1, left::-1]
        forced[item] = margin[item] + float(rest.min())
    return forced


@dataclass(frozen=True, eq=False)
class WantedItems:
    """The clients that each host wants (negative margin), best margin per demand first.

    Attributes
    ----------
    client, margin, taken : (wanted,) sorted by host; the share taken if clients could be split.
    starts : (hosts + 1,) where each host begins.
    worth : (hosts,) least sum of margins if clients could be split: a lower bound.
    split : (hosts,) whether one is; where none is, the bound is exact.
    """

    client: IntArray
    margin: FloatArray
    taken: FloatArray
    starts: IntArray
    worth: FloatArray
    split: BoolArray

    @classmethod
    def of(cls, margin: FloatArray, limits: Capacities) -> WantedItems:
        """Collect them from (clients, hosts) margins; infinite where not allowed."""
        hosts = margin.shape[1]
        client, host = np.nonzero(margin < 0.0)
        value = margin[client, host]
        order = np.lexsort((by_unit(value, limits.demand[client]), host))
        client, host, value = client[order], host[order], value[order]
        demand = limits.demand[client]
        starts = np.searchsorted(host, np.arange(hosts + 1))
        used = np.concatenate([[0.0], np.cumsum(demand)])
        before = used[:-1] - used[starts[host]]
        room = limits.capacity[host] - before
        taken = np.where(demand > room, by_unit(np.maximum(room, 0.0), demand), 1.0)
        worth = np.bincount(host, value * taken, hosts).astype(np.float64)
        split = np.bincount(host, (taken > 0.0) & (taken < 1.0), hosts) > 0
        return cls(client, value, taken, starts, worth, split)
