"""The administrative area for Sami languages, by date."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from planner.io.bundle import Bundle, kept
from planner.io.csv_table import read_table
from planner.io.tables.columns import CODE, DATED, DATES_IN_ORDER, PROVENANCE, check_codes

CATEGORIES = [
    "språkutviklingskommune",
    "språkvitaliseringskommune",
    "språkstimuleringskommune",
]
LANGUAGES = ["North", "Lule", "South"]

SAMI_AREAS = pa.DataFrameSchema(
    {
        "code": pa.Column(str, CODE),
        "category": pa.Column(
            str, pa.Check.isin(CATEGORIES, error=f"one of {', '.join(CATEGORIES)}"), nullable=True
        ),
        "language": pa.Column(
            str, pa.Check.isin(LANGUAGES, error=f"one of {', '.join(LANGUAGES)}"), nullable=True
        ),
        **DATED,
        "provenance": pa.Column(str, PROVENANCE),
        "source": pa.Column(str),
    },
    checks=DATES_IN_ORDER,
    strict=True,
)


@kept("sami_areas", "municipalities")
def read_sami_areas(bundle: Bundle) -> pd.DataFrame:
    """Read which municipalities belonged to the administrative area for Sami languages, and when.

    Returns
    -------
    Columns ``code``, ``category`` (missing before 2024), ``language`` (missing where not read),
    ``valid_from``, ``valid_to``, ``from_earliest``, ``provenance``, ``source``.

    Raises
    ------
    DataError : the table does not fit its schema, or names a municipality that does not exist.
    """
    table = read_table(bundle, "sami_areas", SAMI_AREAS)
    check_codes(bundle, "sami_areas", table, "code")
    return table
