"""What a search for a p-median has found and proved so far, whatever ends it."""

from __future__ import annotations

import numpy as np

from planner.optimise.solver.clock import Clock
from planner.optimise.solver.program import FloatArray, IntArray
from planner.optimise.tolerances import Grain


class MedianRecord:
    """The best solution and the best bound, told to the caller as they improve.

    Parameters
    ----------
    grain : what counts as better.
    clock : whom to tell.
    unit : what costs were multiplied by, a power of two; values told are divided by it.

    Attributes
    ----------
    assignment : (clients,) host of each client, columns of the cost; None without a solution.
    opened : columns of the open hosts, at most p.
    value : cost of the assignment, infinite without one.
    bound : no solution costs less; infinite if there is none.
    stage : what is being done, for reports.
    limited : whether hosts have capacities.
    """

    def __init__(self, grain: Grain, clock: Clock, unit: float = 1.0) -> None:
        self.grain, self.clock, self.unit = grain, clock, unit
        self.assignment: IntArray | None = None
        self.opened: IntArray = np.zeros(0, np.int64)
        self.value, self.bound = np.inf, 0.0
        self.stage, self.limited = "plan", False

    @property
    def sought(self) -> float:
        """What a solution must cost less than, to be worth finding; infinite without one."""
        return self.grain.worth_finding(self.value)

    @property
    def proved(self) -> bool:
        """Whether no better solution exists."""
        return self.bound >= self.sought

    def multiply(self, scale: float) -> None:
        """Go over to costs that are multiplied by a power of two."""
        self.unit *= scale
        self.value *= scale
        self.bound *= scale

    def improve(self, value: float, assignment: IntArray, opened: IntArray) -> bool:
        """Keep a solution if it is the best so far; tell whether it is."""
        if value >= self.value:
            return False
        self.value, self.assignment, self.opened = value, assignment, opened
        self._tell()
        return True

    def prove(self) -> None:
        """Note that nothing better exists, or, without a solution, nothing at all."""
        self.bound = self.value
        self._tell()

    def raise_to(self, bound: float) -> None:
        """Note that no solution costs less than a bound, or that nothing better exists."""
        bound = min(self.grain.raised(bound), self.value)
        if bound > self.bound:
            self.bound = bound
            self._tell()

    def _tell(self) -> None:
        value = self.value / self.unit if np.isfinite(self.value) else None
        bound = self.bound / self.unit if np.isfinite(self.bound) else None
        self.clock.report(self.stage, value, bound)


def nearest_hosts(cost: FloatArray, opened: IntArray) -> IntArray:
    """(clients,) column of the open host that is nearest to each client."""
    return np.asarray(opened[cost[:, opened].argmin(axis=1)])
