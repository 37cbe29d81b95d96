"""Moves are single, lead where they say, and no shorter list leads as far."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.model.request import Request
from planner.optimise.explain.distance_to_best import CLOSED_SHARE, Move, measure
from tests.property.test_grouping import cases
from tests.support.oracle import HostOf, Oracle, all_plans, groups_of


def one_move_apart(a: HostOf, b: HostOf) -> bool:
    """Whether one municipality has another host, or one group another of its members as host."""
    if sum(a[code] != b[code] for code in a) == 1:
        return True
    moved = {code for code in a if a[code] != b[code]}
    one_group = moved in groups_of(a).values() and moved in groups_of(b).values()
    return one_group and len(moved) > 1


def fewest_moves(start: HostOf, plans: list[HostOf], goals: list[HostOf]) -> int:
    """Breadth first over all plans of the region."""
    level, left, count = [start], [plan for plan in plans if plan != start], 0
    while not any(plan in goals for plan in level):
        level = [plan for plan in left if any(one_move_apart(other, plan) for other in level)]
        left = [plan for plan in left if plan not in level]
        count += 1
    return count


@settings(max_examples=60, deadline=None)
@given(cases(), st.data())
def test_the_list_of_moves_is_a_shortest_one(
    case: tuple[Instance, Request], data: st.DataObject
) -> None:
    instance, request = case
    oracle = Oracle(instance, request)
    plans = [dict(sorted(plan.items())) for plan in all_plans(instance.codes)]
    start = data.draw(st.sampled_from(plans))
    found = measure(instance, request, Plan(start))
    answers = oracle.answers(1)
    assert found.objective == pytest.approx(oracle.objective(start))
    if not answers:
        assert found.best.plan is None
        assert not found.moves.moves
        return

    answer = answers[0]

    def keeps_limits(plan: HostOf) -> bool:
        few = request.exempt != "minimise" or len(oracle.exempted(plan)) <= answer.exempted
        return oracle.allows(plan) and few

    assert found.gap == pytest.approx(oracle.objective(start) - answer.objective, abs=1e-5)
    assert (not found.broken) == keeps_limits(start)
    target = answer.objective + (1 - CLOSED_SHARE) * abs(oracle.objective(start) - answer.objective)
    goals = [
        plan for plan in plans if keeps_limits(plan) and oracle.objective(plan) <= target + 1e-6
    ]
    assert found.moves.shortest
    assert len(found.moves.moves) == fewest_moves(start, plans, goals)
    assert_moves_lead_to_a_goal(oracle, start, found.moves.moves, goals)


def assert_moves_lead_to_a_goal(
    oracle: Oracle, start: HostOf, moves: tuple[Move, ...], goals: list[HostOf]
) -> None:
    plan = start
    for move in moves:
        assert plan[move.municipality] == move.from_host
        moved = dict(plan)
        everyone = (
            groups_of(plan)[move.from_host] if move.kind == "host_change" else {move.municipality}
        )
        moved |= dict.fromkeys(everyone, move.to_host)
        assert one_move_apart(plan, moved)
        assert all(moved[host] == host for host in moved.values())
        assert move.saving == pytest.approx(
            oracle.objective(plan) - oracle.objective(moved), abs=1e-9
        )
        plan = moved
    assert plan in goals
