"""The p-median as a mixed-integer program over the pairs and hosts that are still possible."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from planner.optimise.solver.clock import Clock
from planner.optimise.solver.program import (
    INFINITY,
    BoolArray,
    FloatArray,
    IntArray,
    LazyNames,
    MixedIntegerProgram,
    Rows,
    joined_rows,
)
from planner.optimise.solver.solve import Solution, solve

#: HiGHS answers within a second or so on smaller programs; larger ones can be ended.
_MOST_ENTRIES_IN_PROCESS = 50_000


@dataclass(frozen=True, eq=False)
class Capacities:
    """What hosts can take on.

    Attributes
    ----------
    demand : (clients,) at least 0.
    capacity : (hosts,) at least 0.
    """

    demand: FloatArray
    capacity: FloatArray


@dataclass(frozen=True, eq=False)
class AssignmentProgram:
    """Variables: one for each possible pair, then one for each possible host.

    Attributes
    ----------
    client, host : (pairs,) rows and columns of the cost.
    hosts : (possible hosts,) columns of the cost, ascending.
    """

    program: MixedIntegerProgram
    client: IntArray
    host: IntArray
    hosts: IntArray

    def point(self, assignment: IntArray, opened: IntArray) -> FloatArray:
        """Return a solution as a point: (clients,) host of each, and the open hosts."""
        served = assignment[self.client] == self.host
        return np.concatenate([served, np.isin(self.hosts, opened)]).astype(np.float64)

    def solution(self, x: FloatArray) -> tuple[IntArray, IntArray]:
        """Return a point as (clients,) host of each, and the open hosts."""
        pairs = len(self.client)
        chosen = x[:pairs] > 0.5  # noqa: PLR2004 - whole numbers, up to rounding
        assignment = np.full(int(self.client.max()) + 1, -1)
        assignment[self.client[chosen]] = self.host[chosen]
        return assignment, self.hosts[x[pairs:] > 0.5]  # noqa: PLR2004


def assignment_program(
    cost: FloatArray,
    host_count: int,
    pairs: tuple[IntArray, IntArray],
    *,
    must_open: BoolArray,
    scale: float,
    limits: Capacities | None = None,
) -> AssignmentProgram:
    """Build ``min sum c_ij x_ij``: each client served once, by one of at most p open hosts.

    Without limits a client's share may be fractional, since its nearest open host is best; with
    them every pair is whole.

    Parameters
    ----------
    cost : (clients, hosts).
    pairs : clients and hosts, columns of ``cost``, of the pairs to create, sorted; each client
        needs one. A host without any is left out, as more than serve anyone are never needed.
    must_open : (hosts,) hosts that are open in every solution looked for.
    scale : the objective is multiplied by this; a power of two keeps it exact.
    """
    client, host = pairs
    hosts = np.unique(host)
    count, opens = len(client), len(hosts)
    column = np.arange(count)
    host_column = count + np.searchsorted(hosts, host)
    blocks = [
        _rows("client", (client, column, np.ones(count)), np.ones(len(cost)), np.ones(len(cost))),
        _rows(
            "open",
            (
                np.tile(column, 2),
                np.concatenate([column, host_column]),
                np.repeat([1.0, -1.0], count),
            ),
            np.full(count, -INFINITY),
            np.zeros(count),
        ),
        _rows(
            "hosts",
            (np.zeros(opens, dtype=np.int64), count + np.arange(opens), np.ones(opens)),
            np.full(1, -INFINITY),
            np.full(1, float(host_count)),
        ),
    ]
    if limits is not None:
        blocks.append(_capacity_rows(limits, client, host_column - count, hosts, count))
    program = MixedIntegerProgram(
        names=LazyNames(count + opens, lambda: _names(client, host, hosts)),
        cost=np.concatenate([cost[client, host] * scale, np.zeros(opens)]),
        lower=np.concatenate([np.zeros(count), must_open[hosts].astype(np.float64)]),
        upper=np.ones(count + opens),
        integer=np.concatenate([np.full(count, limits is not None), np.ones(opens, dtype=bool)]),
        rows=joined_rows(blocks),
    )
    return AssignmentProgram(program, client, host, hosts)


def _names(client: IntArray, host: IntArray, hosts: IntArray) -> Iterator[str]:
    yield from (f"x_{i}_{j}" for i, j in zip(client.tolist(), host.tolist(), strict=True))
    yield from (f"y_{j}" for j in hosts.tolist())


def _capacity_rows(
    limits: Capacities, client: IntArray, position: IntArray, hosts: IntArray, pairs: int
) -> Rows:
    """Demand within capacity; both scaled by a power of two, to suit the solver's tolerances."""
    capacity = limits.capacity[hosts]
    scale = math.ldexp(1.0, 10 - math.frexp(float(capacity.max()))[1])
    return _rows(
        "capacity",
        (
            np.concatenate([position, np.arange(len(hosts))]),
            np.concatenate([np.arange(pairs), pairs + np.arange(len(hosts))]),
            np.concatenate([limits.demand[client], -capacity]) * scale,
        ),
        np.full(len(hosts), -INFINITY),
        np.zeros(len(hosts)),
    )


def solve_in_time(
    program: MixedIntegerProgram,
    clock: Clock,
    *,
    start: FloatArray | None = None,
    enough_bound: float | None = None,
    gap: float = 0.0,
    start_is_good: bool = False,
    presolve: bool = True,
) -> Solution:
    """Solve a program with what is left of the time; parameters as in `solve.solve`.

    A caller who has stopped the search gets what was found by then, and raises `Cancelled` when
    that is noted.
    """
    return solve(
        program,
        start=start,
        enough_bound=enough_bound,
        gap=gap,
        start_is_good=start_is_good,
        presolve=presolve,
        time_limit_s=clock.remaining_s,
        on_search=lambda _: clock.pulse(),
        apart=len(program.rows.columns) > _MOST_ENTRIES_IN_PROCESS,
    )


def numbered(name: str, count: int) -> LazyNames:
    """Return the names ``name_0``, ``name_1`` and so on."""
    return LazyNames(count, lambda: (f"{name}_{k}" for k in range(count)))


def _rows(
    name: str,
    entries: tuple[IntArray, IntArray, FloatArray],
    lower: FloatArray,
    upper: FloatArray,
) -> Rows:
    """Rows from (row, column, value) entries in any order."""
    row, column, value = entries
    order = np.argsort(row, kind="stable")
    return Rows(
        names=numbered(name, len(lower)),
        lengths=np.bincount(row, minlength=len(lower)),
        columns=column[order],
        values=value[order],
        lower=lower,
        upper=upper,
    )
