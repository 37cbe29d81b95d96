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
from planner.model.limits import LimitValue
from planner.model.plan import Plan
from planner.model.request import Request
from planner.model.weights import Weights
from planner.optimise.explain.affected import concerned
from planner.optimise.explain.limit_change import LimitChange
from planner.optimise.explain.relaxations import Ladder, _Relaxation, relaxations
from planner.optimise.grouping.build import build_problem
from planner.optimise.grouping.feasibility import admits
from planner.optimise.grouping.problem import Problem
from planner.optimise.grouping.region_search import Whole
from planner.optimise.proposal import Proposal
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.outcome import Cancelled, ProgressCallback
from planner.optimise.solver.program import IntArray

#: Wall time for one diagnosis, seconds.
TIME_LIMIT_S = 10.0
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
    singles: tuple[LimitChange, ...]
    combination: tuple[LimitChange, ...]
    complete: bool


def diagnose_proposal(
    instance: Instance,
    request: Request,
    proposal: Proposal,
    *,
    time_limit_s: float = TIME_LIMIT_S,
    progress: ProgressCallback | None = None,
) -> tuple[Diagnosis, ...]:
    """Diagnose what a proposal could not keep; nothing where it kept everything.

    Parameters
    ----------
    instance, request, proposal : what was proposed, of what.
    time_limit_s : wall time for all of it.
    progress : as in `planner.optimise.propose`; a diagnosis that is stopped tells what it found.

    Returns
    -------
    Of an infeasible request, one diagnosis. Of a plan with exempted groups, one for all of
    them; and where there are several, one for each while the others remain exempted.
    """
    if proposal.solve.outcome == "infeasible":
        return (diagnose(instance, request, time_limit_s=time_limit_s, progress=progress),)
    exempted = proposal.plan.exempt if proposal.plan else frozenset[str]()
    allowed = request.exempt if isinstance(request.exempt, frozenset) else exempted
    targets = [exempted] if exempted else []
    if len(exempted) > 1:
        targets += [frozenset({host}) for host in sorted(exempted)]
    clock = Clock(time_limit_s, progress)
    found: list[Diagnosis] = []
    plans: list[IntArray] = []
    for spared in targets:
        target = replace(request, exempt=allowed - spared)
        search = _Search(instance, target, clock.share(1 / (len(targets) - len(found))), plans)
        one = search.diagnosis(frozenset({"exempt"}))
        found.append(replace(one, exempted=spared))
        if search.stopped:
            clock = Clock(0.0, None)
    return tuple(found)


def diagnose(
    instance: Instance,
    request: Request,
    *,
    time_limit_s: float = TIME_LIMIT_S,
    progress: ProgressCallback | None = None,
) -> Diagnosis:
    """Find the smallest changes that make an infeasible request feasible.

    Parameters
    ----------
    instance : the region.
    request : infeasible limits; its weights choose the plan that shows whom a change concerns.
    time_limit_s : wall time.
    progress : as in `planner.optimise.propose`; a diagnosis that is stopped tells what it found.

    Raises
    ------
    LabelMismatchError : the request names a municipality that is not in the region.
    """
    return _Search(instance, request, Clock(time_limit_s, progress), []).diagnosis(frozenset())


class _OutOfTimeError(Exception):
    """A solve was stopped before it proved anything."""


class _Search:
    """Looks for changes until the time is spent.

    Parameters
    ----------
    instance, request : what is looked at.
    clock : of this search.
    plans : hosts of plans that are known; those found are added.

    Attributes
    ----------
    complete : whether nothing had to be left open.
    stopped : whether the caller stopped it.
    """

    def __init__(
        self, instance: Instance, request: Request, clock: Clock, plans: list[IntArray]
    ) -> None:
        self.instance = instance
        self.request = request
        self.clock = clock
        self.complete = True
        self.stopped = False
        self._singles: list[LimitChange] = []
        self._plans = plans

    def diagnosis(self, kept: frozenset[str]) -> Diagnosis:
        """Diagnose the request; the limits named in `kept` may not be changed."""
        ways = [one for one in relaxations(self.instance, self.request) if one.key not in kept]
        combination: tuple[LimitChange, ...] = ()
        try:
            self.look_for_singles(ways)
            if self.complete and not self._singles:
                combination = self.combination(ways)
        except (Cancelled, KeyboardInterrupt):
            self.complete, self.stopped = False, True
        return Diagnosis(frozenset(), tuple(self._singles), combination, self.complete)

    def look_for_singles(self, ways: Sequence[_Relaxation]) -> None:
        """Find changes of one limit; a border is not lifted where exceptions are enough."""
        for way in ways:
            if way.key == "within" and any(one.key == "crossing_allowed" for one in self._singles):
                continue
            try:
                if self.feasible(self.request.with_limit(way.key, way.whole)):
                    self._singles += self.changes(self.request, way)
            except _OutOfTimeError:
                self.complete = False

    def combination(self, ways: Sequence[_Relaxation]) -> tuple[LimitChange, ...]:
        """Find changes of as few limits as are found to be enough together."""
        try:
            chosen = self.few(ways)
            given = self.given(chosen)
            values: list[tuple[_Relaxation, LimitChange]] = []
            for way in chosen:
                change = self.changes(given, way)[0]
                given = given.with_limit(way.key, change.new)
                values.append((way, change))
            plan = self.plan(given)
        except _OutOfTimeError:
            self.complete = False
            return ()
        return tuple(self.change(way, change.new, plan) for way, change in values)

    def few(self, ways: Sequence[_Relaxation]) -> Sequence[_Relaxation]:
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

    def given(self, ways: Iterable[_Relaxation]) -> Request:
        """Return the request without some of its limits."""
        request = self.request
        for way in ways:
            request = request.with_limit(way.key, way.whole)
        return request

    def changes(self, request: Request, way: _Relaxation) -> list[LimitChange]:
        """Return the smallest changes of a limit that are enough, where giving it up is."""
        values = way.smallest(lambda value: self.feasible(request.with_limit(way.key, value)))
        return [
            self.change(way, value, self.plan(request.with_limit(way.key, value)))
            for value in values
        ]

    def change(self, way: _Relaxation, new: LimitValue, plan: Plan) -> LimitChange:
        """Return a change with those whom it concerns in a plan."""
        change = LimitChange(way.key, self.request.limit(way.key), new)
        short_of = way.short_of(new) if isinstance(way, Ladder) else None
        whom = concerned(self.instance, self.request, change, short_of, plan)
        return replace(change, municipalities=whom)

    def feasible(self, request: Request) -> bool:
        """Whether there is a plan, whatever it costs; the plans known so far are tried first."""
        everyone = frozenset(self.instance.codes)
        exempt = everyone if request.exempt == "minimise" else request.exempt
        near = replace(request, relative_gap=_GAP, alternatives=0)
        free = replace(near, weights=Weights(travel=0.0), exempt=exempt)
        problem = build_problem(self.instance, free)
        if any(admits(problem, host) for host in reversed(self._plans)):
            return True
        return self.found(problem, free) is not None

    def plan(self, request: Request) -> Plan:
        """Return a good plan of a feasible request, by its own weights."""
        near = replace(request, relative_gap=_GAP, alternatives=0)
        problem = build_problem(self.instance, near)
        host = self.found(problem, near)
        if host is None:
            raise _OutOfTimeError
        return problem.decode(host)

    def found(self, problem: Problem, request: Request) -> IntArray | None:
        """Return the hosts of a plan; None where it is proved that there is none."""
        if self.clock.expired:
            raise _OutOfTimeError
        whole = Whole(problem, request, self.clock.share(_TIME_FOR_ONE))
        whole.search()
        if whole.host is not None:
            self._plans.append(whole.host)
        elif not whole.infeasible:
            raise _OutOfTimeError
        return whole.host
