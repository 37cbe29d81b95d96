"""Staff of regions that belong to no municipality."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from planner.io.bundle import Bundle
from planner.io.csv_table import read_table
from planner.io.tables.columns import (
    FTE,
    NOT_NEGATIVE,
    PROVENANCE,
    YEAR,
)

REGIONAL_UNITS = pa.DataFrameSchema(
    {
        "unit": pa.Column(str, unique=True),
        "regional_council": pa.Column(str),
        "fte": pa.Column(float, FTE),
        "employees": pa.Column(pa.INT64, NOT_NEGATIVE, nullable=True),
        "staff_year": pa.Column(pa.INT64, YEAR, nullable=True),
        "provenance": pa.Column(str, PROVENANCE),
        "source": pa.Column(str),
    },
    strict=True,
)


def read_regional_units(bundle: Bundle) -> pd.DataFrame:
    """Read the staff of regions that belong to no municipality.

    Returns
    -------
    Index ``unit``; columns ``regional_council``, ``fte``, ``employees``, ``staff_year``,
    ``provenance``, ``source``.

    Raises
    ------
    DataError : the table does not fit its schema.
    """
    return read_table(bundle, "regional_units", REGIONAL_UNITS).set_index("unit")
