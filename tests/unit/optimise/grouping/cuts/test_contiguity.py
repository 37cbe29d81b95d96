from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from planner.model.request import Request
from planner.optimise.grouping.build import build_problem
from planner.optimise.grouping.cuts.contiguity import (
    Cut,
    broken_cuts,
    component,
    cut_rows,
    cuts_around_members,
    cuts_broken_by_point,
    is_contiguous,
)
from planner.optimise.grouping.formulation import formulate
from planner.optimise.grouping.problem import Problem
from planner.optimise.solver.program import IntArray
from tests.support.factories import three_fjords
from tests.support.random_regions import random_region


def plan(*hosts: int) -> IntArray:
    return np.array(hosts, dtype=np.int64)


def road() -> Problem:
    """Six municipalities along one road, each joined to the next."""
    return build_problem(three_fjords(), Request())


def grid() -> Problem:
    """Six municipalities in two rows of three: 0 1 2 above 3 4 5."""
    problem = road()
    neighbours = np.zeros((6, 6), dtype=bool)
    for a, b in [*pairwise([0, 1, 2]), *pairwise([3, 4, 5]), (0, 3), (1, 4), (2, 5)]:
        neighbours[a, b] = neighbours[b, a] = True
    return replace(problem, neighbours=neighbours)


def test_component_stays_inside() -> None:
    inside = np.array([True, True, False, True, False, False])
    neighbours = road().neighbours
    assert component(inside, neighbours, 0).tolist() == [True, True, *[False] * 4]


def test_plan_that_hangs_together_breaks_no_cut() -> None:
    assert is_contiguous(road(), plan(0, 0, 0, 3, 3, 5))
    assert is_contiguous(replace(road(), neighbours=None), plan(0, 1, 0, 1, 0, 1))


def test_cut_names_the_part_and_whom_it_needs() -> None:
    # Dal is served by Aga, but Bru between them is not
    assert broken_cuts(road(), plan(0, 1, 0, 3, 4, 5)) == (Cut((2,), 0, (1,)),)
    # on the grid, 2 and 5 belong to 0 and need 1 or 4
    assert broken_cuts(grid(), plan(0, 1, 0, 1, 1, 0)) == (Cut((2, 5), 0, (1, 4)),)


def test_separator_leaves_out_those_who_lead_nowhere() -> None:
    # 2 needs 1 or 5; where 4 is out of reach of 0, going by 5 does not help
    problem = grid()
    reach = problem.reach.copy()
    reach[4, 0] = False
    problem = replace(problem, reach=reach)
    assert broken_cuts(problem, plan(0, 1, 0, 3, 4, 5)) == (Cut((2,), 0, (1,)),)


def test_rows_cut_off_the_plan_and_no_plan_that_hangs_together() -> None:
    problem = grid()
    formulation = formulate(problem)
    broken = plan(0, 1, 0, 1, 1, 0)
    rows = cut_rows(problem, formulation.columns, broken_cuts(problem, broken))
    assert rows.violation(formulation.point(broken)) == 1.0
    assert rows.violation(formulation.point(plan(0, 0, 0, 3, 4, 0))) == 0.0


@pytest.mark.parametrize("seed", range(6))
def test_cuts_hold_for_every_contiguous_plan(seed: int) -> None:
    problem = build_problem(random_region(seed, 6), Request(max_travel_min=80))
    formulation = formulate(problem)
    rng = np.random.default_rng(seed)
    x = rng.random(len(formulation.program.cost))
    everyone = np.arange(6)
    rows = cut_rows(
        problem,
        formulation.columns,
        (*cuts_around_members(problem), *cuts_broken_by_point(problem, formulation.columns, x)),
    )
    assert len(rows)
    contiguous = 0
    for _ in range(2000):
        hosts = rng.random(6) < 0.5
        choices = problem.reach & hosts
        choices[hosts] = np.eye(6, dtype=bool)[hosts]
        if not choices.any(axis=1).all() or not choices[everyone, everyone][hosts].all():
            continue
        host = np.array([rng.choice(np.flatnonzero(row)) for row in choices])
        if is_contiguous(problem, host):
            contiguous += 1
            assert rows.violation(formulation.point(host)) == 0.0
    assert contiguous > 50


def test_point_of_the_relaxation_is_cut_off() -> None:
    problem = grid()
    formulation = formulate(problem)
    half = 0.5 * (formulation.point(plan(0, 1, 0, 3, 4, 5)) + formulation.point(plan(*range(6))))
    cuts = cuts_broken_by_point(problem, formulation.columns, half)
    assert Cut((2,), 0, (1, 5)) in cuts
    assert cut_rows(problem, formulation.columns, cuts).violation(half) == pytest.approx(0.5)
