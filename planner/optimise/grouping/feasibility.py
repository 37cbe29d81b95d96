"""Whether a plan keeps every limit of a problem, found out without the model."""

from __future__ import annotations

import numpy as np

from planner.optimise.grouping.cuts.contiguity import is_contiguous
from planner.optimise.grouping.problem import Problem, sums
from planner.optimise.solver.program import IntArray


def admits(problem: Problem, host: IntArray) -> bool:
    """Whether a plan is within reach and keeps every limit of a problem."""
    everyone = np.arange(len(problem))
    if not problem.reach[everyone, host].all() or not np.array_equal(host[host], host):
        return False
    return (
        _sized(problem, host)
        and not any(ceiling.over(host) for ceiling in problem.ceilings)
        and bool((host == everyone)[problem.fixed].all())
        and all(len(set(host[list(unit)])) == 1 for unit in problem.together)
        and all(len(set(host[list(part)])) == len(part) for part in problem.apart)
        and all((host != other).sum() >= least for other, least in problem.differ_from)
        and is_contiguous(problem, host)
    )


def _sized(problem: Problem, host: IntArray) -> bool:
    """Whether the number and the sizes of groups are within their limits."""
    hosts = np.unique(host)
    limit = problem.offices
    if (limit.min or 0) > len(hosts) or (limit.max is not None and limit.max < len(hosts)):
        return False
    short = problem.short_hosts(host)
    if problem.most_exempt is not None and len(short) > problem.most_exempt:
        return False
    if not problem.exempt[short].all():
        return False
    return not any(size.over(sums(host, size.amount)[hosts]).any() for size in problem.sizes)
