"""Hand-drawn plans measured, where every figure can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.errors import LabelMismatchError
from planner.model.plan import Plan
from planner.model.request import Range, Request
from planner.optimise.explain import moves
from planner.optimise.explain.distance_to_best import (
    USUAL_WEIGHTS,
    Move,
    measure,
    usual_request,
)
from planner.optimise.judge import BrokenLimit
from tests.support.factories import make_instance, three_fjords
from tests.support.random_regions import random_region

AGA, BRU, DAL, EID, FET, GOL = (f"000{number}" for number in range(1, 7))
TWO_OFFICES = Request(offices=Range(2, 2))

#: 12 000 inhabitants; the best two offices are Aga with Bru (20 000 person-minutes) and Eid with
#: Dal (50 000), Fet (20 000) and Gol (82 500).
BEST_MIN = 172_500 / 12_000


def test_the_best_plan_is_no_distance_from_itself() -> None:
    plan = Plan.from_groups({AGA: [BRU], EID: [DAL, FET, GOL]})
    found = measure(three_fjords(), TWO_OFFICES, plan)
    assert found.objective == pytest.approx(BEST_MIN)
    assert found.best.plan is not None
    assert found.best.plan.host_of == plan.host_of
    assert found.gap == pytest.approx(0)
    assert found.gap_share == pytest.approx(0)
    assert not found.moves.moves
    assert not found.broken


def test_one_move_that_closes_the_whole_gap() -> None:
    plan = Plan.from_groups({AGA: [BRU, DAL], EID: [FET, GOL]})
    found = measure(three_fjords(), TWO_OFFICES, plan)
    assert found.objective == pytest.approx((172_500 + 2000 * 25) / 12_000)  # Dal: 50 for 25
    assert found.gap == pytest.approx(50_000 / 12_000)
    assert found.gap_share == pytest.approx(50_000 / 172_500)
    (move,) = found.moves.moves
    assert move == Move("other_host", DAL, AGA, EID, pytest.approx(50_000 / 12_000))
    assert found.moves.shortest
    assert found.moves.plan is not None
    assert found.moves.plan.host_of[DAL] == EID


def test_a_change_of_host_is_one_move_for_the_whole_group() -> None:
    plan = Plan.from_groups({BRU: [AGA], EID: [DAL, FET, GOL]})
    found = measure(three_fjords(), TWO_OFFICES, plan)
    assert found.gap == pytest.approx((4000 - 1000) * 20 / 12_000)
    assert found.moves.moves == (Move("host_change", AGA, BRU, AGA, pytest.approx(5)),)


def test_moves_stop_when_most_of_the_gap_is_closed() -> None:
    plan = Plan.from_groups({AGA: [], BRU: [DAL, EID, FET, GOL]})
    found = measure(three_fjords(), TWO_OFFICES, plan)
    assert found.gap == pytest.approx((437_500 - 172_500) / 12_000)
    # Bru goes on to Eid, 55 minutes, instead of to Aga, 20: 35 000 of 265 000 are left
    (move,) = found.moves.moves
    assert move == Move("host_change", EID, BRU, EID, pytest.approx(230_000 / 12_000))


def test_of_the_shortest_lists_the_one_that_ends_cheapest() -> None:
    plan = Plan.from_groups({AGA: [BRU, DAL, EID, FET], GOL: []})
    found = measure(three_fjords(), replace(TWO_OFFICES, contiguous=False), plan)
    assert found.objective == pytest.approx(402_500 / 12_000)
    # Moving the office of Gol to Eid, and Dal there, would end at 210 000 person-minutes. Closing
    # Gol, hosting everybody from Eid, and an office for Aga again, end at 207 500.
    assert len(found.moves.moves) == 3
    assert found.moves.plan is not None
    assert found.moves.plan.groups == {AGA: (AGA,), EID: (BRU, DAL, EID, FET, GOL)}
    assert sum(move.saving or 0 for move in found.moves.moves) == pytest.approx(195_000 / 12_000)


def test_limits_that_are_broken_are_told_and_mended() -> None:
    plan = Plan.from_groups({AGA: [BRU, DAL], EID: [FET, GOL]})
    found = measure(three_fjords(), Request(max_travel_min=45), plan)
    assert found.broken == (
        BrokenLimit("max_travel_minutes", AGA, (DAL,), 50, 45),
        BrokenLimit("max_travel_minutes", EID, (GOL,), 55, 45),
    )
    assert found.moves.plan is not None
    assert not measure(three_fjords(), Request(max_travel_min=45), found.moves.plan).broken


def test_a_plan_that_breaks_limits_may_be_cheaper_than_the_best_that_does_not() -> None:
    plan = Plan({code: code for code in three_fjords().codes})
    found = measure(three_fjords(), TWO_OFFICES, plan)
    assert found.objective == 0
    assert found.gap == pytest.approx(-BEST_MIN)
    assert found.broken == (BrokenLimit("offices.max", None, (), 6, 2),)


def test_more_exemptions_than_are_needed_are_a_broken_limit() -> None:
    plan = Plan({code: code for code in three_fjords().codes})
    found = measure(three_fjords(), Request(fte=Range(6)), plan)
    assert found.broken == (BrokenLimit("exempt", None, (BRU, DAL, FET, GOL), 4, 0),)
    assert measure(three_fjords(), Request(fte=Range(6), exempt="never"), plan).broken == tuple(
        BrokenLimit("min_fte", code, (), fte, 6)
        for code, fte in ((BRU, 2), (DAL, 4), (FET, 1), (GOL, 3))
    )


def test_request_that_nothing_satisfies() -> None:
    plan = Plan.from_groups({AGA: [BRU, DAL], EID: [FET, GOL]})
    found = measure(three_fjords(), Request(fte=Range(25), exempt="never"), plan)
    assert found.best.plan is None
    assert found.gap is None
    assert found.gap_share is None
    assert [one.limit for one in found.broken] == ["min_fte", "min_fte"]
    assert not found.moves.moves


def test_best_plan_that_costs_nothing_has_no_share() -> None:
    found = measure(
        three_fjords(), Request(), Plan.from_groups({AGA: [BRU], DAL: [], EID: [FET, GOL]})
    )
    assert found.best.solve.objective == 0
    assert found.gap == pytest.approx((20_000 + 20_000 + 82_500) / 12_000)
    assert found.gap_share is None


def test_plan_with_a_host_out_of_the_world_has_no_objective_but_moves() -> None:
    minutes = np.array([[0, 9, np.inf], [9, 0, np.inf], [np.inf, np.inf, 0]])
    table = {code: {"population": 100} for code in (AGA, BRU, DAL)}
    region = make_instance(table, minutes)
    found = measure(region, Request(contiguous=False), Plan(dict.fromkeys(table, AGA)))
    assert found.objective is None
    assert found.gap is None
    assert BrokenLimit("unreachable", AGA, (DAL,)) in found.broken
    assert Move("own_office", DAL, AGA, DAL, None) in found.moves.moves


def test_usual_request_keeps_the_number_of_offices() -> None:
    plan = Plan.from_groups({AGA: [BRU, DAL], EID: [FET, GOL]})
    request = usual_request(plan)
    assert request == Request(USUAL_WEIGHTS, offices=Range(2, 2))
    assert not measure(three_fjords(), request, plan).broken


def test_presence_days_stay_with_the_plan_that_moves_lead_to() -> None:
    plan = replace(Plan.from_groups({AGA: [BRU, DAL], EID: [FET, GOL]}), locations={GOL: 2.0})
    reached = measure(three_fjords(), TWO_OFFICES, plan).moves.plan
    assert reached is not None
    assert reached.locations == {GOL: 2.0}


def test_a_search_that_was_cut_short_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    region = random_region(11, 6)
    request = Request(offices=Range(3, 3))
    plan = Plan.from_groups(
        {region.codes[0]: region.codes[3:], region.codes[1]: [], region.codes[2]: []}
    )
    whole = measure(region, request, plan).moves
    monkeypatch.setattr(moves, "MOST_FOLLOWED", 3)
    part = measure(region, request, plan).moves
    assert len(whole.moves) > 2
    assert len(part.moves) >= len(whole.moves)
    assert whole.shortest
    assert not part.shortest
    assert part.plan is not None
    assert not measure(region, request, part.plan).broken


def test_plan_of_another_region_is_refused() -> None:
    with pytest.raises(LabelMismatchError):
        measure(three_fjords(), Request(), Plan({AGA: AGA}))
