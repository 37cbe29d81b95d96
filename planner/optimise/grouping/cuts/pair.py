"""Cuts that count pairs with a common office, one variable a pair, made as they are needed.

s_ik is the share of hosts that i and k have in common, the two themselves aside: the sum over
third hosts j of min(x_ij, x_kj). For every set J of these, s_ik <= sum_{j in J} x_ij +
sum_{j not in J} x_kj; the J with x_ij < x_kj is the most broken one. All of them together are
the projection of the rows of `constraints.shared_commuters`, so the relaxation is as tight,
with a tenth of its variables.
"""

from __future__ import annotations

import numpy as np

from planner.optimise.grouping.constraints import Columns
from planner.optimise.grouping.problem import Problem
from planner.optimise.solver.program import (
    INFINITY,
    BoolArray,
    FloatArray,
    IntArray,
    LazyNames,
    Rows,
)

#: A cut must be broken by this much to be worth a row.
_BROKEN = 1e-4


class PairCuts:
    """Finds the rows that a point of the pooled relaxation breaks.

    Parameters
    ----------
    problem : whose choices may be made.
    columns : of its pooled formulation.
    near : (n, n) choices that are looked at closely. What two have in common beyond them is no more
        than what either has there, which is 1 less what it has near: so rows stay short.
    """

    def __init__(self, problem: Problem, columns: Columns, near: BoolArray) -> None:
        self._codes = problem.codes
        self._columns = columns
        common = near[columns.one] & near[columns.other]
        everyone = np.arange(len(columns.one))
        common[everyone, columns.one] = common[everyone, columns.other] = False
        # one entry for each pair and third host, pair by pair; a whole country has many millions
        pair, third = (part.astype(np.int32) for part in np.nonzero(common))
        arc, cost = columns.arc.astype(np.int32), problem.cost
        self._pair = pair
        self._arc_of_one = arc[columns.one[pair], third]
        self._arc_of_other = arc[columns.other[pair], third]
        self._one_is_dearer = cost[columns.one[pair], third] >= cost[columns.other[pair], third]
        self._has_far: BoolArray = np.asarray((problem.reach & ~near).any(axis=1))
        self._near_arcs = [arc[i, near[i]] for i in range(len(problem))]

    def broken(self, x: FloatArray) -> Rows:
        """Return the most broken row of each pair whose common share a point overstates."""
        pairs = len(self._columns.one)
        of_one, of_other = x[self._arc_of_one], x[self._arc_of_other]
        share = np.bincount(self._pair, np.minimum(of_one, of_other), pairs)
        broken = x[self._columns.share :] > share + _BROKEN
        # where both have as much, mostly nothing, the dearer choice will stay at nothing longer
        limiting = np.where(
            (of_one < of_other) | ((of_one == of_other) & self._one_is_dearer),
            self._arc_of_one,
            self._arc_of_other,
        )
        kept = broken[self._pair]
        found = np.flatnonzero(broken)
        number = np.cumsum(broken) - 1
        row = [np.arange(len(found)), number[self._pair[kept]]]
        entry = [self._columns.share + found, limiting[kept]]
        value = [np.ones(len(found)), np.full(int(kept.sum()), -1.0)]
        limit = np.zeros(len(found))
        for members in (self._columns.one[found], self._columns.other[found]):
            far = np.flatnonzero(self._has_far[members])
            arcs = [self._near_arcs[i] for i in members[far]]
            row.append(np.repeat(far, [len(part) for part in arcs]))
            entry.append(np.concatenate([np.zeros(0, dtype=np.int32), *arcs]))
            value.append(np.ones(len(row[-1])))
            limit[far] += 1.0
        lengths, entries, values = _summed(row, entry, value, len(found), len(x))
        return Rows(
            LazyNames(len(lengths), lambda: self._names(found.tolist())),
            lengths,
            entries,
            values,
            np.full(len(lengths), -INFINITY),
            limit,
        )

    def _names(self, pairs: list[int]) -> list[str]:
        one, other = self._columns.one, self._columns.other
        return [f"pair_{self._codes[one[p]]}_{self._codes[other[p]]}" for p in pairs]


def _summed(
    row: list[IntArray], entry: list[IntArray], value: list[FloatArray], rows: int, width: int
) -> tuple[IntArray, IntArray, FloatArray]:
    """Sum what stands in one place: entries of each row, their columns and their values."""
    place = np.concatenate(row).astype(np.int64) * width + np.concatenate(entry)
    places, which = np.unique(place, return_inverse=True)
    total = np.bincount(which.reshape(-1), np.concatenate(value), len(places))
    places, total = places[total != 0], total[total != 0]
    return np.bincount(places // width, minlength=rows).astype(np.int64), places % width, total
