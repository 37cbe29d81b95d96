"""Sets put together fill no host too much, though sets were found with rounded demand."""

from __future__ import annotations

import numpy as np
import pytest

from planner.optimise.median.assignment_program import Capacities
from planner.optimise.median.capacitated.client_sets import SetPool
from planner.optimise.median.capacitated.dual import CapacitatedDual
from planner.optimise.median.capacitated.problem import CapacitatedProblem
from planner.optimise.median.capacitated.recombination import recombined
from planner.optimise.median.record import MedianRecord
from planner.optimise.solver.clock import Clock
from planner.optimise.tolerances import Grain

CLOCK = Clock(None, None)
COST = np.array([[0.0, 9], [1, 8], [9, 0], [8, 1]])
LIMITS = Capacities(np.array([5.0, 5.5, 5, 4]), np.array([10.0, 10.0]))


@pytest.fixture
def dual() -> CapacitatedDual:
    return CapacitatedDual(COST, LIMITS, 2, CLOCK)


def test_who_is_too_much_for_a_set_is_left_to_be_placed(dual: CapacitatedDual) -> None:
    pool = SetPool.of([(0, (0, 1)), (1, (2, 3))], COST)
    opened, known = recombined(dual, pool, np.full(4, 5.0), CLOCK)
    assert opened.tolist() == [0, 1]
    assert known.tolist() == [0, -1, 1, 1]


def test_an_overfull_assignment_is_never_kept(dual: CapacitatedDual) -> None:
    record = MedianRecord(Grain.of(COST), CLOCK)
    problem = CapacitatedProblem(dual, LIMITS, CLOCK, record)
    assert not problem.found(np.array([0, 0, 1, 1]))
    assert record.assignment is None
    assert problem.found(np.array([0, 1, 0, 1]))
