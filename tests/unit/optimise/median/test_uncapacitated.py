"""Where few hosts serve many clients: interchange, and the tree over hosts."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from planner.optimise import p_median
from planner.optimise.median import uncapacitated
from planner.optimise.median.interchange import greedy_hosts, interchange
from planner.optimise.solver.clock import Clock

CLOCK = Clock(None, None)


def distances(seed: int, count: int) -> np.ndarray:
    points = np.random.default_rng(seed).uniform(0, 100, (count, 2))
    return np.hypot(*(points[:, None] - points).transpose(2, 0, 1))


def value(cost: np.ndarray, hosts: object) -> float:
    return float(cost[:, list(hosts)].min(axis=1).sum())


@pytest.mark.parametrize("seed", range(6))
def test_no_single_exchange_is_left_that_saves(seed: int) -> None:
    cost = distances(seed, 40)
    hosts, total = interchange(cost, greedy_hosts(cost, 5, CLOCK), CLOCK)
    assert total == pytest.approx(value(cost, hosts))
    for closed in range(5):
        for opened in set(range(40)) - set(hosts.tolist()):
            other = hosts.copy()
            other[closed] = opened
            assert value(cost, other) >= total * (1 - 1e-9)


def test_greedy_opens_what_saves_most_each_time() -> None:
    cost = distances(1, 30)
    chosen: list[int] = []
    for _ in range(6):
        chosen.append(min(range(30), key=lambda host: value(cost, [*chosen, host])))
    assert greedy_hosts(cost, 6, CLOCK).tolist() == chosen


def test_without_time_hosts_are_still_all_different() -> None:
    cost = distances(1, 30)
    hosts = greedy_hosts(cost, 6, Clock(0.0, None))
    assert len(set(hosts.tolist())) == 6
    assert interchange(cost, hosts, Clock(0.0, None))[1] == pytest.approx(value(cost, hosts))


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_the_tree_finds_the_optimum(
    seed: int, whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # poor bounds at the root leave the work to the tree
    monkeypatch.setattr(uncapacitated, "_MOST_ROUNDS", 3)
    monkeypatch.setattr(uncapacitated, "_MOST_PAIRS_PER_CLIENT_IN_PROGRAM", 0)
    cost = distances(seed, 24)
    cost = np.floor(cost) if whole else cost
    cost[cost > 70] = np.inf
    found = p_median(cost, 3)
    best = min(value(cost, hosts) for hosts in combinations(range(24), 3))
    if np.isinf(best):
        assert found.outcome == "infeasible"
    else:
        assert found.outcome == "optimal"
        assert found.objective == pytest.approx(best)
