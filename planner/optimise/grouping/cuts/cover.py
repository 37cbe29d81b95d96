"""Cover cuts: what the least group size says about whole plans, and not about halves of them.

If host j and the members in C together stay below a least size, then j needs somebody of the
others S = S(j) minus C: sum_{i in S} x_ij >= x_jj - e_j. Half-open hosts with half a large
neighbour each, which `least_size` lets pass, are cut off by these rows. The most broken cut has
the C with most of the relaxation's members in it that still falls short: a knapsack.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from planner.optimise.grouping.constraints import Columns
from planner.optimise.grouping.problem import Problem, Size
from planner.optimise.solver.program import BoolArray, FloatArray, RowList, Rows

#: A cut must be broken by this much to be worth a row.
_BROKEN = 1e-4
#: Resolution of the knapsack; amounts are rounded up to it, so every cut is valid.
_STEPS = 500


@dataclass(frozen=True)
class Cover:
    """Host `host` is exempted, closed, or serves somebody of `helpers`."""

    host: int
    helpers: tuple[int, ...]


def broken_covers(problem: Problem, columns: Columns, x: FloatArray) -> tuple[Cover, ...]:
    """Return the most broken cover of each host and size at a point of the relaxation."""
    covers = []
    for size in problem.sizes:
        for j in columns.hosts():
            exempt = int(columns.exempt[j])
            opened = x[columns.arc[j, j]] - (x[exempt] if exempt >= 0 else 0.0)
            if opened > _BROKEN and size.amount[j] < size.least:
                helpers = _helpers(size, columns, x, j, float(opened))
                if helpers:
                    covers.append(Cover(j, helpers))
    return tuple(covers)


def _helpers(size: Size, columns: Columns, x: FloatArray, j: int, opened: float) -> tuple[int, ...]:
    """Members of whom the host needs one, if the point breaks that; else nobody."""
    served = columns.served(j)
    member, present = columns.member[served], x[served]
    amount, lacking = size.amount[member], size.least - size.amount[j]
    if amount.sum() < lacking:
        return ()
    short = _most_present_that_fall_short(amount, present, lacking)
    if opened - present[~short].sum() <= _BROKEN:
        return ()
    total = amount[short].sum()
    for position in np.argsort(amount, kind="stable"):
        if not short[position] and present[position] == 0 and total + amount[position] < lacking:
            short[position] = True
            total += amount[position]
    return tuple(member[~short].tolist())


def _most_present_that_fall_short(
    amount: FloatArray, present: FloatArray, lacking: float
) -> BoolArray:
    """Solve max present[C] with amount[C] < lacking, amounts rounded up."""
    room = _STEPS - 1
    # whoever is enough alone counts as such, however little is lacking
    weight = np.ceil(np.minimum(amount, lacking) / lacking * _STEPS).astype(np.int64)
    candidates = [p for p in np.flatnonzero(present > 0).tolist() if weight[p] <= room]
    best = np.zeros(room + 1)
    taken = np.zeros((len(candidates), room + 1), dtype=bool)
    for row, p in enumerate(candidates):
        with_p = np.full(room + 1, -1.0)
        with_p[weight[p] :] = best[: room + 1 - weight[p]] + present[p]
        taken[row] = with_p > best
        best = np.maximum(best, with_p)
    chosen = np.zeros(len(amount), dtype=bool)
    for row in range(len(candidates) - 1, -1, -1):
        if taken[row, room]:
            chosen[candidates[row]] = True
            room -= int(weight[candidates[row]])
    return chosen


def cover_rows(problem: Problem, columns: Columns, covers: Iterable[Cover]) -> Rows:
    """Write covers as rows: sum_{i in S} x_ij - x_jj + e_j >= 0."""
    rows = RowList()
    for number, cover in enumerate(covers):
        j = cover.host
        if columns.arc[j, j] < 0:
            continue
        helping = [int(column) for column in columns.arc[list(cover.helpers), j] if column >= 0]
        entries, values = [*helping, int(columns.arc[j, j])], [*([1.0] * len(helping)), -1.0]
        if columns.exempt[j] >= 0:
            entries.append(int(columns.exempt[j]))
            values.append(1.0)
        rows.add(f"cover_{number}_{problem.codes[j]}", entries, values, lower=0)
    return rows.rows()
