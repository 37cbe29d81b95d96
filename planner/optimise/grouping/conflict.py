"""Which limits of a request cannot hold together.

A deletion filter: each limit in turn is left out, and stays out if no plan satisfies the rest
all the same. What remains cannot hold together, and any one of it left out would do: each step
is proved by a solve. Source of the filter: J. W. Chinneck and E. W. Dravnieks (1991), Locating
minimal infeasible constraint sets in linear programs, ORSA Journal on Computing 3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from planner.model.instance import Instance
from planner.model.limits import FIGURES
from planner.model.request import Request
from planner.optimise.grouping.build import build_problem
from planner.optimise.grouping.exact_search import Record, minimise
from planner.optimise.grouping.problem import Problem
from planner.optimise.grouping.start.heuristic import good_plan
from planner.optimise.proposal import LimitFact
from planner.optimise.solver.clock import Clock

#: How many municipalities a fact names at most.
_NAMED = 3


@dataclass(frozen=True)
class Removable:
    """A limit of a request that can be left out.

    Attributes
    ----------
    fact : the limit.
    without : returns a request without it.
    """

    fact: LimitFact
    without: Callable[[Request], Request]


def conflict(instance: Instance, request: Request, clock: Clock) -> tuple[LimitFact, ...]:
    """Return limits that cannot hold together, although all but any one of them can.

    Parameters
    ----------
    instance : the region.
    request : a request that is proved to be infeasible.
    clock : where it expires first, limits that were not tried yet are named as well.

    Raises
    ------
    Cancelled : the caller stopped the search.
    """
    kept = request
    blamed: list[LimitFact] = []
    for limit in limits_of(request):
        trial = limit.without(kept)
        if _is_feasible(build_problem(instance, trial), clock) is False:
            kept = trial
        else:
            blamed.append(limit.fact)
    return tuple(_with_shortages(instance, kept, blamed))


def limits_of(request: Request) -> Iterator[Removable]:
    """Yield each limit of a request; those that a planner would rather give up come first."""
    if request.keep_baseline_groups:
        yield _limit("keep_baseline_groups", _changed("keep_baseline_groups", lambda _: False))
    if request.within is not None:
        yield _limit("within", _changed("within", lambda _: None), request.within)
    if request.contiguous:
        yield _limit("contiguous", _changed("contiguous", lambda _: False))
    yield from _naming_limits(request)
    for ceiling in request.terms_at_most:
        term, most = ceiling
        yield _limit(term, _changed("terms_at_most", partial(_left_out, ceiling)), most)
    for figure in reversed(FIGURES):
        value = request.figure(figure.key)
        if value is not None:
            yield _limit(figure.key, partial(_lifted, figure.key), value)


def _naming_limits(request: Request) -> Iterator[Removable]:
    """Yield the limits that name municipalities: sets, and lists of hosts."""
    for key in ("together", "apart"):
        for part in sorted(getattr(request, key), key=sorted):
            yield _limit(key, _changed(key, partial(_left_out, part)), codes=part)
    if request.hosts_allowed is not None:
        without = _changed("hosts_allowed", lambda _: None)
        yield _limit("hosts.allowed", without, codes=request.hosts_allowed)
    for key in ("forbidden", "fixed"):
        for code in sorted(getattr(request, f"hosts_{key}")):
            without = _changed(f"hosts_{key}", partial(_less, code))
            yield _limit(f"hosts.{key}", without, codes=[code])


def _limit(
    key: str,
    without: Callable[[Request], Request],
    value: float | str | None = None,
    codes: Iterable[str] = (),
) -> Removable:
    return Removable(LimitFact(key, value, tuple(sorted(codes))), without)


def _changed(field: str, change: Callable[[Any], object]) -> Callable[[Request], Request]:
    """Return a function that changes one field of a request."""

    def changed(request: Request) -> Request:
        changes: dict[str, Any] = {field: change(getattr(request, field))}
        return replace(request, **changes)

    return changed


def _left_out(part: object, parts: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(other for other in parts if other != part)


def _less(code: str, codes: frozenset[str]) -> frozenset[str]:
    return codes - {code}


def _lifted(key: str, request: Request) -> Request:
    return request.with_limit(key, None)


def _is_feasible(problem: Problem, clock: Clock) -> bool | None:
    """Whether any plan is within the limits; None where time ran out first."""
    zero = np.zeros_like(problem.cost)
    free = replace(problem, cost=zero, severed=zero)
    if not free.reach.any(axis=1).all():
        return False
    record = Record(free)
    record.offer(good_plan(free, clock))
    if record.host is None:
        minimise(record, 0.0, clock, lambda _: None)
    if record.infeasible:
        return False
    return None if record.host is None else True


def _with_shortages(
    instance: Instance, request: Request, blamed: Iterable[LimitFact]
) -> Iterator[LimitFact]:
    """Add to minima what is gathered at most, where not even everybody who may share is enough."""
    problem = build_problem(instance, replace(request, exempt="minimise"))
    sizes = {f"min_{size.name}": size for size in problem.sizes}
    for fact in blamed:
        size = sizes.get(fact.key)
        if size is None or request.exempt == "minimise":
            yield fact
            continue
        gathered = np.where(problem.reach, size.amount @ problem.reach, 0.0).max(axis=1)
        short = np.flatnonzero(gathered < size.least)
        total = float(size.amount.sum())
        if total < size.least:
            yield replace(fact, whole_region=total)
        else:
            worst = short[np.argsort(gathered[short], kind="stable")[:_NAMED]]
            named = tuple((problem.codes[i], float(gathered[i])) for i in worst)
            yield replace(fact, within_reach=named)
