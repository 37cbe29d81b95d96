"""Councils that say no: who then serves whom, and is the rest of the group still large enough?

The rules, their reasons and their weak points are set out in docs/withdrawal.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Self

import numpy as np
import numpy.typing as npt

from planner.errors import LabelMismatchError
from planner.model.instance import Instance
from planner.model.plan import Plan

#: A group that lacks a billionth of the least size meets it.
ROUNDING = 1e-9

Floats = npt.NDArray[np.float64]
_Codes = tuple[str, ...]


@dataclass(frozen=True)
class CouncilSize:
    """How large an office is: staff, and the inhabitants whom it serves."""

    fte: float
    population: float


@dataclass(frozen=True)
class Minimum:
    """Least size of a group: a choice of the planner, as no national minimum exists; 0 is none.

    The parameters ``withdrawal_least_fte`` and ``withdrawal_least_population``, or what the
    scenario's request asks for in their place.
    """

    fte: float
    population: float

    @classmethod
    def of(cls, instance: Instance) -> Self:
        """Take the minimum that holds for a region."""
        given = instance.assumptions
        return cls(given["withdrawal_least_fte"], given["withdrawal_least_population"])

    def met_by(self, size: CouncilSize) -> bool:
        """Say whether a group of this size is large enough."""
        return size.fte >= self.fte * (1 - ROUNDING) and size.population >= self.population


@dataclass(frozen=True)
class Office:
    """What a municipality is served by: its host, the way there in minutes, and its size."""

    host: str
    minutes: float
    size: CouncilSize


@dataclass(frozen=True)
class Withdrawal:
    """What becomes of a group when some of its councils say no.

    Attributes
    ----------
    host : host of the group in the plan.
    leavers : who say no; fewer than all members.
    rest : the other members.
    rest_host : the plan's host, or who takes over where the host says no; None where one
        municipality is left, which has nobody to share with.
    before, after : size of the group, and of the rest as one office.
    met_before, met_after : whether that is at least the minimum.
    mean_before_min, mean_after_min : mean way to the host of the rest's inhabitants, those with a
        way; None where nobody has one.
    offices : code -> what each member of the group then gets.
    """

    host: str
    leavers: _Codes
    rest: _Codes
    rest_host: str | None
    before: CouncilSize
    after: CouncilSize
    met_before: bool
    met_after: bool
    mean_before_min: float | None
    mean_after_min: float | None
    offices: Mapping[str, Office]

    @property
    def decisive(self) -> bool:
        """Whether the group meets the minimum with the leavers, and not without them."""
        return self.met_before and not self.met_after

    @property
    def extra_min(self) -> float | None:
        """How much longer the mean way to the host becomes for those who remain, minutes."""
        if self.mean_before_min is None or self.mean_after_min is None:
            return None
        return self.mean_after_min - self.mean_before_min


def group_sizes(instance: Instance, plan: Plan) -> dict[str, CouncilSize]:
    """Return the size of every group, by host."""
    councils = _Councils.of(instance, plan)
    return {host: councils.size(members) for host, members in councils.groups.items()}


def after_withdrawal(instance: Instance, plan: Plan, leavers: Collection[str]) -> Plan:
    """Return the plan that is left when some councils say no to it.

    Those who say no are served as in the baseline if their host there says no too, or has an
    office in another group; else they get offices of their own. So does a member who is left
    alone. Who leaves a cooperation of the baseline itself gets an office of its own. A host that
    leaves takes its office along: the member with the shortest way for the inhabitants of those
    who stay becomes their host. A municipality that shares with nobody has nothing to leave.

    Parameters
    ----------
    instance : the region; its baseline is what leavers fall back to.
    plan : of the same municipalities.
    leavers : codes, of one group or several.

    Raises
    ------
    LabelMismatchError : a leaver is not in the plan, or the plan is of other municipalities.
    """
    strangers = sorted(set(leavers) - set(plan.host_of))
    if strangers:
        msg = f"leavers that are not in the plan: {', '.join(strangers)}"
        raise LabelMismatchError(msg)
    rest, released = _Councils.of(instance, plan).served_after(frozenset(leavers))
    host_of = {**plan.host_of, **rest, **released}
    as_before = {
        code: instance.baseline.locations.get(code, 0.0)
        for code, host in released.items()
        if host != code
    }
    locations = {**plan.locations, **as_before}
    return Plan(host_of, locations, plan.form, plan.exempt & set(host_of.values()))


def withdrawals(instance: Instance, plan: Plan, *, together: int = 1) -> list[Withdrawal]:
    """Say what happens if any council says no, or any so many of one group together.

    Councils of different groups do not bear on one another, but for who falls back to whom; so
    they are not combined (`after_withdrawal` takes any of them). Groups in which nobody would
    be left are passed over.

    Parameters
    ----------
    together : how many councils say no at once, at least 1.

    Returns
    -------
    One for every set of leavers, by host and leavers.

    Raises
    ------
    LabelMismatchError : the plan is not one of exactly the region's municipalities.
    """
    councils, minimum = _Councils.of(instance, plan), Minimum.of(instance)
    return [
        councils.withdrawal(host, leavers, minimum)
        for host, members in councils.groups.items()
        if together < len(members)
        for leavers in combinations(members, together)
    ]


def decisive_pairs(instance: Instance, plan: Plan) -> list[Withdrawal]:
    """Return the pairs without whom a group falls below the minimum, though not without either."""
    alone = {one.leavers[0] for one in withdrawals(instance, plan) if one.decisive}
    return [
        pair
        for pair in withdrawals(instance, plan, together=2)
        if pair.decisive and not alone.intersection(pair.leavers)
    ]


@dataclass(frozen=True, eq=False)
class _Councils:
    """A plan and its region, laid out so that many withdrawals can be tried; arrays (n,)."""

    plan: Plan
    baseline: Plan
    groups: Mapping[str, _Codes]
    position: Mapping[str, int]
    minutes: Floats
    people: Floats
    fte: Floats

    @classmethod
    def of(cls, instance: Instance, plan: Plan) -> Self:
        instance.check_plan(plan)
        return cls(
            plan,
            instance.baseline,
            plan.groups,
            {code: position for position, code in enumerate(instance.codes)},
            instance.minutes_of("mean"),
            instance.figure("population"),
            instance.figure("fte"),
        )

    def served_after(self, leavers: frozenset[str]) -> tuple[dict[str, str], dict[str, str]]:
        """Return the hosts of those who stay together, and of those who do not, by code."""
        rest_host_of: dict[str, str] = {}
        released: list[str] = []
        for host in sorted({self.plan.host_of[code] for code in leavers}):
            members = self.groups[host]
            rest = [code for code in members if code not in leavers]
            if len(rest) > 1:
                new_host = host if host in rest else self._nearest_host(rest)
                rest_host_of |= dict.fromkeys(rest, new_host)
                released += [code for code in members if code in leavers]
            else:
                released += members
        return rest_host_of, {
            code: self._fallback(code, rest_host_of, released) for code in released
        }

    def _fallback(self, code: str, host_of: Mapping[str, str], released: list[str]) -> str:
        """Return the host of a municipality that is no longer in its group."""
        host, left = self.baseline.host_of[code], self.plan.host_of[code]
        if host == left and self._is_of_the_baseline(host):
            return code
        if host in released:
            return host
        elsewhere = self.plan.host_of[host] != left
        return host if elsewhere and host_of.get(host, self.plan.host_of[host]) == host else code

    def _is_of_the_baseline(self, host: str) -> bool:
        """Say whether all members of a host's group have the same host in the baseline."""
        return all(self.baseline.host_of[code] == host for code in self.groups[host])

    def _nearest_host(self, codes: Collection[str]) -> str:
        """Return the municipality with the shortest way for all inhabitants of some of them.

        First come those whom the fewest cannot reach; equal ways go to the lower code.
        """
        rows = self._rows(codes)
        minutes = self.minutes[np.ix_(rows, rows)]
        reached = np.isfinite(minutes)
        cut_off = self.people[rows] @ ~reached
        way = self.people[rows] @ np.where(reached, minutes, 0.0)
        return min(zip(cut_off, way, codes, strict=True))[2]

    def withdrawal(self, host: str, leavers: _Codes, minimum: Minimum) -> Withdrawal:
        """Say what becomes of a group without some of its members."""
        members = self.groups[host]
        staying, released = self.served_after(frozenset(leavers))
        after = staying | released
        rest = tuple(code for code in members if code not in leavers)
        before_size, after_size = self.size(members), self.size(rest)
        return Withdrawal(
            host=host,
            leavers=leavers,
            rest=rest,
            rest_host=staying.get(rest[0]),
            before=before_size,
            after=after_size,
            met_before=minimum.met_by(before_size),
            met_after=minimum.met_by(after_size),
            mean_before_min=self._mean_way(rest, self.plan.host_of),
            mean_after_min=self._mean_way(rest, after),
            offices=self._offices(after),
        )

    def _offices(self, after: Mapping[str, str]) -> dict[str, Office]:
        """Return what each member gets who is served anew."""
        served: dict[str, list[str]] = {}
        for code, host in after.items():
            served.setdefault(host, []).append(code)
        offices = {}
        for host, codes in served.items():
            # a host outside `after` is of a group that nobody leaves, and some fall back to
            size = self.size(codes if host in after else (*codes, *self.groups[host]))
            column = self.position[host]
            for code in codes:
                way = float(self.minutes[self.position[code], column])
                offices[code] = Office(host, way, size)
        return offices

    def size(self, codes: Iterable[str]) -> CouncilSize:
        """Return the size of one office for some municipalities."""
        rows = self._rows(codes)
        return CouncilSize(float(self.fte[rows].sum()), float(self.people[rows].sum()))

    def _mean_way(self, codes: _Codes, host_of: Mapping[str, str]) -> float | None:
        rows = self._rows(codes)
        minutes = self.minutes[rows, self._rows(host_of[code] for code in codes)]
        reached = np.isfinite(minutes)
        people = self.people[rows][reached]
        return float(minutes[reached] @ people / people.sum()) if people.sum() > 0 else None

    def _rows(self, codes: Iterable[str]) -> list[int]:
        return [self.position[code] for code in codes]
