from __future__ import annotations

import numpy as np
import pytest

from planner.model.request import Range, Request
from planner.optimise import propose
from planner.optimise.grouping.build import build_problem
from planner.optimise.grouping.counting import hosted_by_largest
from planner.optimise.grouping.feasibility import admits
from planner.optimise.solver.program import IntArray
from tests.support.oracle import Oracle, all_plans
from tests.support.random_regions import random_region


def renamed(host: IntArray, amount: np.ndarray) -> IntArray:
    """Let the largest member, of equals the first, be each group's host."""
    other = host.copy()
    for j in np.unique(host):
        members = np.flatnonzero(host == j)
        other[members] = members[np.argmax(amount[members])]
    return other


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    "request_",
    [
        Request(fte=Range(min=25), offices=Range(min=3)),
        Request(population=Range(min=9000), max_travel_min=60, hosts_fixed=frozenset({"1002"})),
        Request(fte=Range(min=40), apart=(frozenset({"1001", "1003"}),), contiguous=False),
    ],
    ids=["offices", "fixed", "apart"],
)
def test_every_plan_is_one_under_its_largest_members(seed: int, request_: Request) -> None:
    problem = build_problem(random_region(seed, 5), request_).counting_exempt()
    other = hosted_by_largest(problem)
    amount = problem.sizes[0].amount
    position = {code: index for index, code in enumerate(problem.codes)}
    seen: dict[tuple[int, ...], int] = {}
    for plan in all_plans(list(problem.codes)):
        host = np.array([position[plan[code]] for code in problem.codes])
        if admits(problem, host):
            largest = renamed(host, amount)
            assert admits(other, largest)
            assert other.objective(largest) == problem.objective(host)
            seen[tuple(largest.tolist())] = 1
    assert seen


@pytest.mark.parametrize("seed", range(6))
def test_more_offices_than_have_staff_exempt_the_fewest(seed: int) -> None:
    instance = random_region(seed, 6)
    request = Request(fte=Range(min=30), offices=Range(min=4), max_travel_min=80)
    answers = Oracle(instance, request).answers(1)
    proposal = propose(instance, request)
    if not answers:
        assert proposal.solve.outcome == "infeasible"
        return
    assert proposal.solve.outcome == "optimal"
    assert proposal.solve.exempt == proposal.solve.exempt_bound == answers[0].exempted
    assert dict(proposal.plan.host_of) == answers[0].plan
