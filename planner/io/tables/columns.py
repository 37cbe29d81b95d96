"""What the columns of several tables have in common: checks with the words of their faults."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import pandera.pandas as pa

from planner.errors import DataError, Fault
from planner.io.bundle import Bundle
from planner.io.tables.municipalities import read_municipalities
from planner.provenance import PROVENANCES

CODE = pa.Check.str_matches(r"^\d{4}$", error="a municipality code of four digits")
UNIT = pa.Check.str_matches(r"^\d{4}$", error="a unit number of four digits")
PROVENANCE = pa.Check.isin(PROVENANCES, error=f"one of {', '.join(PROVENANCES)}")
#: The most is about ten times the largest in Norway: a slip of the keys is found, growth is not.
MOST_PERSONS, MOST_FTE = 10_000_000, 100_000
NOT_NEGATIVE = pa.Check.in_range(0, MOST_PERSONS, error="a number from 0 to 10 000 000")
PERSONS = pa.Check.in_range(1, MOST_PERSONS, error="a number from 1 to 10 000 000")
FTE = pa.Check.in_range(0, MOST_FTE, error="FTE from 0 to 100 000")
YEAR = pa.Check.in_range(2000, 2100, error="a year from 2000 to 2100")
LATITUDE = pa.Check.in_range(57, 82, error="degrees north, from 57 to 82")
LONGITUDE = pa.Check.in_range(4, 34, error="degrees east, from 4 to 34")


def _in_order(table: pd.DataFrame) -> pd.Series[bool]:
    return ~(table["valid_to"] < table["valid_from"])


def _window_before(table: pd.DataFrame) -> pd.Series[bool]:
    return table["from_earliest"].isna() | (table["from_earliest"] < table["valid_from"])


#: Columns of a dated row: first and last day; missing is unlimited.
DATED = {
    "valid_from": pa.Column(pa.DateTime, nullable=True),
    "valid_to": pa.Column(pa.DateTime, nullable=True),
    "from_earliest": pa.Column(pa.DateTime, nullable=True),
}
IN_ORDER = pa.Check(_in_order, error="valid_to not before valid_from")
DATES_IN_ORDER = [
    IN_ORDER,
    pa.Check(_window_before, error="from_earliest before valid_from"),
]


def in_force(table: pd.DataFrame, day: pd.Timestamp) -> pd.Series[bool]:
    """Say of every dated row whether it is in force on a day."""
    return ~(table["valid_from"] > day) & ~(table["valid_to"] < day)


def check_codes(bundle: Bundle, table_id: str, table: pd.DataFrame, *columns: str) -> None:
    """Raise DataError where a column names no municipality of 2020-2023; missing is let pass.

    Parameters
    ----------
    bundle, table_id : where the table was read from.
    table : as read, one row a line.
    columns : those that hold codes.
    """
    known = set(read_municipalities(bundle).index)
    file = str(bundle.present(table_id))
    faults = [
        Fault(file, line, column, f"no municipality: {code!r}.")
        for column in columns
        for line, code in enumerate(table[column], start=2)
        if pd.notna(code) and code not in known
    ]
    if faults:
        raise DataError(faults)


def check_complete(bundle: Bundle, table_id: str, codes: Iterable[str]) -> None:
    """Raise DataError unless some codes are exactly the municipalities of 2020-2023."""
    astray = sorted(set(codes) ^ set(read_municipalities(bundle).index))
    if astray:
        message = f"expected the municipalities of 2020-2023; missing or strange: {astray}."
        raise DataError([Fault(str(bundle.present(table_id)), 0, "code", message)])
