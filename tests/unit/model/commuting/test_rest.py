"""Small flows within what the large ones leave."""

import numpy as np
import pandas as pd
import pytest

from planner.errors import LabelMismatchError
from planner.model.commuting.gravity import CommutingError, GravityParameters
from planner.model.commuting.rest import completed_flows

PLAIN = GravityParameters(25.0, 0.05, 0.4, 2.5)
NAMES = list("abcd")


def square(rows: list[list[float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, index=NAMES, columns=NAMES, dtype=float)


def series(values: list[float]) -> pd.Series:
    return pd.Series(values, index=NAMES)


MINUTES = square([[0, 20, 40, 60], [20, 0, 30, 50], [40, 30, 0, 25], [60, 50, 25, 0]])
_ = np.nan
LARGE = square([[900, 50, _, _], [40, 400, _, _], [_, _, 300, 30], [_, _, 25, 200]])
RESIDENTS, JOBS = series([970, 460, 345, 240]), series([955, 465, 347, 248])


def completed(**own: pd.Series) -> pd.DataFrame:
    margins = {"employed_residents": RESIDENTS, "jobs": JOBS, **own}
    return completed_flows(LARGE, minutes=MINUTES, parameters=PLAIN, below=20, **margins)


def test_counted_flows_stay_and_the_rest_fits_the_margins() -> None:
    flows = completed()
    assert flows.where(LARGE.notna()).equals(LARGE)
    assert flows.sum(axis=1).to_numpy() == pytest.approx(RESIDENTS.to_numpy())
    assert flows.sum(axis=0).to_numpy() == pytest.approx(JOBS.to_numpy())


def test_no_flow_that_is_filled_in_reaches_the_size_of_counted_ones() -> None:
    flows = completed()
    rest = flows.where(LARGE.isna()).to_numpy()
    assert np.nanmax(rest) < 20
    assert np.nanmin(rest) > 0


def test_margins_that_the_counted_flows_exceed() -> None:
    with pytest.raises(CommutingError):
        completed(employed_residents=series([100, 460, 345, 240]))


def test_labels_in_another_order() -> None:
    with pytest.raises(LabelMismatchError):
        completed(jobs=JOBS.iloc[::-1])
