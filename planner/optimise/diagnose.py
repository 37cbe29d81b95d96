"""Which smallest changes make a request feasible, or spare a group its exemption.

Every limit is taken alone: it gives way entirely, and where a solve then finds a plan, a search
among its values finds the smallest change that is enough. Each change is proved by a solve. Where
no limit alone is enough, the same is done for two at a time, and at last for as few as possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.model.request import Request, Weights
from planner.optimise.build import build_problem
from planner.optimise.change import Change, Value, limit, with_limit
from planner.optimise.clock import Clock
from planner.optimise.concerned import concerned
from planner.optimise.outcome import Proposal
from planner.optimise.relaxations import Ladder, Relaxation, relaxations
from planner.optimise.whole import Whole

#: Wall time for one diagnosis, seconds.
TIME_LIMIT_S = 20.0
#: Share of what is left of it that one solve may use.
_TIME_FOR_ONE = 0.25
#: A plan that shows whom a change concerns need not be the very best: share of the objective.
_GAP = 0.01


@dataclass(frozen=True)
class Diagnosis:
    """What would help.

    Attributes
    ----------
    exempted : hosts that would need no exemption then; empty where the request is infeasible.
    singles : changes each of which is enough alone.
    combination : changes that are enough together, where none is alone.
    complete : whether every limit was looked at to the end; False where time ran out.
    """

    exempted: frozenset[str]
    singles: tuple[Change, ...]
    combination: tuple[Change, ...]
    complete: bool


def diagnose_proposal(
    instance: Instance,
    request: Request,
    proposal: Proposal,
    *,
    time_limit_s: float = TIME_LIMIT_S,
) -> tuple[Diagnosis, ...]:
    """Diagnose what a proposal could not keep; nothing where it kept everything.

    Returns
    -------
    Of an infeasible request, one diagnosis. Of a plan with exempted groups, one for all of
    them; and where there are several, one for each while the others remain exempted.
    """
    if proposal.solve.outcome == "infeasible":
        return (diagnose(instance, request, time_limit_s=time_limit_s),)
    exempted = proposal.plan.exempt if proposal.plan else frozenset[str]()
    allowed = request.exempt if isinstance(request.exempt, frozenset) else exempted
    targets = [exempted] if exempted else []
    if len(exempted) > 1:
        targets += [frozenset({host}) for host in sorted(exempted)]
    clock = Clock(time_limit_s, None)
    found: list[Diagnosis] = []
    for spared in targets:
        share = clock.share(1 / (len(targets) - len(found)))
        target = replace(request, exempt=allowed - spared)
        one = _diagnose(instance, target, frozenset({"exempt"}), share)
        found.append(replace(one, exempted=spared))
    return tuple(found)


def diagnose(
    instance: Instance, request: Request, *, time_limit_s: float = TIME_LIMIT_S
) -> Diagnosis:
    """Find the smallest changes that make an infeasible request feasible.

    Parameters
    ----------
    instance : the region.
    request : infeasible limits; its weights choose the plan that shows whom a change concerns.
    time_limit_s : wall time.

    Raises
    ------
    LabelMismatchError : the request names a municipality that is not in the region.
    """
    return _diagnose(instance, request, frozenset(), Clock(time_limit_s, None))


def _diagnose(
    instance: Instance, request: Request, kept: frozenset[str], clock: Clock
) -> Diagnosis:
    """Diagnose a request; the limits named in `kept` may not be changed."""
    search = _Search(instance, request, clock)
    ways = [one for one in relaxations(instance, request) if one.key not in kept]
    singles = search.singles(ways)
    combination = () if singles or not search.complete else search.combination(ways)
    return Diagnosis(frozenset(), singles, combination, search.complete)


class _OutOfTimeError(Exception):
    """A solve was stopped before it proved anything."""


class _Search:
    """Looks for changes until the time is spent."""

    def __init__(self, instance: Instance, request: Request, clock: Clock) -> None:
        self.instance = instance
        self.request = request
        self.clock = clock
        self.complete = True

    def singles(self, ways: Sequence[Relaxation]) -> tuple[Change, ...]:
        """Find changes of one limit; a border is not lifted where exceptions are enough."""
        found: list[Change] = []
        for way in ways:
            if way.key == "within" and any(one.key == "crossing_allowed" for one in found):
                continue
            try:
                if self.feasible(with_limit(self.request, way.key, way.whole)):
                    found += self.changes(self.request, way)
            except _OutOfTimeError:
                self.complete = False
        return tuple(found)

    def combination(self, ways: Sequence[Relaxation]) -> tuple[Change, ...]:
        """Find changes of as few limits as are found to be enough together."""
        try:
            chosen = self.few(ways)
            given = self.given(chosen)
            values: list[tuple[Relaxation, Change]] = []
            for way in chosen:
                change = self.changes(given, way)[0]
                given = with_limit(given, way.key, change.new)
                values.append((way, change))
        except _OutOfTimeError:
            self.complete = False
            return ()
        plan = self.plan(given)
        return tuple(self.change(way, change.new, plan) for way, change in values)

    def few(self, ways: Sequence[Relaxation]) -> Sequence[Relaxation]:
        """Two limits that are enough; else so many that none of them can be kept."""
        for pair in combinations(ways, 2):
            if self.feasible(self.given(pair)):
                return pair
        chosen = list(ways)
        for way in reversed(ways):
            others = [one for one in chosen if one is not way]
            if self.feasible(self.given(others)):
                chosen = others
        return chosen

    def given(self, ways: Iterable[Relaxation]) -> Request:
        """Return the request without some of its limits."""
        request = self.request
        for way in ways:
            request = with_limit(request, way.key, way.whole)
        return request

    def changes(self, request: Request, way: Relaxation) -> list[Change]:
        """Return the smallest changes of a limit that are enough, where giving it up is."""
        values = way.smallest(lambda value: self.feasible(with_limit(request, way.key, value)))
        return [
            self.change(way, value, self.plan(with_limit(request, way.key, value)))
            for value in values
        ]

    def change(self, way: Relaxation, new: Value, plan: Plan) -> Change:
        """Return a change with those whom it concerns in a plan."""
        change = Change(way.key, limit(self.request, way.key), new)
        short_of = way.short_of(new) if isinstance(way, Ladder) else None
        whom = concerned(self.instance, self.request, change, short_of, plan)
        return replace(change, municipalities=whom)

    def feasible(self, request: Request) -> bool:
        """Whether there is a plan, whatever it costs."""
        everyone = frozenset(self.instance.codes)
        exempt = everyone if request.exempt == "minimise" else request.exempt
        return self.found(replace(request, weights=Weights(travel=0.0), exempt=exempt)) is not None

    def plan(self, request: Request) -> Plan:
        """Return a good plan of a feasible request, by its own weights."""
        plan = self.found(request)
        if plan is None:
            raise _OutOfTimeError
        return plan

    def found(self, request: Request) -> Plan | None:
        """Return a plan; None where it is proved that there is none."""
        seconds = self.clock.remaining_s
        if not seconds:
            raise _OutOfTimeError
        limited = replace(request, relative_gap=_GAP, alternatives=0)
        clock = Clock(seconds * _TIME_FOR_ONE, None)
        whole = Whole(build_problem(self.instance, limited), limited, clock)
        whole.search()
        if whole.host is None and not whole.infeasible:
            raise _OutOfTimeError
        return None if whole.host is None else whole.problem.decode(whole.host)
