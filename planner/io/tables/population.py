"""Inhabitants by municipality and year, counted and projected, and by town and village."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from planner.io.bundle import Bundle, kept
from planner.io.csv_table import read_table
from planner.io.tables.columns import (
    CODE,
    LATITUDE,
    LONGITUDE,
    PERSONS,
    PROVENANCE,
    YEAR,
    check_codes,
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
    return _read_whole_years(bundle, "population", POPULATION)


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
    return _read_whole_years(bundle, "projection", PROJECTION)


def _read_whole_years(bundle: Bundle, table_id: str, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """Read a table that has every municipality in every year that it has."""
    table = read_table(bundle, table_id, schema)
    for _, codes in table.groupby("year")["code"]:
        check_complete(bundle, table_id, codes)
    return table


SETTLEMENTS = pa.DataFrameSchema(
    {
        "geonameid": pa.Column(int, unique=True),
        "name": pa.Column(str),
        "lat": pa.Column(float, LATITUDE),
        "lon": pa.Column(float, LONGITUDE),
        "population": pa.Column(float, pa.Check.gt(0, error="more than 0"), nullable=True),
        "code": pa.Column(str, CODE),
        "centre": pa.Column(bool),
        "provenance": pa.Column(str, PROVENANCE),
        "source": pa.Column(str),
    },
    strict=True,
)


@kept("settlements", "municipalities")
def read_settlements(bundle: Bundle) -> pd.DataFrame:
    """Read the settlements of the country.

    Returns
    -------
    Columns ``geonameid``, ``name``, ``lat``, ``lon`` (degrees), ``population`` (persons, of no
    single year; missing where unknown), ``code`` (municipality), ``centre`` (whether it is the
    centre of administration), ``provenance``, ``source``.

    Raises
    ------
    DataError : the table is missing, changed or does not fit `SETTLEMENTS`, or names a
        municipality that does not exist.
    """
    settlements = read_table(bundle, "settlements", SETTLEMENTS)
    check_codes(bundle, "settlements", settlements, "code")
    return settlements
