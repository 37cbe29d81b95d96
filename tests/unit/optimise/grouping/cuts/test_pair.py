from __future__ import annotations

import numpy as np
import pytest

from planner.model.request import Range, Request
from planner.model.weights import Weights
from planner.optimise.grouping.build import build_problem
from planner.optimise.grouping.cuts.pair import PairCuts
from planner.optimise.grouping.formulation import formulate, formulate_pooled
from planner.optimise.grouping.problem import Problem
from planner.optimise.solver.relaxation import Relaxation
from tests.support.factories import three_fjords
from tests.support.oracle import all_plans
from tests.support.random_regions import random_region

REQUEST = Request(weights=Weights(severed=0.5, office=2.0), fte=Range(min=20), exempt="never")


def pooled_bound(problem: Problem) -> float:
    """Add broken rows until none is left."""
    formulation = formulate_pooled(problem, problem.reach)
    pairs, relaxation = (
        PairCuts(problem, formulation.columns, problem.reach),
        Relaxation(formulation.program),
    )
    relaxation.solve()
    while len(rows := pairs.broken(relaxation.x)):
        assert (rows.activity(relaxation.x) > 0).all()
        relaxation.add(rows)
        relaxation.solve()
    return relaxation.objective


@pytest.mark.parametrize("seed", range(5))
def test_one_variable_a_pair_is_as_tight_as_one_a_host(seed: int) -> None:
    problem = build_problem(random_region(seed, 9), REQUEST)
    full = Relaxation(formulate(problem).program)
    full.solve()
    assert pooled_bound(problem) == pytest.approx(full.objective, rel=1e-6)


def test_a_row_takes_the_smaller_share_of_each_host() -> None:
    problem = build_problem(three_fjords(), Request(weights=Weights(severed=1.0)))
    columns = formulate_pooled(problem, problem.reach).columns
    (pair,) = np.flatnonzero((columns.one == 0) & (columns.other == 1))
    x = np.zeros(columns.share + len(columns.one))
    # 0 and 1 have two thirds of host 2 in common (0.2), and of host 3 (0.3)
    x[columns.arc[0, [2, 3]]] = 0.2, 0.8
    x[columns.arc[1, [2, 3]]] = 0.7, 0.3
    x[columns.share + pair] = 0.6
    rows = PairCuts(problem, columns, problem.reach).broken(x)
    assert list(rows.names) == ["pair_0001_0002"]
    assert rows.activity(x) == pytest.approx([0.6 - 0.2 - 0.3])
    x[columns.share + pair] = 0.5
    assert not len(PairCuts(problem, columns, problem.reach).broken(x))


def test_no_plan_breaks_a_row() -> None:
    problem = build_problem(random_region(3, 5), REQUEST)
    columns = formulate_pooled(problem, problem.reach).columns
    pairs = PairCuts(problem, columns, problem.reach)
    count = columns.share + len(columns.one)
    rows = pairs.broken(np.linspace(0.1, 1.0, count))
    assert len(rows)
    everyone = np.arange(5)
    for host_of in all_plans(list(problem.codes)):
        host = np.array([problem.codes.index(host_of[code]) for code in problem.codes])
        if problem.reach[everyone, host].all():
            x = np.zeros(count)
            x[columns.arc[everyone, host]] = 1.0
            mine, theirs = host[columns.one], host[columns.other]
            x[columns.share :] = (mine == theirs) & (mine != columns.one) & (mine != columns.other)
            assert rows.violation(x) <= 1e-9
            assert not len(pairs.broken(x))
