"""Limits of a request in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.optimise.grouping.objective import TERMS
from planner.optimise.judge import BrokenLimit
from planner.optimise.proposal import LimitFact
from planner.present.words.text import enumeration, figure, spoken, text

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


def limit_name(key: str) -> str:
    """Name a limit as the form does."""
    return text(f"proposal.limit.{key}")


def conflict_sentence(conflict: Sequence[LimitFact], names: Mapping[str, str]) -> str:
    """Say which limits cannot hold together; nothing where none are known."""
    if not conflict:
        return ""
    limits = enumeration([_fact_text(fact, names) for fact in conflict])
    return text("conflict.alone" if len(conflict) == 1 else "conflict.together", limits=limits)


def _fact_text(fact: LimitFact, names: Mapping[str, str]) -> str:
    """Write a limit with its value, and what is gathered at most where that is too little."""
    limit, unit = _limit_text(fact, names), _UNITS.get(fact.key, "")
    if fact.whole_region is not None:
        return text("conflict.whole_region", limit=limit, most=spoken(fact.whole_region, unit))
    if fact.within_reach:
        most = [f"{names[code]} {spoken(size, unit)}" for code, size in fact.within_reach]
        return text("conflict.within_reach", limit=limit, most=enumeration(most))
    return limit


def _limit_text(fact: LimitFact, names: Mapping[str, str]) -> str:
    limit = text(f"proposal.term.{fact.key}") if fact.key in TERMS else limit_name(fact.key)
    if isinstance(fact.value, str):
        value = text(f"proposal.within.{fact.value}")
    elif fact.value is not None:
        value = spoken(fact.value, "")
    else:
        value = enumeration([names[code] for code in fact.municipalities])
    return text("conflict.limit" if value else "conflict.limit_alone", limit=limit, value=value)
