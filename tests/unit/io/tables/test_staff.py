"""Staff by unit and municipality, and as published."""

from pathlib import Path

import pytest

from planner.errors import DataError
from planner.io.tables.offices import read_office_units
from planner.io.tables.staff import read_staff, read_staff_published
from tests.support.data import DATA
from tests.support.spoilt import spoilt

FIRST = "0101,halden-aremark,3001,32082,0.9595,2026,54,,47.09,"


def test_every_unit_shares_its_staff_among_those_it_serves() -> None:
    staff, units = read_staff(DATA), read_office_units(DATA)
    assert set(staff["unit"]) == set(units.loc[units["valid_to"].isna(), "unit"])
    shares = staff.groupby("unit")["share"].sum()
    assert shares.to_numpy() == pytest.approx(1.0, abs=0.001)


def test_hallingdal_is_published_office_by_office_and_as_a_whole() -> None:
    table = read_staff_published(DATA).query("year == 2017 and office != 'vaernes'")
    by_office = table[table["office"].notna()]
    assert by_office["fte"].sum() == pytest.approx(30.35)
    assert by_office["employees"].sum() + 6 == table.loc[table["office"].isna(), "employees"].item()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (FIRST, FIRST.replace("47.09", "48.09"), "state_fte and municipal_fte that make total_fte"),
        (FIRST, FIRST.replace("0.9595", "1.9595"), "share: got 1.9595, expected a share"),
        (FIRST, FIRST.replace("3001", "3000"), "code: no municipality: '3000'"),
        ("62.08,93.27,", "93.27,62.08,", "every figure between its low and its high"),
    ],
)
def test_faulty_staff(tmp_path: Path, old: str, new: str, message: str) -> None:
    bundle = spoilt(tmp_path / "data", "staff.csv", old, new)
    with pytest.raises(DataError, match=message):
        read_staff(bundle)


def test_a_published_row_without_staff(tmp_path: Path) -> None:
    old = "kragero,NAV Kragerø,3814,2018,,,,23,"
    bundle = spoilt(tmp_path / "data", "staff_published.csv", old, old.replace("23", ""))
    with pytest.raises(DataError, match="expected fte or employees"):
        read_staff_published(bundle)
