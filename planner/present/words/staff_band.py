"""The 80 % band of a municipality's staff, where it is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from planner.present.words.text import span


def has_band(table: pd.DataFrame) -> bool:
    """Say whether a table of municipalities knows the band of any."""
    return "fte_low" in table and bool(table["fte_low"].notna().any())


def fte_band(row: Mapping[Any, Any]) -> str:
    """Write the band of one municipality without its unit; nothing where none is known."""
    low, high = row["fte_low"], row["fte_high"]
    return "" if pd.isna(low) or pd.isna(high) else span(low, high, "fte", row["fte_provenance"])
