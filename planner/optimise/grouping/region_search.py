"""The search of a whole region, part by part.

Municipalities that have no host in common, directly or through others, are separate problems,
searched apart.
"""

from __future__ import annotations

import networkx as nx
import numpy as np

from planner.model.request import Range, Request
from planner.optimise.grouping.exact_search import Record
from planner.optimise.grouping.part_search import Part
from planner.optimise.grouping.problem import Problem
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.program import IntArray


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
        for part in self.parts:
            part.start(self.clock)
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
        bound = sum(part.record.bound for part in self.parts)
        between = self.problem.severed.sum() / 2
        between -= sum(part.record.problem.severed.sum() / 2 for part in self.parts)
        return float(bound + between) if np.isfinite(bound) else None

    def _report(self, record: Record) -> None:
        host = self.host
        objective = None if host is None else self.problem.objective(host)
        stage = "exemptions" if record.problem.exempt_cost else "plan"
        self.clock.report(stage, objective, self.bound)


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
