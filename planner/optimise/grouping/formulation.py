"""A problem -> a mixed-integer program, and points of one -> plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from planner.optimise.grouping.constraints import FAMILIES, Columns
from planner.optimise.grouping.cuts.contiguity import Cut, cut_rows
from planner.optimise.grouping.cuts.cover import Cover, cover_rows
from planner.optimise.grouping.cuts.region import RegionCut, region_rows
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

    def cut_rows(
        self, cuts: Iterable[Cut], covers: Iterable[Cover], regions: Iterable[RegionCut]
    ) -> Rows:
        """Write cuts as rows of this program."""
        return joined_rows(
            [
                cut_rows(self.problem, self.columns, cuts),
                cover_rows(self.problem, self.columns, covers),
                region_rows(self.problem, self.columns, regions),
            ]
        )


def formulate(problem: Problem) -> Formulation:
    """Write the grouping model of docs/grouping_model.md, contiguity aside."""
    return _formulated(problem, problem.cost, _shares(problem))


def formulate_pooled(problem: Problem, near: BoolArray) -> Formulation:
    """Write a relaxation with one variable for each pair who share any third host.

    It has a tenth of the size of the model, and is as tight once `pair_cuts` are added.

    Parameters
    ----------
    problem : limits and costs; no ceilings unless all choices are near.
    near : (n, n) choices that are looked at closely. A pair without a near third host in common
        has no variable: what it saves together is taken off all choices of both that are not near.
    """
    one, other, common = _pairs(problem, near)
    some = common.any(axis=1)
    third = np.full(int(some.sum()), -1, dtype=np.int64)
    saved = problem.severed[one[~some], other[~some]]
    count = len(problem)
    of_each = np.bincount(one[~some], saved, count) + np.bincount(other[~some], saved, count)
    cost = problem.cost - np.where(near, 0.0, of_each[:, None])
    return _formulated(problem, cost, (one[some], other[some], third))


def _formulated(
    problem: Problem, cost_of: FloatArray, pairs: tuple[IntArray, IntArray, IntArray]
) -> Formulation:
    """Write the program, given (n, n) costs of choices and what `_shares` returns."""
    columns = _columns(problem, pairs)
    arcs, shares = len(columns.member), len(columns.one)
    exempted = np.flatnonzero(columns.exempt >= 0)
    severed = problem.severed
    cost = cost_of[columns.member, columns.host] - severed[columns.member, columns.host]
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


def _columns(problem: Problem, shares: tuple[IntArray, IntArray, IntArray]) -> Columns:
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
        *shares,
        len(member) + int(exemptible.sum()),
    )


def _may_fall_short(problem: Problem) -> BoolArray:
    """(n,) hosts that may be exempted and do not meet every least size alone."""
    short = np.zeros(len(problem), dtype=bool)
    for size in problem.sizes:
        short |= size.amount < size.least
    return np.asarray(short & problem.exempt & problem.reach.diagonal())


def _shares(problem: Problem) -> tuple[IntArray, IntArray, IntArray]:
    """Each pair with commuters and each third host of both."""
    one, other, common = _pairs(problem, problem.reach)
    pair, under = np.nonzero(common)
    return one[pair], other[pair], under


def _pairs(problem: Problem, choices: BoolArray) -> tuple[IntArray, IntArray, BoolArray]:
    """Each pair with commuters who may share a host, and (pairs, n) its third hosts."""
    pairs = np.argwhere(np.triu(problem.paired, 1) & problem.share)
    one, other = pairs[:, 0], pairs[:, 1]
    common = choices[one] & choices[other]
    everyone = np.arange(len(pairs))
    common[everyone, one] = common[everyone, other] = False
    return one, other, common


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
