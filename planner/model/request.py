"""A request for a proposal, in codes: what the grouping model may choose and what it weighs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Weights:
    """Exchange rates in minutes of mean travel per inhabitant.

    Attributes
    ----------
    travel : per minute of mean travel per inhabitant.
    severed : per percent of inter-municipal commuters whose two ends are in different groups.
    office : per office.
    staff : per minute of mean travel per FTE.
    council : per percent of the population whose host is outside its own regional council.
    change : per percent of the population whose host differs from the baseline.
    """

    travel: float = 1.0
    severed: float = 0.0
    office: float = 0.0
    staff: float = 0.0
    council: float = 0.0
    change: float = 0.0


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
    fte, population, members : size of every group (members count the host).
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
    """

    weights: Weights = Weights()
    offices: Range = Range()
    max_travel_min: float | None = None
    max_travel_of: Literal["centre", "p90"] = "centre"
    terms_at_most: tuple[tuple[str, float], ...] = ()
    fte: Range = Range()
    population: Range = Range()
    members: Range = Range()
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

    @property
    def municipalities(self) -> frozenset[str]:
        """All codes that the request names."""
        named = [self.hosts_fixed, self.hosts_forbidden, self.crossing_allowed]
        named += [self.hosts_allowed or frozenset(), *self.together, *self.apart]
        if isinstance(self.exempt, frozenset):
            named.append(self.exempt)
        return frozenset().union(*named)
