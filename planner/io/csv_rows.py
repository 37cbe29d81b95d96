"""The rows of a CSV file as text, all of one width."""

from __future__ import annotations

import csv
from pathlib import Path

from planner.errors import DataError, Fault

MOST_FAULTS = 50


def read_rows(path: Path) -> list[list[str]]:
    """Read the heading and the rows of a CSV file, all of one width.

    Raises
    ------
    DataError : not UTF-8, not CSV or empty, or rows with more or fewer fields than the heading:
        a comma too many, or a text with commas that is not in quotes.
    """
    rows: list[list[str]] = []
    faults: list[Fault] = []
    empty = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.reader(handle, strict=True)
            for row in reader:
                if not row:  # the last line may be empty
                    empty = empty or reader.line_num
                    continue
                if empty:
                    faults.append(Fault(str(path), empty, "", "an empty line. Remove it."))
                    empty = 0
                if rows and len(row) != len(rows[0]):
                    message = (
                        f"{len(row)} fields, expected {len(rows[0])}. Put a text that has commas "
                        'in quotes ("...").'
                    )
                    key = rows[0][min(len(row), len(rows[0])) - 1]
                    faults.append(Fault(str(path), reader.line_num, key, message))
                else:
                    rows.append(row)
    except csv.Error as error:
        message = f"not a readable CSV table: {error}."
        raise DataError([Fault(str(path), reader.line_num, "", message)]) from None
    except UnicodeDecodeError:
        raise DataError([Fault(str(path), 0, "", "not UTF-8 text.")]) from None
    if not rows or not rows[0]:
        faults = [Fault(str(path), 1, "", "no heading. A table of comma-separated values is due.")]
    elif twice := sorted({name for name in rows[0] if rows[0].count(name) > 1}):
        faults = [Fault(str(path), 1, name, "the column stands more than once.") for name in twice]
    if faults:
        raise DataError(faults[:MOST_FAULTS])
    return rows
