"""Plans that no other plan beats in everything: exact fronts over terms of the objective.

A region of any size is searched by the epsilon-constraint method: solve, and then look only
where no plan found so far is at least as good in every term. That region is kept as a set of
zones, each open below an upper bound on every term (Klamroth, Lacour and Vanderpooten 2015, On
the representation of the search region in multi-objective optimization, EJOR 245, 767-778). A
zone is closed when the model proves it empty, so the front is complete when none is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.model.request import Range, Request
from planner.model.weights import Weights
from planner.optimise.grouping.propose import propose
from planner.optimise.proposal import Proposal
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.outcome import Cancelled, Outcome, ProgressCallback
from planner.optimise.solver.program import BoolArray, FloatArray, IntArray
from planner.pool import Pool, Shared

#: Losses closer than this are the same: no figure that is shown differs by so little.
DECIMALS = 9

#: Steps that miss nothing that anybody would see: minutes, percent, offices.
STEP: Mapping[str, float] = {
    "travel": 1e-3,
    "severed": 1e-3,
    "office": 1.0,
    "staff": 1e-3,
    "council": 1e-3,
    "change": 1e-3,
}

#: Any positive weights lead to the same front. The least of the first term with a little of the
#: others lies at the end of a zone, and rules most of the rest of it out without a solve.
_FIRST, _OTHERS = 1.0, 1e-3
_NOTHING = Weights(travel=0.0)

Zone = tuple[float, ...]


@dataclass(frozen=True)
class FrontPlan:
    """A plan that is proved non-dominated, and its terms, unweighted."""

    plan: Plan
    terms: Mapping[str, float]


@dataclass(frozen=True)
class TermFront:
    """Non-dominated plans, one for each combination of terms, by the first term.

    Attributes
    ----------
    plans : each proved.
    complete : whether it is proved that there are no others; False where the time ran out or the
        search was stopped.
    outcome : of the first solve: ``infeasible`` where no plan keeps the limits.
    """

    plans: tuple[FrontPlan, ...]
    complete: bool
    outcome: Outcome


def term_front(
    instance: Instance,
    request: Request,
    terms: Sequence[str],
    *,
    steps: Mapping[str, float] = STEP,
    pool: Pool | None = None,
    progress: ProgressCallback | None = None,
) -> TermFront:
    """Find all combinations of terms in which a plan is not dominated, with a plan for each.

    Parameters
    ----------
    instance, progress : as in `planner.optimise.propose`; raising `Cancelled` ends the search.
    request : limits. Weights, alternatives and gap are not looked at; the time limit is for the
        whole front. Where exemptions are minimised, only plans with the fewest are looked at.
    terms : two or three names of `Weights`, each better when less.
    steps : how much better in a term a plan must be to be looked for. Whatever the steps, each
        plan found is non-dominated, and for every plan of the region one is found that is worse
        by less than a step in each term.
    pool : where several parts of the search region are solved at the same time; one after the
        other in this process where it is left out. Progress is only told from this process.

    Raises
    ------
    LabelMismatchError : the request names a municipality that is not in the region.
    """
    proved = replace(request, relative_gap=0.0, alternatives=0)
    clock = Clock(request.time_limit_s, None)
    with (pool or Pool()).opened() as workers:
        search = _Front(Shared(instance), proved, tuple(terms), steps, clock, workers, progress)
        if set(terms) > {"office"} and len(terms) == 2:  # noqa: PLR2004 - office and another
            look = search.by_office_count
        else:
            look = search.by_zones
        try:
            look()
        except (Cancelled, KeyboardInterrupt):  # between two solves
            search.complete = False
    losses = np.array([[found.terms[name] for name in terms] for found in search.found])
    kept = non_dominated(losses.reshape(len(search.found), len(terms)))
    plans = [found for found, keep in zip(search.found, kept, strict=True) if keep]
    plans.sort(key=lambda found: tuple(found.terms[name] for name in terms))
    return TermFront(tuple(plans), search.complete, search.outcome)


@dataclass(eq=False)
class _Front:
    """A front while it is searched.

    Attributes
    ----------
    found : plans so far, each non-dominated in its zone when it was found.
    complete : whether nothing had to be left open.
    outcome : of the first solve.
    most_exempt : exempted groups of the plans that are looked at; None before the first solve.
    """

    instance: Shared[Instance]
    request: Request
    terms: tuple[str, ...]
    steps: Mapping[str, float]
    clock: Clock
    pool: Pool
    progress: ProgressCallback | None
    found: list[FrontPlan] = field(default_factory=list)
    complete: bool = True
    outcome: Outcome = "infeasible"
    most_exempt: int | None = None

    def by_office_count(self) -> None:
        """Minimise the other term with ever fewer offices: one solve for each count."""
        (other,) = (name for name in self.terms if name != "office")
        weights = _NOTHING.model_copy(update={other: 1.0})
        request = replace(self.request, weights=weights)
        while self._keep(*self._solve([request])) is not None:
            fewer = len(self.found[-1].plan.hosts) - 1
            request = replace(request, offices=Range(request.offices.min, fewer))

    def by_zones(self) -> None:
        """Look into every zone that no plan found so far rules out, the oldest first."""
        weight = np.array([_FIRST] + [_OTHERS] * (len(self.terms) - 1))
        weights = _NOTHING.model_copy(update=dict(zip(self.terms, weight.tolist(), strict=True)))
        step = np.array([self.steps[name] for name in self.terms])
        # each zone with a sum of the terms, so weighted, that no plan in it falls short of
        zones: dict[Zone, float] = {(np.inf,) * len(self.terms): -np.inf}
        while zones and self.complete:
            chosen = list(zones)[: self.pool.at_once]
            solved = self._solve([replace(self._within(u), weights=weights) for u in chosen])
            for zone, proposal in zip(chosen, solved, strict=True):
                least = self._keep(proposal)
                if least is None:
                    zones = {u: floor for u, floor in zones.items() if not _is_inside(u, zone)}
                    continue
                point = tuple(self.found[-1].terms[name] for name in self.terms)
                if zone in zones:
                    zones[zone] = least
                elif not any(_is_below(point, u) for u in zones):
                    self.found.pop()  # another zone of those solved meanwhile has given it
                    continue
                parts = without_dominated_part(list(zones), point)
                floors = {part: _floor(zones, part) for part in parts}
                zones = {u: floor for u, floor in floors.items() if weight @ (u - step) >= floor}
                self.complete &= zone not in zones  # else the solver's tolerance exceeds a step

    def _within(self, zone: Zone) -> Request:
        """Return the request of a plan that is better by a step than a zone's bounds."""
        bounds = {
            name: bound - self.steps[name]
            for name, bound in zip(self.terms, zone, strict=True)
            if np.isfinite(bound)
        }
        offices = self.request.offices
        if "office" in bounds:
            most = round(bounds.pop("office"))
            offices = Range(offices.min, most if offices.max is None else min(most, offices.max))
        ceilings = self.request.terms_at_most + tuple(bounds.items())
        return replace(self.request, offices=offices, terms_at_most=ceilings)

    def _solve(self, requests: Sequence[Request]) -> list[Proposal | None]:
        """Solve requests, at the same time in a pool; None for one that nothing can satisfy."""
        left = self.clock.remaining_s
        asked = [None if _is_void(one) else replace(one, time_limit_s=left) for one in requests]
        progress = self.progress if self.pool.is_here else None
        return self.pool.every(partial(_answer, self.instance, progress), asked)

    def _keep(self, proposal: Proposal | None) -> float | None:
        """Keep a proposal's plan; return the proved bound of its objective, None without one."""
        if proposal is None:
            return None
        outcome, plan = proposal.solve.outcome, proposal.plan
        if not self.found:
            self.outcome = outcome
        if outcome not in {"optimal", "infeasible"}:
            self.complete = False
            return None
        if plan is None:
            return None
        if self.most_exempt is None:
            self.most_exempt = len(plan.exempt)
        if self.request.exempt == "minimise" and len(plan.exempt) > self.most_exempt:
            return None
        self.found.append(FrontPlan(plan, proposal.terms))
        return proposal.solve.bound


def _answer(
    instance: Shared[Instance], progress: ProgressCallback | None, request: Request | None
) -> Proposal | None:
    if request is None:
        return None
    return propose(instance.value, request, progress=progress, explain=False)


def _is_inside(zone: Zone, other: Zone) -> bool:
    return all(a <= b for a, b in zip(zone, other, strict=True))


def _is_below(point: Zone, zone: Zone) -> bool:
    return all(value < bound for value, bound in zip(point, zone, strict=True))


def _floor(zones: Mapping[Zone, float], part: Zone) -> float:
    """Return the most that is known of a part from the zones that contain it."""
    return max(floor for zone, floor in zones.items() if _is_inside(part, zone))


def _is_void(request: Request) -> bool:
    """Whether the limits on offices and terms leave nothing, whatever the region is."""
    offices = request.offices
    least = max(1.0, offices.min or 1.0)
    too_few = offices.max is not None and offices.max < least
    return too_few or any(most < 0 for _, most in request.terms_at_most)


def without_dominated_part(zones: Sequence[Zone], point: Zone) -> list[Zone]:
    """Take what a point dominates out of a search region.

    A zone u stands for all y < u. Where the point z lies in it, {y < u, not y >= z} is the union
    over j of {y < u, y_j < z_j}. Zones inside others are left out.
    """
    parts: list[Zone] = []
    for zone in zones:
        if _is_below(point, zone):
            parts += [(*zone[:j], point[j], *zone[j + 1 :]) for j in range(len(point))]
        else:
            parts.append(zone)
    unique = list(dict.fromkeys(parts))
    return [
        zone
        for zone in unique
        if not any(other != zone and _is_inside(zone, other) for other in unique)
    ]


def non_dominated(losses: FloatArray) -> BoolArray:
    """Mark the rows that no other row dominates: is nowhere worse than, and somewhere better.

    Parameters
    ----------
    losses : (m, k) what is to be small; NaN where it is not defined.

    Returns
    -------
    (m,) rows with the same losses are marked alike; rows with NaN cannot be compared, and are
    neither marked nor dominate.
    """
    kept = np.zeros(len(losses), dtype=bool)
    known = np.flatnonzero(~np.isnan(losses).any(axis=1))
    if not len(known):
        return kept
    rounded = losses[known].round(DECIMALS) + 0.0
    points, which = np.unique(rounded, axis=0, return_inverse=True)
    best = np.zeros(len(points), dtype=bool)
    left = np.arange(len(points))
    while len(left):  # in lexicographic order, so that none is dominated by a later one
        best[left[0]] = True
        left = left[(points[left] < points[left[0]]).any(axis=1)]
    kept[known] = best[which.reshape(-1)]
    return kept


def dominators(losses: FloatArray, allowed: BoolArray) -> IntArray:
    """(m,) the first non-dominated row that dominates each row; -1 where none does.

    Parameters
    ----------
    losses : as in `non_dominated`.
    allowed : (m,) which rows may dominate others.
    """
    rounded = losses.round(DECIMALS)
    found = np.full(len(losses), -1, dtype=np.int64)
    for row in np.flatnonzero(allowed)[non_dominated(losses[allowed])][::-1]:
        worse = (rounded >= rounded[row]).all(axis=1) & (rounded > rounded[row]).any(axis=1)
        found[worse] = row
    return found
