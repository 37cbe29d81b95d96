"""What is kept in a municipality by law or promise: presence, and the Sami areas by date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd
import pandera.pandas as pa

from planner.io.bundle import Bundle, kept
from planner.io.csv_table import read_table
from planner.io.tables.columns import CODE, DATED, DATES_IN_ORDER, PROVENANCE, check_codes

Keeps = Literal["presence", "sami_language"]
KEEPS: tuple[Keeps, ...] = get_args(Keeps)

KEEP_PRESENCE = pa.DataFrameSchema(
    {
        "code": pa.Column(str, CODE),
        "keeps": pa.Column(str, pa.Check.isin(KEEPS, error=f"one of {', '.join(KEEPS)}")),
        "reason": pa.Column(str),
        "provenance": pa.Column(str, PROVENANCE),
        "source": pa.Column(str),
    },
    unique=["code", "keeps"],
    strict=True,
)


@dataclass(frozen=True)
class Keep:
    """One thing that must be kept in a municipality.

    Attributes
    ----------
    code : municipality.
    keeps : ``presence`` (staff there on some days), or ``sami_language`` (staff who speak Sami).
    reason : why, in bokmål.
    source : who says so.
    """

    code: str
    keeps: Keeps
    reason: str
    source: str


def read_keep_presence(bundle: Bundle) -> tuple[Keep, ...]:
    """Read what must be kept, sorted by municipality.

    Raises
    ------
    DataError : the table does not fit its schema.
    """
    table = read_table(bundle, "keep_presence", KEEP_PRESENCE).sort_values(["code", "keeps"])
    columns = ["code", "keeps", "reason", "source"]
    return tuple(Keep(*row) for row in table[columns].itertuples(index=False, name=None))


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
