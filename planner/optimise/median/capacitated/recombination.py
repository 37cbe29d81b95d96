"""A solution put together from client sets that were good at some prices.

The sets that filled hosts best while the prices were found are many, and the best of them that
cover everybody are nearly a solution: clients in two sets leave the dearer one, and those in none
are left to be placed.
"""

from __future__ import annotations

import numpy as np

from planner.optimise.median.assignment_program import numbered, solve_in_time
from planner.optimise.median.capacitated.client_sets import SetPool
from planner.optimise.median.capacitated.dual import CapacitatedDual
from planner.optimise.median.capacitated.set_partitioning import counts
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.outcome import Cancelled
from planner.optimise.solver.program import (
    FloatArray,
    IntArray,
    MixedIntegerProgram,
    joined_rows,
)

_GOOD_ENOUGH_GAP = 0.03


def recombined(
    dual: CapacitatedDual, pool: SetPool, prices: FloatArray, clock: Clock
) -> tuple[IntArray, IntArray] | None:
    """Open hosts, ascending, and (clients,) host of each client or -1; None without an answer.

    Parameters
    ----------
    pool : good sets.
    prices : (clients,) good ones; leaving a client out costs three times as much.
    """
    clients, hosts = dual.cost.shape
    count, every = len(pool), np.arange(len(pool))
    of_member = np.repeat(every, np.diff(pool.starts))
    alone = np.arange(clients)
    program = MixedIntegerProgram(
        names=numbered("set", count + clients),
        cost=np.concatenate([pool.cost, 3.0 * prices]),
        lower=np.zeros(count + clients),
        upper=np.ones(count + clients),
        integer=np.ones(count + clients, dtype=bool),
        rows=joined_rows(
            [
                counts(
                    "client",
                    np.concatenate([pool.members, alone]),
                    np.concatenate([of_member, count + alone]),
                    np.full(clients, np.inf),
                    least=1.0,
                ),
                counts("host", pool.host, every, np.ones(hosts)),
                counts("p", np.zeros_like(every), every, np.full(1, float(dual.host_count))),
            ]
        ),
    )
    solution = solve_in_time(program, clock, gap=_GOOD_ENOUGH_GAP)
    if solution.interrupted:
        raise Cancelled
    if solution.x is None:
        return None
    chosen = pool.take(np.flatnonzero(solution.x[:count] > 0.5))  # noqa: PLR2004 - whole
    opened = _filled_up(chosen.host.astype(np.int64), dual)
    known, least = np.full(clients, -1), np.full(clients, np.inf)
    for host, members in zip(
        chosen.host, np.split(chosen.members, chosen.starts[1:-1]), strict=True
    ):
        nearer = members[dual.cost[members, host] < least[members]]
        known[nearer], least[nearer] = host, dual.cost[nearer, host]
    for host in opened.tolist():
        held = np.flatnonzero(known == host)
        held = held[np.argsort(least[held], kind="stable")]
        # sets hold what fits with demand rounded down
        full = np.cumsum(dual.limits.demand[held]) > dual.limits.capacity[host]
        known[held[full]] = -1
    return opened, known


def _filled_up(opened: IntArray, dual: CapacitatedDual) -> IntArray:
    """Open p hosts: those behind the best bound as well."""
    spare = np.setdiff1d(dual.best_hosts[1], opened)[: dual.host_count - len(opened)]
    return np.sort(np.concatenate([opened, spare]))
