from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from planner.model.instance import Instance
from planner.model.request import Range, Request
from planner.model.weights import Weights
from planner.optimise import propose
from planner.optimise.grouping.build import build_problem
from planner.optimise.grouping.feasibility import admits
from planner.optimise.grouping.start.heuristic import good_plan
from planner.optimise.solver.clock import Clock
from tests.support.random_regions import random_region

#: Nothing counts but the number of offices, and the more the better.
MOST = Weights(travel=0).model_copy(update={"office": -1.0})


def without_ways(seed: int, n: int) -> Instance:
    """Return a region in which distance is nothing, so that anybody may host."""
    instance = random_region(seed, n)
    nowhere = pd.DataFrame(0.0, index=instance.codes, columns=instance.codes)
    return replace(instance, travel=replace(instance.travel, minutes=nowhere))


@pytest.mark.parametrize("seed", range(5))
def test_as_many_groups_as_can_be(seed: int) -> None:
    instance = without_ways(seed, 14)
    request = Request(weights=MOST, fte=Range(min=35), exempt="never")
    problem = build_problem(instance, request)
    host = good_plan(problem, Clock(None, None))
    assert admits(problem, host)
    proposal = propose(instance, request)
    assert proposal.solve.outcome == "optimal"
    assert len(np.unique(host)) == len(proposal.plan.hosts)


def test_time_ends_the_search() -> None:
    request = Request(weights=MOST, fte=Range(min=35), exempt="never")
    problem = build_problem(without_ways(1, 30), request)
    clock = Clock(0.2, None)
    assert admits(problem, good_plan(problem, clock))
    assert clock.seconds < 5
