"""A problem -> a mixed-integer program, and points of one -> plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from planner.optimise.grouping.constraints import FAMILIES, Columns
from planner.optimise.grouping.contiguity_cuts import Cut, cut_rows
from planner.optimise.grouping.cover_cuts import Cover, cover_rows
from planner.optimise.grouping.problem import Problem
from planner.optimise.solver.program import (
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
        shared = (columns.under == host[columns.one]) & (columns.under == host[columns.other])
        x[columns.share :] = shared
        return x

    def cut_rows(self, cuts: Sequence[Cut], covers: Sequence[Cover]) -> Rows:
        """Write cuts as rows of this program."""
        return joined_rows(
            [
                cut_rows(self.problem, self.columns, cuts),
                cover_rows(self.problem, self.columns, covers),
            ]
        )


def formulate(problem: Problem, *, pooled: bool = False) -> Formulation:
    """Write the grouping model of docs/grouping_model.md, contiguity aside.

    Parameters
    ----------
    problem : limits and costs.
    pooled : one variable for each pair who share any third host, instead of one a host. A
        relaxation of a tenth of the size, which is as tight once `pair_cuts` are added.
    """
    columns = _columns(problem, pooled=pooled)
    arcs, shares = len(columns.member), len(columns.one)
    exempted = np.flatnonzero(columns.exempt >= 0)
    severed = problem.severed
    cost = problem.cost[columns.member, columns.host] - severed[columns.member, columns.host]
    kept = severed[columns.one, columns.other]
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


def _columns(problem: Problem, *, pooled: bool) -> Columns:
    """Enumerate the variables: x by member and host, then e, then shares by pair (and host)."""
    n = len(problem)
    member, host = np.nonzero(problem.reach)
    arc = np.full((n, n), -1, dtype=np.int64)
    arc[member, host] = np.arange(len(member))
    exempt = np.full(n, -1, dtype=np.int64)
    exemptible = _may_fall_short(problem)
    exempt[exemptible] = len(member) + np.arange(exemptible.sum())
    return Columns(
        member.astype(np.int64),
        host.astype(np.int64),
        arc,
        exempt,
        *_shares(problem, pooled=pooled),
        len(member) + int(exemptible.sum()),
    )


def _may_fall_short(problem: Problem) -> BoolArray:
    """(n,) hosts that may be exempted and do not meet every least size alone."""
    short = np.zeros(len(problem), dtype=bool)
    for size in problem.sizes:
        short |= size.amount < size.least
    return np.asarray(short & problem.exempt & problem.reach.diagonal())


def _shares(problem: Problem, *, pooled: bool) -> tuple[IntArray, IntArray, IntArray]:
    """Each pair with commuters and each third host of both, or the pair once."""
    pairs = np.argwhere(np.triu(problem.paired, 1) & problem.share)
    one, other = pairs[:, 0], pairs[:, 1]
    common = problem.reach[one] & problem.reach[other]
    everyone = np.arange(len(pairs))
    common[everyone, one] = common[everyone, other] = False
    if pooled:
        some = common.any(axis=1)
        return one[some], other[some], np.full(int(some.sum()), -1, dtype=np.int64)
    pair, under = np.nonzero(common)
    return one[pair], other[pair], under


def _names(problem: Problem, columns: Columns) -> Iterator[str]:
    """Name the variables: x_member_host, e_host, z_member_member(_host)."""
    codes = problem.codes
    for i, j in zip(columns.member, columns.host, strict=True):
        yield f"x_{codes[i]}_{codes[j]}"
    for j in np.flatnonzero(columns.exempt >= 0):
        yield f"e_{codes[j]}"
    for i, k, j in zip(columns.one, columns.other, columns.under, strict=True):
        third = f"_{codes[j]}" if j >= 0 else ""
        yield f"z_{codes[i]}_{codes[k]}{third}"
