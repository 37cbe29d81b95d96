from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.model.request import Range, Request
from planner.model.weights import Weights
from planner.optimise.grouping.build import build_problem
from planner.optimise.grouping.feasibility import admits
from planner.optimise.grouping.start.heuristic import _Value, good_plan
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.outcome import Progress
from tests.support.factories import three_fjords
from tests.support.random_regions import random_region

FOREVER = Clock(None, None)


@pytest.mark.parametrize("seed", range(8))
def test_plan_is_within_limits_and_better_than_offices_everywhere(seed: int) -> None:
    request = Request(
        weights=Weights(travel=1, severed=0.1, office=0.5), fte=Range(min=20, max=90), max_members=6
    )
    problem = build_problem(random_region(seed, 15), request)
    host = good_plan(problem, FOREVER)
    assert host is not None
    assert admits(problem, host)
    alone = np.arange(15)
    assert len(problem.short_hosts(host)) < len(problem.short_hosts(alone))


def test_limits_on_the_whole_plan_are_met() -> None:
    problem = build_problem(random_region(2, 12), Request(offices=Range(max=3)))
    host = good_plan(problem, FOREVER)
    assert host is not None
    assert len(set(host.tolist())) <= 3


def test_sets_stay_together_and_apart() -> None:
    request = Request(
        together=(frozenset({"0002", "0003"}),),
        apart=(frozenset({"0001", "0002"}),),
        offices=Range(max=2),
    )
    problem = build_problem(three_fjords(), request)
    host = good_plan(problem, FOREVER)
    assert host is not None
    assert admits(problem, host)


def test_nothing_is_returned_where_limits_are_not_met() -> None:
    request = Request(fte=Range(min=40), exempt="never", contiguous=False)
    problem = build_problem(three_fjords(), request)
    assert good_plan(replace(problem, reach=np.ones((6, 6), dtype=bool)), FOREVER) is None


def test_a_plan_that_does_not_hang_together_is_mended() -> None:
    problem = build_problem(three_fjords(), Request())
    torn = np.array([0, 1, 0, 1, 4, 4])
    assert not admits(problem, torn)
    host = good_plan(problem, FOREVER, torn)
    assert host is not None
    assert admits(problem, host)


def test_an_expired_clock_still_gives_a_plan() -> None:
    problem = build_problem(random_region(1, 10), Request())
    assert good_plan(problem, Clock(0.0, None)) is not None


def test_values_are_compared_in_order() -> None:
    best = _Value(0.0, 1, 5.0)
    assert best.better_than(_Value(0.5, 0, 0.0))
    assert best.better_than(_Value(0.0, 2, 0.0))
    assert best.better_than(_Value(0.0, 1, 5.1))
    assert not best.better_than(_Value(1e-12, 1, 5.0 + 1e-12))
    assert best + _Value(1.0, 2, 3.0) == _Value(1.0, 3, 8.0)


def test_clock_shares_what_is_left_and_reports() -> None:
    seen: list[Progress] = []
    clock = Clock(100.0, seen.append)
    half = clock.share(0.5)
    assert half.remaining_s == pytest.approx(50, abs=1)
    assert Clock(None, None).share(0.5).remaining_s is None
    assert Clock(0.0, None).expired
    half.report("plan", 10.0, 9.0)
    assert seen[0].relative_gap == pytest.approx(0.1)
    assert seen[0].stage == "plan"
