"""The search of municipalities whose groups are independent of all others.

Where groups below a least size may be exempted there are two aims in their order: first the
fewest exemptions, then the objective.
"""

from __future__ import annotations

from dataclasses import replace

from planner.optimise.grouping.exact_search import ExactSearch, Record, Report
from planner.optimise.grouping.heuristic import good_plan
from planner.optimise.grouping.problem import Problem
from planner.optimise.grouping.ties import smallest_of_best
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.program import IntArray

#: Share of the time that is left which the search for the fewest exemptions may use.
_TIME_FOR_EXEMPTIONS = 0.5
#: Parts of more municipalities keep the solver's choice among equally good plans.
_MOST_FOR_TIES = 20


class Part:
    """Independent municipalities while they are searched.

    Parameters
    ----------
    positions : (m,) their positions in the region.
    problem : theirs alone.
    minimise_exempt : whether the number of groups below a least size comes first.

    Attributes
    ----------
    exemptions : search for the fewest groups below a least size; None where it is not asked for.
    record : search for the least objective.
    """

    def __init__(self, positions: IntArray, problem: Problem, *, minimise_exempt: bool) -> None:
        self.positions = positions
        self.record = Record(problem)
        self.exemptions: Record | None = None
        if minimise_exempt and any(size.least > 0 for size in problem.sizes):
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
        return fewest and self.record.closed(gap)

    def start(self, clock: Clock) -> None:
        """Find a first plan, to have one and to compare with."""
        host = good_plan(self.record.problem, clock)
        (self.exemptions or self.record).offer(host)

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
                self.record = self._exempting(round(self.exemptions.objective))
        if not (self.record.closed(gap) or clock.expired):
            search = search or ExactSearch(self.record, gap, clock, report)
            search.clock = clock
            search.finish()
        if gap == 0 and self.proved(gap) and 1 < len(self.positions) <= _MOST_FOR_TIES:
            smallest_of_best(self.record, clock, report)

    def _count_exemptions(
        self, fewest: Record, gap: float, clock: Clock, report: Report
    ) -> ExactSearch | None:
        """Find the fewest exemptions; return the search of the objective if it came upon them.

        The root often proves the right number. Then a good plan with so many ends both searches
        faster than counting on.
        """
        if fewest.closed(0.0) or clock.expired:
            return None
        short = clock.share(_TIME_FOR_EXEMPTIONS)
        counting = ExactSearch(fewest, 0.0, short, report)
        if counting.ended:
            return None
        guess = self._exempting(round(fewest.bound))
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

    def _exempting(self, count: int) -> Record:
        """Begin the search of the objective with a limit on exemptions."""
        known = self.exemptions or self.record
        exempt = self.record.problem.exempt & (count > 0)
        problem = replace(self.record.problem, most_exempt=count, exempt=exempt)
        record = Record(problem, cuts=dict(known.cuts))
        record.offer(known.host)
        return record
