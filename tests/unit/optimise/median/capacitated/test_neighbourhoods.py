"""Neighbourhoods solved anew: the optimum where one holds everybody, else never anything dearer."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest

from planner.optimise.median.assignment_program import Capacities
from planner.optimise.median.capacitated.dual import CapacitatedDual
from planner.optimise.median.capacitated.neighbourhoods import Neighbourhoods
from planner.optimise.median.capacitated.problem import CapacitatedProblem
from planner.optimise.median.record import MedianRecord
from planner.optimise.solver.clock import Clock
from planner.optimise.tolerances import Grain

CLOCK = Clock(None, None)


def random_problem(seed: int, count: int, hosts: int, share: float) -> CapacitatedProblem:
    random = np.random.default_rng(seed)
    points = random.uniform(0, 100, (count, 2))
    cost = np.hypot(*(points[:, None] - points).transpose(2, 0, 1))
    demand = random.integers(1, 9, count).astype(float)
    limits = Capacities(demand, np.full(count, np.ceil(share * demand.sum() / hosts)))
    dual = CapacitatedDual(cost, limits, hosts, CLOCK)
    return CapacitatedProblem(dual, limits, CLOCK, MedianRecord(Grain.of(cost), CLOCK))


def fits(problem: CapacitatedProblem, assignment: np.ndarray) -> bool:
    limits = problem.limits
    load = np.bincount(assignment, limits.demand, len(limits.capacity))
    return len(load) == len(limits.capacity) and bool((load <= limits.capacity).all())


def least_cost(problem: CapacitatedProblem) -> float:
    """The optimum, by looking at every assignment to every choice of hosts."""
    clients, hosts, count = problem.size
    best = np.inf
    for opened in combinations(range(hosts), count):
        for choice in product(opened, repeat=clients):
            assignment = np.array(choice)
            if problem.cost_of(assignment) < best and fits(problem, assignment):
                best = problem.cost_of(assignment)
    return best


def any_solution(problem: CapacitatedProblem, seed: int) -> np.ndarray:
    """A poor one: everybody at random hosts, tried until it fits."""
    clients, hosts, count = problem.size
    random = np.random.default_rng(seed)
    while True:
        opened = random.choice(hosts, count, replace=False)
        assignment = random.choice(opened, clients)
        if fits(problem, assignment):
            return assignment


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("everywhere", [False, True])
def test_a_neighbourhood_of_everybody_gives_the_optimum(seed: int, everywhere: bool) -> None:
    problem = random_problem(seed, 6, 2, 1.3)
    around = Neighbourhoods(problem, any_solution(problem, seed))
    around.run(CLOCK, 6, everywhere=everywhere)
    assert fits(problem, around.assignment)
    assert problem.cost_of(around.assignment) == pytest.approx(least_cost(problem))


@pytest.mark.parametrize("seed", range(2))
def test_nothing_gets_dearer_or_too_full_and_hosts_do_not_become_more(seed: int) -> None:
    problem = random_problem(seed, 30, 5, 1.4)
    start = any_solution(problem, seed)
    around = Neighbourhoods(problem, start)
    for most_clients in (10, 20):
        before = problem.cost_of(around.assignment)
        around.run(CLOCK, most_clients, everywhere=True)
        assert problem.cost_of(around.assignment) <= before * (1 + 1e-9)
        assert fits(problem, around.assignment)
    assert problem.cost_of(around.assignment) < problem.cost_of(start)
    assert len(np.unique(around.assignment)) <= 5


def test_who_was_without_room_gets_some_and_spare_hosts_are_used() -> None:
    problem = random_problem(1, 12, 3, 1.2)
    start = any_solution(problem, 1)
    start[start == start[0]] = 12
    around = Neighbourhoods(problem, start)
    around.run(CLOCK, 12, everywhere=False)
    assert around.assignment.max() < 12
    assert fits(problem, around.assignment)
    assert len(np.unique(around.assignment)) <= 3


def test_time_that_is_spent_leaves_the_start_as_it_is() -> None:
    problem = random_problem(2, 12, 3, 1.2)
    start = any_solution(problem, 2)
    around = Neighbourhoods(problem, start)
    around.run(Clock(0.0, None), 12, everywhere=False)
    assert (around.assignment == start).all()
