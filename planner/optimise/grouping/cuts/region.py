"""How many groups of a least size a part of the region has room for: a whole number.

With a_i the part of the least size that municipality i has, at most 1, every host j that is not
exempted has sum_i a_i x_ij >= x_jj - e_j. Summed over the hosts H of a set R of municipalities that
are too small alone, what R has goes to H or elsewhere, and others may bring more:

    sum_{j in H} (x_jj - e_j) + sum_{i in R, j not in H} a_i x_ij
        - sum_{i not in R, j in H} a_i x_ij <= b = sum_{i in R} a_i

All but b can be rounded to whole numbers (mixed-integer rounding, H. Marchand and L. Wolsey 2001,
Operations Research 49), with f the fraction of b: a_i becomes max(0, a_i - f) / (1 - f) where it is
added and less than 1, min(1, a_i / (1 - f)) where it is taken away, and b is rounded down. The sets
that are tried are those that a point of the relaxation holds together most.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from planner.optimise.grouping.constraints import Columns
from planner.optimise.grouping.problem import Problem, Size
from planner.optimise.solver.program import BoolArray, FloatArray, RowList, Rows

#: A cut must be broken by this much to be worth a row.
_BROKEN = 1e-3
#: Fractions nearer to a whole number say nothing, or too much for a solver's tolerance.
_FRACTION = 1e-3
#: The most broken of all sets that are tried become rows.
_MOST = 40


@dataclass(frozen=True)
class RegionCut:
    """The municipalities of a set have room for so many groups of a least size, of a measure."""

    measure: str
    members: tuple[int, ...]


def broken_region_cuts(problem: Problem, columns: Columns, x: FloatArray) -> tuple[RegionCut, ...]:
    """Return sets that a point of the relaxation puts too many groups in, the worst first."""
    served = np.zeros((len(problem), len(problem)))
    served[columns.member, columns.host] = x[: len(columns.member)]
    found: list[tuple[float, RegionCut]] = []
    for size in problem.sizes:
        if size.least <= 0:
            continue
        exempted = np.where(columns.exempt >= 0, x[columns.exempt], 0.0)
        for members in _held_together(served):
            broken = _broken_by(size, members, served, exempted)
            if broken > _BROKEN:
                chosen = tuple(np.flatnonzero(members).tolist())
                found.append((-broken, RegionCut(size.name, chosen)))
    found.sort(key=lambda one: (one[0], one[1].members))
    return tuple(cut for _, cut in found[:_MOST])


def _held_together(served: FloatArray) -> Iterator[BoolArray]:
    """Yield sets that grow by joining those two that serve one another most, first single pairs."""
    tie = served + served.T
    np.fill_diagonal(tie, 0.0)
    member = np.eye(len(served), dtype=bool)
    one, other = np.nonzero(np.triu(tie))
    group = np.arange(len(served))
    for place in np.argsort(-tie[one, other], kind="stable"):
        a, b = group[one[place]], group[other[place]]
        if a != b:
            member[a] |= member[b]
            group[group == b] = a
            yield member[a].copy()


def _parts(size: Size, members: BoolArray) -> tuple[FloatArray, BoolArray, float, float]:
    """Return what each has of the least size, the small hosts, and the room, whole and rest."""
    part = np.minimum(size.amount, size.least) / size.least
    room = float(part[members].sum())
    return part, members & (size.amount < size.least), float(np.floor(room)), room % 1.0


def _rounded(part: FloatArray, rest: float) -> tuple[FloatArray, FloatArray]:
    """Return what counts for `part` where it is added, and where it is taken away."""
    added = np.where(part < 1, np.maximum(0.0, part - rest) / (1 - rest), 1.0)
    return added, np.minimum(1.0, part / (1 - rest))


def _broken_by(size: Size, members: BoolArray, served: FloatArray, exempted: FloatArray) -> float:
    """By how much a point breaks the cut of a set."""
    part, hosts, whole, rest = _parts(size, members)
    if not _FRACTION < rest < 1 - _FRACTION:
        return 0.0
    added, taken = _rounded(part, rest)
    groups = (served.diagonal() - exempted)[hosts].sum()
    elsewhere = added[members] @ served[members][:, ~hosts].sum(axis=1)
    brought = taken[~members] @ served[~members][:, hosts].sum(axis=1)
    return float(groups + elsewhere - brought - whole)


def region_rows(problem: Problem, columns: Columns, cuts: Iterable[RegionCut]) -> Rows:
    """Write cuts as rows of a program."""
    rows = RowList()
    sizes = {size.name: size for size in problem.sizes}
    for number, cut in enumerate(cuts):
        members = np.zeros(len(problem), dtype=bool)
        members[list(cut.members)] = True
        part, hosts, whole, rest = _parts(sizes[cut.measure], members)
        added, taken = _rounded(part, rest)
        of_member, by_host = members[columns.member], hosts[columns.host]
        value = np.where(of_member & ~by_host, added[columns.member], 0.0)
        value -= np.where(~of_member & by_host, taken[columns.member], 0.0)
        value += by_host & (columns.member == columns.host)
        entries = np.flatnonzero(value)
        exempt = columns.exempt[hosts & (columns.exempt >= 0)]
        rows.add(
            f"region_{number}_{cut.measure}",
            [*entries.tolist(), *exempt.tolist()],
            [*value[entries].tolist(), *([-1.0] * len(exempt))],
            upper=whole,
        )
    return rows.rows()
