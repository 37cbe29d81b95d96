"""A p-median with capacities while it is being solved."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from planner.optimise.median.assignment_program import Capacities
from planner.optimise.median.capacitated.dual import CapacitatedDual
from planner.optimise.median.record import MedianRecord
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.program import IntArray
from planner.optimise.tolerances import ROUNDING


@dataclass(frozen=True, eq=False)
class CapacitatedProblem:
    """What is solved, in scaled costs, and the record of it.

    Attributes
    ----------
    dual : the bound, with demand and capacity rounded so that nothing is lost.
    limits : demand and capacity as they are.
    """

    dual: CapacitatedDual
    limits: Capacities
    clock: Clock
    record: MedianRecord

    @property
    def size(self) -> tuple[int, int, int]:
        """Number of clients, of hosts, and p."""
        clients, hosts = self.dual.cost.shape
        return clients, hosts, self.dual.host_count

    def guess(self, wished: float) -> float:
        """Return a possible objective near the one wished, above what is proved."""
        record = self.record
        if not record.grain.whole:
            return min(max(wished, record.bound * (1.0 + ROUNDING)), record.value)
        return min(max(math.floor(wished), math.ceil(record.bound)), record.value - 1.0)

    def threshold(self, guess: float) -> float:
        """Return what tells solutions up to the guess from dearer ones."""
        return guess + 0.5 if self.record.grain.whole else guess * (1.0 + ROUNDING)

    def above(self, guess: float) -> float:
        """Return what a solution costs at least if it costs more than the guess."""
        return guess + 1.0 if self.record.grain.whole else guess

    def cost_of(self, assignment: IntArray) -> float:
        """Return the cost of an assignment, infinite where somebody has found no room."""
        if assignment.max() == self.dual.cost.shape[1]:
            return np.inf
        return float(self.dual.cost[np.arange(len(assignment)), assignment].sum())

    def found(self, assignment: IntArray) -> bool:
        """Keep an assignment if it is the best so far, and fills no host too much."""
        load = np.bincount(assignment, self.dual.limits.demand, self.size[1])
        if (load[: self.size[1]] > self.dual.limits.capacity * (1.0 + 10.0 * ROUNDING)).any():
            return False
        return self.record.improve(self.cost_of(assignment), assignment, np.unique(assignment))
