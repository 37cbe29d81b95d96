"""The next best plans that are different enough.

Each must differ from all better ones in at least so many municipalities' hosts. It is the best
of what the better ones leave, searched for and proved like the first, the aims in the same order.
"""

from __future__ import annotations

from dataclasses import replace

from planner.model.request import Request
from planner.optimise.grouping.problem import Problem
from planner.optimise.grouping.region_search import Whole
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.program import IntArray


def next_best(
    problem: Problem, best: IntArray, request: Request, clock: Clock
) -> tuple[list[IntArray], tuple[str, ...]]:
    """Return further plans, best first, and why there are fewer than asked for.

    Raises
    ------
    Cancelled : the caller stopped the search.
    """
    found: list[IntArray] = []
    while len(found) < request.alternatives:
        better = tuple((host, request.min_difference) for host in (best, *found))
        search = Whole(replace(problem, differ_from=better), request, clock)
        search.search()
        if search.infeasible:
            differing = f"in {request.min_difference} municipalities or more"
            note = f"There are only {len(found)} further plans that differ {differing}."
            return found, (note,)
        if not search.proved or search.host is None:
            note = f"Time was up after {len(found)} of {request.alternatives} further plans."
            return found, (note,)
        found.append(search.host)
    return found, ()
