"""The exact search: narrow the choices by what the root proves, and solve what is left.

The first programs are narrow guesses: only choices that would lift the root's bound by little.
Their plans close in from above, and tell how wide the last program must be to prove the optimum:
a choice left out there would cost more than the plan that is known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from planner.optimise.grouping.cuts.contiguity import Cut, broken_cuts, cuts_around_members
from planner.optimise.grouping.feasibility import admits
from planner.optimise.grouping.formulation import Formulation, formulate
from planner.optimise.grouping.problem import Problem
from planner.optimise.grouping.root_relaxation import solve_root
from planner.optimise.grouping.start.heuristic import good_plan
from planner.optimise.grouping.tightening import tightened
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.highs import Search
from planner.optimise.solver.outcome import Cancelled, SolverError, relative_gap
from planner.optimise.solver.program import FloatArray, IntArray
from planner.optimise.solver.solve import Solution, solve
from planner.optimise.tolerances import RESOLUTION, resolution

#: Choices per municipality in the first narrow program.
_FIRST_CHOICES = 4
#: The last program follows at once where it has no more than so many times the choices.
_WIDER = 1.5
#: Programs with more entries run in a process of their own: they may not stop when asked.
_HEAVY = 1_000_000
#: Counts of exempted groups are whole: half a group better is one better.
_HALF = 0.5
#: Share of the allowed gap that left-out choices may use up.
_GAP_FOR_CHOICES = 0.9

#: What a plan costs in the units of a search. Solvers' tolerances are made for such figures.
USUAL = 64.0
#: Where a plan costs less, these are no small share of it.
SMALL = 1.0

Report = Callable[["Record"], None]


@dataclass(eq=False)
class Record:
    """What is known about a problem while it is searched.

    Attributes
    ----------
    problem : what is searched.
    host : best plan known, within all limits.
    objective : its value; infinite without one.
    bound : proved lower bound.
    infeasible : whether it is proved that there is no plan.
    interest : the first plan that costs no more than this will do, and no other is wanted;
        infinite where the best is looked for.
    cuts : separators found so far; they hold for every plan.
    """

    problem: Problem
    host: IntArray | None = None
    objective: float = np.inf
    bound: float = -np.inf
    infeasible: bool = False
    interest: float = np.inf
    cuts: dict[Cut, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.raise_bound(self.problem.least_cost)

    def offer(self, host: IntArray | None) -> None:
        """Keep a plan if it is within the limits and better than the best known."""
        if host is not None and admits(self.problem, host):
            objective = self.problem.objective(host)
            if objective < self.objective and objective <= self.interest:
                self.host, self.objective = host, objective

    def raise_bound(self, bound: float) -> None:
        """Keep a bound if it is better; a count of exempted groups is whole."""
        if self.problem.counts_only and np.isfinite(bound):
            bound = float(np.ceil(bound - RESOLUTION))
        self.bound = min(max(self.bound, bound), self.objective)

    def closed(self, gap: float) -> bool:
        """Whether nothing is left to prove."""
        if self.infeasible or self.bound > self.interest:
            return True
        if self.host is not None and np.isfinite(self.interest):
            return True
        reached = relative_gap(self.objective, self.bound) if self.host is not None else None
        return reached is not None and reached <= gap

    def replace_by(self, host: IntArray) -> None:
        """Keep another plan instead, which is as good."""
        self.host, self.objective = host, self.problem.objective(host)
        self.bound = min(self.bound, self.objective)

    def slack(self, gap: float) -> float:
        """Cost below which a better plan is still looked for."""
        if self.host is None:
            return min(self.interest, self.problem.most_cost)
        if self.problem.counts_only:
            return self.objective - _HALF
        return self.objective - gap * _GAP_FOR_CHOICES * abs(self.objective)

    def cutoff(self, gap: float) -> float:
        """Cost above which a solver need not look for plans, rounding aside."""
        slack = self.slack(gap)
        return slack + resolution(slack, SMALL) if np.isfinite(slack) else np.inf

    @property
    def coarse(self) -> bool:
        """Whether the best plan has become so cheap that tolerances are no small share of it."""
        return 0 < abs(self.objective) < SMALL

    def measured_anew(self) -> Record:
        """Return the record in units in which its best plan costs `USUAL`.

        Costs above twice the plan's are cut down to that: no better plan has any, and a solver
        need not tell figures apart that are millions of times as large.
        """
        if self.host is None or self.objective in (0, USUAL):
            return self
        spent = abs(self.objective)
        free = self.problem.severed.min(initial=0) < 0 or self.problem.cost.min(initial=0) < 0
        problem = self.problem.in_units(spent / USUAL, np.inf if free else 2 * spent)
        record = Record(problem, cuts=self.cuts)
        record.offer(self.host)
        record.raise_bound(self.bound * USUAL / spent)
        return record


def minimise(record: Record, gap: float, clock: Clock, report: Report) -> None:
    """Search a problem until it is proved to the gap, or the clock has expired.

    Raises
    ------
    Cancelled : the caller stopped the search; the record keeps what was found.
    """
    if not record.closed(gap):
        ExactSearch(record, gap, clock, report).finish()


class ExactSearch:
    """A search that can be taken step by step; starting it solves the root.

    Parameters
    ----------
    record : what is known, and kept up to date.
    gap : share of the objective within which a plan is good enough.
    clock : the search ends when it has expired.
    report : called when something has become known.
    """

    def __init__(self, record: Record, gap: float, clock: Clock, report: Report) -> None:
        self.record = record
        self.gap = gap
        self.clock = clock
        self.report = report
        self.root = solve_root(record.problem, tuple(record.cuts), clock, record.host)
        if self.root.feasible:
            record.cuts.update(dict.fromkeys(self.root.cuts))
            record.raise_bound(self.root.bound)
        else:
            record.infeasible = record.host is None
            record.raise_bound(np.inf)
        self._choices = _FIRST_CHOICES * len(record.problem)
        self._last = False
        report(record)

    @property
    def ended(self) -> bool:
        """Whether there is nothing left to do, or no time."""
        return self._last or self.record.closed(self.gap) or self.clock.expired

    def finish(self) -> None:
        """Search ever wider, until nothing is left out that could be better."""
        while not self.ended:
            self.step()

    def step(self) -> None:
        """Search one width: a few choices for each municipality, twice as many, all that matter."""
        record, root = self.record, self.root
        width = enough = record.slack(self.gap) - root.bound
        reduced = root.reduced[record.problem.reach]
        if np.isinf(record.interest) and (reduced <= enough).sum() > _WIDER * self._choices:
            width = max(float(np.partition(reduced, self._choices)[self._choices]), 0.0)
        self._last = width >= enough
        found = self._within(width)
        record.infeasible = self._last and not found and record.host is None
        self.report(record)
        self._choices = 2 * max(int((reduced <= width).sum()), self._choices)

    def _within(self, width: float) -> bool:
        """Solve with the choices of a width until a plan hangs together; tell if there is one."""
        record, root, clock = self.record, self.root, self.clock
        left_out = root.bound + width if np.isfinite(width) else np.inf
        narrow = record.problem.limited(root.reduced <= width)
        narrow = narrow.limited(tightened(narrow))
        if not narrow.reach.any(axis=1).all():
            record.raise_bound(left_out)
            return False
        formulation = formulate(narrow)

        def look(search: Search) -> None:
            if search.x is not None:
                record.offer(formulation.hosts(search.x))
            if search.bound is not None:
                record.raise_bound(min(search.bound, left_out))
            self.report(record)

        around = cuts_around_members(formulation.problem)
        while True:
            rows = formulation.cut_rows((*around, *record.cuts), root.covers, root.regions)
            program = formulation.program.with_rows(rows)
            solution = solve(
                program,
                start=_start(record, formulation),
                cutoff=record.cutoff(self.gap),
                time_limit_s=clock.remaining_s,
                gap=self.gap,
                presolve=False,
                apart=len(program.rows.values) > _HEAVY,
                on_search=look,
            )
            if solution.outcome == "infeasible":
                record.raise_bound(left_out)
                return False
            if solution.bound is not None:
                record.raise_bound(min(solution.bound, left_out))
            hangs_together = _keep(record, solution, formulation, clock)
            if solution.interrupted:
                raise Cancelled
            if hangs_together or clock.expired:
                return True


def _start(record: Record, narrow: Formulation) -> FloatArray | None:
    """Return the best plan known as a point, where the narrow program contains it."""
    if record.host is None:
        return None
    within = narrow.problem.reach[np.arange(len(record.host)), record.host].all()
    return narrow.point(record.host) if within else None


def _keep(record: Record, solution: Solution, narrow: Formulation, clock: Clock) -> bool:
    """Keep a solution's plan, mended if need be, and its cuts; tell if it hangs together."""
    if solution.x is None:
        return False
    host = narrow.hosts(solution.x)
    broken = broken_cuts(record.problem, host)
    if not broken:
        if not admits(record.problem, host):
            raise SolverError("the solver's plan breaks a limit of the request")
        record.offer(host)
        return True
    record.cuts.update(dict.fromkeys(broken))
    record.offer(good_plan(record.problem, clock, host))
    return False


def smallest_of_best(record: Record, clock: Clock, report: Report) -> None:
    """Replace a proved optimum by the smallest of the plans that are as good.

    Of all plans that a solver cannot tell from the best, the one is chosen in which the first
    municipality (in the order of codes) has the host with the smallest code; of these, the one in
    which the second has; and so on. The rule says nothing about quality, only which one it is.

    Parameters
    ----------
    record : a search that has ended with a proof; its plan is replaced.
    clock : the plan stays as it is where this expires first.
    report : called while searching.

    Raises
    ------
    Cancelled : the caller stopped the search.
    """
    if record.host is None:
        return
    ceiling = record.objective + resolution(record.objective, SMALL)

    def any_of(problem: Problem) -> list[int] | None:
        """Find a plan that costs no more than the ceiling."""
        if not problem.reach.any(axis=1).all():
            return None
        other = Record(problem, interest=ceiling, cuts=dict(record.cuts))
        minimise(other, 0.0, clock, report)
        return None if other.host is None else other.host.tolist()

    problem = record.problem
    smallest = record.host.tolist()
    found = any_of(replace(problem, differ_from=(*problem.differ_from, (record.host, 1))))
    if found is not None:
        smallest = min(smallest, found)
        for i in range(len(problem)):
            while (found := any_of(_with_smaller_host(problem, smallest, i))) is not None:
                smallest = found
    if not clock.expired:
        record.replace_by(np.array(smallest, dtype=np.int64))


def _with_smaller_host(problem: Problem, plan: list[int], i: int) -> Problem:
    """Leave those before municipality i their hosts in a plan, and i only smaller ones."""
    everyone = np.arange(len(problem))
    kept = np.ones_like(problem.reach)
    kept[:i] = everyone[None, :] == np.array(plan[:i], dtype=np.int64)[:, None]
    kept[i] = everyone < plan[i]
    return problem.limited(kept)
