"""Tables of what is kept by law or promise."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from planner.errors import DataError
from planner.io.bundle import Bundle, seal
from planner.io.tables.columns import in_force
from planner.io.tables.land import read_islands
from planner.io.tables.presence import read_keep_presence, read_sami_areas
from tests.support.data import DATA
from tests.support.spoilt import spoilt

HALLINGDAL = {"3039", "3040", "3041", "3042", "3043", "3044"}
TRAENA, DONNA, HEROY, HAMAROY, NARVIK = "1835", "1827", "1818", "1875", "1806"


def test_the_locations_of_the_source_documents() -> None:
    keeps = read_keep_presence(DATA)
    presence = {keep.code for keep in keeps if keep.keeps == "presence"}
    assert presence == {*HALLINGDAL, TRAENA, DONNA, HEROY, HAMAROY}
    assert {keep.code for keep in keeps if keep.keeps == "sami_language"} == {HAMAROY, NARVIK}
    assert list(keeps) == sorted(keeps, key=lambda keep: (keep.code, keep.keeps))
    assert all(keep.reason and keep.source for keep in keeps)


def test_an_unknown_demand_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA.folder, folder)
    path = folder / "keep_presence.csv"
    path.write_text(path.read_text("utf-8").replace("1835,presence", "1835,prescence"), "utf-8")
    seal(folder)
    with pytest.raises(
        DataError, match=r"keep_presence\.csv:\d+  keeps: got 'prescence', expected"
    ):
        read_keep_presence(Bundle(folder))


NARVIK, SALTDAL, HAMAROY, RORVIK, KARASJOK = "1806", "1840", "1875", "5043", "5437"


def areas_on(day: str) -> pd.DataFrame:
    areas = read_sami_areas(DATA)
    return areas[in_force(areas, pd.Timestamp(day))].set_index("code")


def test_the_area_grew_and_got_categories() -> None:
    assert [len(areas_on(day)) for day in ("2022-01-01", "2024-01-01", "2026-11-30")] == [
        13,
        13,
        14,
    ]
    before, now = areas_on("2018-01-01"), areas_on("2026-11-30")
    assert before["category"].isna().all()
    assert now.loc[KARASJOK, "category"] == "språkutviklingskommune"
    assert now.loc[SALTDAL, "category"] == "språkstimuleringskommune"


def test_tysfjord_stood_at_both_its_heirs() -> None:
    assert {NARVIK, HAMAROY} <= set(areas_on("2018-01-01").index)
    assert NARVIK not in areas_on("2022-01-01").index
    assert areas_on("2022-01-01").loc[HAMAROY, "language"] == "Lule"


def test_islands_without_a_fixed_link() -> None:
    islands = read_islands(DATA)
    assert len(islands) == 19
    assert set(islands["extent"]) == {"whole", "centre", "part"}


def test_a_language_that_is_none(tmp_path: Path) -> None:
    old = "1806,,Lule,2006-01-01,2019-12-31"
    bundle = spoilt(tmp_path / "data", "sami_areas.csv", old, old.replace("Lule", "Lula"))
    with pytest.raises(DataError, match=r"sami_areas\.csv:2  language: got 'Lula', expected one"):
        read_sami_areas(bundle)


def test_an_island_that_is_no_municipality(tmp_path: Path) -> None:
    bundle = spoilt(tmp_path / "data", "islands.csv", "1151,whole", "1150,whole")
    with pytest.raises(DataError, match=r"islands\.csv:3  code: no municipality: '1150'"):
        read_islands(bundle)
