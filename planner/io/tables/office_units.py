"""The numbered units of NAV's own lists: what people call an office."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from planner.io.bundle import Bundle, kept
from planner.io.csv_table import read_table
from planner.io.tables.columns import (
    CODE,
    DATED,
    DATES_IN_ORDER,
    LATITUDE,
    LONGITUDE,
    PROVENANCE,
    UNIT,
    check_codes,
)

OFFICE_UNITS = pa.DataFrameSchema(
    {
        "unit": pa.Column(str, UNIT),
        "office": pa.Column(str),
        "name": pa.Column(str),
        "code": pa.Column(str, CODE),
        "lat": pa.Column(float, LATITUDE, nullable=True),
        "lon": pa.Column(float, LONGITUDE, nullable=True),
        **DATED,
        "provenance": pa.Column(str, PROVENANCE),
        "source": pa.Column(str),
    },
    checks=DATES_IN_ORDER,
    strict=True,
)


@kept("office_units", "municipalities")
def read_office_units(bundle: Bundle) -> pd.DataFrame:
    """Read the units of NAV's lists, from the list of 2021-23 on.

    Returns
    -------
    Columns ``unit`` (number), ``office``, ``name``, ``code`` (where it lies), ``lat`` and ``lon``
    (degrees; missing where it was gone by September 2026), ``valid_from``, ``valid_to``,
    ``from_earliest`` as for members, ``provenance``, ``source``.

    Raises
    ------
    DataError : the table does not fit its schema, or names a municipality that does not exist.
    """
    units = read_table(bundle, "office_units", OFFICE_UNITS)
    check_codes(bundle, "office_units", units, "code")
    return units
