"""Land borders between municipalities: a table derived from the polygons, light to read."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from planner.io.bundle import Bundle
from planner.io.csv_table import read_table

_CODE = pa.Check.str_matches(r"^\d{4}$", error="a municipality number of four digits")

BORDERS = pa.DataFrameSchema(
    {
        "code_a": pa.Column(str, _CODE),
        "code_b": pa.Column(str, _CODE),
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
