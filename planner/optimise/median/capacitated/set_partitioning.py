"""The p-median as set partitioning over a pool of client sets: a strong bound, then a program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planner.optimise.median.assignment_program import numbered, solve_in_time
from planner.optimise.median.capacitated.client_sets import SetPool
from planner.optimise.median.capacitated.set_prices import (
    Prices,
    SetRelaxation,
    Triple,
    held_triples,
)
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.program import (
    INFINITY,
    BoolArray,
    FloatArray,
    IntArray,
    MixedIntegerProgram,
    Rows,
    joined_rows,
)
from planner.optimise.solver.solve import Solution
from planner.optimise.tolerances import PRICE

#: Sets that are priced first.
_FRONT = 30_000
_MOST_NEW_SETS = 300
_MOST_NEW_TRIPLES = 60
_LEAST_VIOLATION = 1e-4


@dataclass(frozen=True, eq=False)
class Tightened:
    """What subset-row cuts leave of a pool.

    Attributes
    ----------
    bound : no solution made of the pool's sets costs less; may be just any above the limit.
    pool : the sets that a solution of at most the limit can use.
    triples : the cuts.
    """

    bound: float
    pool: SetPool
    triples: tuple[Triple, ...]


class _Tightening:
    """Column and cut generation over a pool that shrinks as the bound rises.

    Prices are first tried on a front of promising sets, and on the whole pool when these have
    nothing more to add.
    """

    def __init__(
        self, pool: SetPool, size: tuple[int, int, int], reduced: FloatArray, limit: float
    ) -> None:
        self.size, self.limit = size, limit
        self.pool, self.triples, self.bound = pool, list[Triple](), -np.inf
        order = np.argsort(reduced, kind="stable")
        self._inside = np.zeros(len(pool), dtype=bool)
        self._inside[order[: 5 * size[0]]] = True
        self._front = np.zeros(len(pool), dtype=bool)
        self._front[order[:_FRONT]] = True
        self._rebuild()

    def run(self, clock: Clock) -> bool:
        """Raise the bound until it passes the limit or no cut is left; whether time sufficed."""
        while (prices := self._priced(clock)) is not None:
            bound = prices.value(self.size[2]) - 10.0 * self.size[2] * PRICE
            self.bound = max(self.bound, bound)
            new = [] if self.bound > self.limit else self._broken_triples()
            kept, _ = prices.reduced_costs(self.pool, self.triples, self.limit - bound)
            self.pool = self.pool.take(kept)
            self._inside, self._front = self._inside[kept], self._front[kept]
            if not new:
                return True
            self.triples += new
            self._rebuild()
        return False

    def _priced(self, clock: Clock) -> Prices | None:
        """Prices at which no set of the pool has a negative reduced cost."""
        front = np.flatnonzero(self._front)
        front_pool = self.pool.take(front)
        while (prices := self._relaxation.prices_of_sets(clock)) is not None:
            missing = front[self._missing(prices, front_pool, front)]
            if not len(missing):
                missing = self._missing(prices, self.pool, np.arange(len(self.pool)))
                if not len(missing):
                    return prices
                self._front[missing[:_FRONT]] = True
                front = np.flatnonzero(self._front)
                front_pool = self.pool.take(front)
            self._add(missing[:_MOST_NEW_SETS])
        return None

    def _missing(self, prices: Prices, pool: SetPool, position: IntArray) -> IntArray:
        """Return the sets of negative reduced cost outside the relaxation, most negative first."""
        candidates, reduced = prices.reduced_costs(pool, self.triples, -PRICE)
        outside = ~self._inside[position[candidates]]
        return candidates[outside][np.argsort(reduced[outside], kind="stable")]

    def _rebuild(self) -> None:
        clients, hosts, host_count = self.size
        ceiling = np.full(clients, abs(self.limit) + 1.0)
        self._relaxation = SetRelaxation(clients, hosts, host_count, self.triples, ceiling)
        self._added = np.zeros(0, dtype=np.int64)
        self._add(np.flatnonzero(self._inside))

    def _add(self, chosen: IntArray) -> None:
        self._inside[chosen] = True
        self._added = np.concatenate([self._added, chosen])
        self._relaxation.add_sets(self.pool.take(chosen))

    def _broken_triples(self) -> list[Triple]:
        shares = self._relaxation.shares()
        used = np.flatnonzero((shares > PRICE) & (shares < 1.0 - PRICE))
        table = self.pool.take(self._added[used]).table(self.size[0])
        return broken_triples(table, shares[used], set(self.triples))


def tighten(
    pool: SetPool, size: tuple[int, int, int], reduced: FloatArray, limit: float, clock: Clock
) -> Tightened | None:
    """Bound the solutions that a pool contains; None if the time is spent.

    Parameters
    ----------
    size : number of clients, of hosts, and p.
    reduced : (sets,) what each set lifts a known bound by; the least are tried first.
    limit : solutions that cost more are of no interest.
    """
    if not len(pool):
        return Tightened(np.inf, pool, ())
    tightening = _Tightening(pool, size, reduced, limit)
    if not tightening.run(clock):
        return None
    return Tightened(tightening.bound, tightening.pool, tuple(tightening.triples))


def best_partition(
    pool: SetPool, triples: Sequence[Triple], size: tuple[int, int, int], clock: Clock
) -> tuple[Solution, IntArray]:
    """Serve every client by exactly one of a pool's sets, most cheaply.

    Returns what was proved, and (clients,) host of each, empty where there is no solution.
    """
    clients, hosts, host_count = size
    count, every = len(pool), np.arange(len(pool))
    of_member = np.repeat(every, np.diff(pool.starts))
    of_set, triple = np.nonzero(held_triples(pool.table(clients), triples))
    program = MixedIntegerProgram(
        names=numbered("set", count),
        cost=pool.cost,
        lower=np.zeros(count),
        upper=np.ones(count),
        integer=np.ones(count, dtype=bool),
        rows=joined_rows(
            [
                counts("client", pool.members, of_member, np.ones(clients), least=1.0),
                counts("host", pool.host, every, np.ones(hosts)),
                counts("triple", triple, of_set, np.ones(len(triples))),
                counts("p", np.zeros_like(every), every, np.full(1, float(host_count))),
            ]
        ),
    )
    # HiGHS 1.15 can presolve a partition without a solution into one that seems to have some.
    solution = solve_in_time(program, clock, presolve=False)
    if solution.x is None:
        return solution, np.zeros(0, dtype=np.int64)
    chosen = pool.take(np.flatnonzero(solution.x > 0.5))  # noqa: PLR2004 - whole, up to rounding
    assignment = np.full(clients, -1)
    assignment[chosen.members] = np.repeat(chosen.host, np.diff(chosen.starts))
    return solution, assignment


def counts(
    name: str,
    row: npt.NDArray[np.integer],
    column: IntArray,
    most: FloatArray,
    least: float = -INFINITY,
) -> Rows:
    """Rows that count the chosen sets among some, from entries in any order.

    Parameters
    ----------
    row, column : (entries,) which set counts in which row.
    most, least : (rows,) and one number for all: limits.
    """
    order = np.argsort(row, kind="stable")
    return Rows(
        names=numbered(name, len(most)),
        lengths=np.bincount(row, minlength=len(most)),
        columns=column[order].astype(np.int64),
        values=np.ones(len(column)),
        lower=np.full(len(most), least),
        upper=most,
    )


def broken_triples(table: BoolArray, shares: FloatArray, known: set[Triple]) -> list[Triple]:
    """Triples of which a fractional solution uses more than one set with two clients, worst first.

    Parameters
    ----------
    table : (sets, clients) membership of the sets in use.
    shares : (sets,) how far each is used.
    """
    together = (table * shares[:, None]).T @ table
    broken: dict[Triple, float] = {}
    for a in range(table.shape[1]):
        near = np.flatnonzero(together[a] > 0.0)
        near = near[near != a]
        with_a = table[table[:, a]][:, near]
        all_three = (with_a * shares[table[:, a], None]).T @ with_a
        pairs = together[a, near][:, None] + together[a, near] + together[np.ix_(near, near)]
        excess = np.triu(pairs - 2.0 * all_three - 1.0, 1)
        for b, c in np.argwhere(excess > _LEAST_VIOLATION).tolist():
            x, y, z = sorted((a, int(near[b]), int(near[c])))
            broken[x, y, z] = float(excess[b, c])
    ranked = sorted(broken.items(), key=lambda item: (-item[1], item[0]))
    return _spread([triple for triple, _ in ranked if triple not in known])


def _spread(ranked: list[Triple]) -> list[Triple]:
    """Choose cuts that do not all concern the same clients."""
    most = 6
    used: dict[int, int] = {}
    chosen = []
    for triple in ranked:
        if sum(used.get(client, 0) for client in triple) <= most:
            chosen.append(triple)
            for client in triple:
                used[client] = used.get(client, 0) + 1
        if len(chosen) == _MOST_NEW_TRIPLES:
            break
    return chosen
