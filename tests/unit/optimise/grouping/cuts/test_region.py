from __future__ import annotations

import numpy as np
import pytest

from planner.model.request import Exempt, Range, Request
from planner.optimise.grouping.build import build_problem
from planner.optimise.grouping.cuts.region import RegionCut, broken_region_cuts, region_rows
from planner.optimise.grouping.feasibility import admits
from planner.optimise.grouping.formulation import formulate
from planner.optimise.solver.relaxation import Relaxation
from tests.support.factories import three_fjords
from tests.support.oracle import all_plans
from tests.support.random_regions import random_region


@pytest.mark.parametrize("exempt", ["minimise", "never"])
@pytest.mark.parametrize("seed", range(4))
def test_no_plan_breaks_the_cut_of_any_set(seed: int, exempt: Exempt) -> None:
    request = Request(fte=Range(min=30), population=Range(min=9000), exempt=exempt)
    problem = build_problem(random_region(seed, 5), request)
    formulation = formulate(problem)
    sets = [tuple(i for i in range(5) if number >> i & 1) for number in range(1, 2**5)]
    cuts = [RegionCut(size.name, members) for size in problem.sizes for members in sets]
    rows = region_rows(problem, formulation.columns, cuts)
    position = {code: index for index, code in enumerate(problem.codes)}
    admitted = 0
    for plan in all_plans(list(problem.codes)):
        host = np.array([position[plan[code]] for code in problem.codes])
        if admits(problem, host):
            admitted += 1
            assert rows.violation(formulation.point(host)) < 1e-9
    assert admitted


def test_room_for_two_and_a_half_groups_is_room_for_two() -> None:
    # three fjords have 24 FTE or so; groups of 40 % of it are two and no more
    instance = three_fjords()
    least = round(0.4 * float(instance.municipalities["fte"].sum()), 1)
    problem = build_problem(instance, Request(fte=Range(min=least), exempt="never"))
    formulation = formulate(problem)
    everybody = RegionCut("fte", tuple(range(len(problem))))
    rows = region_rows(problem, formulation.columns, [everybody])
    assert rows.upper.tolist() == [2.0]
    small = problem.sizes[0].amount < problem.sizes[0].least
    assert len(rows.columns) >= small.sum()


def test_broken_cuts_are_broken_and_raise_the_bound() -> None:
    instance = random_region(3, 12)
    request = Request(fte=Range(min=45), exempt="never")
    problem = build_problem(instance, request)
    formulation = formulate(problem)
    relaxation = Relaxation(formulation.program)
    relaxation.solve()
    before = relaxation.objective
    cuts = broken_region_cuts(problem, formulation.columns, relaxation.x)
    assert cuts
    rows = region_rows(problem, formulation.columns, cuts)
    assert (rows.activity(relaxation.x) > rows.upper).all()
    relaxation.add(rows)
    relaxation.solve()
    assert relaxation.objective > before
