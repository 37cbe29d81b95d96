"""Propose a plan: who should share an office with whom, under which host.

The model is written down in docs/grouping_model.md. Municipalities that have no host in common,
directly or through others, are separate problems, solved apart. Each is solved twice where
groups below a least size may be exempted: first for the fewest, then for the objective.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

import networkx as nx
import numpy as np

from planner.model.instance import Instance
from planner.model.request import Range, Request
from planner.optimise.build import build_problem
from planner.optimise.clock import Clock
from planner.optimise.heuristic import good_plan
from planner.optimise.objective import terms_of
from planner.optimise.outcome import (
    Cancelled,
    Outcome,
    ProgressCallback,
    Proposal,
    Solve,
    relative_gap,
)
from planner.optimise.problem import Problem
from planner.optimise.program import IntArray
from planner.optimise.search import Record, minimise
from planner.optimise.solve import solver_name

#: Share of the time that is left which the search for the fewest exemptions may use.
_TIME_FOR_EXEMPTIONS = 0.5


def propose(
    instance: Instance, request: Request, *, progress: ProgressCallback | None = None
) -> Proposal:
    """Find the best plan within the limits of a request, and say what was proved about it.

    Parameters
    ----------
    instance : the region.
    request : limits, weights, and when to stop.
    progress : called while it runs; raising `Cancelled` ends the search, as Ctrl-C does, and the
        best plan found so far is returned.

    Returns
    -------
    The plan, its terms and its proof; without a plan, the limits that cannot hold together.

    Raises
    ------
    LabelMismatchError : the request names a municipality that is not in the region.
    PlannerError : a population, staff or commuter figure is missing or negative.
    """
    clock = Clock(request.time_limit_s, progress)
    problem = build_problem(instance, request)
    whole = Whole(problem, request, clock)
    with suppress(Cancelled, KeyboardInterrupt):
        whole.search()
    return whole.proposal(instance)


@dataclass(eq=False)
class Part:
    """Municipalities whose groups are independent of all others.

    Attributes
    ----------
    positions : (m,) their positions in the region.
    exemptions : search for the fewest groups below a least size; None where none is needed.
    record : search for the least objective.
    """

    positions: IntArray
    exemptions: Record | None
    record: Record

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


class Whole:
    """A request for a region while it is searched, part by part."""

    def __init__(self, problem: Problem, request: Request, clock: Clock) -> None:
        self.problem = problem
        self.request = request
        self.clock = clock
        self.parts = [
            Part(positions, self._exemptions(part), Record(part))
            for positions, part in independent_parts(problem)
        ]

    def _exemptions(self, part: Problem) -> Record | None:
        exemptible = any(size.exemptible and size.least > 0 for size in part.sizes)
        if self.request.exempt == "minimise" and exemptible:
            return Record(part.counting_exempt(), bound=0.0)
        return None

    def search(self) -> None:
        """Search every part, the smallest first, so that most is proved if time runs out."""
        if not self.problem.reach.any(axis=1).all():
            self.parts[0].record.infeasible = True
            return
        for part in self.parts:
            start = good_plan(part.record.problem, self.clock)
            (part.exemptions or part.record).offer(start)
        for part in self.parts:
            self._search_part(part)
            if part.record.infeasible:
                return

    def _search_part(self, part: Part) -> None:
        first, second = part.exemptions, part.record
        if first is not None:
            clock = self.clock.share(_TIME_FOR_EXEMPTIONS)
            minimise(first, 0.0, clock, lambda _: self._report("exemptions"))
            second.infeasible = first.infeasible
            if first.host is None:
                return
            fewest = round(first.objective)
            second.problem = replace(second.problem, most_exempt=fewest)
            second.cuts.update(first.cuts)
            second.offer(first.host)
        minimise(second, self.request.relative_gap, self.clock, lambda _: self._report("plan"))

    @property
    def infeasible(self) -> bool:
        """Whether it is proved that there is no plan."""
        return any(part.record.infeasible for part in self.parts)

    @property
    def host(self) -> IntArray | None:
        """Best plan known for the whole region; None while a part has none."""
        host = np.zeros(len(self.problem), dtype=np.int64)
        for part in self.parts:
            if part.host is None:
                return None
            host[part.positions] = part.positions[part.host]
        return host

    @property
    def bound(self) -> float | None:
        """Proved lower bound on the objective; None while a part has none."""
        bound = sum(part.record.bound for part in self.parts)
        between = self.problem.severed.sum() / 2
        between -= sum(part.record.problem.severed.sum() / 2 for part in self.parts)
        return float(bound + between) if np.isfinite(bound) else None

    def _report(self, stage: str) -> None:
        host = self.host
        self.clock.report(stage, None if host is None else self.problem.objective(host), self.bound)

    def proposal(self, instance: Instance) -> Proposal:
        """Return what was found and what was proved."""
        host = None if self.infeasible else self.host
        if host is None:
            outcome: Outcome = "infeasible" if self.infeasible else "no_solution_in_time"
            bound = None if self.infeasible else self.bound
            return Proposal(None, self._solve(outcome, None, bound))
        objective, gap = self.problem.objective(host), self.request.relative_gap
        proved = all(part.proved(gap) for part in self.parts)
        plan = self.problem.decode(host)
        return Proposal(
            plan,
            self._solve("optimal" if proved else "feasible", objective, self.bound),
            terms_of(instance, plan),
            notes=self._notes(),
        )

    def _solve(self, outcome: Outcome, objective: float | None, bound: float | None) -> Solve:
        if objective is not None and bound is not None:
            bound = min(bound, objective)
        gap = relative_gap(objective, bound)
        return Solve(outcome, objective, bound, gap, self.clock.seconds, *solver_name())

    def _notes(self) -> tuple[str, ...]:
        """Tell whether fewer exemptions may be possible."""
        open_ = [part.exemptions for part in self.parts if part.exemptions is not None]
        if all(record.closed(0.0) for record in open_):
            return ()
        found = sum(round(record.objective) for record in open_)
        proved = sum(round(record.bound) for record in open_)
        note = (
            f"{found} groups are exempted from a least size. "
            f"It is proved that at least {proved} must be, not that {found} are the fewest."
        )
        return (note,)


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
