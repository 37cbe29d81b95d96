"""What must be kept where, as the source documents say."""

import shutil
from pathlib import Path

import pytest

from planner.errors import DataError
from planner.io.bundle import Bundle, seal
from planner.io.tables.keep_presence import read_keep_presence
from tests.support.data import DATA

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
