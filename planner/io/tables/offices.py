"""Offices: what shares a host and a name; whom each serves, and when, say its members."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from planner.io.bundle import Bundle, kept
from planner.io.csv_table import read_table
from planner.io.tables.columns import CODE, PROVENANCE, check_codes

OFFICES = pa.DataFrameSchema(
    {
        "office": pa.Column(str, unique=True),
        "name": pa.Column(str),
        "host": pa.Column(str, CODE),
        "host_inferred": pa.Column(bool),
        "leader": pa.Column(str, nullable=True),
        "provenance": pa.Column(str, PROVENANCE),
        "source": pa.Column(str),
    },
    strict=True,
)


@kept("offices", "municipalities")
def read_offices(bundle: Bundle) -> pd.DataFrame:
    """Read the offices of all dates; one is in force while it has members.

    Returns
    -------
    Index ``office``, in the file's order; columns ``name``, ``host`` (code of the municipality
    where it lies), ``host_inferred`` (whether that it is the host in law is inferred from where
    it lies), ``leader``, ``provenance``, ``source``.

    Raises
    ------
    DataError : the table does not fit its schema, or names a municipality that does not exist.
    """
    table = read_table(bundle, "offices", OFFICES)
    check_codes(bundle, "offices", table, "host")
    return table.set_index("office")
