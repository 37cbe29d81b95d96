"""Towns and villages with their inhabitants."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from planner.io.bundle import Bundle, kept
from planner.io.csv_table import read_table
from planner.io.tables.columns import CODE, LATITUDE, LONGITUDE, PROVENANCE, check_codes

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
