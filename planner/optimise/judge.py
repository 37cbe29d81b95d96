"""Which limits of a request a plan breaks, whoever made the plan.

Read off the plan itself, without the model of `planner.optimise.grouping.formulation`: what a
proposal must satisfy and what a hand-drawn plan is told are two readings of one request, and
tests hold them together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import networkx as nx
import numpy as np

from planner.errors import LabelMismatchError
from planner.model.instance import Instance
from planner.model.limits import FIGURES, SIZES, Limit
from planner.model.plan import Plan
from planner.model.request import Request
from planner.optimise.grouping.objective import AREA_COLUMN, figures, same_area, terms_of
from planner.optimise.tolerances import SIZE

Members = frozenset[str]

_LEAST = [limit for limit in SIZES if limit.end == "min"]
_MOST = [limit for limit in SIZES if limit.end == "max"]


@dataclass(frozen=True)
class BrokenLimit:
    """One limit of a request that a plan breaks, in one place.

    Attributes
    ----------
    limit : its key among a scenario's constraints (``min_fte``, ``hosts.fixed`` ...), or
        ``unreachable`` for a host that cannot be reached at all.
    host : the group's host; None where it is not about one group.
    municipalities : whom it is about, sorted by code; empty for the whole group or plan.
    value, allowed : the plan's figure and the limit's, in the limit's unit; None where it has
        none.
    """

    limit: str
    host: str | None = None
    municipalities: tuple[str, ...] = ()
    value: float | None = None
    allowed: float | None = None


class LimitJudge:
    """The limits of a request in a region; each group is looked at once.

    Raises
    ------
    LabelMismatchError : the request names a municipality that is not in the region.
    PlannerError : a population or staff figure is missing or negative.
    """

    def __init__(self, instance: Instance, request: Request) -> None:
        strangers = sorted(request.municipalities - set(instance.codes))
        if strangers:
            raise LabelMismatchError(f"request: {', '.join(strangers)} not in the region")
        self.request = request
        self._instance = instance
        self._position = {code: index for index, code in enumerate(instance.codes)}
        self._minutes = instance.minutes_of(request.max_travel_of)
        self._figures = {
            "fte": dict(zip(instance.codes, figures(instance, "fte"), strict=True)),
            "population": dict(zip(instance.codes, figures(instance, "population"), strict=True)),
            "members": dict.fromkeys(instance.codes, 1.0),
        }
        self._units = [("together", part) for part in request.together]
        if request.keep_baseline_groups:
            groups = instance.baseline.groups.values()
            self._units += [("keep_baseline_groups", frozenset(members)) for members in groups]
        self._foreign: np.ndarray[tuple[int, int], np.dtype[np.bool_]] | None = None
        if request.within is not None:
            area = instance.municipalities[AREA_COLUMN[request.within]]
            self._foreign = ~same_area(area)
        self.of_group = cache(self._of_group)

    def of_plan(self, plan: Plan) -> tuple[BrokenLimit, ...]:
        """Every limit that a plan breaks: those on the plan, then group by group.

        How few groups may be exempted is not known here: no number of them is too many where the
        request says ``minimise``.
        """
        self._instance.check_plan(plan)
        broken = list(self.of_office_count(len(plan.hosts)))
        if self.request.terms_at_most:
            broken += self._of_terms(terms_of(self._instance, plan))
        for host, members in plan.groups.items():
            broken += self.of_group(host, frozenset(members))
        return tuple(dict.fromkeys(broken))  # a set that is torn apart is torn in several groups

    def of_office_count(self, count: int) -> tuple[BrokenLimit, ...]:
        """Limits on the number of offices that so many break."""
        limits = [limit for limit in FIGURES if limit.measure == "offices"]
        return tuple(self._missed(limits, None, lambda _: float(count)))

    def _of_terms(self, terms: Mapping[str, float]) -> Iterator[BrokenLimit]:
        for name, most in self.request.terms_at_most:
            if terms[name] > most:
                yield BrokenLimit(f"terms.{name}", None, (), terms[name], most)

    def is_exempted(self, host: str, members: Members) -> bool:
        """Whether a group is below a least staff or population, and may be."""
        return self._may_be_short(host) and any(self._missed(_LEAST, host, self._size(members)))

    def exempted(self, plan: Plan) -> tuple[str, ...]:
        """Hosts whose group is below a least staff or population, and may be."""
        groups = plan.groups.items()
        return tuple(host for host, members in groups if self.is_exempted(host, frozenset(members)))

    def of_exemptions(self, plan: Plan, needed: int) -> tuple[BrokenLimit, ...]:
        """Tell of more exempted groups than are needed, where they are to be as few as possible."""
        exempted = self.exempted(plan)
        if self.request.exempt != "minimise" or len(exempted) <= needed:
            return ()
        return (BrokenLimit("exempt", None, exempted, float(len(exempted)), float(needed)),)

    def _may_be_short(self, host: str) -> bool:
        exempt = self.request.exempt
        return host in exempt if isinstance(exempt, frozenset) else exempt == "minimise"

    def _of_group(self, host: str, members: Members) -> tuple[BrokenLimit, ...]:
        """Every limit that one group breaks, those on sets that it tears apart among them."""
        return (
            *self._of_host(host, members),
            *self._of_travel(host, members),
            *self._of_size(host, members),
            *self._of_company(host, members),
        )

    def _of_host(self, host: str, members: Members) -> Iterator[BrokenLimit]:
        request = self.request
        if request.hosts_allowed is not None and host not in request.hosts_allowed:
            yield BrokenLimit("hosts.allowed", host)
        if host in request.hosts_forbidden:
            yield BrokenLimit("hosts.forbidden", host)
        for code in sorted(request.hosts_fixed & members - {host}):
            yield BrokenLimit("hosts.fixed", host, (code,))

    def _of_travel(self, host: str, members: Members) -> Iterator[BrokenLimit]:
        limit = self.request.max_travel_min
        for code in sorted(members - {host}):
            minutes = float(self._minutes[self._position[code], self._position[host]])
            if not np.isfinite(minutes):
                yield BrokenLimit("unreachable", host, (code,))
            elif limit is not None and minutes > limit:
                yield BrokenLimit("max_travel_minutes", host, (code,), minutes, limit)

    def _of_size(self, host: str, members: Members) -> Iterator[BrokenLimit]:
        asked = _MOST if self._may_be_short(host) else SIZES
        return self._missed(asked, host, self._size(members))

    def _of_company(self, host: str, members: Members) -> Iterator[BrokenLimit]:
        """Limits on who shares a group with whom."""
        for name, unit in self._units:
            if unit & members and unit - members:
                yield BrokenLimit(name, None, tuple(sorted(unit)))
        for part in self.request.apart:
            if len(part & members) > 1:
                yield BrokenLimit("apart", host, tuple(sorted(part & members)))
        if self._foreign is not None:
            crossing = self._crossing(members)
            if crossing:
                yield BrokenLimit("within", host, tuple(sorted(crossing)))
        if self.request.contiguous:
            cut_off = members - _joined(self._instance.contiguity, host, members)
            if cut_off:
                yield BrokenLimit("contiguous", host, tuple(sorted(cut_off)))

    def _crossing(self, members: Members) -> set[str]:
        """Members who share the group with somebody across a border, and may not."""
        assert self._foreign is not None  # noqa: S101 - asked only where a border counts
        free = self.request.crossing_allowed
        pairs = combinations(members - free, 2)
        place = self._position
        return {code for a, b in pairs if self._foreign[place[a], place[b]] for code in (a, b)}

    def _missed(
        self, limits: Iterable[Limit], host: str | None, value_of: Callable[[str], float]
    ) -> Iterator[BrokenLimit]:
        """Yield limits that a measured figure misses by more than rounding."""
        for limit in limits:
            allowed = self.request.figure(limit.key)
            if allowed is None:
                continue
            value = value_of(limit.measure)
            below, above = value < allowed * (1 - SIZE), value > allowed * (1 + SIZE)
            if below if limit.end == "min" else above:
                yield BrokenLimit(limit.key, host, (), value, allowed)

    def _size(self, members: Members) -> Callable[[str], float]:
        """Return what sums a figure over a group."""
        ordered = sorted(members)
        return lambda measure: sum(float(self._figures[measure][code]) for code in ordered)


def _joined(graph: nx.Graph[str], host: str, members: Iterable[str]) -> set[str]:
    """Members whom ways through the group's own municipalities join to its host."""
    return set(nx.node_connected_component(graph.subgraph(members), host))
