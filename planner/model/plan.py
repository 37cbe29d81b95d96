"""A plan: who shares an office with whom, under which host."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, Protocol

from planner.errors import PlannerError

Form = Literal["today", "municipal_merger", "host_municipality", "close_cooperation", "state_only"]


class WorkshopScore(Protocol):
    """What people in a workshop scored for a risk factor."""

    @property
    def likelihood(self) -> int:
        """1 (unlikely) to 5 (nearly certain)."""
        ...

    @property
    def consequence(self) -> int:
        """1 (harmless) to 5 (very serious)."""
        ...


#: What is unsure about who serves a municipality: whether a change had taken place already, or
#: which office it is, since no list has one.
Doubt = Literal["window", "unlisted"]


class PlanError(PlannerError, ValueError):
    """A set of groups that is not a partition in which every host serves itself."""


@dataclass(frozen=True)
class Point:
    """A place where people may come.

    Attributes
    ----------
    code : municipality.
    label : name of the place, as listed.
    unit : number of the unit that keeps it.
    lat, lon : degrees.
    days_open : days a week that it is open, by appointment too.
    drop_in_days : days a week that it is open to those without an appointment.
    """

    code: str
    label: str
    unit: str
    lat: float
    lon: float
    days_open: int
    drop_in_days: int


@dataclass(frozen=True)
class Plan:
    """A partition of a region's municipalities into groups with one host each.

    Hand-drawn plans, today's plan and proposals are all of this type.

    Attributes
    ----------
    host_of : municipality code -> code of its host; sorted by code; hosts serve themselves.
    locations : municipality code -> days a week with physical presence, 0-5. A host's own
        office counts 5 and need not be listed; a municipality that is absent has no presence.
    form : legal form of the cooperation.
    exempt : hosts whose group a solve allowed to stay below a minimum.
    risk_scores : number of a risk factor -> what a workshop scored for this plan.
    teams : host -> host that names its specialist team, where offices share specialists without
        sharing the office; a host that is absent has its specialists alone.
    points : places where people may come, where they are listed; a drawn plan has none.
    doubts : municipality code -> what is unsure about who serves it.
    """

    host_of: Mapping[str, str]
    locations: Mapping[str, float] = field(default_factory=dict)
    form: Form = "host_municipality"
    exempt: frozenset[str] = frozenset()
    risk_scores: Mapping[int, WorkshopScore] = field(default_factory=dict)
    teams: Mapping[str, str] = field(default_factory=dict)
    points: tuple[Point, ...] = ()
    doubts: Mapping[str, Doubt] = field(default_factory=dict)

    def __post_init__(self) -> None:
        host_of = dict(sorted(self.host_of.items()))
        astray = sorted({host for host in host_of.values() if host_of.get(host) != host})
        if astray:
            msg = f"hosts that do not serve themselves: {', '.join(astray)}"
            raise PlanError(msg)
        strangers = sorted(set(self.locations) - set(host_of))
        if strangers:
            msg = f"locations outside the plan: {', '.join(strangers)}"
            raise PlanError(msg)
        unhosted = sorted({*self.teams, *self.teams.values()} - set(host_of.values()))
        if unhosted:
            msg = f"teams of municipalities without an office: {', '.join(unhosted)}"
            raise PlanError(msg)
        object.__setattr__(self, "host_of", MappingProxyType(host_of))
        object.__setattr__(
            self, "locations", MappingProxyType(dict(sorted(self.locations.items())))
        )

    @property
    def mark(self) -> str:
        """Letters that another partition, or another choice of hosts, does not have."""
        pairs = " ".join(f"{code}-{host}" for code, host in self.host_of.items())
        return hashlib.sha256(pairs.encode()).hexdigest()[:12]

    @classmethod
    def from_groups(
        cls,
        groups: Mapping[str, Iterable[str]],
        *,
        locations: Mapping[str, float] | None = None,
        form: Form = "host_municipality",
    ) -> Plan:
        """Make a plan from ``host -> members``; a host need not be among its own members."""
        host_of: dict[str, str] = {}
        for host, members in groups.items():
            for code in {host, *members}:
                if code in host_of:
                    msg = f"{code} is in two groups, under {host_of[code]} and {host}"
                    raise PlanError(msg)
                host_of[code] = host
        return cls(host_of, locations or {}, form)

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """Host -> members, the host among them; hosts and members sorted by code."""
        groups: dict[str, list[str]] = {host: [] for host in self.hosts}
        for code, host in self.host_of.items():
            groups[host].append(code)
        return {host: tuple(members) for host, members in groups.items()}

    @property
    def hosts(self) -> tuple[str, ...]:
        """Hosts sorted by code."""
        return tuple(sorted(set(self.host_of.values())))

    @property
    def municipalities(self) -> tuple[str, ...]:
        """All municipalities sorted by code."""
        return tuple(self.host_of)

    @property
    def is_cooperation(self) -> bool:
        """Whether offices share without any host by law: all staff stay where they are employed.

        A network that shares specialists keeps the offices, and the employment, as they are.
        """
        return self.form == "close_cooperation" and not self.teams

    def presence_days(self, code: str) -> float:
        """Days a week with physical presence in a municipality: 5 at a host, else as located.

        A host whose office is in no list counts none: nothing says that there is one.
        """
        if self.host_of[code] == code and self.doubts.get(code) != "unlisted":
            return 5.0
        return self.locations.get(code, 0.0)

    def restricted_to(self, codes: Iterable[str]) -> Plan:
        """Keep only some municipalities; those who lose their host get an office of their own.

        Offices that lose the one that names their team have their specialists alone. A workshop's
        scores are of the whole plan, and do not hold for a part of it.
        """
        kept = set(codes)
        host_of = {
            code: host if host in kept else code
            for code, host in self.host_of.items()
            if code in kept
        }
        locations = {code: days for code, days in self.locations.items() if code in kept}
        risk_scores = self.risk_scores if len(host_of) == len(self.host_of) else {}
        teams = {host: lead for host, lead in self.teams.items() if {host, lead} <= kept}
        return Plan(
            host_of,
            locations,
            self.form,
            self.exempt & kept,
            risk_scores,
            teams,
            tuple(point for point in self.points if point.code in kept),
            {code: doubt for code, doubt in self.doubts.items() if code in kept},
        )
