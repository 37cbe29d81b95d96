from __future__ import annotations

import numpy as np
import pytest

from planner.model.request import Range, Request
from planner.model.weights import Weights
from planner.optimise import propose
from planner.optimise.grouping import region_search
from planner.optimise.grouping.build import build_problem
from planner.optimise.grouping.feasibility import admits
from planner.optimise.grouping.start.median_start import median_start
from planner.optimise.solver.clock import Clock
from tests.support.oracle import Oracle, all_plans
from tests.support.random_regions import random_region


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("office", [0.0, 4.0])
@pytest.mark.parametrize("most", [1, 3])
def test_the_bound_holds_for_every_plan(seed: int, office: float, most: int) -> None:
    request = Request(weights=Weights(travel=1, office=office), offices=Range(max=most))
    problem = build_problem(random_region(seed, 6), request)
    start = median_start(problem, Clock(None, None))
    position = {code: index for index, code in enumerate(problem.codes)}
    plans = [
        np.array([position[plan[code]] for code in problem.codes])
        for plan in all_plans(list(problem.codes))
    ]
    least = min(problem.objective(host) for host in plans if admits(problem, host))
    assert -np.inf < start.bound <= least + 1e-9


def test_travel_alone_needs_no_other_search(monkeypatch: pytest.MonkeyPatch) -> None:
    def search(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(region_search, "ExactSearch", search)
    monkeypatch.setattr(region_search, "smallest_of_best", lambda *_: None)
    instance = random_region(2, 7)
    request = Request(offices=Range(max=3), contiguous=False)
    proposal = propose(instance, request)
    assert proposal.solve.outcome == "optimal"
    (best,) = Oracle(instance, request).answers(1)
    assert proposal.solve.objective == pytest.approx(best.objective)


def test_without_a_limit_on_offices_nothing_is_known() -> None:
    start = median_start(build_problem(random_region(2, 5), Request()), Clock(None, None))
    assert (start.host, start.bound) == (None, -np.inf)
