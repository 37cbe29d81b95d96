"""Limits of a request in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from planner.optimise.judge import BrokenLimit
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
