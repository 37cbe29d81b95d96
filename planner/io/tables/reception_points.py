"""Places where people may come, as listed on one day."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from planner.io.bundle import Bundle, kept
from planner.io.csv_table import read_table
from planner.io.tables.columns import (
    CODE,
    LATITUDE,
    LONGITUDE,
    NOT_NEGATIVE,
    PROVENANCE,
    UNIT,
    check_codes,
)

DAYS_A_WEEK = 5

RECEPTION_POINTS = pa.DataFrameSchema(
    {
        "unit": pa.Column(str, UNIT),
        "point": pa.Column(int, pa.Check.ge(1, error="a number from 1")),
        "code": pa.Column(str, CODE, nullable=True),
        "label": pa.Column(str),
        "lat": pa.Column(float, LATITUDE),
        "lon": pa.Column(float, LONGITUDE),
        "days_open": pa.Column(int, NOT_NEGATIVE),
        "drop_in_days": pa.Column(int, NOT_NEGATIVE),
        "listed_on": pa.Column(pa.DateTime),
        "provenance": pa.Column(str, PROVENANCE),
        "source": pa.Column(str),
    },
    unique=["unit", "point"],
    strict=True,
)


@kept("reception_points", "municipalities")
def read_reception_points(bundle: Bundle) -> pd.DataFrame:
    """Read the places of all units where people may come.

    Returns
    -------
    Columns ``unit``, ``point`` (number within the unit), ``code`` (missing outside the
    municipalities), ``label``, ``lat``, ``lon`` (degrees), ``days_open`` (days a week, by
    appointment too) and ``drop_in_days`` (days a week without appointment), both at most 5,
    ``listed_on``, ``provenance``, ``source``.

    Raises
    ------
    DataError : the table does not fit its schema, or names a municipality that does not exist.
    """
    points = read_table(bundle, "reception_points", RECEPTION_POINTS)
    check_codes(bundle, "reception_points", points, "code")
    # Some pages list a day in two lines, before and after lunch.
    days = {name: points[name].clip(upper=DAYS_A_WEEK) for name in ("days_open", "drop_in_days")}
    return points.assign(**days)
