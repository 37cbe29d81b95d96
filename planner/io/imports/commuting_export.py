"""Opening files of commuting flows: Statistics Norway's exports and plain tables, xlsx or csv.

Only text and zip archives of a bounded size are opened; whatever else a file may be, the answer
is a sentence.
"""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.errors import DataError, Fault

#: The whole country as xlsx is 2 MB, and 26 MB unpacked.
MOST_BYTES = 50_000_000
MOST_UNPACKED_BYTES = 300_000_000

_ZIP, _GZIP, _OLD_OFFICE = b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0"
_COLUMNS = "home, workplace, workers"
#: What a column's heading or the title of an export says about its meaning, either language.
_HOME = re.compile(r"^home$|bosted|^bokommune|residence", re.IGNORECASE)
_WORKPLACE = re.compile(
    r"^workplace$|arbeidssted|^arbsted|(place|municipality) of work", re.IGNORECASE
)
_WORKERS = re.compile(r"^workers$|sysselsatte|employed|^20\d\d$|^value$", re.IGNORECASE)
_YEAR = re.compile(r"^(year|år|tid)$", re.IGNORECASE)
_IGNORED = re.compile(r"^(provenance|statistikkvariabel|contents|contentscode)$", re.IGNORECASE)
#: Number of the table that an export's title begins with.
_TABLE = re.compile(r"(\d{5}): ")
COMMUTING_TABLE = "03321"
_YEAR_DIGITS = re.compile(r"\b(?:19|20)\d\d\b")
_MOST_TITLE_ROWS = 10
_MOST_SNIFFED, _MOST_LINES_SNIFFED = 100_000, 50
#: Home, workplace and figure: the columns of an export.
_WIDTH = 3
#: No table of flows is larger; a damaged sheet may claim to be.
_MOST_COLUMNS, _MOST_ROWS = 50, 1_048_576


@dataclass(frozen=True)
class FlowRow:
    """One row as written: line of the file (1-based), labels of home and workplace, figure."""

    line: int
    home: str
    workplace: str
    workers: Any


@dataclass(frozen=True)
class FlowTable:
    """A file's rows, and what its headings say.

    Attributes
    ----------
    rows : every row with figures, zeros among them.
    years : years that the file names for its figures.
    official : whether it bears the title of Statistics Norway's table 03321.
    """

    rows: list[FlowRow]
    years: frozenset[int]
    official: bool


def open_table(file: Path, year: int | None = None) -> FlowTable:
    """Read a file of commuting flows, whatever its format; the content decides, not the name.

    Parameters
    ----------
    year : whose figures are read from a file that holds several years'.

    Raises
    ------
    DataError : not there, too large, neither xlsx nor csv (nor gzip of csv), damaged, another
        table, or without recognisable columns for home, workplace and workers.
    """
    try:
        size = file.stat().st_size
        content = file.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        raise _fault(file, f"the file cannot be read: {error.strerror}.") from None
    if size > MOST_BYTES:
        raise _fault(file, f"the file has {size / 1e6:.0f} MB; {MOST_BYTES / 1e6:.0f} are allowed.")
    if content.startswith(_OLD_OFFICE):
        raise _fault(file, "an old or locked Excel file. Save it as .xlsx without a password.")
    if content.startswith(_ZIP):
        return _table_of(file, _xlsx_cells(file, content), year)
    if content.startswith(_GZIP):
        content = _unpacked(file, content)
    return _table_of(file, _csv_cells(file, content), year)


SheetRows = Iterator[tuple[int, list[Any]]]


def _table_of(file: Path, cells: SheetRows, year: int | None) -> FlowTable:
    """Find the columns, then the rows."""
    head: list[list[Any]] = []
    title = ""
    for line, row in cells:
        columns = _columns(row)
        if columns is not None:
            return _plain(
                file, cells, title=title, line=line, header=row, columns=columns, year=year
            )
        head.append(row)
        title = str(head[0][0]) if head[0] else ""
        _check_title(file, title)
        if len(row) >= _WIDTH and all(map(_filled, row[:_WIDTH])):
            return _export(file, cells, title=title, line=line, head=head, year=year)
        if len(head) >= _MOST_TITLE_ROWS:
            break
    raise _fault(file, f"no column headings found. Expected the columns {_COLUMNS}.")


def _check_title(file: Path, title: str) -> None:
    number = _TABLE.match(title)
    if number and number[1] != COMMUTING_TABLE:
        message = f"this is table {number[1]} ({title[:60]} ...). Expected table {COMMUTING_TABLE}."
        raise _fault(file, message, 1)


def _plain(
    file: Path,
    cells: SheetRows,
    *,
    title: str,
    line: int,
    header: list[Any],
    columns: dict[str, int],
    year: int | None,
) -> FlowTable:
    """Read a table with one heading a column; a heading may name the year."""
    unknown = [
        str(name)
        for position, name in enumerate(header)
        if position not in columns.values() and _filled(name) and not _IGNORED.match(str(name))
    ]
    if unknown:
        names = ", ".join(map(repr, unknown))
        raise _fault(file, f"unknown column {names}. Expected the columns {_COLUMNS}.", line)
    years = set(_years(header[columns["workers"]]))
    other_years: set[int] = set()
    rows, faults = [], []
    width = max(columns.values()) + 1
    for number, cell in cells:
        if not any(map(_filled, cell)):
            continue
        if len(cell) < width:
            faults.append(Fault(str(file), number, "", f"{len(cell)} values, expected {width}."))
            continue
        if "year" in columns:
            own = _years(cell[columns["year"]])
            if year and own and year not in own and len(own) == 1:
                other_years.update(own)
                continue
            years.update(own)
        figure = cell[columns["workers"]]
        rows.append(
            FlowRow(number, _text(cell, columns["home"]), _text(cell, columns["workplace"]), figure)
        )
    if faults:
        raise DataError(faults)
    return FlowTable(rows, frozenset(years or other_years), official=COMMUTING_TABLE in title)


def _export(
    file: Path, cells: SheetRows, *, title: str, line: int, head: list[list[Any]], year: int | None
) -> FlowTable:
    """Read Statistics Norway's table export.

    Its title names the order of home and workplace; the first of them is written only where it
    changes; one column of figures a year; notes follow after an empty row.
    """
    home, workplace = _HOME.search(title), _WORKPLACE.search(title)
    if home is None or workplace is None:
        message = (
            f"neither the columns {_COLUMNS} nor the title of an export of Statistics Norway's "
            "table 03321 found."
        )
        raise _fault(file, message)
    headings = " ".join(str(cell) for row in head[1:-1] for cell in row if _filled(cell))
    column = _figures_of(file, head, headings, line, year)
    rows: list[FlowRow] = []
    outer = ""
    for number, row in itertools.chain([(line, head[-1])], cells):
        if len(row) < _WIDTH or not _filled(row[1]):
            break
        outer = _text(row, 0) or outer
        inner = _text(row, 1)
        pair = (outer, inner) if home.start() < workplace.start() else (inner, outer)
        rows.append(FlowRow(number, *pair, row[column] if column < len(row) else None))
    years = _years(headings)
    chosen = {year} if year in years else set(years)
    return FlowTable(rows, frozenset(chosen), official=COMMUTING_TABLE in title)


def _figures_of(
    file: Path, head: list[list[Any]], headings: str, line: int, year: int | None
) -> int:
    """Return the column of the figures: the only one, or the one under the year asked for."""
    columns = [at for at, cell in enumerate(head[-1]) if at >= _WIDTH - 1 and _filled(cell)]
    if len(columns) == 1:
        return columns[0]
    dated = [at for row in head[1:-1] for at, cell in enumerate(row) if year in _years(cell)]
    if len(dated) == 1 and dated[0] in columns:
        return dated[0]
    message = (
        f"{len(columns)} columns of figures: {headings}. Export one year alone, or choose with "
        "--year."
    )
    raise _fault(file, message, line)


def _columns(header: list[Any]) -> dict[str, int] | None:
    """Return the position of each column by meaning, or None if this is no row of headings."""
    meanings = {"home": _HOME, "workplace": _WORKPLACE, "workers": _WORKERS, "year": _YEAR}
    found: dict[str, int] = {}
    for position, name in enumerate(header):
        for meaning, pattern in meanings.items():
            if isinstance(name, str) and pattern.search(name.strip()) and meaning not in found:
                found[meaning] = position
                break
    complete = {"home", "workplace", "workers"} <= set(found)
    return found if complete and len(set(found.values())) == len(found) else None


def _years(cell: Any) -> list[int]:  # noqa: ANN401 - a cell may hold anything
    return [int(year) for year in _YEAR_DIGITS.findall(str(cell))]


def _filled(cell: Any) -> bool:  # noqa: ANN401 - a cell may hold anything
    return cell is not None and str(cell).strip() != ""


def _text(row: list[Any], position: int) -> str:
    cell = row[position]
    return str(cell).strip() if _filled(cell) else ""


def _csv_cells(file: Path, content: bytes) -> SheetRows:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:  # what Statistics Norway's exports are by default
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise _fault(file, "neither xlsx nor a text file.")
    delimiter = max(";,\t", key=lambda mark: _wide_lines(text, mark))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            yield reader.line_num, list(row)
    except csv.Error as error:
        raise _fault(file, f"not a readable CSV table: {error}.", reader.line_num) from None


def _wide_lines(text: str, delimiter: str) -> int:
    """Count the lines at the start that a delimiter divides into a table's columns.

    A title may hold any mark, and does not decide.
    """
    lines = text[:_MOST_SNIFFED].splitlines()[:_MOST_LINES_SNIFFED]
    return sum(line.count(delimiter) >= _WIDTH - 1 for line in lines)


def _unpacked(file: Path, content: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(content)) as handle:
            unpacked = handle.read(MOST_UNPACKED_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise _fault(file, "a damaged gzip file.") from None
    if len(unpacked) > MOST_UNPACKED_BYTES:
        raise _too_large(file)
    return unpacked


def _xlsx_cells(file: Path, content: bytes) -> SheetRows:
    """Yield the rows of the first sheet that holds a table, figures as Excel stores them."""
    import openpyxl  # noqa: PLC0415 - slow to import, and only an import of data needs it

    _check_archive(file, content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles, which do not matter here
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheet = next((one for one in book.worksheets if _holds_table(one)), book.worksheets[0])
            rows = sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True)
            for number, row in enumerate(itertools.islice(rows, _MOST_ROWS), start=1):
                yield number, list(row)
    except Exception:  # noqa: BLE001 - openpyxl raises whatever it stumbles over in a damaged file
        raise _fault(file, "a damaged Excel file, or a zip archive of something else.") from None


def _holds_table(sheet: Any) -> bool:  # noqa: ANN401 - openpyxl's read-only sheet
    head = sheet.iter_rows(max_row=_MOST_TITLE_ROWS, max_col=_MOST_COLUMNS, values_only=True)
    return any(sum(map(_filled, row)) >= _WIDTH for row in head)


def _check_archive(file: Path, content: bytes) -> None:
    """Refuse archives that unpack to more than memory should hold.

    An archive cannot hide its size: `zipfile` reads no more of a member than it claims.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError):
        raise _fault(file, "a damaged zip archive.") from None
    if size > MOST_UNPACKED_BYTES:
        raise _too_large(file)


def _too_large(file: Path) -> DataError:
    most = MOST_UNPACKED_BYTES / 1e6
    return _fault(file, f"the file unpacks to more than {most:.0f} MB. That is no commuting table.")


def _fault(file: Path, message: str, line: int = 0) -> DataError:
    return DataError([Fault(str(file), line, "", message)])
