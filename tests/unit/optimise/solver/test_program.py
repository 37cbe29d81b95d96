from __future__ import annotations

import numpy as np
import pytest

from planner.optimise.solver.program import (
    LazyNames,
    MixedIntegerProgram,
    RowList,
    Rows,
    joined_rows,
    pair_rows,
)


def two_rows() -> Rows:
    rows = RowList()
    rows.add("sum", [0, 1, 2], [1.0, 2.0, 3.0], lower=2, upper=4)
    rows.add("first", [0], [5.0], upper=1)
    return rows.rows()


def program(rows: Rows) -> MixedIntegerProgram:
    return MixedIntegerProgram(
        ("a", "b", "c"),
        np.array([1.0, 2, 3]),
        np.zeros(3),
        np.ones(3),
        np.ones(3, bool),
        rows,
        10.0,
    )


def test_activity_and_violation_of_rows() -> None:
    rows = two_rows()
    x = np.array([1.0, 0.0, 1.0])
    assert rows.activity(x).tolist() == [4.0, 5.0]
    assert rows.violation(x) == 4.0
    assert rows.violation(np.array([0.0, 0.0, 0.0])) == 2.0
    assert rows.starts.tolist() == [0, 3, 4]


def test_violation_of_a_program_counts_bounds_too() -> None:
    assert program(two_rows()).violation(np.array([0.0, 1.0, 1.5])) == pytest.approx(2.5)
    assert program(two_rows()).value(np.array([0.0, 1.0, 1.0])) == 15.0


def test_no_rows_are_never_broken() -> None:
    assert RowList().rows().violation(np.ones(3)) == 0.0


def test_joined_rows_keep_order_and_names() -> None:
    joined = joined_rows([two_rows(), pair_rows(["pair"], np.array([1]), np.array([2]))])
    assert list(joined.names) == ["sum", "first", "pair"]
    assert joined.activity(np.array([0.0, 3.0, 1.0])).tolist() == [9.0, 0.0, 2.0]
    assert joined.upper.tolist() == [4.0, 1.0, 0.0]


def test_rows_on_variables_that_do_not_exist_are_refused() -> None:
    rows = RowList()
    rows.add("astray", [3], [1.0], upper=1)
    with pytest.raises(ValueError, match="variables that do not exist"):
        program(two_rows()).with_rows(rows.rows())
    negative = RowList()
    negative.add("astray", [-1], [1.0], upper=1)
    assert not program(two_rows()).fits(negative.rows())


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="one entry per variable"):
        MixedIntegerProgram(
            ("a",), np.zeros(2), np.zeros(1), np.ones(1), np.ones(1, bool), RowList().rows()
        )


def test_lazy_names_are_made_once_and_only_when_read() -> None:
    made = []

    def make() -> list[str]:
        made.append(True)
        return ["a", "b"]

    names = LazyNames(2, make)
    assert len(names) == 2
    assert not made
    assert names[1] == "b"
    assert list(names) == ["a", "b"]
    assert names[:1] == ("a",)
    assert len(made) == 1
