"""Limits that a plan breaks, as sentences and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.optimise.judge import BrokenLimit
from planner.present.result.document import rounded
from planner.present.words.text import enumeration, figure, text

#: Limit -> unit of its figures.
_UNITS = {
    "offices.min": "offices",
    "offices.max": "offices",
    "max_travel_minutes": "min",
    "min_fte": "fte",
    "max_fte": "fte",
    "min_population": "persons",
    "max_population": "persons",
    "min_members": "municipalities",
    "max_members": "municipalities",
    "exempt": "groups",
}


def broken_sentence(broken: BrokenLimit, names: Mapping[str, str]) -> str:
    """Say which limit is broken, where, and by how much."""
    unit = _UNITS.get(broken.limit, "")
    return text(
        f"limit.{broken.limit}",
        host=names.get(broken.host or "", ""),
        names=enumeration([names[code] for code in broken.municipalities]),
        value=figure(broken.value, unit) if unit else "",
        allowed=figure(broken.allowed, unit) if unit else "",
    )


def broken_document(broken: BrokenLimit, names: Mapping[str, str]) -> dict[str, Any]:
    """Return a broken limit as JSON, municipalities by name."""
    return {
        "limit": broken.limit,
        "host": None if broken.host is None else names[broken.host],
        "municipalities": [names[code] for code in broken.municipalities],
        "value": rounded(broken.value),
        "allowed": rounded(broken.allowed),
    }
