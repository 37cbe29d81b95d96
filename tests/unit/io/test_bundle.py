"""The register: every table that is missing, changed or misregistered is named."""

from pathlib import Path

import pytest

from planner.errors import DataError
from planner.io.bundle import COLUMNS, Bundle, checksum, seal, write_register
from tests.support.data import DATA


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "roads.csv").write_text("from,to\na,b\n", encoding="utf-8")
    register(tmp_path, row("roads"))
    seal(tmp_path)
    return tmp_path


def row(name: str, **changed: str) -> dict[str, str]:
    values = dict.fromkeys(COLUMNS, "x") | {"id": name, "table": f"{name}.csv"}
    return values | {"provenance": "observed", "sha256": ""} | changed


def register(folder: Path, *rows: dict[str, str]) -> None:
    write_register(folder / "sources.csv", list(rows))


def faults_of(bundle: Bundle, table_id: str) -> str:
    with pytest.raises(DataError) as caught:
        bundle.path(table_id)
    return str(caught.value)


def test_an_unchanged_table_is_given(folder: Path) -> None:
    assert Bundle(folder).path("roads") == folder / "roads.csv"
    assert Bundle(folder).source("roads").provenance == "observed"


def test_a_changed_table_is_refused_until_sealed(folder: Path) -> None:
    (folder / "roads.csv").write_text("from,to\na,c\n", encoding="utf-8")
    message = faults_of(Bundle(folder), "roads")
    assert "roads.csv  sha256: the file is not the one that sources.csv registers" in message
    assert "planner data seal" in message
    assert seal(folder) == ["roads"]
    assert Bundle(folder).path("roads").is_file()
    assert seal(folder) == []


def test_a_missing_table_is_named(folder: Path) -> None:
    (folder / "roads.csv").unlink()
    assert "roads.csv  the table 'roads' is missing" in faults_of(Bundle(folder), "roads")
    with pytest.raises(DataError, match="is missing"):
        seal(folder)


def test_an_unregistered_table_offers_the_nearest(folder: Path) -> None:
    assert "Did you mean 'roads'?" in faults_of(Bundle(folder), "road")


def test_a_missing_register_and_a_missing_column(tmp_path: Path) -> None:
    assert "register of data tables is missing" in faults_of(Bundle(tmp_path), "roads")
    (tmp_path / "sources.csv").write_text("id,table\nroads,roads.csv\n", encoding="utf-8")
    assert "columns are missing: vintage, licence" in faults_of(Bundle(tmp_path), "roads")


def test_all_faulty_rows_at_once_with_their_lines(tmp_path: Path) -> None:
    register(
        tmp_path,
        row("roads"),
        row("roads"),
        row("ferries", provenance="guessed"),
        row("rails", licence=""),
        row("paths", table="../paths.csv"),
    )
    message = faults_of(Bundle(tmp_path), "roads")
    assert "sources.csv:3  id: 'roads' stands twice" in message
    assert "sources.csv:4  provenance: got 'guessed', expected one of observed, scenario" in message
    assert "sources.csv:5  licence: has no value in the row of 'rails'" in message
    assert "sources.csv:6  table: got '../paths.csv', expected a file name" in message


def test_the_shipped_data_are_sealed() -> None:
    bundle = DATA
    for table_id in bundle.sources:
        assert bundle.path(table_id).is_file()


def test_no_shipped_table_is_unregistered() -> None:
    registered = {source.table for source in DATA.sources.values()}
    there = {path.name for path in DATA.folder.iterdir() if path.suffix != ".md"}
    assert there - registered == {"sources.csv"}


def test_checksum_is_the_sha256(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    known = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert checksum(tmp_path / "empty") == known
