"""What a caller hands to the p-median -> arrays, or every fault in it with its place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from planner.errors import DataError, Fault, LabelMismatchError
from planner.optimise.median.blocks import row_blocks
from planner.optimise.solver.program import BoolArray, FloatArray

if TYPE_CHECKING:
    import pandas as pd

    Quantity = pd.Series | npt.ArrayLike

#: Sums of weighted costs must stay so far below the largest number that doubling them is safe.
_LARGEST_SUM = 1e300
_LINES = ("row", "column")
_EXPECTED = "Expected numbers from 0 up"


class Reader:
    """Turns input into arrays and collects what is wrong with it.

    Attributes
    ----------
    cost : (clients, hosts); 0 x 0 where it cannot be read.
    labels : of clients and hosts; empty where the cost has none.
    faults : all found so far.
    """

    def __init__(self, cost: pd.DataFrame | npt.ArrayLike) -> None:
        self.faults: list[Fault] = []
        self.labels = _labels(cost)
        self.cost: FloatArray = np.zeros((0, 0))
        for labels in self.labels:
            if not labels.is_unique:
                repeated = labels[labels.duplicated()][0]
                raise LabelMismatchError(f"cost has the label {repeated!r} more than once")
        values = self._numbers("cost", cost, (0, 1))
        if values is None:
            return
        if values.ndim != 2 or not values.size:  # noqa: PLR2004 - rows and columns
            self.fault("cost", f"shape {values.shape}. Expected clients x hosts, 1 x 1 or more")
            return
        self._check("cost", values, (0, 1), may_be_infinite=True)
        self.cost = values

    def fault(self, key: str, message: str) -> None:
        """Note what is wrong with an argument."""
        self.faults.append(Fault("p_median", 0, key, message))

    def stop_if_faulty(self) -> None:
        """Raise a `DataError` that tells all faults, if there are any."""
        if self.faults:
            raise DataError(self.faults)

    def host_count(self, p: int) -> int:
        """Return p, a whole number and no truth value, from 1 to the number of hosts."""
        hosts = self.cost.shape[1]
        whole = isinstance(p, int | np.integer) and not isinstance(p, bool)
        if not whole or p < 1 or (hosts and p > hosts):
            most = f" to {hosts}, the hosts in cost" if hosts else " up"
            self.fault("p", f"{p!r}. Expected a whole number from 1{most}")
            return 0
        return int(p)

    def seconds(self, key: str, given: float | None) -> float | None:
        """Return a time limit; None, and infinity, are none."""
        if given is None:
            return None
        number = isinstance(given, int | float | np.integer | np.floating)
        if not number or isinstance(given, bool) or not given >= 0:
            self.fault(key, f"{given!r}. Expected seconds from 0 up, or None for no limit")
            return None
        return None if given == math.inf else float(given)

    def vector(
        self, key: str, given: Quantity | None, axis: int, *, may_be_infinite: bool = False
    ) -> FloatArray | None:
        """One number per row (axis 0) or column (1) of the cost; one alone stands for all."""
        if given is None:
            return None
        line, count = _LINES[axis], self.cost.shape[axis]
        if labels := _labels(given):
            if not self.labels:
                raise LabelMismatchError(f"{key} has labels, but cost has none to check them by")
            if not labels[0].equals(self.labels[axis]):
                raise LabelMismatchError(
                    f"{key} must have the labels of the {line}s of cost, in the same order"
                )
        values = self._numbers(key, given, (axis,))
        if values is None:
            return None
        if values.ndim == 0:
            values = np.full(count, values)
        if values.shape != (count,) and self.cost.size:
            self.fault(key, f"shape {values.shape}. Expected one number for each {line} of cost")
            return None
        self._check(key, values, (axis,), may_be_infinite=may_be_infinite)
        return values

    def place(self, position: Sequence[int], axes: Sequence[int]) -> str:
        """Name a row, a column or both, by label where the cost has labels."""
        named = []
        for axis, where in zip(axes, position, strict=False):
            known = self.labels and where < len(self.labels[axis])
            named.append(f"{_LINES[axis]} {self.labels[axis][where]!r}" if known else "")
            named[-1] = named[-1] or f"{_LINES[axis]} {where}"
        return ", ".join(named) or "the one value"

    def check_size(self, weight: FloatArray | None) -> None:
        """Refuse costs whose sum no number holds."""
        if self.faults:
            return
        most = _LARGEST_SUM / len(self.cost)
        factor = np.ones(len(self.cost)) if weight is None else weight
        for rows in row_blocks(*self.cost.shape):
            part = self.cost[rows]
            with np.errstate(over="ignore", invalid="ignore"):
                huge = np.isfinite(part) & (part * factor[rows, None] > most)
            if huge.any():
                client, host = np.argwhere(huge)[0]
                where = self.place((rows.start + int(client), int(host)), (0, 1))
                what = "cost" if weight is None else "weight x cost"
                self.fault("cost", f"{what} in {where} is above {most:.3g}: sums would overflow")
                return

    def _numbers(self, key: str, given: object, axes: tuple[int, ...]) -> FloatArray | None:
        """Return an array of real numbers; None where something in it is none."""
        try:
            raw = np.asarray(given)
        except ValueError:
            self.fault(key, f"lines of different length. {_EXPECTED}, as many in each")
            return None
        if raw.dtype.kind in "iuf":
            return np.ascontiguousarray(raw, dtype=np.float64).reshape(raw.shape)
        values, wrong = np.zeros(raw.shape), np.zeros(raw.shape, dtype=bool)
        for position, cell in np.ndenumerate(raw):
            number = _number(cell)
            wrong[position] = number is None
            values[position] = 0.0 if number is None else number
        if not wrong.any():
            return values
        first = tuple(np.argwhere(wrong)[0].tolist())
        where = self.place(first, axes)
        told = f"{int(wrong.sum())} values are no numbers, the first, {raw[first]!r}, in {where}"
        self.fault(key, f"{told}. {_EXPECTED}")
        return None

    def _check(
        self, key: str, values: FloatArray, axes: tuple[int, ...], *, may_be_infinite: bool
    ) -> None:
        self._tell(key, np.isnan(values), axes, "missing (NaN)")
        self._tell(key, values < 0, axes, "negative")
        if not may_be_infinite:
            self._tell(key, np.isposinf(values), axes, "infinite")

    def _tell(self, key: str, wrong: BoolArray, axes: tuple[int, ...], what: str) -> None:
        if not wrong.any():
            return
        first = np.unravel_index(int(wrong.argmax()), wrong.shape)
        where = self.place([int(one) for one in first], axes)
        self.fault(key, f"{int(wrong.sum())} values are {what}, the first in {where}. {_EXPECTED}")


def _labels(given: pd.DataFrame | Quantity) -> tuple[pd.Index, ...]:
    """Labels of each axis; none for plain arrays and lists, which then need no pandas."""
    return tuple(getattr(given, "axes", ()))


def _number(cell: Any) -> float | None:  # noqa: ANN401 - whatever a caller put into a table
    """Return a cell as a number; None for text, truth values, complex and what is too large."""
    if cell is None or isinstance(cell, str | bytes | bool | np.bool_):
        return None
    try:
        return float(cell) if not isinstance(cell, complex | np.complexfloating) else None
    except (TypeError, ValueError, OverflowError):
        return None
