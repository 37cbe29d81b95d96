"""The band of a municipality's staff."""

import numpy as np
import pandas as pd

from planner.present.words.staff_band import fte_band, has_band

ROW = {"fte_low": 8.4, "fte_high": 14.6, "fte_provenance": "estimated"}


def test_an_estimate_is_written_whole_and_an_unknown_band_not_at_all() -> None:
    assert fte_band(ROW) == "8–15"
    assert fte_band({**ROW, "fte_low": np.nan, "fte_high": np.nan}) == ""


def test_a_table_has_the_column_where_any_band_is_known() -> None:
    known = pd.DataFrame([ROW, {**ROW, "fte_low": np.nan}])
    assert has_band(known)
    assert not has_band(known.iloc[1:])
    assert not has_band(known.drop(columns=["fte_low"]))
