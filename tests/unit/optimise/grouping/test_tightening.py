from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.model.request import Range, Request
from planner.optimise.grouping.build import build_problem
from planner.optimise.grouping.feasibility import admits
from planner.optimise.grouping.tightening import tightened
from tests.support.factories import three_fjords
from tests.support.oracle import all_plans
from tests.support.random_regions import random_region


@pytest.mark.parametrize("seed", range(4))
def test_no_plan_within_the_limits_is_lost(seed: int) -> None:
    instance = random_region(seed, 5)
    codes = instance.codes
    request = Request(
        max_travel_min=70,
        fte=Range(min=20),
        max_members=3,
        apart=(frozenset(codes[:2]),),
        exempt="never",
    )
    problem = replace(build_problem(instance, request), reach=np.ones((5, 5), dtype=bool))
    kept, everyone = tightened(problem), np.arange(5)
    assert not kept.all()
    for host_of in all_plans(list(codes)):
        host = np.array([codes.index(host_of[code]) for code in codes])
        if admits(problem, host):
            assert kept[everyone, host].all()


def test_a_host_who_can_no_longer_gather_enough_goes() -> None:
    problem = build_problem(three_fjords(), Request(fte=Range(min=7), exempt="never"))
    fewer = problem.reach.copy()
    fewer[:, 4] = False
    fewer[4, 4] = fewer[5, 4] = True  # Fet has 1 FTE, Gol beside it 3
    reach = tightened(replace(problem, reach=fewer))
    assert not reach[:, 4].any()
    exempted = replace(problem, reach=fewer, exempt=np.ones(6, dtype=bool))
    assert tightened(exempted)[4, 4]
