"""Columns that several tables share."""

import pandas as pd
import pytest

from planner.io.tables.columns import in_force


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2014-12-31", False), ("2015-01-01", True), ("2016-06-30", True), ("2016-07-01", False)],
)
def test_a_row_is_in_force_from_its_first_day_to_its_last(day: str, holds: bool) -> None:
    rows = pd.DataFrame({"valid_from": ["2015-01-01"], "valid_to": ["2016-06-30"]})
    rows = rows.apply(pd.to_datetime)
    assert list(in_force(rows, pd.Timestamp(day))) == [holds]
    open_ended = rows.assign(valid_from=pd.NaT, valid_to=pd.NaT)
    assert list(in_force(open_ended, pd.Timestamp(day))) == [True]
