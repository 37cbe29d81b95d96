"""The search of a whole region, part by part, with the two aims in their order.

Municipalities that have no host in common, directly or through others, are separate problems,
searched apart. Each is searched twice where groups below a least size may be exempted: first
for the fewest, then for the objective.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import networkx as nx
import numpy as np

from planner.model.request import Range, Request
from planner.optimise.clock import Clock
from planner.optimise.heuristic import good_plan
from planner.optimise.problem import Problem
from planner.optimise.program import IntArray
from planner.optimise.search import Record, minimise
from planner.optimise.ties import smallest_of_best

#: Share of the time that is left which the search for the fewest exemptions may use.
_TIME_FOR_EXEMPTIONS = 0.5
#: Parts of more municipalities keep the solver's choice among equally good plans.
_MOST_FOR_TIES = 20


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
    """A request for a region while it is searched, part by part.

    Attributes
    ----------
    problem : the whole region's.
    parts : its independent parts, the smallest first.
    settled : whether ties were broken by rule in every part where they are.
    """

    def __init__(self, problem: Problem, request: Request, clock: Clock) -> None:
        self.problem = problem
        self.request = request
        self.clock = clock
        self.settled = True
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
        exact = self.request.relative_gap == 0 and part.proved(0.0)
        if exact and 1 < len(part.positions) <= _MOST_FOR_TIES:
            settled_before, self.settled = self.settled, False
            settled = smallest_of_best(second, self.clock, lambda _: self._report("ties"))
            self.settled = settled and settled_before

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
        bound = sum(part.record.bound for part in self.parts)
        between = self.problem.severed.sum() / 2
        between -= sum(part.record.problem.severed.sum() / 2 for part in self.parts)
        return float(bound + between) if np.isfinite(bound) else None

    def _report(self, stage: str) -> None:
        host = self.host
        self.clock.report(stage, None if host is None else self.problem.objective(host), self.bound)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is left open about the plan, in words."""
        notes = []
        first = [part.exemptions for part in self.parts if part.exemptions is not None]
        if not all(record.closed(0.0) for record in first) and self.host is not None:
            found = sum(round(record.objective) for record in first)
            proved = sum(round(record.bound) for record in first)
            notes.append(
                f"{found} groups are exempted from a least size. "
                f"It is proved that at least {proved} must be, not that {found} are the fewest."
            )
        if not self.settled:
            notes.append("There may be other plans that are as good; none was chosen by rule.")
        return tuple(notes)


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
