"""The search of a whole region, part by part.

Municipalities that have no host in common, directly or through others, are separate problems,
searched apart. Where groups below a least size may be exempted there are two aims in their
order: first the fewest exemptions, then the objective.
"""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np

from planner.model.request import Range, Request
from planner.optimise.grouping.counting import hosted_by_largest
from planner.optimise.grouping.exact_search import (
    USUAL,
    ExactSearch,
    Record,
    Report,
    minimise,
    smallest_of_best,
)
from planner.optimise.grouping.problem import Problem
from planner.optimise.grouping.start.heuristic import best_hosts, good_plan
from planner.optimise.grouping.start.median_start import median_start
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.outcome import Cancelled
from planner.optimise.solver.program import IntArray

#: Share of the time that is left which the search for the fewest exemptions may use.
_TIME_FOR_EXEMPTIONS = 0.5
#: Share of the time for a first plan; what is left is for the bound.
_TIME_FOR_FIRST_PLAN = 0.5
#: Parts of more municipalities keep the solver's choice among equally good plans.
_MOST_FOR_TIES = 20


class Whole:
    """A request for a region while it is searched, part by part.

    Attributes
    ----------
    problem : the whole region's.
    parts : its independent parts, the smallest first.
    """

    def __init__(self, problem: Problem, request: Request, clock: Clock) -> None:
        self.problem = problem
        self.request = request
        self.clock = clock
        self.parts = [
            Part(positions, part, minimise_exempt=request.exempt == "minimise")
            for positions, part in independent_parts(problem)
        ]

    def search(self) -> None:
        """Search every part, the smallest first, so that most is proved if time runs out.

        Raises
        ------
        Cancelled : the caller stopped the search; the parts keep what was found.
        """
        if not self.problem.reach.any(axis=1).all():
            self.parts[0].record.infeasible = True
            return
        first = self.clock.share(_TIME_FOR_FIRST_PLAN)
        for part in self.parts:
            part.start(first)
        self._report(self.parts[-1].record)
        for part in self.parts:
            part.search(self.request.relative_gap, self.clock, self._report)
            if part.record.infeasible:
                return

    @property
    def proved(self) -> bool:
        """Whether nothing better can exist, within the gap that was asked for."""
        return all(part.proved(self.request.relative_gap) for part in self.parts)

    @property
    def infeasible(self) -> bool:
        """Whether it is proved that there is no plan."""
        return any(part.record.infeasible for part in self.parts)

    @property
    def host(self) -> IntArray | None:
        """Best plan known for the whole region; None while a part has none, or can have none."""
        if self.infeasible:
            return None
        host = np.zeros(len(self.problem), dtype=np.int64)
        for part in self.parts:
            if part.host is None:
                return None
            host[part.positions] = part.positions[part.host]
        return host

    @property
    def bound(self) -> float | None:
        """Proved lower bound on the objective; None while a part has none."""
        bound = sum(part.bound for part in self.parts)
        place = np.zeros(len(self.problem), dtype=np.int64)
        for number, part in enumerate(self.parts):
            place[part.positions] = number
        between = self.problem.severed[place[:, None] != place[None, :]].sum() / 2
        return float(bound + between) if np.isfinite(bound) else None

    @property
    def exempt_bound(self) -> int | None:
        """Proved least number of groups below a least size; None where it is not asked for."""
        if self.request.exempt != "minimise" or self.infeasible:
            return None
        counts = [part.exemptions.bound for part in self.parts if part.exemptions is not None]
        return round(sum(max(0.0, count) for count in counts))

    def _report(self, record: Record) -> None:
        host = self.host
        objective = None if host is None else self.problem.objective(host)
        stage = "exemptions" if record.problem.exempt_cost else "plan"
        self.clock.report(stage, objective, self.bound)


class Part:
    """Independent municipalities while they are searched.

    Parameters
    ----------
    positions : (m,) their positions in the region.
    problem : theirs alone, in the units of the request.
    minimise_exempt : whether the number of groups below a least size comes first.

    Attributes
    ----------
    problem : as given.
    exemptions : search for the fewest groups below a least size; None where it is not asked for.
    record : search for the least objective.
    """

    def __init__(self, positions: IntArray, problem: Problem, *, minimise_exempt: bool) -> None:
        self.positions = positions
        self.problem = problem
        self.record = Record(problem.in_units((problem.largest_cost or USUAL) / USUAL))
        self.exemptions: Record | None = None
        if minimise_exempt and problem.has_floor:
            self.exemptions = Record(problem.counting_exempt())

    @property
    def host(self) -> IntArray | None:
        """Best plan known, as positions in the part: fewest exemptions first, then objective."""
        if self.record.host is None and self.exemptions is not None:
            return self.exemptions.host
        return self.record.host

    def proved(self, gap: float) -> bool:
        """Whether both searches have ended with a proof."""
        fewest = self.exemptions is None or self.exemptions.closed(0.0)
        return fewest and self.record.closed(gap) and not self.record.coarse

    @property
    def bound(self) -> float:
        """Proved lower bound on the objective, in the units of the request."""
        return self.record.bound * self.record.problem.unit

    def start(self, clock: Clock) -> None:
        """Find a first plan, to have one and to compare with, and where it is cheap a bound.

        Raises
        ------
        Cancelled : the caller stopped the search.
        """
        problem, first = self.record.problem, self.exemptions or self.record
        median = median_start(problem, clock)
        self.record.raise_bound(median.bound)
        first.offer(median.host)
        if median.interrupted:
            raise Cancelled
        if not first.closed(0.0):
            first.offer(good_plan(problem, clock, median.host))
        if first.host is None and median.host is not None:
            first.offer(good_plan(problem, clock))

    def search(self, gap: float, clock: Clock, report: Report) -> None:
        """Search until the best plan is proved, or the clock has expired.

        Raises
        ------
        Cancelled : the caller stopped the search; the records keep what was found.
        """
        search = None
        if self.exemptions is not None:
            search = self._count_exemptions(self.exemptions, gap, clock, report)
            if self.exemptions.infeasible or self.exemptions.host is None:
                self.record.infeasible = self.exemptions.infeasible
                return
            if search is None:
                self.record = self._exempting(round(self.exemptions.objective), clock)
        self._find_best(search, gap, clock, report)
        if gap == 0 and self.proved(gap) and 1 < len(self.positions) <= _MOST_FOR_TIES:
            smallest_of_best(self.record, clock, report)

    def _find_best(
        self, search: ExactSearch | None, gap: float, clock: Clock, report: Report
    ) -> None:
        """Search the least objective, in finer units where the best plan has become much cheaper.

        Parameters
        ----------
        search : one that has begun, on the record.
        """
        while not clock.expired:
            if search is None:
                self.record = self.record.measured_anew()
                if self.record.closed(gap):
                    return
                search = ExactSearch(self.record, gap, clock, report)
            search.clock = clock
            search.finish()
            if not self.record.coarse:
                return
            search = None

    def _count_exemptions(
        self, fewest: Record, gap: float, clock: Clock, report: Report
    ) -> ExactSearch | None:
        """Find the fewest exemptions; return the search of the objective if it came upon them.

        The root often proves the right number. Then a good plan with so many ends both searches
        faster than counting on.
        """
        short = clock.share(_TIME_FOR_EXEMPTIONS)
        # where offices are too many for their staff, it is all about who is together
        if fewest.problem.offices.min and not fewest.closed(0.0):
            self._count_by_largest(fewest, short, report)
        if fewest.infeasible or fewest.closed(0.0) or clock.expired:
            return None
        counting = ExactSearch(fewest, 0.0, short, report)
        if counting.ended:
            return None
        guess = self._exempting(round(fewest.bound), short)
        try:
            search = ExactSearch(guess, gap, short, report)
            if not search.ended:
                search.step()
        finally:  # whatever stopped it, a plan with so few exemptions is what was looked for
            if guess.host is not None:
                fewest.offer(guess.host)
                self.record = guess
        if guess.host is not None:
            return search
        if guess.infeasible:
            fewest.raise_bound(fewest.bound + 1)
        counting.finish()
        return None

    def _count_by_largest(self, fewest: Record, clock: Clock, report: Report) -> None:
        """Count as if every group's largest member were its host: a bound, and often a plan."""
        renamed = Record(hosted_by_largest(fewest.problem))
        if not renamed.problem.reach.any(axis=1).all():
            renamed.infeasible = True
        else:
            minimise(renamed, 0.0, clock, report)
        if renamed.infeasible:
            fewest.infeasible = True
            return
        fewest.raise_bound(renamed.bound)
        if renamed.host is not None:
            fewest.offer(best_hosts(self.record.problem, renamed.host))

    def _exempting(self, count: int, clock: Clock) -> Record:
        """Begin the search of the objective with a limit on exemptions."""
        known = self.exemptions or self.record
        exempt = self.record.problem.exempt & (count > 0)
        problem = replace(self.record.problem, most_exempt=count, exempt=exempt)
        record = Record(problem, cuts=dict(known.cuts))
        record.raise_bound(self.record.bound)
        record.offer(known.host)
        if known.host is not None:
            record.offer(good_plan(problem, clock, known.host))
        return record.measured_anew()


def independent_parts(problem: Problem) -> list[tuple[IntArray, Problem]]:
    """Split a problem into parts that share neither hosts nor limits, the smallest first.

    Limits on the number of offices and on terms of the objective, or to differ from other plans,
    hold for the whole: then there is one part.
    """
    everyone = np.arange(len(problem))
    if problem.offices != Range() or problem.ceilings or problem.differ_from:
        return [(everyone, problem)]
    graph = nx.from_numpy_array(problem.reach | problem.reach.T)
    sets = sorted((sorted(part) for part in nx.connected_components(graph)), key=_size_first)
    return [(np.array(positions), problem.part(positions)) for positions in sets]


def _size_first(positions: list[int]) -> tuple[int, int]:
    return len(positions), positions[0]
