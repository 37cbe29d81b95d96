"""Changes to one limit of a request, under the name that the limit has in a scenario."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from planner.model.request import Request

Value = float | bool | str | frozenset[str] | tuple[frozenset[str], ...] | None

#: Key under ``propose.constraints`` -> field of a request, and which end of it where it is a range.
FIELDS: dict[str, tuple[str, str | None]] = {
    "max_travel_minutes": ("max_travel_min", None),
    "min_fte": ("fte", "min"),
    "max_fte": ("fte", "max"),
    "min_population": ("population", "min"),
    "max_population": ("population", "max"),
    "min_members": ("members", "min"),
    "max_members": ("members", "max"),
    "offices.min": ("offices", "min"),
    "offices.max": ("offices", "max"),
    "hosts.fixed": ("hosts_fixed", None),
    "hosts.allowed": ("hosts_allowed", None),
    "hosts.forbidden": ("hosts_forbidden", None),
    "together": ("together", None),
    "apart": ("apart", None),
    "contiguous": ("contiguous", None),
    "keep_baseline_groups": ("keep_baseline_groups", None),
    "within": ("within", None),
    "crossing_allowed": ("crossing_allowed", None),
    "exempt": ("exempt", None),
}


@dataclass(frozen=True)
class Change:
    """A new value for one limit.

    Attributes
    ----------
    key : one of `FIELDS`.
    old, new : the whole value before and after; None is no limit.
    municipalities : codes that it concerns: those who travel further than before, whose group
        is smaller or larger than allowed before, or whom a list gained or lost.
    """

    key: str
    old: Value
    new: Value
    municipalities: frozenset[str] = frozenset()


def limit(request: Request, key: str) -> Value:
    """Return a limit of a request."""
    field, end = FIELDS[key]
    value: Value = getattr(request, field)
    return value if end is None else getattr(value, end)


def with_limit(request: Request, key: str, value: Value) -> Request:
    """Return a request with another value of one limit."""
    field, end = FIELDS[key]
    new: Any = value if end is None else replace(getattr(request, field), **{end: value})
    return replace(request, **{field: new})


def apply(request: Request, change: Change) -> Request:
    """Return the request that a change makes of a request."""
    return with_limit(request, change.key, change.new)
