"""Every plan of a small region: all partitions into groups, with their best hosts or with all.

A region of n municipalities has Bell(n) partitions (6: 203, 10: 115 975), and with every choice
of hosts sum_k C(n, k) k^(n-k) plans (6: 1 057, 10: 2 237 921; OEIS A000110 and A000248). Plans
are rows of host positions, put together from groups that are looked at once each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

import networkx as nx
import numpy as np
import numpy.typing as npt

from planner.errors import PlannerError
from planner.messages.message import Message
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.model.request import Request
from planner.optimise.grouping.objective import figures, term_tables
from planner.optimise.judge import BrokenLimit, LimitJudge
from planner.optimise.solver.program import FloatArray

#: Regions with more municipalities have too many plans to go through.
MOST_MUNICIPALITIES = 10

#: (m, n) one plan a row, each municipality's host as a position in the region.
HostRows = npt.NDArray[np.int8]


class RegionTooLargeError(PlannerError, ValueError):
    """A region with more municipalities than can be gone through."""


@dataclass(frozen=True)
class ListedPlan:
    """A plan of a list, and the limits of the request that it breaks."""

    plan: Plan
    broken: tuple[BrokenLimit, ...]


def enumerate_plans(
    instance: Instance, request: Request, *, drawn: Plan | None = None
) -> list[ListedPlan]:
    """List every partition of a region, each group under its best host, fewest offices first.

    The best host of a group is the one to which its inhabitants have the fewest minutes in all;
    where these are equal, the one with the lowest code. A host that some member cannot reach, or
    that breaks more limits of the request than another, is not the best. No partition is left
    out, but for those that are not contiguous where the request asks for contiguity; all other
    limits that a plan breaks are told beside it.

    Parameters
    ----------
    instance : the region, of at most `MOST_MUNICIPALITIES` municipalities.
    request : limits; `Request(contiguous=False)` has none.
    drawn : a plan whose presence days, form and workshop scores every listed plan takes over.

    Raises
    ------
    RegionTooLargeError : the region has more municipalities than that.
    LabelMismatchError : the request names a municipality that is not in the region.
    """
    limits = LimitJudge(instance, request)
    rows = _all_covers([min(options) for options in _groups(instance, limits)], instance)
    plans = (_plan(row, instance, limits, drawn) for row in rows)
    listed = [ListedPlan(plan, limits.of_plan(plan)) for plan in plans]
    needed = min((len(one.plan.exempt) for one in listed if not one.broken), default=0)
    listed = [
        ListedPlan(one.plan, one.broken + limits.of_exemptions(one.plan, needed)) for one in listed
    ]
    return sorted(listed, key=lambda one: (len(one.plan.hosts), *one.plan.groups.values()))


@dataclass(frozen=True, eq=False)
class PlanSpace:
    """All plans of a small region that keep the limits of a request.

    Attributes
    ----------
    hosts : (m, n) one plan a row, in no particular order.
    """

    instance: Instance
    limits: LimitJudge
    drawn: Plan | None
    hosts: HostRows

    def __len__(self) -> int:
        return len(self.hosts)

    def plan(self, row: int) -> Plan:
        """Return one plan, with the presence days and form of the drawn one."""
        return _plan(self.hosts[row], self.instance, self.limits, self.drawn)

    def term(self, name: str) -> FloatArray:
        """(m,) a term of the objective for every plan, unweighted, in its own unit."""
        tables, n = term_tables(self.instance), self.hosts.shape[1]
        if name != "severed":
            return np.asarray(tables.by_arc[name][np.arange(n), self.hosts].sum(axis=1))
        total = np.zeros(len(self))
        for a, b in combinations(range(n), 2):
            total += tables.severed[a, b] * (self.hosts[:, a] != self.hosts[:, b])
        return total


def plan_space(
    instance: Instance, request: Request, *, drawn: Plan | None = None, best_hosts: bool = False
) -> PlanSpace:
    """Gather all plans that keep the limits of a request, with every choice of hosts.

    Where the request minimises exemptions, only plans with the fewest exempted groups keep its
    limits, as in a proposal. A host that someone cannot reach never does.

    Parameters
    ----------
    instance, request, drawn : as in `enumerate_plans`.
    best_hosts : only the best host of each group, as in `enumerate_plans`.

    Raises
    ------
    RegionTooLargeError : the region has more than `MOST_MUNICIPALITIES` municipalities.
    LabelMismatchError : the request names a municipality that is not in the region.
    """
    limits = LimitJudge(instance, request)
    options = _groups(instance, limits)
    chosen = [[min(hosts)] if best_hosts else hosts for hosts in options]
    kept = [group for hosts in chosen for group in hosts if not group.broken]
    rows = _all_covers(kept, instance)
    own = rows[:, :-1] == np.arange(len(instance.codes))
    count_kept = [not limits.of_office_count(count) for count in range(len(instance.codes) + 1)]
    rows = rows[np.array(count_kept)[own.sum(axis=1)]]
    if request.exempt == "minimise" and len(rows):
        rows = rows[rows[:, -1] == rows[:, -1].min()]
    space = PlanSpace(instance, limits, drawn, rows[:, :-1])
    for name, most in request.terms_at_most:
        space = replace(space, hosts=space.hosts[space.term(name) <= most])
    return space


@dataclass(frozen=True, order=True)
class _Group:
    """A set of municipalities under one of them; the best host comes first.

    Attributes
    ----------
    out_of_reach : members who cannot reach the host.
    broken : limits that the group breaks.
    person_minutes : of all inhabitants who can reach the host.
    host : position in the region.
    members : positions.
    exempted : whether the group is below a least size and may be.
    """

    out_of_reach: int
    broken: int
    person_minutes: float
    host: int
    members: tuple[int, ...]
    exempted: bool

    @property
    def mask(self) -> int:
        """The members as bits, municipality i as bit i."""
        return sum(1 << i for i in self.members)


def _groups(instance: Instance, limits: LimitJudge) -> list[list[_Group]]:
    """List every set of municipalities, contiguous where asked, under each of its members."""
    n = len(instance.codes)
    if n > MOST_MUNICIPALITIES:
        raise RegionTooLargeError(Message.of("region.large", size=n, most=MOST_MUNICIPALITIES))
    minutes = instance.minutes_of("mean")
    people = figures(instance, "population")
    groups = []
    for size in range(1, n + 1):
        for members in combinations(range(n), size):
            codes = frozenset(instance.codes[i] for i in members)
            if limits.request.contiguous and not nx.is_connected(
                instance.contiguity.subgraph(codes)
            ):
                continue
            hosts = []
            for host in members:
                way = minutes[list(members), host]
                reached = np.isfinite(way)
                broken = limits.of_group(instance.codes[host], codes)
                weighed = float((people[list(members)] * np.where(reached, way, 0.0)).sum())
                exempted = limits.is_exempted(instance.codes[host], codes)
                hosts.append(
                    _Group(int((~reached).sum()), len(broken), weighed, host, members, exempted)
                )
            groups.append(hosts)
    return groups


def _all_covers(groups: Iterable[_Group], instance: Instance) -> HostRows:
    """(m, n + 1) every choice of groups that holds each municipality once.

    One row a choice: the host of each municipality, and the number of exempted groups. A
    municipality's groups are chosen in order, so that no choice comes twice; what is left to
    cover after some groups is the same for many choices, and worked out once.
    """
    n = len(instance.codes)
    starting: list[list[_Group]] = [[] for _ in range(n)]
    for group in groups:
        starting[group.members[0]].append(group)

    @cache
    def covers(left: int) -> HostRows:
        if not left:
            return np.zeros((1, n + 1), dtype=np.int8)
        first = (left & -left).bit_length() - 1
        rows = [np.zeros((0, n + 1), dtype=np.int8)]
        for group in starting[first]:
            if not group.mask & ~left:
                rest = covers(left & ~group.mask).copy()
                rest[:, group.members] = group.host
                rest[:, -1] += group.exempted
                rows.append(rest)
        return np.concatenate(rows)

    return covers((1 << n) - 1)


def _plan(
    row: npt.NDArray[np.int8], instance: Instance, limits: LimitJudge, drawn: Plan | None
) -> Plan:
    codes = instance.codes
    host_of = {code: codes[host] for code, host in zip(codes, row[: len(codes)], strict=True)}
    plan = drawn_like(drawn, host_of)
    exempt = limits.exempted(plan)
    return replace(plan, exempt=frozenset(exempt)) if exempt else plan


def drawn_like(drawn: Plan | None, host_of: Mapping[str, str]) -> Plan:
    """Make a plan like a drawn one in all but its groups: presence days, form, workshop scores."""
    return Plan(host_of) if drawn is None else replace(drawn, host_of=host_of, exempt=frozenset())
