"""A request for a proposal, in codes: what the grouping model may choose and what it weighs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import inf, isfinite
from typing import Any, Literal

from planner.errors import DataError, Fault
from planner.model.limits import FIGURES, LIMIT, LIMITS, Value
from planner.model.weights import Weights


@dataclass(frozen=True)
class Range:
    """A closed range; None is no limit."""

    min: float | None = None
    max: float | None = None


Exempt = Literal["minimise", "never"] | frozenset[str]


@dataclass(frozen=True)
class Request:
    """What a proposal must satisfy (hard limits) and what it minimises (weights).

    Attributes
    ----------
    offices : number of hosts.
    max_travel_min : longest way from a member to its host, minutes.
    max_travel_of : whose way that is: from centre to centre, or that within which nine of ten
        inhabitants reach the office.
    terms_at_most : pairs of a term of the objective (a name of `Weights`) and the most that it
        may be, in its own unit.
    fte, population : size of every group.
    max_members : most municipalities in a group, the host counted.
    contiguous : every group connected in the contiguity graph.
    hosts_fixed, hosts_allowed, hosts_forbidden : codes; allowed None means all.
    together, apart : each a set of codes that must share, or pairwise must not share, a group.
    keep_baseline_groups : members of one baseline group stay together.
    within : groups may not cross regional councils or counties; a municipality that is in none
        shares with nobody.
    crossing_allowed : codes that may share a group across that border, with anybody.
    exempt : whose group may be below the least fte or population: as few hosts as possible,
        nobody's, or only these hosts' (who are then not counted).
    time_limit_s, relative_gap : when the solver may stop.
    alternatives, min_difference : how many near-best plans to add, and in how many
        municipalities each must differ from all better ones.

    Raises
    ------
    DataError : a figure is missing (NaN), infinite or negative; all of them at once.
    """

    weights: Weights = field(default_factory=Weights)
    offices: Range = Range()
    max_travel_min: float | None = None
    max_travel_of: Literal["centre", "p90"] = "centre"
    terms_at_most: tuple[tuple[str, float], ...] = ()
    fte: Range = Range()
    population: Range = Range()
    max_members: float | None = None
    contiguous: bool = True
    hosts_fixed: frozenset[str] = frozenset()
    hosts_allowed: frozenset[str] | None = None
    hosts_forbidden: frozenset[str] = frozenset()
    together: tuple[frozenset[str], ...] = ()
    apart: tuple[frozenset[str], ...] = ()
    keep_baseline_groups: bool = False
    within: Literal["council", "county"] | None = None
    crossing_allowed: frozenset[str] = frozenset()
    exempt: Exempt = "minimise"
    time_limit_s: float | None = None
    relative_gap: float = 0.0
    alternatives: int = 0
    min_difference: int = 1

    def __post_init__(self) -> None:
        costs = [(f"weights.{name}", float(weight)) for name, weight in self.weights]
        costs += [(f"terms_at_most.{name}", most) for name, most in self.terms_at_most]
        limits = [(limit.key, self.figure(limit.key)) for limit in FIGURES]
        limits += [("time_limit_s", self.time_limit_s), ("relative_gap", self.relative_gap)]
        wrong = [(key, value) for key, value in costs if not isfinite(value)]
        wrong += [(k, value) for k, value in limits if value is not None and not 0 <= value < inf]
        if wrong:
            raise DataError(
                Fault("request", 0, key, f"{value}. Expected a finite number from 0 up.")
                for key, value in wrong
            )

    @property
    def municipalities(self) -> frozenset[str]:
        """All codes that the request names."""
        named: set[str] = set()
        for limit in LIMITS:
            value = self.limit(limit.key)
            if isinstance(value, tuple):
                named.update(*value)
            elif isinstance(value, frozenset):
                named |= value
        return frozenset(named)

    def limit(self, key: str) -> Value:
        """Return a limit by its key; None where there is none."""
        found: Any = self
        for name in LIMIT[key].field.split("."):
            found = getattr(found, name)
        value: Value = found
        return value

    def figure(self, key: str) -> float | None:
        """Return a limit that is a figure."""
        value = self.limit(key)
        return value if isinstance(value, int | float) else None

    def with_limit(self, key: str, value: Value) -> Request:
        """Return the request with another value of one limit."""
        name, _, end = LIMIT[key].field.partition(".")
        new: Any = replace(getattr(self, name), **{end: value}) if end else value
        changed: dict[str, Any] = {name: new}
        return replace(self, **changed)
