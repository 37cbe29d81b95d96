"""Commuting: jobs by municipality, and observed flows once somebody has imported them."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from planner.errors import DataError, Fault
from planner.io.bundle import Bundle
from planner.io.csv_table import read_table
from planner.io.tables.municipalities import read_municipalities
from planner.provenance import PROVENANCES

_CODE = pa.Check.str_matches(r"^\d{4}$", error="a municipality code of four digits")
_PERSONS = pa.Check.ge(0, error="a number of persons that is not negative")
_SHARE = pa.Check.in_range(0, 1, error="a share from 0 to 1")
_YEAR = pa.Check.in_range(2000, 2100, error="a year from 2000 to 2100")
_PROVENANCE = pa.Check.isin(PROVENANCES, error=f"one of {', '.join(PROVENANCES)}")

JOBS = pa.DataFrameSchema(
    {
        "code": pa.Column(str, _CODE, unique=True),
        "jobs": pa.Column(float, _PERSONS),
        "year": pa.Column(int, _YEAR),
        "provenance": pa.Column(str, _PROVENANCE),
        "source": pa.Column(str),
    },
    strict=True,
)

COMMUTERS = pa.DataFrameSchema(
    {
        "home": pa.Column(str, _CODE),
        "workplace": pa.Column(str, _CODE),
        "workers": pa.Column(float, _PERSONS),
        "year": pa.Column(int, _YEAR),
        "provenance": pa.Column(str, _PROVENANCE),
    },
    unique=["home", "workplace"],
    strict=True,
)

FIT = pa.DataFrameSchema(
    {
        "region": pa.Column(str),
        "flows": pa.Column(str),
        "cpc_true_margins": pa.Column(float, _SHARE),
        "cpc_shipped_margins": pa.Column(float, _SHARE),
        "trips": pa.Column(int, _PERSONS),
    },
    unique=["region", "flows"],
    strict=True,
)


def read_jobs(bundle: Bundle) -> pd.DataFrame:
    """Read the jobs of every municipality: employed persons by place of work.

    Returns
    -------
    Index ``code`` (sorted), every municipality of 2020-2023; columns ``jobs`` (persons),
    ``year``, ``provenance`` (``modelled`` where no figure is published), ``source``.

    Raises
    ------
    DataError : the table does not fit its schema, lacks a municipality or has another.
    """
    jobs = read_table(bundle, "jobs", JOBS).set_index("code").sort_index()
    codes = read_municipalities(bundle).index
    astray = sorted(jobs.index.symmetric_difference(codes))
    if astray:
        message = f"expected the municipalities of 2020-2023; missing or strange: {astray}."
        raise DataError([Fault(str(bundle.present("jobs")), 0, "code", message)])
    return jobs


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
    codes = read_municipalities(bundle).index
    faults = [
        Fault(str(bundle.present("commuters")), row + 2, column, f"no municipality: {code!r}.")
        for column in ("home", "workplace")
        for row, code in enumerate(commuters[column])
        if code not in codes
    ]
    if faults:
        raise DataError(faults)
    return commuters


def read_commuting_fit(bundle: Bundle) -> pd.DataFrame:
    """Read how well modelled flows agree with observed ones, region by region.

    Returns
    -------
    Columns ``region`` (county of 2024, regional council, or Norge), ``flows`` (which of its
    flows), ``cpc_true_margins`` and ``cpc_shipped_margins`` (common part of commuters, share
    0-1, out of sample: with observed employed residents and jobs, and with the shipped ones),
    ``trips`` (observed commuters in these flows).

    Raises
    ------
    DataError : the table does not fit its schema.
    """
    return read_table(bundle, "commuting_fit", FIT)
