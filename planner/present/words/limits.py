"""Limits of a request by name and in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.model.limits import LIMIT, TERMS
from planner.optimise.judge import BrokenLimit
from planner.optimise.proposal import LimitFact
from planner.present.words.text import enumeration, figure, keys, spoken, text


def limit_name(key: str) -> str:
    """Name a limit in a sentence."""
    return text(f"limit.name.{key}")


def limit_label(key: str) -> str:
    """Name a limit over its field, where some limits ask a question."""
    label = f"limit.label.{key}"
    return text(label) if label in keys() else limit_name(key)


def limit_help(key: str) -> str | None:
    """Say more about a limit, where there is more to say."""
    more = f"limit.help.{key}"
    return text(more) if more in keys() else None


def broken_sentence(broken: BrokenLimit, names: Mapping[str, str]) -> str:
    """Say which limit is broken, where, and by how much."""
    unit = _unit(broken.limit)
    return text(
        f"limit.broken.{broken.limit}",
        host=names.get(broken.host or "", ""),
        names=enumeration([names[code] for code in broken.municipalities]),
        value=figure(broken.value, unit) if unit else "",
        allowed=figure(broken.allowed, unit) if unit else "",
    )


def conflict_sentence(conflict: Sequence[LimitFact], names: Mapping[str, str]) -> str:
    """Say which limits cannot hold together; nothing where none are known."""
    if not conflict:
        return ""
    limits = enumeration([_fact_text(fact, names) for fact in conflict])
    return text("conflict.alone" if len(conflict) == 1 else "conflict.together", limits=limits)


def _fact_text(fact: LimitFact, names: Mapping[str, str]) -> str:
    """Write a limit with its value, and what is gathered at most where that is too little."""
    limit, unit = _limit_text(fact, names), _unit(fact.key)
    if fact.whole_region is not None:
        return text("conflict.whole_region", limit=limit, most=spoken(fact.whole_region, unit))
    if fact.within_reach:
        most = [f"{names[code]} {spoken(size, unit)}" for code, size in fact.within_reach]
        return text("conflict.within_reach", limit=limit, most=enumeration(most))
    return limit


def _limit_text(fact: LimitFact, names: Mapping[str, str]) -> str:
    limit = text(f"weight.term.{fact.key}") if fact.key in TERMS else limit_name(fact.key)
    if isinstance(fact.value, str):
        value = text(f"limit.is.within.{fact.value}")
    elif fact.value is not None:
        value = spoken(fact.value, "")
    else:
        value = enumeration([names[code] for code in fact.municipalities])
    return text("conflict.limit" if value else "conflict.limit_alone", limit=limit, value=value)


def _unit(key: str) -> str:
    return LIMIT[key].unit if key in LIMIT else ""
