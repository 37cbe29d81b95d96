"""The best plan without a leaver, by hand on the three fjords."""

from dataclasses import replace

import pytest

from planner.assess.withdrawal.best_without import best_without
from planner.errors import LabelMismatchError
from planner.model.plan import Plan
from planner.model.request import Range, Request
from planner.model.weights import Weights
from tests.support.factories import three_fjords

TWO_OFFICES = Request(offices=Range(None, 2))


def test_the_others_find_their_best_plan_by_hand() -> None:
    request = Request(offices=Range(None, 2), hosts_forbidden=frozenset({"0003"}))
    found = best_without(three_fjords(), request, ["0001"])
    # Bru, Dal, Eid | Fet, Gol: 1000 x 55 + 2000 x 25 + 500 x 15 is less than with any other two
    assert found.plan is not None
    assert found.plan.groups == {
        "0001": ("0001",),
        "0004": ("0002", "0003", "0004"),
        "0006": ("0005", "0006"),
    }
    assert found.solve.outcome == "optimal"
    assert found.solve.objective == pytest.approx((55_000 + 50_000 + 7_500) / 8000)


def test_the_land_of_a_leaver_divides() -> None:
    one = Request(offices=Range(None, 1))
    assert best_without(three_fjords(), one, ["0003"]).solve.outcome == "infeasible"
    assert best_without(three_fjords(), one, ["0006"]).solve.outcome == "optimal"


def test_leavers_who_cooperate_today_go_on() -> None:
    baseline = Plan.from_groups(
        {"0006": ["0005"], "0001": [], "0002": [], "0003": [], "0004": []}, locations={"0005": 2}
    )
    instance = replace(three_fjords(), baseline=baseline)
    plan = best_without(instance, TWO_OFFICES, ["0005", "0006"]).plan
    assert plan is not None
    assert plan.host_of["0005"] == "0006"
    assert plan.presence_days("0005") == 2
    alone = best_without(instance, TWO_OFFICES, ["0005"]).plan
    assert alone is not None
    assert alone.host_of["0005"] == "0005"


def test_what_a_request_says_about_a_leaver_is_passed_over() -> None:
    request = Request(
        weights=Weights(office=1000.0),
        hosts_fixed=frozenset({"0006"}),
        hosts_allowed=frozenset({"0001", "0006"}),
        hosts_forbidden=frozenset({"0005"}),
        together=(frozenset({"0004", "0006"}),),
        apart=(frozenset({"0001", "0006"}),),
        exempt=frozenset({"0006"}),
        crossing_allowed=frozenset({"0006"}),
        alternatives=0,
    )
    found = best_without(three_fjords(), request, ["0006"])
    assert found.plan is not None
    assert found.plan.groups == {
        "0001": ("0001", "0002", "0003", "0004", "0005"),
        "0006": ("0006",),
    }


def test_a_stranger() -> None:
    with pytest.raises(LabelMismatchError, match="0009"):
        best_without(three_fjords(), TWO_OFFICES, ["0009"])
