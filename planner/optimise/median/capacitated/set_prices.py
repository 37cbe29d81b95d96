"""Prices from the set-partitioning relaxation of the p-median.

With a share z_S for every set S of clients (of some host): ``min sum cost_S z_S``, each client in
exactly one set, at most one set per host, at most p sets. Its dual prices u, v, g prove
``sum u_i - sum v_j - p g``. Subset-row cuts, with prices s, make it much stronger: of the sets in
a solution, at most one holds two or three of the clients in a triple.

Source: M. Jepsen, B. Petersen, S. Spoorendonk and D. Pisinger (2008), Subset-row inequalities
applied to the vehicle-routing problem with time windows, Operations Research 56.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.optimise.median.assignment_program import numbered
from planner.optimise.median.capacitated.client_sets import SetPool
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.program import (
    INFINITY,
    BoolArray,
    FloatArray,
    IntArray,
    MixedIntegerProgram,
    Rows,
)
from planner.optimise.solver.relaxation import Relaxation

Triple = tuple[int, int, int]

_CHUNK = 4096


def held_triples(table: BoolArray, triples: Sequence[Triple]) -> BoolArray:
    """Tell, for (sets, triples), whether a set holds at least two clients of a triple.

    Parameters
    ----------
    table : (sets, clients) membership.
    """
    held = np.zeros((len(table), len(triples)), dtype=bool)
    for position, (a, b, c) in enumerate(triples):
        first, second, third = table[:, a], table[:, b], table[:, c]
        held[:, position] = (first & (second | third)) | (second & third)
    return held


@dataclass(frozen=True, eq=False)
class Prices:
    """A solution of the dual.

    Attributes
    ----------
    client : (clients,) what a client pays.
    host : (hosts,) what using a host costs, at least 0.
    group : what using any host costs, at least 0.
    triple : (triples,) what a set pays for holding two clients of a triple, at least 0.
    """

    client: FloatArray
    host: FloatArray
    group: float
    triple: FloatArray

    def value(self, host_count: int) -> float:
        """Objective of the dual."""
        return float(
            self.client.sum() - self.host.sum() - host_count * self.group - self.triple.sum()
        )

    def reduced_costs(
        self, pool: SetPool, triples: Sequence[Triple], below: float
    ) -> tuple[IntArray, FloatArray]:
        """Positions of the sets whose reduced cost is at most ``below``, and those costs."""
        plain = pool.cost - pool.sums(self.client) + self.host[pool.host] + self.group
        candidates = np.flatnonzero(plain <= below)
        paying = [t for t in range(len(triples)) if self.triple[t] > 0.0]
        if not paying:
            return candidates, plain[candidates]
        reduced = plain[candidates]
        for first in range(0, len(candidates), _CHUNK):
            part = slice(first, first + _CHUNK)
            table = pool.take(candidates[part]).table(len(self.client))
            held = held_triples(table, [triples[t] for t in paying])
            reduced[part] += held @ self.triple[paying]
        kept = reduced <= below
        return candidates[kept], reduced[kept]


class SetRelaxation(Relaxation):
    """The linear relaxation over a growing number of sets, for fixed triples (HiGHS only).

    `certificate` is not for this class: it would leave out the sets that were added.

    Parameters
    ----------
    clients, hosts, host_count : size of the problem.
    triples : cuts.
    ceiling : (clients,) prices lie between this and its negative: a client may go unserved, or be
        served twice, at that cost.
    """

    def __init__(
        self,
        clients: int,
        hosts: int,
        host_count: int,
        triples: Sequence[Triple],
        ceiling: FloatArray,
    ) -> None:
        self._clients, self._hosts, self._triples = clients, hosts, triples
        rest = hosts + 1 + len(triples)
        lengths = np.concatenate([np.full(clients, 2), np.zeros(rest, dtype=np.int64)])
        slots = np.arange(2 * clients)
        at_most = np.concatenate([np.ones(hosts), [host_count], np.ones(len(triples))])
        super().__init__(
            MixedIntegerProgram(
                names=numbered("slack", 2 * clients),
                cost=np.tile(ceiling, 2),
                lower=np.zeros(2 * clients),
                upper=np.full(2 * clients, INFINITY),
                integer=np.zeros(2 * clients, dtype=bool),
                rows=Rows(
                    names=numbered("row", clients + rest),
                    lengths=lengths,
                    columns=slots.reshape(2, clients).T.ravel(),
                    values=np.tile([1.0, -1.0], clients),
                    lower=np.concatenate([np.ones(clients), np.full(rest, -INFINITY)]),
                    upper=np.concatenate([np.ones(clients), at_most]),
                ),
            )
        )

    def add_sets(self, sets: SetPool) -> None:
        """Add sets; the next solve starts from the last basis."""
        held = held_triples(sets.table(self._clients), self._triples)
        set_of_triple, triple = np.nonzero(held)
        count, every = len(sets), np.arange(len(sets))
        group = self._clients + self._hosts
        column = np.concatenate(
            [np.repeat(every, np.diff(sets.starts)), every, every, set_of_triple]
        )
        row = np.concatenate(
            [sets.members, self._clients + sets.host, np.full(count, group), group + 1 + triple]
        )
        self.add_variables(sets.cost, column, row)

    def prices_of_sets(self, clock: Clock) -> Prices | None:
        """Return the best prices for the sets added so far; None if the time is spent."""
        if self.solve(clock.remaining_s, lambda _: clock.pulse()) != "optimal":
            return None
        group = self._clients + self._hosts
        paid = np.maximum(-self.prices, 0.0)
        return Prices(
            self.prices[: self._clients],
            paid[self._clients : group],
            float(paid[group]),
            paid[group + 1 :],
        )

    def shares(self) -> FloatArray:
        """Return (sets,) how far each set, in the order added, is used."""
        return self.x[2 * self._clients :]
