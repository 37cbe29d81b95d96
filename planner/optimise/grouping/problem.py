"""A grouping problem in positions: what the model, the heuristic and the cuts all work on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from planner.model.plan import Plan
from planner.model.request import Range
from planner.optimise.solver.program import BoolArray, FloatArray, IntArray
from planner.optimise.tolerances import SOLVED


@dataclass(frozen=True, eq=False)
class Size:
    """Least and largest size of every group, in one unit.

    Attributes
    ----------
    name : ``fte``, ``population`` or ``members``.
    amount : (n,) what each municipality adds.
    least, largest : 0 and infinite where there is no limit; an exempted host's group may stay
        below the least size.
    """

    name: str
    amount: FloatArray
    least: float
    largest: float

    def short(self, total: FloatArray) -> BoolArray:
        """Whether groups of these sizes are below the least."""
        return np.asarray(total < self.least * (1 - SOLVED))

    def over(self, total: FloatArray) -> BoolArray:
        """Whether groups of these sizes are above the largest."""
        return np.asarray(total > self.largest * (1 + SOLVED))


@dataclass(frozen=True, eq=False)
class Ceiling:
    """The most that a term of the objective may be; cost and severed as in `Problem`."""

    name: str
    cost: FloatArray
    severed: FloatArray
    most: float

    def over(self, host: IntArray) -> bool:
        """Whether a plan's term is above it."""
        apart = host[:, None] != host[None, :]
        total = self.cost[np.arange(len(host)), host].sum() + self.severed[apart].sum() / 2
        return bool(total > self.most_told)

    @property
    def most_told(self) -> float:
        """The most that a solver lets the term be."""
        return self.most + SOLVED * max(1.0, self.most)


def sums(host: IntArray, amount: FloatArray) -> FloatArray:
    """(n,) what each host's group adds up to; 0 where nobody is served."""
    return np.bincount(host, amount, minlength=len(host)).astype(np.float64)


@dataclass(frozen=True, eq=False)
class Problem:
    """Who may be served by whom, at what cost, within which limits; positions 0..n-1.

    A plan is an array (n,) of host positions, in which hosts serve themselves.

    Attributes
    ----------
    codes : position -> code, sorted.
    reach : (n, n) whether a municipality (row) may be served by a host (column); on the
        diagonal, whether it may be host.
    cost : (n, n) weighted cost of each choice of a host, finite within `reach`.
    severed : (n, n) symmetric weighted cost of putting two municipalities in different groups.
    sizes : limits to every group's size.
    offices : number of hosts.
    ceilings : limits to terms of the objective.
    most_cost : what the objective cannot exceed where they are kept; infinite where they leave
        part of it free.
    unit : what a cost of 1 is in the unit of the request.
    neighbours : (n, n) contiguity, or None where groups need not be contiguous.
    fixed : (n,) whether a municipality must be host.
    together : sets that must share a group, disjoint.
    apart : sets no two of which may share a group.
    exempt : (n,) whether a host's group may be below a least size.
    exempt_cost : cost of each such group.
    most_exempt : limit on their number; None is no limit.
    differ_from : plans from which this one must differ, each in at least so many municipalities.
    """

    codes: tuple[str, ...]
    reach: BoolArray
    cost: FloatArray
    severed: FloatArray
    sizes: tuple[Size, ...]
    offices: Range
    neighbours: BoolArray | None
    fixed: BoolArray
    together: tuple[tuple[int, ...], ...]
    apart: tuple[tuple[int, ...], ...]
    exempt: BoolArray
    exempt_cost: float = 0.0
    most_exempt: int | None = None
    differ_from: tuple[tuple[IntArray, int], ...] = ()
    ceilings: tuple[Ceiling, ...] = ()
    most_cost: float = np.inf
    unit: float = 1.0

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def share(self) -> BoolArray:
        """(n, n) whether two municipalities have a host in common within reach."""
        reach = self.reach.astype(np.float32)
        return np.asarray(reach @ reach.T > 0)

    @cached_property
    def paired(self) -> BoolArray:
        """(n, n) whether it counts, in cost or under a ceiling, that two share a group."""
        return np.asarray(sum((ceiling.severed for ceiling in self.ceilings), self.severed) > 0)

    @property
    def least_cost(self) -> float:
        """Bound on the objective that needs no solver: everybody's cheapest host, none severed."""
        return float(np.where(self.reach, self.cost, np.inf).min(axis=1, initial=np.inf).sum())

    @property
    def counts_only(self) -> bool:
        """Whether the objective is the number of exempted groups alone."""
        return self.exempt_cost > 0 and not self.cost.any() and not self.severed.any()

    @property
    def has_floor(self) -> bool:
        """Whether there is a least size."""
        return any(size.least > 0 for size in self.sizes)

    @property
    def counts_groups(self) -> bool:
        """Whether nothing but the number of groups counts, each of a least size: the more."""
        own = np.eye(len(self), dtype=bool)
        if self.severed.any() or not self.has_floor:
            return False
        only_own = not self.cost[self.reach & ~own].any()
        return only_own and bool((self.cost[self.reach & own] < 0).all())

    def objective(self, host: IntArray) -> float:
        """Weighted objective of a plan."""
        apart = host[:, None] != host[None, :]
        chosen = self.cost[np.arange(len(host)), host].sum() + self.severed[apart].sum() / 2
        exempted = len(self.short_hosts(host)) if self.exempt_cost else 0
        return float(chosen) + self.exempt_cost * exempted

    def short_hosts(self, host: IntArray) -> IntArray:
        """Hosts whose group is below a least size, ascending."""
        short = np.zeros(len(host), dtype=bool)
        for size in self.sizes:
            short |= size.short(sums(host, size.amount))
        return np.flatnonzero(short & (host == np.arange(len(host)))).astype(np.int64)

    def decode(self, host: IntArray) -> Plan:
        """Turn host positions into a plan; hosts whose group is below a least size are exempt."""
        host_of = {code: self.codes[j] for code, j in zip(self.codes, host, strict=True)}
        return Plan(host_of, exempt=frozenset(self.codes[j] for j in self.short_hosts(host)))

    def limited(self, kept: BoolArray) -> Problem:
        """Return the same problem with fewer choices; who cannot be host serves nobody."""
        reach = self.reach & kept
        return replace(self, reach=reach & np.diag(reach)[None, :])

    @property
    def largest_cost(self) -> float:
        """The most that one choice can cost, or one pair that is severed."""
        chosen = np.abs(self.cost[self.reach]).max(initial=0.0)
        return float(max(chosen, self.severed.max(initial=0.0)))

    def in_units(self, unit: float, most: float = np.inf) -> Problem:
        """Return the problem with its costs in another unit, and none above a most.

        Parameters
        ----------
        unit : in the present one.
        most : of a single cost, in the present unit; what costs more costs so much.
        """
        return replace(
            self,
            cost=np.minimum(self.cost, most) / unit,
            severed=np.minimum(self.severed, most) / unit,
            most_cost=self.most_cost / unit,
            unit=self.unit * unit,
        )

    def counting_exempt(self) -> Problem:
        """Return the problem of exempting as few groups as possible, whatever else it costs."""
        zero = np.zeros_like(self.cost)
        return replace(self, cost=zero, severed=zero, exempt_cost=1.0, most_cost=np.inf)

    def part(self, positions: Sequence[int]) -> Problem:
        """Return the problem of some municipalities alone, without limits on the whole plan.

        No other municipality may be within reach of these, nor a set reach across.
        """
        kept = np.asarray(positions, dtype=np.int64)
        square = np.ix_(kept, kept)
        place = {int(old): new for new, old in enumerate(kept)}
        return Problem(
            codes=tuple(self.codes[i] for i in kept),
            reach=self.reach[square],
            cost=self.cost[square],
            severed=self.severed[square],
            sizes=tuple(replace(size, amount=size.amount[kept]) for size in self.sizes),
            offices=Range(),
            neighbours=None if self.neighbours is None else self.neighbours[square],
            fixed=self.fixed[kept],
            together=_inside(self.together, place),
            apart=_inside(self.apart, place),
            exempt=self.exempt[kept],
            exempt_cost=self.exempt_cost,
            unit=self.unit,
        )


def _inside(sets: Sequence[Sequence[int]], place: dict[int, int]) -> tuple[tuple[int, ...], ...]:
    """Restrict sets of positions to a part; what is left of one member alone says nothing."""
    kept = (tuple(place[i] for i in members if i in place) for members in sets)
    return tuple(members for members in kept if len(members) > 1)
