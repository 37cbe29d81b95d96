"""What the source documents say must be kept in a municipality, whoever hosts its office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import pandera.pandas as pa

from planner.io.bundle import Bundle
from planner.io.csv_table import read_table
from planner.io.tables.columns import CODE, PROVENANCE

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
