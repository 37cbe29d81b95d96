"""What p_median says of input that it cannot use: every fault, its place and its label."""

from __future__ import annotations

import decimal

import numpy as np
import pandas as pd
import pytest

from planner.errors import DataError
from planner.optimise import p_median

COST = pd.DataFrame([[0, 9, 4], [9, 0, 5], [4, 5, 0]], index=list("abc"), columns=list("xyz"))


def faulty(row: int, column: int, value: object) -> pd.DataFrame:
    cost = COST.astype(object)
    cost.iloc[row, column] = value
    return cost


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (np.nan, "missing (NaN), the first in row 'b', column 'z'"),
        (-1.0, "negative, the first in row 'b', column 'z'"),
        (-np.inf, "negative, the first in row 'b', column 'z'"),
        ("5", "no numbers, the first, '5', in row 'b', column 'z'"),
        (pd.NA, "no numbers, the first, <NA>, in row 'b', column 'z'"),
        (None, "no numbers, the first, None, in row 'b', column 'z'"),
        (True, "no numbers, the first, True, in row 'b', column 'z'"),
        (1j, "no numbers, the first, 1j, in row 'b', column 'z'"),
        (10**400, "no numbers, the first, 1000"),
    ],
)
def test_the_first_faulty_cost_is_named_by_its_labels(value: object, told: str) -> None:
    with pytest.raises(DataError) as caught:
        p_median(faulty(1, 2, value), 1)
    assert told in str(caught.value)


def test_without_labels_rows_and_columns_are_numbered() -> None:
    with pytest.raises(DataError, match="the first in row 1, column 0"):
        p_median([[0, 1], [-1, 0]], 1)


@pytest.mark.parametrize(
    "cost", [[["0", "1"], ["1", "0"]], np.array([[0, 1j]]), np.array([[True]]), "minutes"]
)
def test_tables_of_something_else_are_refused(cost: object) -> None:
    with pytest.raises(DataError, match="cost"):
        p_median(cost, 1)


def test_lines_of_different_length_are_refused() -> None:
    with pytest.raises(DataError, match="lines of different length"):
        p_median([[0, 1], [1]], 1)


def test_numbers_of_any_kind_are_read() -> None:
    cost = [[decimal.Decimal(0), 9], [np.float32(4), 0]]
    assert p_median(cost, 1).objective == 4


@pytest.mark.parametrize("p", [True, "2", 1.0, None, np.float64(2), np.True_, [1]])
def test_p_must_be_a_whole_number(p: object) -> None:
    with pytest.raises(DataError, match=r"p: .* Expected a whole number from 1 to 3"):
        p_median(COST, p)
    assert p_median(COST, np.int64(2)).outcome == "optimal"


@pytest.mark.parametrize("limit", ["5", -1, float("nan"), True, [1]])
def test_a_time_limit_must_be_seconds(limit: object) -> None:
    with pytest.raises(DataError, match=r"time_limit_s: .*Expected seconds from 0 up"):
        p_median(COST, 1, time_limit_s=limit)
    assert p_median(COST, 1, time_limit_s=float("inf")).outcome == "optimal"


def test_sums_that_no_number_holds_are_refused_not_called_infeasible() -> None:
    with pytest.raises(DataError, match=r"cost in row 0, column 0 is above .* overflow"):
        p_median(np.full((3, 3), 1e308), 1)
    with pytest.raises(DataError, match=r"weight x cost in row 'a', column 'y' .* overflow"):
        p_median(COST * 1e200, 1, weights=[1e200, 1, 1])


def test_faults_of_all_arguments_are_told_at_once() -> None:
    with pytest.raises(DataError) as caught:
        p_median([["a"]], True, weights=["b"], demand=[1], time_limit_s="c")
    keys = {fault.key for fault in caught.value.faults}
    assert keys == {"cost", "p", "weights", "capacity", "time_limit_s"}
