"""Every limit that a request may set, and every weight: declared here, and nowhere else.

The bounds of the vocabulary, the request's fields, forms, addresses, sweeps, the search for what
cannot hold together and for what would help all go through these rows. How a limit or a weight
is added is told in docs/design.md, section 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Literal, Protocol, Self, TypeVar

MOST_MUNICIPALITIES: Final = 356


@dataclass(frozen=True)
class Measure:
    """What a limit that is a figure is measured in.

    Attributes
    ----------
    unit : under which texts write it.
    least, most : what may be written; whole numbers where the measure is a count. The most is
        beyond the largest in Norway: 20 000 people work for NAV, 5.6 million live here, and the
        longest way takes 40 hours. Work that grows with a figure stays bounded so.
    step : how much a click in a form adds.
    grain : steps in which a change that would help is searched and told.
    of_group : whether every group has this size, rather than the plan.
    """

    unit: str
    least: int
    most: float
    step: float
    grain: float
    of_group: bool = False

    @property
    def whole(self) -> bool:
        """Whether it is counted."""
        return isinstance(self.step, int)


MEASURES: Final[Mapping[str, Measure]] = {
    "minutes": Measure("min", 0, 6000, step=5.0, grain=0.1),
    "offices": Measure("offices", 1, MOST_MUNICIPALITIES, step=1, grain=1.0),
    "fte": Measure("fte", 0, 1e5, step=0.5, grain=0.1, of_group=True),
    "population": Measure("persons", 0, 10_000_000, step=500, grain=1.0, of_group=True),
    "members": Measure("municipalities", 1, MOST_MUNICIPALITIES, step=1, grain=1.0, of_group=True),
    "exempted": Measure("groups", 0, MOST_MUNICIPALITIES, step=1, grain=1.0),
}

Kind = Literal["figure", "names", "sets", "switch", "choice"]
#: A limit's value in a request: figures, switches and choices as they are, names as codes.
Value = float | bool | str | frozenset[str] | tuple[frozenset[str], ...] | None


@dataclass(frozen=True)
class Limit:
    """A limit that a request may set.

    Attributes
    ----------
    key : under ``propose.constraints`` of a scenario, steps joined by full stops; texts about it
        stand under ``limit.name`` and ``limit.broken`` and this key.
    field : of `planner.model.request.Request`, with the end where it is a range.
    kind : ``figure``; ``names`` of municipalities; ``sets`` of them; a ``switch`` that holds or
        not; or a ``choice`` of words.
    address : parameter of a page's address; the two ends of a range share one.
    measure : of a figure, or of what is told about a choice.
    end : which end of what is measured a figure limits.
    words : of a choice.
    nobody : the word that says the same as an empty list, where a choice may be names instead.
    """

    key: str
    field: str
    kind: Kind
    address: str
    measure: str = ""
    end: Literal["min", "max"] | None = None
    words: tuple[str, ...] = ()
    nobody: str = ""

    @property
    def unit(self) -> str:
        """Unit of figures about it; empty where there are none."""
        return MEASURES[self.measure].unit if self.measure else ""


#: From the limit that a planner gives up last among figures to the one that goes first.
FIGURES: Final = (
    Limit("max_travel_minutes", "max_travel_min", "figure", "minutes", "minutes", "max"),
    Limit("min_fte", "fte.min", "figure", "fte", "fte", "min"),
    Limit("min_population", "population.min", "figure", "people", "population", "min"),
    Limit("offices.min", "offices.min", "figure", "offices", "offices", "min"),
    Limit("offices.max", "offices.max", "figure", "offices", "offices", "max"),
    Limit("max_fte", "fte.max", "figure", "fte", "fte", "max"),
    Limit("max_population", "population.max", "figure", "people", "population", "max"),
    Limit("max_members", "max_members", "figure", "members", "members", "max"),
)
LIMITS: Final = (
    *FIGURES,
    Limit("hosts.fixed", "hosts_fixed", "names", "fixed"),
    Limit("hosts.forbidden", "hosts_forbidden", "names", "nohost"),
    Limit("hosts.allowed", "hosts_allowed", "names", "hosts"),
    Limit("together", "together", "sets", "together"),
    Limit("apart", "apart", "sets", "apart"),
    Limit("contiguous", "contiguous", "switch", "loose"),
    Limit("keep_baseline_groups", "keep_baseline_groups", "switch", "keep"),
    Limit("crossing_allowed", "crossing_allowed", "names", "cross"),
    Limit("within", "within", "choice", "within", words=("council", "county")),
    Limit(
        "exempt",
        "exempt",
        "choice",
        "exempt",
        "exempted",
        words=("minimise", "never"),
        nobody="never",
    ),
)
LIMIT: Final[Mapping[str, Limit]] = {limit.key: limit for limit in LIMITS}
#: Limits on the size of every group.
SIZES: Final = tuple(limit for limit in FIGURES if MEASURES[limit.measure].of_group)
#: The least and the most of what is limited at both ends.
RANGES: Final = tuple(
    pair
    for pair in pairwise(sorted(FIGURES, key=lambda limit: (limit.measure, limit.end == "max")))
    if pair[0].measure == pair[1].measure
)


@dataclass(frozen=True)
class Weight:
    """A term of the objective that a request may weigh, in minutes of mean travel.

    Attributes
    ----------
    key : under ``propose.weights``; texts about it stand under ``weight`` and this key.
    unit : of the term; one in per cent is weighed by the percent and written as a share.
    step : how much a click in a form adds.
    common : whether a form shows it at once.
    """

    key: str
    unit: str
    step: float
    common: bool = False

    @property
    def scale(self) -> float:
        """What turns the term into its unit."""
        return 0.01 if self.unit == "share" else 1.0


MOST_WEIGHT: Final = 1e6
WEIGHTS: Final[Mapping[str, Weight]] = {
    weight.key: weight
    for weight in (
        Weight("travel", "min", 0.5, common=True),
        Weight("severed", "share", 0.05, common=True),
        Weight("office", "offices", 0.05, common=True),
        Weight("staff", "min", 0.1),
        Weight("council", "share", 0.05),
        Weight("change", "share", 0.05, common=True),
    )
}
#: Terms in the order in which they are reported.
TERMS: Final = tuple(WEIGHTS)


class HasLimits(Protocol):
    """A request, by names or by codes: its limits are read and set by their keys."""

    def limit(self, key: str) -> Any:  # noqa: ANN401 - of the limit's kind
        """Return a limit."""

    def with_limit(self, key: str, value: Value) -> Self:
        """Return the request with another value of one limit."""


Asked = TypeVar("Asked", bound=HasLimits)


def let_serve(asked: Asked, host_of: Mapping[str, str]) -> Asked:
    """Return a request in which given hosts serve some municipalities.

    Parameters
    ----------
    asked : by names or by codes.
    host_of : municipality -> its host, written as the request writes them.
    """
    fixed = frozenset({*asked.limit("hosts.fixed"), *host_of.values()})
    together = asked.limit("together")
    pairs = (frozenset(pair) for pair in sorted(host_of.items()))
    known = [frozenset(part) for part in together]
    new = [pair for pair in pairs if len(pair) > 1 and pair not in known]
    return asked.with_limit("hosts.fixed", fixed).with_limit("together", (*together, *new))


def crossed(asked: HasLimits) -> list[tuple[str, str]]:
    """Return keys of limits of a request the least of which is above the most."""
    found = []
    for least, most in RANGES:
        low, high = asked.limit(least.key), asked.limit(most.key)
        if low is not None and high is not None and low > high:
            found.append((least.key, most.key))
    return found


def as_written(limit: Limit, value: Any) -> Any:  # noqa: ANN401 - of the limit's kind
    """Return a limit's value as a scenario writes it: lists for sets, whole numbers for counts."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [as_written(limit, part) for part in value]
    counted = limit.kind == "figure" and MEASURES[limit.measure].whole
    return round(value) if counted and value is not None else value
