"""Land area of the municipalities."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from planner.io.bundle import Bundle, kept
from planner.io.csv_table import read_table
from planner.io.tables.columns import CODE, check_complete

AREAS = pa.DataFrameSchema(
    {
        "code": pa.Column(str, CODE, unique=True),
        "land_km2": pa.Column(float, pa.Check.gt(0, error="more than 0")),
    },
    strict=True,
)


@kept("areas", "municipalities")
def read_areas(bundle: Bundle) -> pd.Series[float]:
    """Read the land area of every municipality, fresh water included; by code, km2.

    Raises
    ------
    DataError : the table is missing, changed or does not fit `AREAS`; a municipality is missing.
    """
    areas = read_table(bundle, "areas", AREAS).set_index("code")["land_km2"].sort_index()
    check_complete(bundle, "areas", areas.index)
    return areas
