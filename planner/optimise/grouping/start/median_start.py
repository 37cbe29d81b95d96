"""A first plan and a first bound from the p-median, where the number of offices is limited.

With all limits but the number of offices left out, and with commuters left out, a problem is a
p-median: which hosts serve everybody at least cost. Its bound holds for the problem, and its
plan is a good one to begin from. Where nothing was left out, it is the answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.optimise.grouping.problem import Problem
from planner.optimise.median.p_median import p_median
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.program import IntArray

#: Time for a p-median that only helps: share of what is left, and seconds.
_SHARE, _MOST_S = 0.2, 10.0


@dataclass(frozen=True, eq=False)
class MedianStart:
    """What a p-median tells of a problem.

    Attributes
    ----------
    host : (n,) a plan within reach with the most offices allowed; None where none was found.
    bound : no plan costs less; minus infinity where nothing is known.
    interrupted : whether the caller stopped the search.
    """

    host: IntArray | None = None
    bound: float = -np.inf
    interrupted: bool = False


def median_start(problem: Problem, clock: Clock) -> MedianStart:
    """Solve the p-median of a problem; nothing is known where offices have no limit."""
    hosts = np.flatnonzero(problem.reach.diagonal())
    most = problem.offices.max
    if most is None or not 1 <= most < len(hosts) or clock.expired:
        return MedianStart()
    cost = np.where(problem.reach, problem.cost, np.inf)
    own = cost.diagonal()
    # a host serves itself: only then is no plan with fewer offices better than with the most
    served_at_least = np.minimum(own, cost.min(axis=1))
    np.fill_diagonal(cost, served_at_least)
    least = cost[np.isfinite(cost)].min(initial=0.0)
    opening = (own - served_at_least)[hosts].min(initial=0.0) * max(1, problem.offices.min or 1)
    found = p_median(
        (cost - least)[:, hosts],
        int(most),
        time_limit_s=_time(problem, clock),
        progress=lambda _: clock.pulse(),
    )
    bound = -np.inf
    if found.bound is not None:
        bound = found.bound + least * len(problem) + opening
    if found.assignment is None:
        return MedianStart(None, bound, found.interrupted)
    host = hosts[np.asarray(found.assignment, dtype=np.int64)]
    chosen = hosts[np.array(found.hosts, dtype=np.int64)]
    host[chosen] = chosen
    return MedianStart(host, bound, found.interrupted)


def _time(problem: Problem, clock: Clock) -> float | None:
    """Seconds for the p-median: all there are where it is the whole problem."""
    whole = not (
        problem.severed.any()
        or problem.sizes
        or problem.neighbours is not None
        or problem.ceilings
        or problem.differ_from
        or problem.together
        or problem.apart
        or problem.fixed.any()
    )
    left = clock.remaining_s
    if whole:
        return left
    return _MOST_S if left is None else min(_SHARE * left, _MOST_S)
