"""However a p-median ends, it says so, keeps what it has, and leaves nothing running."""

from __future__ import annotations

import re
import threading
import time

import numpy as np
import pytest

from planner.errors import PlannerError
from planner.optimise import p_median
from planner.optimise.solver.outcome import Cancelled, Progress

RANDOM = np.random.default_rng(5)


def places(count: int) -> np.ndarray:
    points = RANDOM.uniform(0, 100, (count, 2))
    return np.hypot(*(points[:, None] - points).transpose(2, 0, 1))


def limits(count: int, hosts: int) -> dict[str, object]:
    demand = RANDOM.integers(1, 20, count)
    return {"demand": demand, "capacity": 1.2 * demand.sum() / hosts}


@pytest.mark.parametrize("limited", [False, True])
@pytest.mark.parametrize("stop", [Cancelled, KeyboardInterrupt])
def test_whoever_stops_it_gets_the_best_so_far(stop: type[BaseException], limited: bool) -> None:
    def end(news: Progress) -> None:
        if news.incumbent is not None:
            raise stop

    given = limits(150, 4) if limited else {}
    found = p_median(places(150), 4, **given, progress=end)
    assert found.interrupted
    assert found.outcome == "feasible"
    assert found.bound <= found.objective
    assert found.assignment is not None


@pytest.mark.parametrize("limited", [False, True])
def test_stopped_before_anything_is_known_is_cancelled(limited: bool) -> None:
    def end(_: Progress) -> None:
        raise Cancelled

    given = limits(150, 4) if limited else {}
    found = p_median(places(150), 4, **given, progress=end)
    assert (found.outcome, found.interrupted) == ("cancelled", True)
    assert (found.assignment, found.objective, found.hosts) == (None, None, ())


@pytest.mark.parametrize("limited", [False, True])
def test_progress_tells_bounds_below_values_in_the_callers_unit(limited: bool) -> None:
    told: list[Progress] = []
    given = limits(60, 6) if limited else {}
    found = p_median(places(60) * 1e-9, 6, **given, progress=told.append)
    assert not found.interrupted
    known = [one for one in told if one.incumbent is not None and one.bound is not None]
    assert known[-1].incumbent == pytest.approx(found.objective)
    assert all(one.bound <= one.incumbent * (1 + 1e-9) for one in known)
    assert all(one.bound <= found.objective * (1 + 1e-9) for one in known)


@pytest.mark.parametrize("limited", [False, True])
def test_a_time_limit_holds_in_every_part(limited: bool) -> None:
    cost = places(700)
    given = limits(700, 40) if limited else {}
    began = time.thread_time()
    found = p_median(cost, 40, **given, time_limit_s=0.2)
    assert time.thread_time() - began < 0.2 * 1.05 + 2.0
    assert found.assignment is not None
    assert found.bound <= found.objective


def test_nothing_is_left_running() -> None:
    before = threading.active_count()
    p_median(places(80), 4, **limits(80, 4), time_limit_s=1)
    assert threading.active_count() == before


def test_memory_that_runs_out_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("planner.optimise.median.uncapacitated.greedy_hosts", greedy)
    with pytest.raises(PlannerError, match=r"too little memory .* Leave out hosts"):
        p_median(places(20), 4)


def test_memory_that_runs_out_late_costs_no_solution(monkeypatch: pytest.MonkeyPatch) -> None:
    def search(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("planner.optimise.median.uncapacitated._close_in", search)
    found = p_median(places(20), 4)
    assert found.outcome == "feasible"
    assert found.relative_gap > 0


@pytest.mark.parametrize("scale", [1e-300, 2.0**-40, 1e-5, 1e5, 2.0**40, 1e290])
@pytest.mark.parametrize("limited", [False, True])
def test_the_unit_of_cost_changes_nothing(scale: float, limited: bool) -> None:
    cost = places(30)
    given = limits(30, 5) if limited else {}
    plain, scaled = p_median(cost, 5, **given), p_median(cost * scale, 5, **given)
    assert scaled.outcome == "optimal"
    if np.frexp(scale)[0] == 0.5:  # other factors round the costs, which may turn a tie
        assert scaled.hosts == plain.hosts
        assert np.array_equal(scaled.assignment, plain.assignment)
    assert scaled.objective / scale == pytest.approx(plain.objective, rel=1e-9)
    assert scaled.bound == scaled.objective


@pytest.mark.parametrize(
    ("cost", "p", "given", "told"),
    [
        ([[0, 1], [np.inf, np.inf]], 1, {}, "no host may serve the client in row 1"),
        ([[0, np.inf], [np.inf, 0]], 1, {}, "no 1 hosts can serve all clients"),
        (
            [[0, 1], [1, 0]],
            2,
            {"demand": [5, 1], "capacity": [4, 3]},
            "client in row 0 demands 5, above the capacity of every host .* at most 4",
        ),
        (
            [[0, 1], [1, 0]],
            1,
            {"demand": [3, 2], "capacity": [4, 3]},
            "all clients demand 5 together, above the 1 largest capacities together, 4",
        ),
        (
            [[0, 1], [1, 0], [1, 1]],
            2,
            {"demand": [2, 2, 2], "capacity": 3},
            "no 2 hosts can serve all clients, each within its capacity",
        ),
    ],
)
def test_what_cannot_be_served_is_named(
    cost: list[list[float]], p: int, given: dict[str, object], told: str
) -> None:
    found = p_median(cost, p, **given)
    assert found.outcome == "infeasible"
    assert re.search(told, found.reason)
