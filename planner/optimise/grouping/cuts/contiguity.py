"""Cuts that keep groups contiguous, made as they are needed.

For a member i that is cut off from its host j, a set of municipalities S separates the two if
every way from i to j through those whom j may serve passes S. Then x_ij <= sum_{s in S} x_sj
holds for every contiguous plan (a,b-separator inequality), and is broken by this one. There
are finitely many, so adding broken ones until none is left ends at the exact optimum.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from planner.optimise.grouping.constraints import Columns
from planner.optimise.grouping.problem import Problem
from planner.optimise.solver.program import BoolArray, FloatArray, IntArray, RowList, Rows

#: A cut must be broken by this much to be worth a row.
_BROKEN = 1e-3


@dataclass(frozen=True)
class Cut:
    """No member of `members` is served by `host` unless someone of `separator` is."""

    members: tuple[int, ...]
    host: int
    separator: tuple[int, ...]


def component(inside: BoolArray, neighbours: BoolArray, start: int) -> BoolArray:
    """(n,) who is connected with `start` through those inside, itself among them."""
    reached = np.zeros(len(inside), dtype=bool)
    reached[start] = True
    frontier = reached
    while frontier.any():
        frontier = neighbours[frontier].any(axis=0) & inside & ~reached
        reached = reached | frontier
    return reached


def is_contiguous(problem: Problem, host: IntArray) -> bool:
    """Whether every group hangs together; always, where the problem does not ask for it."""
    return not broken_cuts(problem, host)


def broken_cuts(problem: Problem, host: IntArray) -> tuple[Cut, ...]:
    """Return a minimal separator for each part of a group that is cut off from its host."""
    if problem.neighbours is None:
        return ()
    cuts = []
    for j in np.unique(host).tolist():
        group = host == j
        cut_off = group & ~component(group, problem.neighbours, j)
        while cut_off.any():
            part = component(cut_off, problem.neighbours, int(np.argmax(cut_off)))
            cut_off &= ~part
            cuts.append(_separating(problem, part, j))
    return tuple(cuts)


def cuts_around_members(problem: Problem) -> tuple[Cut, ...]:
    """Return one separator for each member that is no neighbour of its host: those around it.

    They hold within this problem's reach only, which makes them stronger than those of a wider
    problem, and rule out most plans that do not hang together before any is met.
    """
    if problem.neighbours is None:
        return ()
    far = problem.reach & ~problem.neighbours
    np.fill_diagonal(far, val=False)
    everyone = np.arange(len(problem))
    return tuple(_separating(problem, everyone == i, int(j)) for i, j in np.argwhere(far))


def cuts_broken_by_point(problem: Problem, columns: Columns, x: FloatArray) -> tuple[Cut, ...]:
    """Return separators that a point of the relaxation breaks: around members, around parts.

    Not all there are, which would take a maximum flow for each choice; those that are missed
    here are found in whole plans.
    """
    neighbours = problem.neighbours
    if neighbours is None:
        return ()
    served = np.zeros((len(problem), len(problem)))
    served[columns.member, columns.host] = x[: len(columns.member)]
    lonely = served - neighbours.astype(np.float64) @ served > _BROKEN
    lonely &= ~neighbours
    np.fill_diagonal(lonely, val=False)
    everyone = np.arange(len(problem))
    cuts = {_separating(problem, everyone == i, int(j)) for i, j in np.argwhere(lonely)}
    for j in np.flatnonzero(served.diagonal() > _BROKEN).tolist():
        present = served[:, j] > _BROKEN
        cut_off = present & ~component(present, neighbours, j)
        while cut_off.any():
            part = component(cut_off, neighbours, int(np.argmax(cut_off)))
            cut_off &= ~part
            cuts.add(_separating(problem, part, j))
    return tuple(sorted(cuts, key=lambda cut: (cut.host, cut.members, cut.separator)))


def _separating(problem: Problem, part: BoolArray, j: int) -> Cut:
    """Separate a part from its host by those around it whom the host's side touches.

    All around the part separate it; of these, only neighbours of the host's component are
    needed, and each of them is: it alone would join the two.
    """
    neighbours = problem.neighbours
    assert neighbours is not None  # noqa: S101 - callers ask only where contiguity is asked
    served = problem.reach[:, j]
    around = neighbours[part].any(axis=0) & served & ~part
    side = component(served & ~around & ~part, neighbours, j)
    separator = around & neighbours[side].any(axis=0)
    return Cut(tuple(np.flatnonzero(part).tolist()), j, tuple(np.flatnonzero(separator).tolist()))


def cut_rows(problem: Problem, columns: Columns, cuts: Iterable[Cut]) -> Rows:
    """Write cuts as rows: x_ij - sum_{s in S} x_sj <= 0 for each member i of the part."""
    rows = RowList()
    for number, cut in enumerate(cuts):
        j = cut.host
        passed = [int(column) for column in columns.arc[list(cut.separator), j] if column >= 0]
        for i in cut.members:
            if columns.arc[i, j] >= 0:
                rows.add(
                    f"contiguous_{number}_{problem.codes[i]}_{problem.codes[j]}",
                    [int(columns.arc[i, j]), *passed],
                    [1.0, *([-1.0] * len(passed))],
                    upper=0,
                )
    return rows.rows()
