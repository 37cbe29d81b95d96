"""Staff: of every unit by the municipalities that it serves, and figures as printed."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from planner.io.bundle import Bundle, kept
from planner.io.csv_table import read_table
from planner.io.tables.columns import (
    CODE,
    FTE,
    NOT_NEGATIVE,
    PERSONS,
    PROVENANCE,
    UNIT,
    YEAR,
    check_codes,
)

PARTS = ("state", "municipal", "total")
_ROUNDING = 0.02


def _parts_make_the_whole(staff: pd.DataFrame) -> pd.Series[bool]:
    return (staff["state_fte"] + staff["municipal_fte"] - staff["total_fte"]).abs() < _ROUNDING


def _bands_around(staff: pd.DataFrame) -> pd.Series[bool]:
    outside = [
        (staff[f"{part}_low"] > staff[f"{part}_fte"])
        | (staff[f"{part}_fte"] > staff[f"{part}_high"])
        for part in PARTS
    ]
    return ~(outside[0] | outside[1] | outside[2])


STAFF = pa.DataFrameSchema(
    {
        "unit": pa.Column(str, UNIT),
        "office": pa.Column(str),
        "code": pa.Column(str, CODE),
        "population": pa.Column(int, PERSONS),
        "share": pa.Column(float, pa.Check.in_range(0, 1, error="a share from 0 to 1")),
        "year": pa.Column(int, YEAR),
        "state_heads": pa.Column(pa.INT64, NOT_NEGATIVE, nullable=True),
        "flag": pa.Column(str, nullable=True),
        **{
            f"{part}_{figure}": pa.Column(float, FTE, nullable=figure != "fte")
            for part in PARTS
            for figure in ("fte", "low", "high")
        },
        "municipal_year": pa.Column(int, YEAR),
        "state_provenance": pa.Column(str, PROVENANCE),
        "municipal_provenance": pa.Column(str, PROVENANCE),
        "source": pa.Column(str),
    },
    checks=[
        pa.Check(_parts_make_the_whole, error="state_fte and municipal_fte that make total_fte"),
        pa.Check(_bands_around, error="every figure between its low and its high"),
    ],
    unique=["unit", "code"],
    strict=True,
)


@kept("staff", "municipalities")
def read_staff(bundle: Bundle) -> pd.DataFrame:
    """Read the staff of every unit, a row a municipality that it serves.

    Returns
    -------
    Columns ``unit``, ``office``, ``code``, ``population`` (persons that the unit serves there),
    ``share`` (of the unit's inhabitants, by which its staff are shared), ``year`` (of the state's
    part and of the population), ``state_heads`` (persons, the whole unit's), ``flag``,
    ``state_fte``, ``municipal_fte`` and ``total_fte`` with ``_low`` and ``_high`` (80 % band of an
    office; missing where none is known), ``municipal_year``, ``state_provenance``,
    ``municipal_provenance``, ``source``.

    Raises
    ------
    DataError : the table does not fit its schema, or names a municipality that does not exist.
    """
    staff = read_table(bundle, "staff", STAFF)
    check_codes(bundle, "staff", staff, "code")
    return staff


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
