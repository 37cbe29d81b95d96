"""Plans within capacity: placing and small moves."""

from __future__ import annotations

import numpy as np
import pytest

from planner.optimise.median.assignment_program import Capacities
from planner.optimise.median.capacitated.placement import LocalSearch, place_hosts, with_nowhere
from planner.optimise.solver.clock import Clock

CLOCK = Clock(None, None)


def instance(seed: int, count: int, hosts: int) -> tuple[np.ndarray, Capacities, np.ndarray]:
    random = np.random.default_rng(seed)
    points = random.uniform(0, 100, (count, 2))
    cost = np.hypot(*(points[:, None] - points).transpose(2, 0, 1))
    demand = random.integers(1, 20, count).astype(float)
    capacity = np.full(count, np.ceil(1.15 * demand.sum() / hosts))
    opened = np.sort(random.choice(count, hosts, replace=False))
    return *with_nowhere(cost, Capacities(demand, capacity)), opened


def check(assignment: np.ndarray, limits: Capacities) -> None:
    load = np.bincount(assignment, limits.demand, len(limits.capacity))
    assert (load <= limits.capacity).all()


@pytest.mark.parametrize("seed", range(5))
def test_every_step_keeps_to_capacity_and_none_is_dearer(seed: int) -> None:
    cost, limits, opened = instance(seed, 60, 6)
    first = place_hosts(cost, limits, opened)
    check(first, limits)
    assert set(first.tolist()) <= {*opened.tolist(), 60}
    search = LocalSearch(cost, limits, first, CLOCK)
    before = search.value
    search.run()
    check(search.assignment, limits)
    assert search.value <= before
    assert len(set(search.assignment.tolist()) - {60}) <= 6


def test_those_without_room_are_nowhere_until_a_move_makes_room() -> None:
    cost = np.array([[0.0, 5], [5, 0], [1, 5]])
    limits = Capacities(np.array([2.0, 1, 2]), np.array([3.0, 2]))
    cost, limits = with_nowhere(cost, limits)
    alone = place_hosts(cost, limits, np.array([0]))
    assert sorted(alone.tolist()).count(2) == 1
    both = place_hosts(cost, limits, np.array([0, 1]))
    assert 2 not in both


def test_who_is_placed_already_stays() -> None:
    cost, limits, opened = instance(3, 30, 4)
    known = np.full(30, -1)
    known[:3] = opened[-1]
    assert (place_hosts(cost, limits, opened, known)[:3] == opened[-1]).all()
