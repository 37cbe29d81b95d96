"""Among equally good plans, one by rule: the smallest hosts, municipality by municipality.

Of all plans that a solver cannot tell from the best, the one is chosen in which the first
municipality (in the order of codes) has the host with the smallest code; of these, the one in
which the second has; and so on. The rule says nothing about quality, only which one it is.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.optimise.grouping.exact_search import SMALL, Record, Report, minimise
from planner.optimise.grouping.problem import Problem
from planner.optimise.solver.clock import Clock
from planner.optimise.tolerances import resolution


def smallest_of_best(record: Record, clock: Clock, report: Report) -> None:
    """Replace a proved optimum by the smallest of the plans that are as good.

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
