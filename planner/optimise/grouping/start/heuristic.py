"""A good plan quickly, by local search: something to start from, and to fall back on.

The search works on groups as sets of units (municipalities that must stay together). A group's
value is that of its best host; a plan's is the sum over its groups. Values are compared in
order: broken limits, exempted groups, cost. So it starts from offices everywhere, mends what is
broken, and ends at a plan that no single move improves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np

from planner.optimise.grouping.problem import Problem
from planner.optimise.grouping.start.resplit import Group, Splitter
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.program import BoolArray, IntArray
from planner.optimise.tolerances import ROUNDING

_MOST_SWEEPS = 50
#: Where groups need not be contiguous, these many of the nearest are looked at.
_MOST_NEAR = 20


@dataclass(frozen=True)
class _Value:
    """What a group or a plan is worth; less is better, the first figure first.

    Attributes
    ----------
    broken : amount by which hard limits are broken, in comparable shares.
    exempted : groups below a least size that may be.
    cost : weighted objective, severed commuters counted as a gain where they are not.
    """

    broken: float
    exempted: int
    cost: float

    def __add__(self, other: _Value) -> _Value:
        return _Value(
            self.broken + other.broken, self.exempted + other.exempted, self.cost + other.cost
        )

    def better_than(self, other: _Value) -> bool:
        """Compare in order, differences of rounding aside."""
        if abs(self.broken - other.broken) > ROUNDING:
            return self.broken < other.broken
        if self.exempted != other.exempted:
            return self.exempted < other.exempted
        return self.cost < other.cost - ROUNDING * max(1.0, abs(other.cost))


class _Neighbourhood:
    """Groups of a problem, their values remembered, and the moves between them."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._values: dict[Group, tuple[_Value, int]] = {}
        inside = {i for unit in problem.together for i in unit}
        single = [(i,) for i in range(len(problem)) if i not in inside]
        self.units = sorted([*problem.together, *single])
        self._beside = None if problem.neighbours is None else _sets(problem.neighbours)
        beside = _near(problem) if problem.neighbours is None else problem.neighbours
        self._close = _sets(beside & problem.share)

    def value(self, group: Group) -> _Value:
        """Return what a group under its best host is worth."""
        return self._valued(group)[0]

    def host(self, group: Group) -> int:
        """Return a group's best host."""
        return self._valued(group)[1]

    def touching(self, unit: Iterable[int]) -> frozenset[int]:
        """Municipalities beside a unit, with whom it may share a host."""
        return frozenset().union(*(self._close[i] for i in unit)).difference(unit)

    def pieces(self, host: IntArray | None) -> list[Group]:
        """Split a plan's groups into connected pieces; without a plan, into units."""
        if host is None:
            return [frozenset(unit) for unit in self.units]
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(len(host)))
        for unit in self.units:
            nx.add_path(graph, unit)
        graph.add_edges_from(
            (i, k) for i in range(len(host)) for k in self._close[i] if host[i] == host[k]
        )
        return [frozenset(piece) for piece in nx.connected_components(graph)]

    def _valued(self, group: Group) -> tuple[_Value, int]:
        if not group:
            return _Value(0.0, 0, 0.0), -1
        if group not in self._values:
            self._values[group] = self._assess(group)
        return self._values[group]

    def _assess(self, group: Group) -> tuple[_Value, int]:
        problem = self.problem
        members = np.array(sorted(group))
        square = members[:, None], members
        reach = problem.reach[square]
        short = self._shortage(members)
        # whom a host cannot reach, and what it may not lack, comes before what it costs
        broken = (~reach).sum(axis=0) + np.where(problem.exempt[members], 0.0, short)
        cost = np.where(reach, problem.cost[square], 0.0).sum(axis=0)
        best = np.lexsort((cost, broken))[0]
        host = int(members[best])
        kept = problem.severed[square].sum() / 2
        exempted = int(short > 0 and problem.exempt[host])
        total = _Value(
            float(broken[best]) + self._broken_by(group, members),
            exempted,
            float(cost[best] - kept),
        )
        return total, host

    def _shortage(self, members: IntArray) -> float:
        """Share by which a group falls short of least sizes."""
        short = 0.0
        for size in self.problem.sizes:
            total = float(size.amount[members].sum())
            if total < size.least:
                short += 1.0 - total / size.least
        return short

    def _broken_by(self, group: Group, members: IntArray) -> float:
        """Amount by which a group breaks limits that do not depend on its host."""
        problem = self.problem
        broken = 0.0
        for size in problem.sizes:
            over = float(size.amount[members].sum()) - size.largest
            broken += max(0.0, over / max(size.largest, 1.0))
        broken += sum(max(0, len(group.intersection(part)) - 1) for part in problem.apart)
        return broken + len(self._cut_off(group))

    def _cut_off(self, group: Group) -> Group:
        """Return those whom no way inside their group joins to its first member."""
        if self._beside is None:
            return frozenset()
        left = set(group)
        frontier = {min(left)}
        while frontier:
            left -= frontier
            frontier = left & frozenset().union(*(self._beside[i] for i in frontier))
        return frozenset(left)


def _near(problem: Problem) -> BoolArray:
    """(n, n) whether one is among those who would serve the other at least cost."""
    cost = np.where(problem.reach, problem.cost - problem.severed, np.inf)
    if len(problem) <= _MOST_NEAR:
        return np.ones_like(problem.reach)
    near = cost <= np.partition(cost, _MOST_NEAR, axis=1)[:, _MOST_NEAR, None]
    return np.asarray(near | near.T)


def _sets(neighbours: BoolArray) -> list[Group]:
    """Return whom each row marks."""
    return [frozenset(np.flatnonzero(row).tolist()) for row in neighbours]


class _Search:
    """A plan as a set of groups, improved move by move."""

    def __init__(self, near: _Neighbourhood, groups: Iterable[Group]) -> None:
        self.near = near
        self.problem = near.problem
        self.group_of: dict[int, Group] = {i: group for group in groups for i in group}

    @property
    def groups(self) -> set[Group]:
        return set(self.group_of.values())

    def sweep(self, clock: Clock) -> bool:
        """Make the best move of each unit that gains; return whether any did.

        It ends early, as if none did, where time is up and all limits are met, or long up.
        """
        moved = False
        for unit in self.near.units:
            clock.pulse()
            if clock.overdue or (clock.expired and self.plan()[0].broken <= ROUNDING):
                return False
            count = len(self.groups)
            before = self._limits_on_plan(count)
            best: tuple[_Value, list[Group], list[Group]] | None = None
            for old, new in self._moves(frozenset(unit)):
                was = sum((self.near.value(group) for group in old), before)
                now = sum(
                    (self.near.value(group) for group in new),
                    self._limits_on_plan(count + sum(map(bool, new)) - len(old)),
                )
                gain = _Value(
                    now.broken - was.broken, now.exempted - was.exempted, now.cost - was.cost
                )
                if gain.better_than(best[0] if best else _Value(0.0, 0, 0.0)):
                    best = gain, old, new
            if best:
                moved = True
                for group in best[2]:
                    self.group_of.update(dict.fromkeys(group, group))
        return moved

    def split_again(self, clock: Clock) -> None:
        """Put groups that lie together, together, and split them again."""
        splitter = Splitter(self.problem, self.near.units, self.near.touching)

        def gains(old: Sequence[Group], new: Sequence[Group], count: int) -> bool | None:
            was = sum(map(self.near.value, old), self._limits_on_plan(count))
            count += len(new) - len(old)
            now = sum(map(self.near.value, new), self._limits_on_plan(count))
            if now.better_than(was):
                return True
            return False if was.better_than(now) else None

        for group in splitter.improved(self.groups, gains, clock):
            self.group_of.update(dict.fromkeys(group, group))

    def _moves(self, unit: Group) -> Iterator[tuple[list[Group], list[Group]]]:
        """Leave for an office of its own, join a group beside, or merge with it altogether."""
        home = self.group_of[min(unit)]
        rest = home - unit
        if rest:
            yield [home], [rest, unit]
        beside = {self.group_of[k] for k in self.near.touching(unit)} - {home}
        for group in sorted(beside, key=min):
            yield [home, group], [rest, group | unit]
            if rest:
                yield [home, group], [home | group]

    def _limits_on_plan(self, count: int) -> _Value:
        """How far a number of offices is outside its limits."""
        limit = self.problem.offices
        broken = max(0.0, (limit.min or 0) - count)
        broken += max(0.0, count - (np.inf if limit.max is None else limit.max))
        return _Value(float(broken), 0, 0.0)

    def plan(self) -> tuple[_Value, IntArray]:
        """Return the plan's value and its hosts."""
        host = np.zeros(len(self.problem), dtype=np.int64)
        value = self._limits_on_plan(len(self.groups))
        for group in self.groups:
            value += self.near.value(group)
            host[list(group)] = self.near.host(group)
        return value, host


def best_hosts(problem: Problem, host: IntArray) -> IntArray:
    """(n,) the best hosts of a plan's groups, whoever their hosts are now."""
    near = _Neighbourhood(problem)
    best = np.zeros_like(host)
    for j in np.unique(host):
        best[host == j] = near.host(frozenset(np.flatnonzero(host == j).tolist()))
    return best


def good_plan(problem: Problem, clock: Clock, start: IntArray | None = None) -> IntArray | None:
    """Return a plan that no single move improves, or None where not all limits are met.

    Limits on the number of exempted groups and on difference from other plans are not looked at.

    Parameters
    ----------
    problem : limits and costs.
    clock : when it has expired, the search ends with the first plan within the limits.
    start : hosts to begin from, whose groups need not hang together; default: offices everywhere.

    Raises
    ------
    Cancelled : the caller stopped the search.
    """
    near = _Neighbourhood(problem)
    search = _Search(near, near.pieces(start))
    for _ in range(_MOST_SWEEPS):
        if not search.sweep(clock):
            break
    too_few = problem.has_floor and problem.offices.min and search.plan()[0].broken > ROUNDING
    if problem.counts_groups or too_few:
        search.split_again(clock)
    value, host = search.plan()
    return host if value.broken <= ROUNDING else None
