"""Employed persons by where they live and where they work."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from planner.io.bundle import Bundle, kept
from planner.io.csv_table import read_table
from planner.io.tables.columns import CODE, NOT_NEGATIVE, PROVENANCE, YEAR, check_complete


def _homes_within(table: pd.DataFrame) -> pd.Series[bool]:
    least = table[["employed_residents", "jobs"]].min(axis="columns")
    return table["working_at_home"] <= least


EMPLOYMENT = pa.DataFrameSchema(
    {
        "code": pa.Column(str, CODE, unique=True),
        "employed_residents": pa.Column(int, NOT_NEGATIVE),
        "jobs": pa.Column(int, NOT_NEGATIVE),
        "working_at_home": pa.Column(int, NOT_NEGATIVE),
        "year": pa.Column(int, YEAR),
        "provenance": pa.Column(str, PROVENANCE),
        "source": pa.Column(str),
    },
    checks=[pa.Check(_homes_within, error="working_at_home within employed residents and jobs")],
    strict=True,
)


@kept("employment", "municipalities")
def read_employment(bundle: Bundle) -> pd.DataFrame:
    """Read employed residents and jobs of every municipality.

    Returns
    -------
    Index ``code`` (sorted), every municipality of 2020-2023; columns ``employed_residents``
    (persons, wherever they work), ``jobs`` (persons, wherever they live), ``working_at_home``
    (persons who do both there), ``year``, ``provenance``, ``source``.

    Raises
    ------
    DataError : the table does not fit its schema, lacks a municipality or has another.
    """
    table = read_table(bundle, "employment", EMPLOYMENT).set_index("code").sort_index()
    check_complete(bundle, "employment", table.index)
    return table
