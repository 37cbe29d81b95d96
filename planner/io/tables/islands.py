"""Municipalities without a fixed link to the mainland."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from planner.io.bundle import Bundle, kept
from planner.io.csv_table import read_table
from planner.io.tables.columns import CODE, PROVENANCE, check_codes

EXTENTS = ["whole", "centre", "part"]

ISLANDS = pa.DataFrameSchema(
    {
        "code": pa.Column(str, CODE, unique=True),
        "extent": pa.Column(str, pa.Check.isin(EXTENTS, error=f"one of {', '.join(EXTENTS)}")),
        "note": pa.Column(str, nullable=True),
        "provenance": pa.Column(str, PROVENANCE),
        "source": pa.Column(str),
    },
    strict=True,
)


@kept("islands", "municipalities")
def read_islands(bundle: Bundle) -> pd.DataFrame:
    """Read the municipalities without a fixed link.

    Returns
    -------
    Index ``code``; columns ``extent`` (whole, centre: the centre lies on an island, part),
    ``note``, ``provenance``, ``source``.

    Raises
    ------
    DataError : the table does not fit its schema, or names a municipality that does not exist.
    """
    table = read_table(bundle, "islands", ISLANDS)
    check_codes(bundle, "islands", table, "code")
    return table.set_index("code")
