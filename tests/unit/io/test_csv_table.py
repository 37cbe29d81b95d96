"""Reading tables: every fault with its line and column, all at once."""

from pathlib import Path

import pandera.pandas as pa
import pytest

from planner.errors import DataError
from planner.io.bundle import COLUMNS, Bundle, seal, write_register
from planner.io.csv_table import read_csv, read_table

SCHEMA = pa.DataFrameSchema(
    {
        "code": pa.Column(str, pa.Check.str_matches(r"^\d{4}$"), unique=True),
        "people": pa.Column(int, pa.Check.ge(0)),
        "share": pa.Column(float, pa.Check.in_range(0, 1), nullable=True),
        "coast": pa.Column(bool),
        "opened": pa.Column("datetime64[ns]", nullable=True),
    },
    strict=True,
)
HEADER = "code,people,share,coast,opened"


def write(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "places.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        read_csv(path, SCHEMA)
    return [str(fault).removeprefix(str(path)) for fault in caught.value.faults]


def test_types_and_leading_zeros(tmp_path: Path) -> None:
    path = write(tmp_path, "0301,10,0.5,true,2020-01-31", "1103,0,,false,")
    table = read_csv(path, SCHEMA)
    assert list(table["code"]) == ["0301", "1103"]
    assert list(table["people"]) == [10, 0]
    assert table["share"].isna().tolist() == [False, True]
    assert table["coast"].tolist() == [True, False]
    assert table["opened"].dt.year.tolist()[0] == 2020


def test_unreadable_values_all_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, "0301,ten,0.5,yes,31.1.2020", "1103,1.5,x,true,")
    assert faults(path) == [
        ":2  coast: got 'yes', expected true or false.",
        ":2  opened: got '31.1.2020', expected a date such as 2020-01-31.",
        ":2  people: got 'ten', expected a whole number.",
        ":3  people: got '1.5', expected a whole number.",
        ":3  share: got 'x', expected a number.",
    ]


def test_failed_checks_all_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, "301,-1,1.5,true,", "0301,1,0.5,true,", "0301,1,0.5,true,")
    found = "\n".join(faults(path))
    assert ":2  code: got '301', expected" in found
    assert ":2  people: got -1, expected" in found
    assert ":2  share: got 1.5, expected" in found
    assert ":3  code: '0301' stands more than once." in found
    assert ":4  code: '0301' stands more than once." in found


def test_an_empty_cell_that_must_not_be(tmp_path: Path) -> None:
    path = write(tmp_path, ",1,0.5,true,")
    assert faults(path) == [":2  code: no value. Every row needs one."]


def test_missing_and_unknown_columns(tmp_path: Path) -> None:
    path = write(tmp_path, "0301,1,0.5,true", header="code,peple,share,coast")
    assert [fault.split(".")[0] for fault in faults(path)] == [
        ":1  opened: the column is missing",
        ":1  people: the column is missing",
        ":1  peple: unknown column",
    ]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x01", b'code,people\n"0301'])
def test_not_a_table(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "places.csv"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"places\.csv"):
        read_csv(path, SCHEMA)


def test_a_tampered_table_names_the_checksum_and_the_column(tmp_path: Path) -> None:
    path = write(tmp_path, "0301,10,0.5,true,")
    values = dict.fromkeys(COLUMNS, "x") | {"provenance": "observed"}
    write_register(
        tmp_path / "sources.csv", [values | {"id": "places", "table": "places.csv", "sha256": ""}]
    )
    seal(tmp_path)
    assert len(read_table(Bundle(tmp_path), "places", SCHEMA)) == 1
    write(tmp_path, "0301,-10,0.5,true,")
    with pytest.raises(DataError) as caught:
        read_table(Bundle(tmp_path), "places", SCHEMA)
    assert [fault.key for fault in caught.value.faults] == ["sha256", "people"]
    write(tmp_path, "0301,11,0.5,true,")
    with pytest.raises(DataError) as caught:
        read_table(Bundle(tmp_path), "places", SCHEMA)
    assert [fault.key for fault in caught.value.faults] == ["sha256"]
    assert path.is_file()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("0301,1,0.5,true,,extra", ":2  opened: 6 fields, expected 5."),
        ("0301,1,0.5,true", ":2  coast: 4 fields, expected 5."),
    ],
)
def test_a_comma_too_many_or_too_few(tmp_path: Path, row: str, told: str) -> None:
    (fault,) = faults(write(tmp_path, row, "1103,0,,false,"))
    assert fault.startswith(told)


@pytest.mark.parametrize("value", ["inf", "-inf", "1e400", "1e12", "nan"])
def test_infinity_is_no_figure(tmp_path: Path, value: str) -> None:
    path = write(tmp_path, f"0301,{value},{value},true,")
    assert faults(path) == [
        f":2  people: got '{value}', expected a whole number.",
        f":2  share: got '{value}', expected a number.",
    ]


def test_an_empty_line_between_rows_would_shift_the_others(tmp_path: Path) -> None:
    assert faults(write(tmp_path, "", "0301,1,0.5,true,")) == [":2  an empty line. Remove it."]


def test_empty_lines_at_the_end_are_no_rows(tmp_path: Path) -> None:
    assert len(read_csv(write(tmp_path, "0301,1,0.5,true,", "", ""), SCHEMA)) == 1


def test_a_quoted_text_may_have_commas_and_a_mark_at_the_start_is_no_letter(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text('\ufeffcode,name\n0301,"Oslo, byen"\n', encoding="utf-8")
    schema = pa.DataFrameSchema({"code": pa.Column(str), "name": pa.Column(str)}, strict=True)
    assert read_csv(path, schema)["name"].tolist() == ["Oslo, byen"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", ":1  no heading"),
        (b"code,code\n0301,0301\n", ":1  code: the column stands more than once"),
        (b"code\n\xe6\n", "not UTF-8"),
        (b'code\n"' + b"x" * 200_000 + b'"\n', "not a readable CSV table"),
    ],
)
def test_what_is_no_table(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "names.csv"
    path.write_bytes(content)
    (fault,) = faults(path)
    assert told in fault
