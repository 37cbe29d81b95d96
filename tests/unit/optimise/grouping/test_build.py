from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.errors import LabelMismatchError
from planner.model.inhabitants import Inhabitants
from planner.model.plan import Plan
from planner.model.request import Range, Request
from planner.model.weights import Weights
from planner.optimise import propose
from planner.optimise.grouping.build import build_problem
from planner.optimise.grouping.objective import term_tables
from planner.optimise.grouping.problem import Problem
from planner.optimise.judge import Limits
from tests.support.factories import three_fjords

# minutes along the road: Aga 0, Bru 20, Dal 50, Eid 75, Fet 115, Gol 130
AGA, BRU, DAL, EID, FET, GOL = range(6)


def built(**limits: object) -> Problem:
    return build_problem(three_fjords(), Request(**limits))


def served_by(problem: Problem, host: int) -> list[int]:
    return np.flatnonzero(problem.reach[:, host]).tolist()


def test_travel_time_limits_reach() -> None:
    problem = built(max_travel_min=55)
    assert served_by(problem, DAL) == [AGA, BRU, DAL, EID]
    assert served_by(problem, GOL) == [EID, FET, GOL]


def test_unreachable_is_never_within_reach() -> None:
    instance = three_fjords()
    minutes = instance.travel.minutes.copy()
    minutes.loc["0001", "0002":] = np.inf
    problem = build_problem(
        replace(instance, travel=replace(instance.travel, minutes=minutes)), Request()
    )
    assert problem.reach[AGA].tolist() == [True, False, False, False, False, False]


def test_contiguity_needs_everybody_on_the_way_within_reach() -> None:
    instance = three_fjords()
    minutes = instance.travel.minutes.copy()
    minutes.loc["0002", "0003"] = 300  # Bru, between Aga and Dal, has a long way to Dal
    instance = replace(instance, travel=replace(instance.travel, minutes=minutes))
    limits = Request(max_travel_min=55)
    assert not build_problem(instance, limits).reach[AGA, DAL]
    assert build_problem(instance, replace(limits, contiguous=False)).reach[AGA, DAL]


def test_lists_of_hosts() -> None:
    problem = built(hosts_allowed=frozenset({"0001", "0004"}), hosts_forbidden=frozenset({"0004"}))
    assert problem.reach.any(axis=0).tolist() == [True, False, False, False, False, False]
    fixed = built(hosts_fixed=frozenset({"0003"}))
    assert fixed.reach[DAL].tolist() == [False, False, True, False, False, False]
    assert fixed.fixed.tolist() == [False, False, True, False, False, False]


def test_border_of_councils_and_those_who_may_cross_it() -> None:
    problem = built(within="council")
    assert served_by(problem, DAL) == [AGA, BRU, DAL]
    assert problem.apart == ()
    crossing = built(within="council", crossing_allowed=frozenset({"0004"}), contiguous=False)
    assert served_by(crossing, EID) == [AGA, BRU, DAL, EID, FET, GOL]
    # under Eid, who may cross, Aga and Fet could meet, who may not
    assert (AGA, FET) in crossing.apart
    assert (AGA, EID) not in crossing.apart


def test_those_kept_apart_cannot_host_each_other() -> None:
    problem = built(apart=(frozenset({"0001", "0002"}),), contiguous=False)
    assert not problem.reach[AGA, BRU]
    assert not problem.reach[BRU, AGA]
    assert problem.reach[AGA, DAL]
    assert problem.apart == ((AGA, BRU),)


def test_sets_with_a_common_member_are_one_and_follow_each_other() -> None:
    problem = built(
        together=(frozenset({"0005", "0006"}), frozenset({"0004", "0005"})), max_travel_min=55
    )
    assert problem.together == ((EID, FET, GOL),)
    # Dal is too far for Gol, so neither Eid nor Fet can go there
    assert served_by(problem, DAL) == [AGA, BRU, DAL]


def test_baseline_groups_are_kept_together_on_request() -> None:
    baseline = Plan.from_groups({"0001": ["0002"], "0003": ["0004"], "0005": [], "0006": []})
    problem = build_problem(
        replace(three_fjords(), baseline=baseline), Request(keep_baseline_groups=True)
    )
    assert problem.together == ((AGA, BRU), (DAL, EID))


def test_pairs_that_are_too_large_together() -> None:
    problem = built(population=Range(max=4500), contiguous=False)
    assert not problem.reach[BRU, AGA]
    assert problem.reach[FET, AGA]
    assert not built(fte=Range(max=7)).reach[:, AGA].any()


def test_hosts_that_can_never_gather_enough_are_out_unless_exempted() -> None:
    limits = {"fte": Range(min=12), "max_travel_min": 20}
    assert not built(**limits, exempt="never").reach.any()
    assert built(**limits).reach[AGA, AGA]
    named = built(**limits, exempt=frozenset({"0006"}))
    assert named.reach.any(axis=0).tolist() == [False, False, False, False, False, True]


def test_size_limits_forgive_rounding_only() -> None:
    size = built(fte=Range(min=0.1 + 0.2, max=0.3)).sizes[0]
    assert not size.short(np.array([0.3])).any()
    assert not size.over(np.array([0.1 + 0.2])).any()
    assert size.short(np.array([0.299])).all()
    assert size.over(np.array([0.301])).all()


def test_names_of_strangers_are_refused() -> None:
    with pytest.raises(LabelMismatchError, match="9999 not in the region"):
        built(together=(frozenset({"0001", "9999"}),))


def test_ceilings_on_all_terms_cap_the_objective() -> None:
    weights = Weights(travel=2, severed=0.1, office=3)
    request = Request(weights=weights, offices=Range(max=2), terms_at_most=(("travel", 20.0),))
    assert build_problem(three_fjords(), request).most_cost == np.inf
    capped = replace(request, terms_at_most=(("travel", 20.0), ("severed", 50.0)))
    problem = build_problem(three_fjords(), capped)
    assert problem.most_cost == pytest.approx(2 * 20 + 0.1 * 50 + 3 * 2, rel=1e-4)
    assert problem.counting_exempt().most_cost == np.inf
    proposal = propose(three_fjords(), capped)
    assert proposal.solve.objective <= problem.most_cost


def test_a_group_of_exactly_the_least_needs_no_exemption() -> None:
    instance = three_fjords()
    staff = instance.municipalities["fte"].astype(float)
    together = propose(instance, Request(fte=Range(staff.sum(), None), exempt=frozenset()))
    assert together.plan is not None
    assert len(together.plan.groups) == 1
    apart = Request(fte=Range(staff.min(), None), max_members=1, exempt=frozenset())
    alone = propose(instance, apart)
    assert alone.plan is not None
    assert len(alone.plan.groups) == len(instance.codes)


def test_the_limit_may_be_of_nine_in_ten_inhabitants() -> None:
    instance = three_fjords()
    ways = instance.travel.minutes.to_numpy(dtype=float)
    points = np.vstack([ways, ways[BRU] + 40])[[0, 1, 6, 2, 3, 4, 5]]  # some live far from Bru
    home, share = np.array([0, 1, 1, 2, 3, 4, 5]), np.array([1, 0.8, 0.2, 1, 1, 1, 1])
    instance = replace(
        instance, inhabitants=Inhabitants(tuple(instance.codes), home, share, points)
    )
    centre = build_problem(instance, Request(max_travel_min=55, contiguous=False))
    p90 = build_problem(instance, Request(max_travel_min=55, max_travel_of="p90", contiguous=False))
    assert centre.reach[BRU, [AGA, DAL]].all()  # 20 and 30 minutes from the centre
    assert not p90.reach[BRU, [AGA, DAL]].any()  # 60 and 70 for the last tenth
    assert p90.reach[BRU, BRU]  # the own office is never too far
    others = [AGA, DAL, EID, FET, GOL]
    assert (centre.reach[others] == p90.reach[others]).all()
    plan = Plan({code: "0001" if code == "0002" else code for code in instance.codes})
    for measure, minutes in (("centre", None), ("p90", 60)):
        limits = Limits(instance, Request(max_travel_min=55, max_travel_of=measure))
        told = {one.value for one in limits.of_plan(plan) if one.limit == "max_travel_minutes"}
        assert told == ({minutes} if minutes else set())


def test_the_travel_term_is_the_mean_over_inhabitants() -> None:
    instance = three_fjords()
    ways = instance.travel.minutes.to_numpy(dtype=float) + 6  # everybody lives 6 minutes off
    people = Inhabitants(tuple(instance.codes), np.arange(6), np.ones(6), ways)
    before, after = (
        term_tables(one).by_arc for one in (instance, replace(instance, inhabitants=people))
    )
    shares = instance.figure("population") / instance.figure("population").sum()
    np.testing.assert_allclose(after["travel"] - before["travel"], 6 * shares[:, None] + 0 * ways)
    np.testing.assert_allclose(after["staff"], before["staff"])  # from office to office
