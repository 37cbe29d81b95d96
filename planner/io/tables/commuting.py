"""Commuting: large flows, imported flows, employed persons, and how well modelled flows fit."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from planner.io.bundle import Bundle, kept
from planner.io.csv_table import read_table
from planner.io.tables.columns import (
    CODE,
    NOT_NEGATIVE,
    PERSONS,
    PROVENANCE,
    YEAR,
    check_codes,
    check_complete,
)

#: A flow between two municipalities that is not in the table is smaller than this, persons.
LEAST_FLOW = 20

COMMUTING = pa.DataFrameSchema(
    {
        "home": pa.Column(str, CODE),
        "workplace": pa.Column(str, CODE),
        "workers": pa.Column(int, PERSONS),
        "year": pa.Column(int, YEAR),
        "provenance": pa.Column(str, PROVENANCE),
        "source": pa.Column(str),
    },
    unique=["home", "workplace"],
    strict=True,
)


def read_large_flows(bundle: Bundle) -> pd.DataFrame | None:
    """Read the large flows; None where the bundle has none.

    Returns
    -------
    Columns ``home``, ``workplace`` (codes), ``workers`` (persons), ``year``, ``provenance``,
    ``source``.

    Raises
    ------
    DataError : the table does not fit its schema, or names a municipality that does not exist.
    """
    if not bundle.has("commuting"):
        return None
    flows = read_table(bundle, "commuting", COMMUTING)
    check_codes(bundle, "commuting", flows, "home", "workplace")
    return flows


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


_SHARE = pa.Check.in_range(0, 1, error="a share from 0 to 1")

COMMUTERS = pa.DataFrameSchema(
    {
        "home": pa.Column(str, CODE),
        "workplace": pa.Column(str, CODE),
        "workers": pa.Column(float, NOT_NEGATIVE),
        "year": pa.Column(int, YEAR),
        "provenance": pa.Column(str, PROVENANCE),
    },
    unique=["home", "workplace"],
    strict=True,
)

FIT = pa.DataFrameSchema(
    {
        "region": pa.Column(str),
        "flows": pa.Column(str),
        "cpc": pa.Column(float, _SHARE),
        "trips": pa.Column(int, NOT_NEGATIVE),
    },
    unique=["region", "flows"],
    strict=True,
)


def read_commuters(bundle: Bundle) -> pd.DataFrame | None:
    """Read observed flows, if they were imported.

    Returns
    -------
    Columns ``home``, ``workplace`` (codes of 2020-2023), ``workers`` (persons, above 0;
    fractional where a municipality was divided), ``year``, ``provenance``; pairs without
    commuters are left out. None where the bundle has no observed flows.

    Raises
    ------
    DataError : the table does not fit its schema, or names a municipality that does not exist.
    """
    if not bundle.has("commuters"):
        return None
    commuters = read_table(bundle, "commuters", COMMUTERS)
    check_codes(bundle, "commuters", commuters, "home", "workplace")
    return commuters


def read_commuting_fit(bundle: Bundle) -> pd.DataFrame:
    """Read how well modelled flows agree with observed ones, region by region.

    Returns
    -------
    Columns ``region`` (county of 2024, regional council, or Norge), ``flows`` (which of its
    flows), ``cpc`` (common part of commuters, share 0-1, out of sample, with observed employed
    residents and jobs), ``trips`` (observed commuters in these flows).

    Raises
    ------
    DataError : the table does not fit its schema.
    """
    return read_table(bundle, "commuting_fit", FIT)
