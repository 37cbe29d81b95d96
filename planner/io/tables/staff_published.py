"""Staff figures of offices as printed, each with its year."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from planner.io.bundle import Bundle, kept
from planner.io.csv_table import read_table
from planner.io.tables.columns import (
    FTE,
    NOT_NEGATIVE,
    PROVENANCE,
    YEAR,
)

_fte = pa.Column(float, FTE, nullable=True)
_persons = pa.Column(pa.INT64, NOT_NEGATIVE, nullable=True)
_CODES = pa.Check.str_matches(r"^\d{4}( \d{4})*$", error="codes of four digits with blanks between")


def _staffed(table: pd.DataFrame) -> pd.Series[bool]:
    return table["fte"].notna() | table["employees"].notna()


STAFF_PUBLISHED = pa.DataFrameSchema(
    {
        "office": pa.Column(str, nullable=True),
        "label": pa.Column(str),
        "codes": pa.Column(str, _CODES, nullable=True),
        "year": pa.Column(int, YEAR),
        "fte": _fte,
        "municipal_fte": _fte,
        "state_fte": _fte,
        "employees": _persons,
        "municipal_employees": _persons,
        "state_employees": _persons,
        "population": _persons,
        "scope": pa.Column(str),
        "provenance": pa.Column(str, PROVENANCE),
        "source": pa.Column(str),
    },
    checks=[pa.Check(_staffed, error="fte or employees")],
    strict=True,
)


@kept("staff_published")
def read_staff_published(bundle: Bundle) -> pd.DataFrame:
    """Read the published staff figures.

    Returns
    -------
    Columns ``office`` (missing for a sum of several), ``label``, ``codes`` (served, blanks
    between; missing for the country), ``year``, ``fte``, ``municipal_fte``, ``state_fte``,
    ``employees``, ``municipal_employees``, ``state_employees`` (missing where not printed),
    ``population`` (persons served that year), ``scope`` (what they cover), ``provenance``,
    ``source``.

    Raises
    ------
    DataError : the table does not fit its schema.
    """
    return read_table(bundle, "staff_published", STAFF_PUBLISHED)
