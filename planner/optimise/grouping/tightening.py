"""Choices of a host that the limits rule out one by one, before any solver is asked."""

from __future__ import annotations

import numpy as np

from planner.optimise.grouping.problem import Problem
from planner.optimise.solver.program import BoolArray


def tightened(problem: Problem) -> BoolArray:
    """(n, n) reach without the choices that the other limits rule out, one by one.

    Every rule is implied by the limits, so no plan is lost: a pair kept apart or too large
    together, a set that cannot follow one of its members, a member cut off from its host, a
    host that can never gather enough. Rules feed each other and are repeated until none bites.
    """
    reach = problem.reach.copy()
    for part in problem.apart:
        reach[np.ix_(part, part)] &= np.eye(len(part), dtype=bool)
    for size in problem.sizes:
        over = size.amount[:, None] + size.amount[None, :] > size.largest
        np.fill_diagonal(over, size.amount > size.largest)
        reach &= ~over
    while True:
        before = reach.copy()
        for unit in problem.together:
            reach[list(unit)] = reach[list(unit)].all(axis=0)
        # a municipality that cannot be host serves nobody
        reach &= np.diag(reach)[None, :]
        if problem.neighbours is not None:
            reach = _connected(reach, problem.neighbours)
        reach &= ~_hopeless(problem, reach)[None, :]
        if np.array_equal(before, reach):
            return reach


def _connected(reach: BoolArray, neighbours: BoolArray) -> BoolArray:
    """Keep those who can be joined to the host through others whom it may serve."""
    joined = np.diag(np.diag(reach))
    while True:
        grown = joined | (neighbours.astype(np.float32) @ joined.astype(np.float32) > 0) & reach
        if np.array_equal(grown, joined):
            return np.asarray(joined)
        joined = grown


def _hopeless(problem: Problem, reach: BoolArray) -> BoolArray:
    """(n,) hosts that fall short even of all whom they may serve, and may not."""
    hopeless = np.zeros(len(problem), dtype=bool)
    for size in problem.sizes:
        hopeless |= size.amount @ reach < size.least
    return hopeless & ~problem.exempt
