"""Why a p-median has no solution, where that can be told without a search."""

from __future__ import annotations

import numpy as np

from planner.optimise.median.assignment_program import Capacities
from planner.optimise.median.blocks import row_blocks
from planner.optimise.median.read_input import Reader
from planner.optimise.tolerances import ROUNDING


def with_rounding(limits: Capacities) -> Capacities:
    """Allow for sums of fractional demand that miss the capacity by rounding only.

    Not for a solver: HiGHS 1.15 loses solutions where coefficients differ by about its tolerance.
    """
    if (limits.demand == np.floor(limits.demand)).all():
        return Capacities(limits.demand, np.floor(limits.capacity + ROUNDING))
    return Capacities(limits.demand, limits.capacity * (1.0 + ROUNDING))


def why_infeasible(reader: Reader, host_count: int, limits: Capacities | None) -> str:
    """Return a sentence that names the client or the sums; empty where nothing so simple is wrong.

    Parameters
    ----------
    reader : cost (clients, hosts), infinite where not allowed, and the labels.
    host_count : p.
    limits : demand and capacity, if any.
    """
    for rows in row_blocks(*reader.cost.shape):
        allowed = np.isfinite(reader.cost[rows])
        if not (some := allowed.any(axis=1)).all():
            client = rows.start + int(some.argmin())
            where = reader.place([client], [0])
            return f"no host may serve the client in {where}: its costs are all infinite"
        if limits is None:
            continue
        roomy = with_rounding(limits).capacity
        widest = np.where(allowed, roomy, -1.0).max(axis=1)
        if (short := limits.demand[rows] > widest).any():
            client = rows.start + int(short.argmax())
            return (
                f"the client in {reader.place([client], [0])} demands {limits.demand[client]:.12g},"
                f" above the capacity of every host that may serve it, at most"
                f" {widest[client - rows.start]:.12g}"
            )
    if limits is None:
        return ""
    largest = np.sort(limits.capacity)[::-1][:host_count].sum()
    total = limits.demand.sum()
    if total > np.sort(with_rounding(limits).capacity)[::-1][:host_count].sum():
        return (
            f"all clients demand {total:.12g} together, above the {host_count} largest"
            f" capacities together, {largest:.12g}"
        )
    return ""
