"""The root's bound and reduced costs hold for every plan, sifted or not."""

from __future__ import annotations

import numpy as np
import pytest

from planner.model.request import Range, Request
from planner.model.weights import Weights
from planner.optimise.grouping import root_relaxation as module
from planner.optimise.grouping.build import build_problem
from planner.optimise.grouping.feasibility import admits
from planner.optimise.grouping.root_relaxation import solve_root
from planner.optimise.solver.clock import Clock
from tests.support.oracle import all_plans
from tests.support.random_regions import random_region

REQUESTS = [
    Request(weights=Weights(travel=1, severed=0.5), offices=Range(max=2)),
    Request(weights=Weights(travel=1, severed=2.0), fte=Range(min=20), contiguous=False),
    Request(weights=Weights(travel=0.2, severed=1.0, office=3.0), max_members=3),
]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("request_", REQUESTS, ids=["offices", "floor", "members"])
def test_a_sifted_root_holds_for_every_plan(
    seed: int, request_: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MANY_CHOICES", 0)
    monkeypatch.setattr(module, "_NEAREST", 1)
    problem = build_problem(random_region(seed, 6), request_)
    root = solve_root(problem, (), Clock(None, None))
    assert root.feasible
    position = {code: index for index, code in enumerate(problem.codes)}
    everyone, admitted = np.arange(len(problem)), 0
    for plan in all_plans(list(problem.codes)):
        host = np.array([position[plan[code]] for code in problem.codes])
        if admits(problem, host):
            admitted += 1
            dearest = max(0.0, root.reduced[everyone, host].max())
            assert problem.objective(host) >= root.bound + dearest - 1e-6
    assert admitted


@pytest.mark.parametrize("seed", range(5))
def test_sifting_ends_near_the_whole_relaxation(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    request = Request(weights=Weights(travel=1, severed=0.3), offices=Range(max=5))
    problem = build_problem(random_region(seed, 20), request)
    whole = solve_root(problem, (), Clock(None, None))
    monkeypatch.setattr(module, "_MANY_CHOICES", 0)
    monkeypatch.setattr(module, "_NEAREST", 4)
    sifted = solve_root(problem, (), Clock(None, None))
    assert sifted.bound == pytest.approx(whole.bound, rel=0.02)


def test_a_root_without_a_solution_is_told_after_sifting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MANY_CHOICES", 0)
    monkeypatch.setattr(module, "_NEAREST", 1)
    request = Request(offices=Range(max=2), max_members=2, contiguous=False)
    problem = build_problem(random_region(1, 6), request)
    assert not solve_root(problem, (), Clock(None, None)).feasible
