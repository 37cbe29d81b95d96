"""The tables of a case document as Excel: a sheet a table, figures as numbers, provenance beside.

What a page writes in one cell, such as a figure with its change, stands in a column each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from planner.present.repack_zip import repacked
from planner.present.report.blocks import (
    Blank,
    CaseDocument,
    CellFigure,
    Column,
    ColumnKind,
    DocumentTable,
    TableCell,
    format_cell,
)
from planner.present.report.formats.page_style import BLANK, HEAD
from planner.present.result.document import rounded
from planner.present.words.text import day, decimals_of, text, unit_name

#: Kind -> what its two columns are called; a figure's unit stands in the heading or beside it.
PAIRS: dict[ColumnKind, tuple[str, str]] = {
    "compared": ("value", "change"),
    "moved": ("before", "after"),
    "range": ("low", "high"),
}
NAME_LETTERS, CELL_LETTERS = 31, 32_767  # the most that Excel takes
NOT_IN_NAMES = re.compile(r"[\\/*?:\[\]\x00-\x1f]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
WIDEST, NARROWEST, INDEX_WIDTH = 60, 9, 100
LINK = Font(underline="single", color="1F4E79")
WORDS = "General"  # the format of what is not to be formatted
_Value = str | float | None


def workbook(document: CaseDocument) -> bytes:
    """Write a document's tables as .xlsx: first a list of them, then a sheet each.

    Words are always words: none of them is read as a formula. The same document gives the same
    bytes.
    """
    book = Workbook()
    index = book.worksheets[0]
    index.title = _clean(text("report_document.heading.contents"))
    book.properties.title, book.properties.creator = _clean(document.title)[:255], ""
    about = [document.title, document.subtitle, day(document.made)]
    for row, words in enumerate(about, start=1):
        _write_row(index, row, [(words, WORDS)])
    for row, table in enumerate(document.tables(), start=len(about) + 2):
        sheet = book.create_sheet(_free_name(book, table.title))
        _write(sheet, table)
        _write_row(index, row, [(table.title, WORDS)])
        quoted = sheet.title.replace("'", "''")
        index.cell(row, 1).hyperlink = Hyperlink(ref=f"A{row}", location=f"'{quoted}'!A1")
        index.cell(row, 1).font = LINK
    index.column_dimensions["A"].width = INDEX_WIDTH
    index["A1"].font = Font(bold=True, size=13)
    buffer = BytesIO()
    book.save(buffer)
    return repacked(buffer.getvalue(), document.made)


def _free_name(book: Workbook, title: str) -> str:
    """Make a sheet's name: what Excel allows, and no other sheet has."""
    wanted = NOT_IN_NAMES.sub(" ", title).strip().strip("'")
    taken = {name.lower() for name in book.sheetnames}
    name, number = wanted[:NAME_LETTERS], 1
    while name.lower() in taken:
        number += 1
        end = f" {number}"
        name = wanted[: NAME_LETTERS - len(end)] + end
    return name


def _write(sheet: Worksheet, table: DocumentTable) -> None:
    columns, rows = table.shown()
    units, basis = _units(table), table.provenance
    headings = [heading for column in columns for heading in _headings(column)]
    headings += [text("table.unit")] if units else []
    headings += [text("table.provenance")] if isinstance(basis, str) else []
    _write_row(sheet, 1, [(table.title, WORDS)])
    _write_row(sheet, 2, [(heading, WORDS) for heading in headings])
    for place, row in enumerate(rows):
        cells = zip(row, columns, strict=True)
        values = [value for cell, column in cells for value in _values(cell, column)]
        values += [(units[place], WORDS)] if units else []
        values += [(basis, WORDS)] if isinstance(basis, str) else []
        _write_row(sheet, place + 3, values)
        _mark(sheet, place + 3, row, columns)
    _make_readable(sheet, headings)


def _units(table: DocumentTable) -> list[str]:
    """Return each row's unit where figures of several units stand in one column."""
    if not any(column.kind != "text" and column.unit is None for column in table.columns):
        return []
    return [
        next((_unit(cell.unit) for cell in row if isinstance(cell, CellFigure)), "")
        for row in table.rows
    ]


def _unit(unit: str) -> str:
    return unit_name(unit) if unit else ""


def _headings(column: Column) -> Iterator[str]:
    pair = PAIRS.get(column.kind)
    if pair is None:
        yield column.title
    else:
        for name in pair:
            yield f"{column.title}, {text(f'report_document.pair.{name}')}"


def _values(cell: TableCell, column: Column) -> Iterator[tuple[_Value, str]]:
    """Yield what stands in each of the column's cells, with its number format."""
    if not isinstance(cell, CellFigure):
        yield format_cell(cell, column), WORDS
        if column.kind in PAIRS:
            yield None, WORDS
        return
    pair = [rounded(cell.value), rounded(cell.other)]
    ordered = pair[::-1] if column.kind == "moved" else pair
    for value in ordered if column.kind in PAIRS else pair[:1]:
        yield value, _format(cell, column.kind)


def _format(cell: CellFigure, kind: ColumnKind) -> str:
    if kind == "exact":
        return WORDS
    if cell.unit == "share":
        return "0.0%"
    decimals = decimals_of(cell.unit, cell.provenance)
    return "#,##0" + ("." + "0" * decimals if decimals > 0 else "")


def _write_row(sheet: Worksheet, row: int, values: list[tuple[_Value, str]]) -> None:
    for place, (value, shown) in enumerate(values, start=1):
        cell = sheet.cell(row, place)
        cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
        if isinstance(cell, SheetCell) and isinstance(value, str):
            _set_words(cell, value)
        elif value is not None:
            cell.value, cell.number_format = value, shown


def _set_words(cell: SheetCell, words: str) -> None:
    """Set words as words, also where they begin as a formula does."""
    cell.value = _clean(words)[:CELL_LETTERS]
    cell.data_type = "s"
    cell.quotePrefix = words.startswith(("=", "+", "-", "@"))


def _mark(
    sheet: Worksheet, row: int, cells: tuple[TableCell, ...], columns: tuple[Column, ...]
) -> None:
    """Colour the places where people must write."""
    place = 1
    for cell, column in zip(cells, columns, strict=True):
        if isinstance(cell, Blank):
            sheet.cell(row, place).fill = PatternFill("solid", fgColor=BLANK)
        place += 2 if column.kind in PAIRS else 1


def _make_readable(sheet: Worksheet, headings: list[str]) -> None:
    """Freeze the headings, and make columns as wide as what they hold."""
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=13), Alignment(wrap_text=False)
    for place, heading in enumerate(headings, start=1):
        cell, letter = sheet.cell(2, place), get_column_letter(place)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=HEAD)
        held = [len(str(one.value or "")) for one in sheet[letter][2:]]
        words = [len(word) for word in heading.split()]  # none of which may be divided
        width = max([len(heading) / 2, *words, *held]) + 2
        sheet.column_dimensions[letter].width = min(WIDEST, max(NARROWEST, width))
    sheet.freeze_panes = "B3"
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth = "landscape", 1
    sheet.print_title_rows = "1:2"


def _clean(words: str) -> str:
    return CONTROL.sub("", words)
