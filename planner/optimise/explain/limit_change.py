"""Changes to one limit of a request, under the name that the limit has in a scenario."""

from __future__ import annotations

from dataclasses import dataclass

from planner.model.limits import LimitValue


@dataclass(frozen=True)
class LimitChange:
    """A new value for one limit.

    Attributes
    ----------
    key : of one of `planner.model.limits.LIMITS`.
    old, new : the whole value before and after; None is no limit.
    municipalities : codes that it concerns: those who travel further than before, whose group
        is smaller or larger than allowed before, or whom a list gained or lost.
    """

    key: str
    old: LimitValue
    new: LimitValue
    municipalities: frozenset[str] = frozenset()
