"""Limits by name, and those that a plan breaks as sentences and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.optimise.judge import BrokenLimit
from planner.present.result.document import rounded
from planner.present.words.text import enumeration, figure, keys, text
from planner.scenario.limits import LIMIT


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
    unit = LIMIT[broken.limit].unit if broken.limit in LIMIT else ""
    return text(
        f"limit.broken.{broken.limit}",
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
