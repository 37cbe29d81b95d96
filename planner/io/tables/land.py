"""Land of the municipalities: area, shared borders, islands without a fixed link."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from planner.io.bundle import Bundle, kept
from planner.io.csv_table import read_table
from planner.io.tables.columns import CODE, PROVENANCE, check_codes, check_complete

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


BORDERS = pa.DataFrameSchema(
    {
        "code_a": pa.Column(str, CODE),
        "code_b": pa.Column(str, CODE),
        "border_m": pa.Column(int, pa.Check.gt(0, error="a length above 0 metres")),
    },
    checks=pa.Check(lambda table: table["code_a"] < table["code_b"], error="code_a before code_b"),
    unique=["code_a", "code_b"],
    strict=True,
)


def read_borders(bundle: Bundle) -> pd.DataFrame:
    """Read the land border that every two neighbouring municipalities share.

    Returns
    -------
    Columns ``code_a`` < ``code_b`` and ``border_m``; one row a pair, on land only.

    Raises
    ------
    DataError : the table is missing, changed, or does not fit its schema.
    """
    return read_table(bundle, "borders", BORDERS)


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
