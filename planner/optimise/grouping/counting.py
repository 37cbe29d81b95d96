"""The fewest exempted groups, without saying the same plan once for each host.

How many groups fall short depends on who is together, and not on who hosts. So hosts are renamed:
every group's largest member is called its host, and nothing else may be. Each plan of a problem is
then a plan of this one, once, with as many exemptions. The other way round the largest member may
be out of somebody's reach, or no host at all: so the count is a bound, and where better hosts are
found for its groups, the answer.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.optimise.grouping.problem import Problem
from planner.optimise.grouping.tightening import tightened
from planner.optimise.solver.program import BoolArray


def hosted_by_largest(problem: Problem) -> Problem:
    """Return the problem in which every group's largest member is its host.

    Its least number of exempted groups is no more than that of the problem.

    Parameters
    ----------
    problem : of counting exemptions, in which every group may be exempted.
    """
    fixed = tuple(np.flatnonzero(problem.fixed).tolist())
    renamed = replace(
        problem,
        reach=problem.share & _no_smaller(problem),
        fixed=np.zeros_like(problem.fixed),
        apart=problem.apart + ((fixed,) if len(fixed) > 1 else ()),
        differ_from=(),
        ceilings=(),
    )
    return renamed.limited(tightened(renamed))


def _no_smaller(problem: Problem) -> BoolArray:
    """(n, n) whether the second is at least as large; of equals, the first comes before."""
    amount = next(size.amount for size in problem.sizes if size.least > 0)
    rank = np.argsort(np.lexsort((np.arange(len(amount)), -amount)))
    return np.asarray(rank[None, :] <= rank[:, None])
