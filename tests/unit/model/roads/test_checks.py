from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from planner.model.roads.checks import check_network, fit_by_county
from tests.support.small_network import make_network

OLD, NEW = pd.Timestamp("2018-06-01"), pd.Timestamp("2020-01-01")


def checks(*rows: tuple[str, str, str | None, str, float, pd.Timestamp]) -> pd.DataFrame:
    columns = ["origin", "destination", "via", "metric", "value", "date"]
    return pd.DataFrame(rows, columns=columns, index=pd.RangeIndex(1, len(rows) + 1))


def test_each_metric_by_hand() -> None:
    table = checks(
        ("aga", "dal", None, "km", 20.0, NEW),  # 12 + 5 by road, 4 by ferry
        ("aga", "dal", None, "road_km", 17.0, NEW),
        ("aga", "dal", None, "minutes", 58.0, NEW),  # 10 + 4 + 15, waiting left out
        ("kai", "dal", None, "crossing_minutes", 10.0, NEW),
        ("aga", "bru", None, "km", 9.0, NEW),
        ("aga", "bru", None, "km", 20.0, OLD),
        ("aga", "bru", "kai,kryss", "km", 30.0, NEW),  # 12 + 5, back 5, on 8
    )
    measured = check_network(table, lambda on: make_network(on=on))
    assert measured["network"].tolist() == [21, 17, 29, 15, 9, 20, 30]
    assert measured["deviation_share"].tolist() == pytest.approx([0.05, 0, -0.5, 0.5, 0, 0, 0])
    assert list(measured.index) == list(table.index)


def test_a_network_is_made_once_a_date() -> None:
    made: list[dt.date] = []

    def network_on(on: dt.date):  # type: ignore[no-untyped-def]  # noqa: ANN202
        made.append(on)
        return make_network(on=on)

    row = ("aga", "bru", None, "km", 9.0)
    check_network(checks((*row, NEW), (*row, OLD), (*row, NEW)), network_on)
    assert made == [NEW.date(), OLD.date()]


def test_a_check_counts_in_the_counties_of_both_ends_by_how_far_off_it_is() -> None:
    measured = pd.DataFrame(
        {
            "metric": ["km", "road_km", "minutes"],
            "deviation_share": [-0.2, 0.1, -0.3],
            "counties": [["Agder"], ["Agder", "Rogaland"], ["Rogaland"]],
        }
    )
    fit = fit_by_county(measured)
    assert fit.loc["Agder", ["km_checks", "min_checks"]].tolist() == [2, 0]
    assert fit.loc["Rogaland", ["km_checks", "min_checks"]].tolist() == [1, 1]
    assert fit["km_median"].tolist() == pytest.approx([0.15, 0.1])
    assert fit["min_median"].tolist() == pytest.approx([float("nan"), 0.3], nan_ok=True)
