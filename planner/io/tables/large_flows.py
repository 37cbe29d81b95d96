"""The large flows of commuters: those of 20 persons and more, and all own municipalities."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from planner.io.bundle import Bundle
from planner.io.csv_table import read_table
from planner.io.tables.columns import (
    CODE,
    PERSONS,
    PROVENANCE,
    YEAR,
    check_codes,
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
