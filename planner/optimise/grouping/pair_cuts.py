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
from planner.optimise.solver.program import INFINITY, FloatArray, LazyNames, Rows

#: A cut must be broken by this much to be worth a row.
_BROKEN = 1e-4


class PairCuts:
    """Finds the rows that a point of the pooled relaxation breaks.

    Parameters
    ----------
    problem : whose choices may be made.
    columns : of its pooled formulation.
    """

    def __init__(self, problem: Problem, columns: Columns) -> None:
        self._codes = problem.codes
        self._columns = columns
        common = problem.reach[columns.one] & problem.reach[columns.other]
        everyone = np.arange(len(columns.one))
        common[everyone, columns.one] = common[everyone, columns.other] = False
        # one entry for each pair and third host, pair by pair; a whole country has many millions
        pair, third = (part.astype(np.int32) for part in np.nonzero(common))
        arc, cost = columns.arc.astype(np.int32), problem.cost
        self._pair = pair
        self._arc_of_one = arc[columns.one[pair], third]
        self._arc_of_other = arc[columns.other[pair], third]
        self._one_is_dearer = cost[columns.one[pair], third] >= cost[columns.other[pair], third]

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
        thirds = np.bincount(self._pair[kept], minlength=pairs)[broken]
        lengths = (1 + thirds).astype(np.int64)
        first = np.cumsum(lengths) - lengths
        entries = np.full(int(lengths.sum()), -1, dtype=np.int64)
        entries[first] = self._columns.share + np.flatnonzero(broken)
        values = np.where(entries >= 0, 1.0, -1.0)
        entries[entries < 0] = limiting[kept]
        return Rows(
            LazyNames(len(lengths), lambda: self._names(np.flatnonzero(broken).tolist())),
            lengths,
            entries,
            values,
            np.full(len(lengths), -INFINITY),
            np.zeros(len(lengths)),
        )

    def _names(self, pairs: list[int]) -> list[str]:
        one, other = self._columns.one, self._columns.other
        return [f"pair_{self._codes[one[p]]}_{self._codes[other[p]]}" for p in pairs]
