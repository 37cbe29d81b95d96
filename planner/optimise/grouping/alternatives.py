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


def next_best(problem: Problem, best: IntArray, request: Request, clock: Clock) -> list[IntArray]:
    """Return further plans, best first; fewer than asked for where no more exist, or time is up.

    Raises
    ------
    Cancelled : the caller stopped the search.
    """
    found: list[IntArray] = []
    while len(found) < request.alternatives:
        better = tuple((host, request.min_difference) for host in (best, *found))
        search = Whole(replace(problem, differ_from=better), request, clock)
        search.search()
        if search.host is None or not search.proved:
            break
        found.append(search.host)
    return found
