"""Staff of every unit by the municipalities that it serves, state and municipal."""

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
