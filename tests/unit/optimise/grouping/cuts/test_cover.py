from __future__ import annotations

import numpy as np
import pytest

from planner.model.request import Range, Request
from planner.optimise.grouping.build import build_problem
from planner.optimise.grouping.cuts.cover import Cover, broken_covers, cover_rows
from planner.optimise.grouping.feasibility import admits
from planner.optimise.grouping.formulation import formulate
from planner.optimise.solver.relaxation import Relaxation
from tests.support.factories import three_fjords
from tests.support.oracle import all_plans
from tests.support.random_regions import random_region


def test_half_a_large_neighbour_is_not_enough() -> None:
    # Fet (1 FTE) is half open and has half of Eid (6) and Gol (3) whole: 1 + 3 + 6 / 2 = 7
    problem = build_problem(three_fjords(), Request(fte=Range(min=7), exempt="never"))
    formulation = formulate(problem)
    arc = formulation.columns.arc
    x = np.zeros(len(formulation.program.cost))
    x[arc[4, 4]], x[arc[5, 4]], x[arc[3, 4]] = 1.0, 1.0, 0.5
    (cover,) = broken_covers(problem, formulation.columns, x)
    # without Eid or Dal, Aga ... nobody makes up the 7
    assert cover.host == 4
    assert 3 in cover.helpers
    assert 5 not in cover.helpers
    assert cover_rows(problem, formulation.columns, (cover,)).violation(x) == pytest.approx(0.5)


def test_covers_lift_the_relaxation() -> None:
    problem = build_problem(random_region(4, 9), Request(fte=Range(min=25), exempt="never"))
    formulation = formulate(problem)
    relaxation = Relaxation(formulation.program)
    relaxation.solve()
    before = relaxation.objective
    covers = broken_covers(problem, formulation.columns, relaxation.x)
    assert covers
    relaxation.add(cover_rows(problem, formulation.columns, covers))
    relaxation.solve()
    assert relaxation.objective > before + 1e-3


@pytest.mark.parametrize("exempt", ["minimise", "never"])
@pytest.mark.parametrize("seed", range(4))
def test_covers_hold_for_every_plan(seed: int, exempt: str) -> None:
    request = Request(fte=Range(min=30), population=Range(min=9000), exempt=exempt)
    problem = build_problem(random_region(seed, 5), request)
    formulation = formulate(problem)
    rng = np.random.default_rng(seed)
    covers: set[Cover] = set()
    for _ in range(20):
        x = 0.3 * rng.random(len(formulation.program.cost))
        x[np.diag(formulation.columns.arc)[problem.reach.diagonal()]] = 1.0
        covers.update(broken_covers(problem, formulation.columns, x))
    rows = cover_rows(problem, formulation.columns, tuple(covers))
    position = {code: index for index, code in enumerate(problem.codes)}
    plans = [
        np.array([position[plan[code]] for code in problem.codes])
        for plan in all_plans(list(problem.codes))
    ]
    admitted = [host for host in plans if admits(problem, host)]
    assert admitted
    assert all(rows.violation(formulation.point(host)) == 0 for host in admitted)
    assert len(rows)
