from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from planner.model.roads.checks import check_network
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
