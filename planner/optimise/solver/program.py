"""A mixed-integer program as arrays, and rows to add to one; it knows no solver.

Building arrays once serves every back-end: HiGHS takes them as they are, PuLP gets the same
rows with the same names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar, overload

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

INFINITY = float("inf")

_Number = TypeVar("_Number", np.int64, np.float64)


class LazyNames(Sequence[str]):
    """Names that are only made when somebody reads them; a solver does not.

    Parameters
    ----------
    count : how many there are.
    make : makes all of them.
    """

    def __init__(self, count: int, make: Callable[[], Iterable[str]]) -> None:
        self._count = count
        self._make = make
        self._made: tuple[str, ...] | None = None

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if self._made is None:
            self._made = tuple(self._make())
        return self._made[index]

    @classmethod
    def joined(cls, parts: Iterable[Sequence[str]]) -> LazyNames:
        """Put lists of names one after another."""
        kept = list(parts)
        return cls(sum(map(len, kept)), lambda: chain.from_iterable(kept))


@dataclass(frozen=True, eq=False)
class Rows:
    """Linear constraints ``lower <= values . x[columns] <= upper``, stored row by row.

    Attributes
    ----------
    names : one label a row, letters, digits and underscores only (LP files).
    lengths : (rows,) number of entries of each row.
    columns, values : (entries,) concatenated over the rows.
    lower, upper : (rows,) infinite where there is no limit.
    """

    names: Sequence[str]
    lengths: IntArray
    columns: IntArray
    values: FloatArray
    lower: FloatArray
    upper: FloatArray

    def __len__(self) -> int:
        return len(self.names)

    @property
    def starts(self) -> IntArray:
        """(rows + 1,) where each row begins in ``columns``."""
        return np.concatenate([[0], np.cumsum(self.lengths)]).astype(np.int64)

    def activity(self, x: FloatArray) -> FloatArray:
        """(rows,) left-hand sides at a point."""
        row = np.repeat(np.arange(len(self)), self.lengths)
        products = self.values * x[self.columns]
        return np.bincount(row, weights=products, minlength=len(self)).astype(np.float64)

    def among(self, place: IntArray) -> Rows:
        """Return the same rows over some of the variables, the others being 0.

        Parameters
        ----------
        place : (variables,) column of each among those that are left; -1 for the others.
        """
        row = np.repeat(np.arange(len(self)), self.lengths)
        left = place[self.columns] >= 0
        return replace(
            self,
            lengths=np.bincount(row[left], minlength=len(self)).astype(np.int64),
            columns=place[self.columns[left]],
            values=self.values[left],
        )

    def only(self, rows: BoolArray) -> Rows:
        """Return some of the rows."""
        entries = np.repeat(rows, self.lengths)
        names = self.names
        kept = np.flatnonzero(rows).tolist()
        return Rows(
            LazyNames(len(kept), lambda: [names[row] for row in kept]),
            self.lengths[rows],
            self.columns[entries],
            self.values[entries],
            self.lower[rows],
            self.upper[rows],
        )

    @property
    def can_break(self) -> BoolArray:
        """(rows,) whether some point with every variable from 0 to 1 breaks a row."""
        row = np.repeat(np.arange(len(self)), self.lengths)
        most = np.bincount(row, np.maximum(self.values, 0.0), minlength=len(self))
        least = np.bincount(row, np.minimum(self.values, 0.0), minlength=len(self))
        return np.asarray((most > self.upper) | (least < self.lower))

    def violation(self, x: FloatArray) -> float:
        """Largest amount by which a point breaks a row; 0 where it breaks none."""
        if not len(self):
            return 0.0
        activity = self.activity(x)
        return float(np.maximum(self.lower - activity, activity - self.upper).max(initial=0.0))


class RowList:
    """Collects rows one at a time."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._columns: list[Sequence[int]] = []
        self._values: list[Sequence[float]] = []
        self._lower: list[float] = []
        self._upper: list[float] = []

    def add(
        self,
        name: str,
        columns: Sequence[int],
        values: Sequence[float],
        *,
        lower: float = -INFINITY,
        upper: float = INFINITY,
    ) -> None:
        """Add one row."""
        self._names.append(name)
        self._columns.append(columns)
        self._values.append(values)
        self._lower.append(lower)
        self._upper.append(upper)

    def rows(self) -> Rows:
        """All rows collected so far."""
        return Rows(
            tuple(self._names),
            np.array([len(columns) for columns in self._columns], dtype=np.int64),
            _joined(self._columns, np.int64),
            _joined(self._values, np.float64),
            np.array(self._lower, dtype=np.float64),
            np.array(self._upper, dtype=np.float64),
        )


def pair_rows(names: Sequence[str], less: IntArray, more: IntArray) -> Rows:
    """Write ``x[less] <= x[more]`` for pairs of columns, one row each."""
    count = len(less)
    return Rows(
        names,
        np.full(count, 2, dtype=np.int64),
        np.column_stack([less, more]).ravel(),
        np.tile([1.0, -1.0], count),
        np.full(count, -INFINITY),
        np.zeros(count),
    )


def _joined(
    parts: Iterable[npt.ArrayLike], dtype: type[_Number]
) -> np.ndarray[tuple[int], np.dtype[_Number]]:
    return np.concatenate([np.zeros(0, dtype), *(np.asarray(part, dtype) for part in parts)])


def joined_rows(blocks: Iterable[Rows]) -> Rows:
    """Put blocks of rows below one another."""
    kept = list(blocks)
    return Rows(
        LazyNames.joined(block.names for block in kept),
        _joined((block.lengths for block in kept), np.int64),
        _joined((block.columns for block in kept), np.int64),
        _joined((block.values for block in kept), np.float64),
        _joined((block.lower for block in kept), np.float64),
        _joined((block.upper for block in kept), np.float64),
    )


@dataclass(frozen=True, eq=False)
class MixedIntegerProgram:
    """``min cost . x + offset`` over ``rows`` and ``lower <= x <= upper``, some x integer.

    Attributes
    ----------
    names : one label a variable, letters, digits and underscores only.
    cost, lower, upper : (variables,).
    integer : (variables,) whether each must be whole.
    rows : constraints.
    offset : constant part of the objective.
    """

    names: Sequence[str]
    cost: FloatArray
    lower: FloatArray
    upper: FloatArray
    integer: BoolArray
    rows: Rows
    offset: float = 0.0

    def __post_init__(self) -> None:
        if {len(self.cost), len(self.lower), len(self.upper), len(self.integer)} != {
            len(self.names)
        }:
            raise ValueError("cost, bounds and integrality must have one entry per variable")
        if not self.fits(self.rows):
            raise ValueError("rows refer to variables that do not exist")

    def fits(self, rows: Rows) -> bool:
        """Whether rows refer to this program's variables only; solvers do not check that."""
        columns = rows.columns
        return not len(columns) or bool(columns.min() >= 0 and columns.max() < len(self.names))

    def with_rows(self, *blocks: Rows) -> MixedIntegerProgram:
        """Return the same program with further constraints."""
        return replace(self, rows=joined_rows([self.rows, *blocks]))

    def among(self, kept: BoolArray, rows: Rows) -> MixedIntegerProgram:
        """Return the program of some variables, given its rows."""
        names = self.names
        columns = np.flatnonzero(kept).tolist()
        return MixedIntegerProgram(
            LazyNames(len(columns), lambda: [names[column] for column in columns]),
            self.cost[kept],
            self.lower[kept],
            self.upper[kept],
            self.integer[kept],
            rows,
            self.offset,
        )

    def value(self, x: FloatArray) -> float:
        """Objective at a point."""
        return float(self.cost @ x) + self.offset

    def violation(self, x: FloatArray) -> float:
        """Largest amount by which a point breaks a row or a bound."""
        bounds = np.maximum(self.lower - x, x - self.upper).max(initial=0.0)
        return max(float(bounds), self.rows.violation(x))
