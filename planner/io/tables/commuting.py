"""Commuting: observed flows once somebody has imported them, and how well modelled ones fit."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from planner.io.bundle import Bundle
from planner.io.csv_table import read_table
from planner.io.tables.columns import CODE, NOT_NEGATIVE, PROVENANCE, YEAR, check_codes

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
