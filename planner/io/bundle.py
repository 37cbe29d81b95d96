"""The register of data tables: what is there, from where, how old, and is it unchanged."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from planner.errors import DataError, Fault
from planner.io.csv_rows import read_rows
from planner.io.files import write_whole
from planner.memo import Memo
from planner.provenance import PROVENANCES
from planner.spelling import did_you_mean

REGISTER = "sources.csv"
Made = TypeVar("Made")
Args = ParamSpec("Args")
CHANGED = (
    f"the file is not the one that {REGISTER} registers: it is damaged or was edited. "
    "Restore it, or register the edited file with 'planner data seal'."
)


@dataclass(frozen=True)
class Source:
    """One registered table.

    Attributes
    ----------
    id : short name, such as ``links``.
    table : file name inside the bundle's folder.
    vintage : year or date that the figures are about.
    licence : terms of use of the figures.
    provenance : observed, modelled, estimated or assumed; a row may say its own.
    source : who publishes the figures, and where.
    sha256 : of the file, in hexadecimal.
    rows : how many a table of comma-separated values had when it was registered; else empty.
    """

    id: str
    table: str
    vintage: str
    licence: str
    provenance: str
    source: str
    sha256: str
    rows: str = ""


#: What the register must have; a count of rows came later.
COLUMNS = [field.name for field in fields(Source) if field.name != "rows"]


class Bundle:
    """A folder of registered tables; every path that it gives is verified first.

    Attributes
    ----------
    folder : where the tables and their register lie.
    memo : what was read and computed from them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.memo = Memo()

    def __reduce__(self) -> tuple[Any, ...]:
        return _there, (self.folder,)

    @property
    def sources(self) -> Mapping[str, Source]:
        """Registered tables by id, in the register's order; read anew when the file changes.

        Raises
        ------
        DataError : the register is missing, unreadable, or has faulty rows.
        """
        register = self.folder / REGISTER

        def read() -> Mapping[str, Source]:
            return {source.id: source for source in _read_register(register)}

        return self.memo.get(("register", _state(register)), read)

    @property
    def version(self) -> str:
        """Checksum of the register, and so of all tables that are unchanged."""
        return self._checksum(self.folder / REGISTER)

    def source(self, table_id: str) -> Source:
        """Return a table's registration.

        Raises
        ------
        DataError : the table is not registered.
        """
        if table_id not in self.sources:
            hint = did_you_mean(table_id, self.sources)
            message = f"no table is registered as {table_id!r}. {hint or ''}".strip()
            raise _fault(self.folder / REGISTER, message)
        return self.sources[table_id]

    def has(self, table_id: str) -> bool:
        """Say whether a table is registered."""
        return table_id in self.sources

    def path(self, table_id: str) -> Path:
        """Return a table's file after checking that it is there and unchanged.

        Raises
        ------
        DataError : not registered, missing, or with another sha256 than registered.
        """
        path = self.present(table_id)
        if not self.is_unchanged(table_id):
            raise DataError([self.change_of(table_id)])
        return path

    def is_unchanged(self, table_id: str) -> bool:
        """Say whether a table's file is the one that the register describes."""
        return self._checksum(self.present(table_id)) == self.source(table_id).sha256

    def change_of(self, table_id: str) -> Fault:
        """Describe what `is_unchanged` found."""
        return Fault(str(self.folder / self.source(table_id).table), 0, "sha256", CHANGED)

    def _checksum(self, path: Path) -> str:
        return self.memo.get(("checksum", _state(path)), lambda: checksum(path))

    def present(self, table_id: str) -> Path:
        """Return a table's file after checking that it is there, changed or not.

        Raises
        ------
        DataError : not registered, or missing.
        """
        path = self.folder / self.source(table_id).table
        if not path.is_file():
            raise _fault(path, f"the table {table_id!r} is missing. {REGISTER} registers it.")
        return path


@cache
def _there(folder: Path) -> Bundle:
    """Return the bundle that another process sent: one a folder, with one memo."""
    return Bundle(folder)


def kept(
    *table_ids: str,
) -> Callable[
    [Callable[Concatenate[Bundle, Args], Made]], Callable[Concatenate[Bundle, Args], Made]
]:
    """Keep what a function makes of some tables as long as they are unchanged.

    One run asks for some of them several times. What the function makes must not be changed by
    those who get it; what else it takes must be hashable.

    Parameters
    ----------
    table_ids : all tables that the function reads.
    """

    def decorate(
        read: Callable[Concatenate[Bundle, Args], Made],
    ) -> Callable[Concatenate[Bundle, Args], Made]:
        @wraps(read)
        def reader(bundle: Bundle, /, *args: Args.args, **named: Args.kwargs) -> Made:
            if not all(map(bundle.is_unchanged, table_ids)):
                return read(bundle, *args, **named)  # which says what is wrong
            tables = tuple(bundle.source(table_id).sha256 for table_id in table_ids)
            key = (read, tables, args, tuple(sorted(named.items())))
            return bundle.memo.get(key, lambda: read(bundle, *args, **named))

        return reader

    return decorate


def _state(path: Path) -> tuple[object, ...]:
    """Name the state of a file, which changes with every writing; that of none is empty."""
    try:
        found = path.stat()
    except OSError:
        return (path,)
    return path, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def checksum(path: Path) -> str:
    """Return a file's sha256 in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def seal(folder: Path) -> list[str]:
    """Write the present sha256 of every registered table; return the ids that had changed."""
    register = folder / REGISTER
    sealed, changed = [], []
    for source in _read_register(register):
        path = folder / source.table
        if not path.is_file():
            raise _fault(path, f"the table {source.id!r} is missing. {REGISTER} registers it.")
        digest = checksum(path)
        if digest != source.sha256:
            changed.append(source.id)
        sealed.append(asdict(source) | {"sha256": digest, "rows": _rows(path)})
    write_register(register, sealed)
    return changed


def _rows(path: Path) -> str:
    """Count a table's rows, which need not be in order to be registered."""
    is_csv = path.suffix == ".csv"
    return str(max(len(path.read_bytes().splitlines()) - 1, 0)) if is_csv else ""


def write_register(register: Path, rows: list[dict[str, str]]) -> None:
    """Write the register whole or not at all."""
    written = io.StringIO()
    writer = csv.DictWriter(written, [*COLUMNS, "rows"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_whole(register, written.getvalue().encode())


def _read_register(register: Path) -> list[Source]:
    if not register.is_file():
        raise _fault(register, "the register of data tables is missing.")
    heading, *rows = read_rows(register)
    missing = [column for column in COLUMNS if column not in heading]
    if missing:
        raise _fault(register, f"columns are missing: {', '.join(missing)}.")
    sources: dict[str, Source] = {}
    faults: list[Fault] = []
    for line, cells in enumerate(rows, start=2):
        row = dict(zip(heading, cells, strict=True))
        empty = [column for column in COLUMNS if not row[column] and column != "sha256"]
        if empty:
            message = f"has no value in the row of {row['id'] or row['table'] or 'a table'!r}."
            faults += [Fault(str(register), line, column, message) for column in empty]
        elif row["provenance"] not in PROVENANCES:
            message = f"got {row['provenance']!r}, expected one of {', '.join(PROVENANCES)}."
            faults.append(Fault(str(register), line, "provenance", message))
        elif row["id"] in sources:
            faults.append(Fault(str(register), line, "id", f"{row['id']!r} stands twice."))
        elif Path(row["table"]).name != row["table"]:
            message = f"got {row['table']!r}, expected a file name without folders."
            faults.append(Fault(str(register), line, "table", message))
        else:
            sources[row["id"]] = Source(**{name: row.get(name, "") for name in (*COLUMNS, "rows")})
    if faults:
        raise DataError(faults)
    return list(sources.values())


def _fault(path: Path, message: str, key: str = "") -> DataError:
    return DataError([Fault(str(path), 0, key, message)])
