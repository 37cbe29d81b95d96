"""Inhabitants by municipality and year, as counted."""

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

METHODS = ["observed", "summed", "split"]

POPULATION = pa.DataFrameSchema(
    {
        "code": pa.Column(str, CODE),
        "year": pa.Column(int, YEAR),
        "population": pa.Column(int, PERSONS),
        "method": pa.Column(str, pa.Check.isin(METHODS, error=f"one of {', '.join(METHODS)}")),
        "provenance": pa.Column(str, PROVENANCE),
        "source": pa.Column(str),
    },
    unique=["code", "year"],
    strict=True,
)


@kept("population", "municipalities")
def read_population(bundle: Bundle) -> pd.DataFrame:
    """Read the inhabitants of every municipality on 1 January of some years.

    Returns
    -------
    Columns ``code``, ``year``, ``population`` (persons), ``method`` (observed, summed of whole
    former municipalities, split by shares), ``provenance``, ``source``; every municipality of
    2020-2023 in every year that the table has.

    Raises
    ------
    DataError : the table does not fit its schema, or a year lacks a municipality.
    """
    table = read_table(bundle, "population", POPULATION)
    for _, codes in table.groupby("year")["code"]:
        check_complete(bundle, "population", codes)
    return table
