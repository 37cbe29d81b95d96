"""Inhabitants by municipality and year, as projected."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from planner.io.bundle import Bundle, kept
from planner.io.csv_table import read_table
from planner.io.tables.columns import (
    CODE,
    PERSONS,
    PROVENANCE,
    YEAR,
    check_complete,
)

PROJECTION = pa.DataFrameSchema(
    {
        "code": pa.Column(str, CODE),
        "year": pa.Column(int, YEAR),
        "population": pa.Column(int, PERSONS),
        "made": pa.Column(int, YEAR),
        "variant": pa.Column(str, pa.Check.isin(["main"], error="main")),
        "provenance": pa.Column(str, PROVENANCE),
        "source": pa.Column(str),
    },
    unique=["code", "year"],
    strict=True,
)


@kept("projection", "municipalities")
def read_projection(bundle: Bundle) -> pd.DataFrame:
    """Read the projected inhabitants of every municipality on 1 January of some years.

    Returns
    -------
    Columns ``code``, ``year``, ``population`` (persons), ``made`` (year of the projection's
    round), ``variant``, ``provenance``, ``source``; every municipality of 2020-2023 in every year
    that the table has.

    Raises
    ------
    DataError : the table does not fit its schema, or a year lacks a municipality.
    """
    table = read_table(bundle, "projection", PROJECTION)
    for _, codes in table.groupby("year")["code"]:
        check_complete(bundle, "projection", codes)
    return table
