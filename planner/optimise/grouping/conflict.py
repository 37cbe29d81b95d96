"""Which limits of a request cannot hold together, in the planner's words.

A deletion filter: each limit in turn is left out, and stays out if no plan satisfies the rest
all the same. What remains cannot hold together, and any one of it left out would do: each step
is proved by a solve. Source of the filter: J. W. Chinneck and E. W. Dravnieks (1991), Locating
minimal infeasible constraint sets in linear programs, ORSA Journal on Computing 3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from planner.model.instance import Instance
from planner.model.request import Request
from planner.optimise.grouping.build import build_problem
from planner.optimise.grouping.exact_search import Record, minimise
from planner.optimise.grouping.heuristic import good_plan
from planner.optimise.grouping.problem import Problem
from planner.optimise.solver.clock import Clock
from planner.scenario.limits import FIGURES

#: How many municipalities a fact names at most.
_NAMED = 3


@dataclass(frozen=True)
class Limit:
    """One limit of a request.

    Attributes
    ----------
    words : its key in a scenario file, with its value and names.
    without : returns a request without it.
    """

    words: str
    without: Callable[[Request], Request]

    @property
    def key(self) -> str:
        """Its key alone."""
        return self.words.split(" ")[0].rstrip(":")


def conflict(instance: Instance, request: Request, clock: Clock) -> tuple[str, ...]:
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
    blamed: list[Limit] = []
    for limit in limits_of(instance, request):
        trial = limit.without(kept)
        if _is_feasible(build_problem(instance, trial), clock) is False:
            kept = trial
        else:
            blamed.append(limit)
    facts = _shortages(instance, kept)
    return tuple(
        f"{limit.words}: {facts[limit.key]}" if limit.key in facts else limit.words
        for limit in blamed
    )


def limits_of(instance: Instance, request: Request) -> Iterator[Limit]:
    """Yield each limit of a request; those that a planner would rather give up come first."""
    if request.keep_baseline_groups:
        yield Limit("keep_baseline_groups", _changed("keep_baseline_groups", lambda _: False))
    if request.within is not None:
        yield Limit(f"within {request.within}", _changed("within", lambda _: None))
    if request.contiguous:
        yield Limit("contiguous", _changed("contiguous", lambda _: False))
    yield from _named_limits(request, instance.names)
    for ceiling in request.terms_at_most:
        words = f"{ceiling[0]} at most {ceiling[1]:g}"
        yield Limit(words, _changed("terms_at_most", partial(_left_out, ceiling)))
    for figure in reversed(FIGURES):
        value = request.figure(figure.key)
        if value is not None:
            yield Limit(f"{figure.key} {value:g}", partial(_lifted, figure.key))


def _named_limits(request: Request, names: Mapping[str, str]) -> Iterator[Limit]:
    """Yield the limits that name municipalities: sets, and lists of hosts."""
    for key in ("together", "apart"):
        for part in sorted(getattr(request, key), key=sorted):
            words = f"{key}: {_listed(part, names)}"
            yield Limit(words, _changed(key, partial(_left_out, part)))
    if request.hosts_allowed is not None:
        words = f"hosts.allowed: {_listed(request.hosts_allowed, names)}"
        yield Limit(words, _changed("hosts_allowed", lambda _: None))
    for key in ("forbidden", "fixed"):
        for code in sorted(getattr(request, f"hosts_{key}")):
            without = _changed(f"hosts_{key}", partial(_less, code))
            yield Limit(f"hosts.{key}: {names[code]}", without)


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


def _listed(codes: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(names[code] for code in sorted(codes))


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


def _shortages(instance: Instance, request: Request) -> dict[str, str]:
    """Say where a minimum cannot be met even with everybody who may share: key -> fact."""
    problem = build_problem(instance, replace(request, exempt="minimise"))
    facts = {}
    for size in problem.sizes:
        gathered = np.where(problem.reach, size.amount @ problem.reach, 0.0).max(axis=1)
        short = np.flatnonzero(gathered < size.least)
        total = float(size.amount.sum())
        if request.exempt == "minimise" or not len(short):
            continue
        if total < size.least:
            facts[f"min_{size.name}"] = f"the whole region has {total:g}"
        else:
            worst = short[np.argsort(gathered[short], kind="stable")[:_NAMED]]
            named = (f"{instance.names[problem.codes[i]]} {gathered[i]:g}" for i in worst)
            facts[f"min_{size.name}"] = f"within the other limits, at most {', '.join(named)}"
    return facts
