"""Branch and bound on which hosts are open, every node bounded by Lagrangian prices.

Where few hosts serve many clients, reduced costs rule out most hosts but few pairs; a program
over the pairs is then large, and a tree over the hosts small. Nodes start from the prices of
their parent, and the least bound is taken first, so that the least of all is what is proved.

Source: J. E. Beasley (1985), A note on solving large p-median problems, European Journal of
Operational Research 21.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from planner.optimise.median.lagrangian import DualPoint, UncapacitatedDual, raise_bound
from planner.optimise.solver.program import BoolArray, FloatArray, IntArray

if TYPE_CHECKING:
    from planner.optimise.median.uncapacitated import MedianProblem

_ROUNDS = 150
_FIRST_STEP = 0.5
_PATIENCE = 10


@dataclass(frozen=True, eq=False)
class _Node:
    """Some hosts are closed, some open, and the others may be either.

    Attributes
    ----------
    bound : no solution of the node costs less.
    prices : (clients,) that prove it, or nearly.
    closed, opened : (candidates,).
    branch_on : a candidate of the others.
    """

    bound: float
    prices: FloatArray
    closed: BoolArray
    opened: BoolArray
    branch_on: int = -1


class Branching:
    """The tree over the hosts that can be part of a better solution.

    Parameters
    ----------
    problem : what is solved, and the record of it.
    columns : (candidates,) columns of the problem's cost.
    cost : (clients, candidates) those columns.
    must_open : (candidates,) hosts that are open in every better solution.
    """

    def __init__(
        self, problem: MedianProblem, columns: IntArray, cost: FloatArray, must_open: BoolArray
    ) -> None:
        self._problem, self._columns, self._cost = problem, columns, cost
        self._must_open = must_open

    def run(self, point: DualPoint) -> None:
        """Search until nothing better is left or the time is spent; start from good prices."""
        problem, none = self._problem, np.zeros(len(self._columns), dtype=bool)
        root = self._bounded(_Node(point.bound, point.prices, none, self._must_open))
        nodes = [] if root is None else [(root.bound, 0, root)]
        made = 0
        while nodes:
            _, _, node = heapq.heappop(nodes)
            problem.record.raise_to(min(node.bound, problem.sought))
            if node.bound >= problem.sought:
                break
            if problem.clock.expired:
                return
            for child in self._children(node):
                made += 1
                heapq.heappush(nodes, (child.bound, made, child))
        problem.record.prove()

    def _children(self, node: _Node) -> list[_Node]:
        """Close a host, and open it."""
        closed, opened = node.closed.copy(), node.opened.copy()
        closed[node.branch_on] = opened[node.branch_on] = True
        both = (replace(node, closed=closed), replace(node, opened=opened))
        return [child for child in map(self._bounded, both) if child is not None]

    def _bounded(self, node: _Node) -> _Node | None:
        """Raise a node's bound and fix what follows; None where nothing better is left in it."""
        problem, most = self._problem, self._problem.host_count
        alive = np.flatnonzero(~node.closed)
        if len(alive) <= most or node.opened.sum() == most:
            rest = alive if len(alive) <= most else np.flatnonzero(node.opened)
            problem.try_hosts(self._columns[rest])
            return None
        dual = UncapacitatedDual(
            self._cost[:, alive],
            most,
            problem.clock,
            node.opened[alive],
        )
        point = raise_bound(
            dual,
            node.prices,
            target=min(problem.record.value, problem.forbidden),
            enough=problem.sought,
            ceiling=dual.ceiling,
            most_rounds=_ROUNDS,
            clock=problem.clock,
            first_step=_FIRST_STEP,
            patience=_PATIENCE,
        )
        problem.try_hosts(self._columns[alive[list(dual.good_sets[0][1])]])
        bound = max(node.bound, point.bound)
        if problem.grain.raised(bound) >= problem.sought:
            return None
        penalties = dual.penalties(point.prices)
        closed, opened = node.closed.copy(), node.opened.copy()
        closed[alive[penalties.host >= problem.sought]] = True
        opened[alive[penalties.closed >= problem.sought]] = True
        free = ~(closed | opened)[alive]
        if not free.any():
            problem.try_hosts(self._columns[opened])
            return None
        undecided = np.where(free, np.minimum(dual.use, 1.0 - dual.use), -1.0)
        return _Node(bound, point.prices, closed, opened, int(alive[undecided.argmax()]))
