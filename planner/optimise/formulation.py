"""A problem -> a mixed-integer program, and points of one -> plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from planner.optimise.constraints import FAMILIES, Columns
from planner.optimise.contiguity_cuts import Cut, cut_rows
from planner.optimise.covers import Cover, cover_rows
from planner.optimise.problem import Problem
from planner.optimise.program import (
    BoolArray,
    FloatArray,
    IntArray,
    LazyNames,
    MixedIntegerProgram,
    Rows,
    joined_rows,
)


@dataclass(frozen=True, eq=False)
class Formulation:
    """A problem's program, with what its variables mean."""

    problem: Problem
    columns: Columns
    program: MixedIntegerProgram

    def hosts(self, x: FloatArray) -> IntArray:
        """(n,) the plan that an integral point stands for."""
        arcs = len(self.columns.member)
        chosen = np.flatnonzero(x[:arcs] > 0.5)  # noqa: PLR2004 - integral
        host = np.zeros(len(self.problem), dtype=np.int64)
        host[self.columns.member[chosen]] = self.columns.host[chosen]
        return host

    def point(self, host: IntArray) -> FloatArray:
        """(variables,) the point that stands for a plan within reach."""
        columns = self.columns
        x = np.zeros(len(self.program.cost))
        x[columns.arc[np.arange(len(host)), host]] = 1.0
        short = columns.exempt[self.problem.short_hosts(host)]
        x[short[short >= 0]] = 1.0
        last = columns.share + len(columns.first)
        x[columns.share : last] = np.minimum(x[columns.first], x[columns.second])
        return x

    def cut_rows(self, cuts: Sequence[Cut], covers: Sequence[Cover]) -> Rows:
        """Write cuts as rows of this program."""
        return joined_rows(
            [
                cut_rows(self.problem, self.columns, cuts),
                cover_rows(self.problem, self.columns, covers),
            ]
        )


def formulate(problem: Problem) -> Formulation:
    """Write the grouping model of docs/grouping_model.md, contiguity aside."""
    columns = _columns(problem)
    arcs, shares = len(columns.member), len(columns.first)
    exempted = np.flatnonzero(columns.exempt >= 0)
    severed = problem.severed
    cost = problem.cost[columns.member, columns.host] - severed[columns.member, columns.host]
    kept = severed[columns.member[columns.first], columns.member[columns.second]]
    count = arcs + len(exempted) + shares
    integer: BoolArray = np.arange(count) < arcs + len(exempted)
    program = MixedIntegerProgram(
        LazyNames(count, lambda: _names(problem, columns)),
        np.concatenate([cost, np.full(len(exempted), problem.exempt_cost), -kept]),
        np.zeros(count),
        np.ones(count),
        integer,
        joined_rows(family(problem, columns) for family in FAMILIES),
        float(severed.sum() / 2),
    )
    return Formulation(problem, columns, program)


def _columns(problem: Problem) -> Columns:
    """Enumerate the variables: x by member and host, then e, then z by pair and host."""
    n = len(problem)
    member, host = np.nonzero(problem.reach)
    arc = np.full((n, n), -1, dtype=np.int64)
    arc[member, host] = np.arange(len(member))
    exempt = np.full(n, -1, dtype=np.int64)
    exemptible = _may_fall_short(problem)
    exempt[exemptible] = len(member) + np.arange(exemptible.sum())
    first, second = _shares(problem, arc)
    return Columns(
        member.astype(np.int64),
        host.astype(np.int64),
        arc,
        exempt,
        first,
        second,
        len(member) + int(exemptible.sum()),
    )


def _may_fall_short(problem: Problem) -> BoolArray:
    """(n,) hosts that may be exempted and do not meet every least size alone."""
    short = np.zeros(len(problem), dtype=bool)
    for size in problem.sizes:
        if size.exemptible:
            short |= size.amount < size.least
    return np.asarray(short & problem.exempt & problem.reach.diagonal())


def _shares(problem: Problem, arc: IntArray) -> tuple[IntArray, IntArray]:
    """Columns of x_ij and x_kj for each pair with commuters and each third host of both."""
    first, second = [], []
    for i, k in np.argwhere(np.triu(problem.paired, 1) & problem.share):
        common = np.flatnonzero(problem.reach[i] & problem.reach[k])
        common = common[(common != i) & (common != k)]
        first.append(arc[i, common])
        second.append(arc[k, common])
    empty = np.zeros(0, dtype=np.int64)
    return np.concatenate([empty, *first]), np.concatenate([empty, *second])


def _names(problem: Problem, columns: Columns) -> Iterator[str]:
    """Name the variables: x_member_host, e_host, z_member_member_host."""
    codes = problem.codes
    for i, j in zip(columns.member, columns.host, strict=True):
        yield f"x_{codes[i]}_{codes[j]}"
    for j in np.flatnonzero(columns.exempt >= 0):
        yield f"e_{codes[j]}"
    for a, b in zip(columns.first, columns.second, strict=True):
        yield f"z_{codes[columns.member[a]]}_{codes[columns.member[b]]}_{codes[columns.host[a]]}"
