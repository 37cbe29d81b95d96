"""A case document as data: headings, paragraphs, tables, pictures and blanks, of no format."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date as Date  # noqa: N812 - `date` names a date everywhere
from typing import Literal

from planner.present.maps.picture import Picture
from planner.present.words.text import (
    Language,
    amount,
    change,
    exact,
    figure,
    signed_amount,
    span,
    text,
    unit_name,
)

#: What a column holds: words; a figure; a figure with all its decimals; a change with its sign; a
#: figure with its change from the baseline in brackets; a figure before and after; or a range.
ColumnKind = Literal["text", "level", "exact", "change", "compared", "moved", "range"]
ARROW = "\u00a0→ "


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 begins a section. Sections have numbers, unless they are not `counted`."""

    level: Literal[1, 2]
    words: str
    counted: bool = True


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; a ``warning`` is set apart, a ``note`` is small."""

    words: str
    kind: Literal["body", "warning", "note"] = "body"


@dataclass(frozen=True)
class Bullets:
    """A list without an order."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Blank:
    """A place where people must write, marked so; `words` say what."""

    words: str

    @property
    def written(self) -> str:
        """What stands in the place until somebody writes there."""
        return text("report_document.write_here", what=self.words)


@dataclass(frozen=True)
class CellFigure:
    """A figure of a table.

    Attributes
    ----------
    value : None or not finite where it is not defined.
    unit : as in `Indicator`.
    other : the change of a ``compared`` figure, what a ``moved`` one was before, or the upper end
        of a ``range``.
    provenance : what it rests on, where that decides how it is written.
    """

    value: float | None
    unit: str
    other: float | None = None
    provenance: str = ""


TableCell = str | CellFigure | Blank


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    heading : without the unit.
    kind : what its cells hold.
    unit : of all its figures, said in the heading; None where each figure says its own.
    width : share of the table's width, relative to the other columns'.
    """

    heading: str
    kind: ColumnKind = "text"
    unit: str | None = None
    width: float = 1.0

    @property
    def title(self) -> str:
        """The heading with the unit, unless the words say it already."""
        name = unit_name(self.unit) if self.unit and self.unit != "persons" else ""
        is_said = name.lower() in self.heading.lower()
        return self.heading if is_said else f"{self.heading} ({name})"


@dataclass(frozen=True)
class DocumentTable:
    """A table; the first column names its rows.

    Attributes
    ----------
    title : stands over it.
    provenance : of each row, shown as the last column; or of the whole table, in words, below it.
    apart : whether it is an appendix, which stands in the workbook alone.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    provenance: tuple[str, ...] | str = ""
    apart: bool = False

    def shown(self) -> tuple[tuple[Column, ...], tuple[tuple[TableCell, ...], ...]]:
        """Return columns and rows as a page shows them, provenance of rows among them."""
        if isinstance(self.provenance, str):
            return self.columns, self.rows
        last = Column(text("table.provenance"), width=1.4)
        rows = zip(self.rows, self.provenance, strict=True)
        return (*self.columns, last), tuple((*row, basis) for row, basis in rows)


@dataclass(frozen=True)
class Pictures:
    """Pictures side by side, two abreast, and under them what their fills and marks mean."""

    each: tuple[Picture, ...]
    legend: Picture


@dataclass(frozen=True)
class Contents:
    """The sections of the document, listed under a heading; each format makes its own list."""

    words: str


@dataclass(frozen=True)
class Link:
    """Words that lead to an address."""

    words: str
    address: str


Block = Heading | Paragraph | Bullets | Blank | DocumentTable | Pictures | Contents | Link


@dataclass(frozen=True)
class CaseDocument:
    """A whole document; its title and subtitle are words, never markup.

    Attributes
    ----------
    made : the day when it was made, which files bear too.
    names : of municipalities: no word of them is divided at the end of a line.
    blocks : the pages, and appendices among them.
    """

    title: str
    subtitle: str
    language: Language
    made: Date
    names: tuple[str, ...]
    blocks: tuple[Block, ...]

    def pages(self) -> Iterator[Block]:
        """Yield what stands on the pages: all but the appendices."""
        yield from (one for one in self.blocks if not getattr(one, "apart", False))

    def sections(self) -> Iterator[str]:
        """Yield the headings of the sections."""
        yield from (one.words for one in self.blocks if isinstance(one, Heading) and one.level == 1)

    def tables(self) -> Iterator[DocumentTable]:
        """Yield the tables in their order, then the appendices in theirs."""
        found = [block for block in self.blocks if isinstance(block, DocumentTable)]
        yield from sorted(found, key=lambda table: table.apart)

    def names_in(self, words: str) -> bool:
        """Tell whether words have a name that may not be divided."""
        return any(name in words for name in self.names)


def numbered_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks with sections, tables and pictures numbered from 1, each by itself.

    Tables and lists of nothing are left out.
    """
    counts = dict.fromkeys(("section", "table", "appendix", "picture"), 0)

    def number(name: str, title: str) -> str:
        counts[name] += 1
        return text(f"report_document.numbered.{name}", number=counts[name], title=title)

    for block in blocks:
        if not (getattr(block, "rows", True) and getattr(block, "items", True)):
            continue
        if isinstance(block, Heading) and block.level == 1 and block.counted:
            yield replace(block, words=number("section", block.words))
        elif isinstance(block, DocumentTable):
            yield replace(block, title=number("appendix" if block.apart else "table", block.title))
        elif isinstance(block, Pictures):
            each = (replace(one, title=number("picture", one.title)) for one in block.each)
            yield replace(block, each=tuple(each))
        else:
            yield block


def format_cell(cell: TableCell, column: Column) -> str:
    """Write a cell as the current language does; with its unit, unless the heading says it."""
    if isinstance(cell, str):
        return cell
    return cell.written if isinstance(cell, Blank) else _WRITERS[column.kind](cell, column)


def _level(cell: CellFigure, column: Column) -> str:
    value, bare = finite(cell.value), column.unit is not None
    write = amount if bare else figure
    return write(value, cell.unit, cell.provenance)


def _exact(cell: CellFigure, _column: Column) -> str:
    value = finite(cell.value)
    return amount(None, "") if value is None else exact(value)


def _change(cell: CellFigure, _column: Column) -> str:
    value = finite(cell.value)
    if value is not None and not signed_amount(value, cell.unit, cell.provenance):
        return text("report_document.unchanged")
    return change(value, cell.unit, cell.provenance)


def _compared(cell: CellFigure, column: Column) -> str:
    own = _level(cell, column)
    moved = signed_amount(finite(cell.other), cell.unit, cell.provenance)
    return f"{own} ({moved})" if moved else own


def _moved(cell: CellFigure, column: Column) -> str:
    before, after = (
        amount(finite(value), cell.unit, cell.provenance) for value in (cell.other, cell.value)
    )
    own = _level(cell, column)
    return own if before == after else f"{before}{ARROW}{own}"


def _range(cell: CellFigure, _column: Column) -> str:
    both = span(finite(cell.value), finite(cell.other), cell.unit, cell.provenance)
    return both.replace("–", "–\u200b")  # where a narrow column may divide it


_WRITERS: Mapping[ColumnKind, Callable[[CellFigure, Column], str]] = {
    "level": _level,
    "text": _level,
    "exact": _exact,
    "change": _change,
    "compared": _compared,
    "moved": _moved,
    "range": _range,
}


def finite(value: float | None) -> float | None:
    """Return a value; None for what is not finite, such as minutes where there is no way."""
    return None if value is None or not math.isfinite(value) else float(value)
