"""Dated offices, their members, units and points: a partition of the country on every day."""

from pathlib import Path

import pandas as pd
import pytest

from planner.errors import DataError
from planner.io.tables.columns import in_force
from planner.io.tables.municipalities import read_municipalities
from planner.io.tables.offices import (
    read_office_members,
    read_office_units,
    read_offices,
    read_reception_points,
)
from tests.support.data import DATA
from tests.support.spoilt import spoilt

HOL_OF_2026 = "hallingdal,3044,location,2021-10-01,,2018-01-02,"


@pytest.mark.parametrize(
    "day", ["1990-01-01", "2012-12-31", "2018-01-01", "2021-10-01", "2026-11-30", "2099-12-31"]
)
def test_everybody_is_served_by_one_office_whose_host_it_serves_too(day: str) -> None:
    members = read_office_members(DATA)
    serving = members[in_force(members, pd.Timestamp(day))]
    assert sorted(serving["code"]) == list(read_municipalities(DATA).index)
    hosts = serving["office"].map(read_offices(DATA)["host"])
    assert set(hosts) == set(serving.loc[serving["presence"] == "host", "code"])


def test_units_of_the_lists_by_date() -> None:
    units = read_office_units(DATA)
    counts = {
        day: in_force(units, pd.Timestamp(day)).sum()
        for day in ("2021-09-30", "2026-03-15", "2026-11-30")
    }
    assert counts == {"2021-09-30": 0, "2026-03-15": 255, "2026-11-30": 243}


def test_points_of_every_unit_of_today() -> None:
    points, units = read_reception_points(DATA), read_office_units(DATA)
    assert len(points) == 349
    assert set(points["unit"]) == set(units.loc[units["valid_to"].isna(), "unit"])
    assert points["days_open"].max() == points["drop_in_days"].max() == 5
    assert list(points.loc[points["code"] == "3044", "label"]) == ["Geilo"]


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (HOL_OF_2026.replace("hallingdal", "halingdal"), "office: got 'halingdal', expected an"),
        (HOL_OF_2026.replace("location", "host"), "presence: hallingdal: expected 3041 as host"),
        (HOL_OF_2026.replace("location", "somewhere"), "presence: got 'somewhere', expected one"),
        (HOL_OF_2026.replace("3044", "3999"), "code: no municipality: '3999'"),
        (HOL_OF_2026.replace("2021-10-01", "2021-10-02"), "valid_from: 3044: expected the day"),
        (HOL_OF_2026.replace("-01,,", "-01,2020-01-01,"), "expected valid_to not before valid"),
        (HOL_OF_2026.replace("-01,,", "-01,2025-01-01,"), "valid_to: 3044: expected nothing in"),
        (HOL_OF_2026.replace("2018-01-02", "2022-01-02"), "expected from_earliest before valid"),
    ],
)
def test_faulty_members_are_named_by_line(tmp_path: Path, new: str, message: str) -> None:
    bundle = spoilt(tmp_path / "data", "office_members.csv", HOL_OF_2026, new)
    with pytest.raises(DataError, match=message):
        read_office_members(bundle)


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("offices.csv", "Nav Hallingdal,3041", "Nav Hallingdal,30411", "code of four digits"),
        ("offices.csv", "Nav Hallingdal,3041", "Nav Hallingdal,3999", "no municipality: '3999'"),
        ("office_units.csv", "0617,hallingdal", "617,hallingdal", "unit number of four digits"),
        ("reception_points.csv", "Geilo,60.53580", "Geilo,6.53580", "degrees north, from 57"),
        ("reception_points.csv", "0617,6,3044", "0617,5,3044", "stands more than once"),
    ],
)
def test_faulty_tables_of_offices(
    tmp_path: Path, table: str, old: str, new: str, message: str
) -> None:
    bundle = spoilt(tmp_path / "data", table, old, new)
    readers = {
        "offices.csv": read_offices,
        "office_units.csv": read_office_units,
        "reception_points.csv": read_reception_points,
    }
    with pytest.raises(DataError, match=message):
        readers[table](bundle)
