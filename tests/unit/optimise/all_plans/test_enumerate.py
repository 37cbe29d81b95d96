"""All plans of small regions, counted and looked at."""

from __future__ import annotations

import numpy as np
import pytest

from planner.model.limits import TERMS
from planner.model.plan import Plan
from planner.model.request import Range, Request
from planner.optimise.all_plans.enumerate import (
    MOST_MUNICIPALITIES,
    RegionTooLargeError,
    enumerate_plans,
    plan_space,
)
from planner.optimise.grouping.objective import terms_of
from tests.support.factories import make_instance, three_fjords
from tests.support.random_regions import random_region

AGA, BRU, DAL, EID, FET, GOL = (f"000{number}" for number in range(1, 7))
FREE = Request(contiguous=False)

#: OEIS A000110 and A000248.
PARTITIONS = {1: 1, 2: 2, 3: 5, 4: 15, 5: 52, 6: 203, 7: 877}
PLANS = {1: 1, 2: 3, 3: 10, 4: 41, 5: 196, 6: 1057, 7: 6322}


@pytest.mark.parametrize("n", PARTITIONS)
def test_number_of_partitions_and_plans(n: int) -> None:
    region = random_region(7, n)
    listed = enumerate_plans(region, FREE)
    assert len({frozenset(one.plan.groups.values()) for one in listed}) == PARTITIONS[n]
    assert len(listed) == PARTITIONS[n]
    space = plan_space(region, FREE)
    assert len({tuple(space.plan(row).host_of.values()) for row in range(len(space))}) == PLANS[n]
    assert len(space) == PLANS[n]


def test_contiguous_partitions_of_a_road_are_its_stretches() -> None:
    listed = enumerate_plans(three_fjords(), Request())
    assert len(listed) == 2**5
    stretches = "".join(sorted(three_fjords().codes))
    for one in listed:
        assert all("".join(members) in stretches for members in one.plan.groups.values())


def test_fewest_offices_first() -> None:
    counts = [len(one.plan.hosts) for one in enumerate_plans(three_fjords(), FREE)]
    assert counts == sorted(counts)
    assert counts[0] == 1
    assert counts[-1] == 6


def test_best_host_has_the_fewest_person_minutes() -> None:
    minutes = three_fjords().travel.minutes
    people = three_fjords().municipalities["population"]
    for one in enumerate_plans(three_fjords(), FREE):
        for host, members in one.plan.groups.items():
            way = {
                other: sum(people[c] * minutes.loc[c, other] for c in members) for other in members
            }
            assert way[host] == min(way.values())


def test_the_lowest_code_hosts_among_equals() -> None:
    table = {code: {"population": 100} for code in (AGA, BRU)}
    together = enumerate_plans(make_instance(table, np.array([[0, 9], [9, 0]])), FREE)[0].plan
    assert together.hosts == (AGA,)


def test_best_host_breaks_no_limit_if_another_host_can_help_it() -> None:
    group = {DAL, EID, FET}

    def host(request: Request) -> str:
        return next(
            one.plan.host_of[DAL]
            for one in enumerate_plans(three_fjords(), request)
            if group in map(set, one.plan.groups.values())
        )

    assert host(FREE) == EID
    assert host(Request(contiguous=False, hosts_forbidden=frozenset({EID}))) == DAL
    assert host(Request(contiguous=False, hosts_fixed=frozenset({FET}))) == FET
    assert host(Request(contiguous=False, max_travel_min=40)) == EID
    assert host(Request(contiguous=False, hosts_forbidden=frozenset({DAL, EID, FET}))) == EID


def test_plans_that_break_a_limit_are_listed_with_it() -> None:
    request = Request(offices=Range(None, 2), contiguous=False)
    listed = enumerate_plans(three_fjords(), request)
    assert len(listed) == 203
    for one in listed:
        limits = [broken.limit for broken in one.broken]
        assert limits == ([] if len(one.plan.hosts) <= 2 else ["offices.max"])


def test_presence_and_form_of_the_drawn_plan_are_kept() -> None:
    drawn = Plan(dict.fromkeys(three_fjords().codes, AGA), {GOL: 2.0}, "municipal_merger")
    for one in enumerate_plans(three_fjords(), FREE, drawn=drawn):
        assert one.plan.locations == {GOL: 2.0}
        assert one.plan.form == "municipal_merger"
    assert plan_space(three_fjords(), FREE, drawn=drawn).plan(0).locations == {GOL: 2.0}


def test_plans_exempted_from_a_least_size_are_marked() -> None:
    request = Request(fte=Range(5), contiguous=False)
    everywhere = enumerate_plans(three_fjords(), request)[-1].plan
    assert everywhere.exempt == {BRU, DAL, FET, GOL}


def test_space_keeps_the_fewest_exempted() -> None:
    space = plan_space(three_fjords(), Request(fte=Range(13), contiguous=False, offices=Range(2)))
    assert {len(space.plan(row).exempt) for row in range(len(space))} == {1}
    assert not len(plan_space(three_fjords(), Request(fte=Range(25), exempt="never")))


def test_terms_of_all_plans_at_once() -> None:
    region = random_region(3, 5)
    space = plan_space(region, FREE)
    for term in TERMS:
        one_by_one = [terms_of(region, space.plan(row))[term] for row in range(len(space))]
        assert space.term(term) == pytest.approx(np.array(one_by_one))


def test_ceilings_hold() -> None:
    everything = plan_space(three_fjords(), FREE)
    capped = plan_space(three_fjords(), Request(contiguous=False, terms_at_most=(("travel", 9.0),)))
    assert len(capped) == (everything.term("travel") <= 9.0).sum()
    assert 0 < len(capped) < len(everything)


def test_best_hosts_alone_are_the_listed_plans() -> None:
    space = plan_space(three_fjords(), FREE, best_hosts=True)
    listed = {tuple(one.plan.host_of.values()) for one in enumerate_plans(three_fjords(), FREE)}
    assert {tuple(space.plan(row).host_of.values()) for row in range(len(space))} == listed


def test_large_regions_are_refused() -> None:
    region = random_region(1, MOST_MUNICIPALITIES + 1)
    for function in (enumerate_plans, plan_space):
        with pytest.raises(RegionTooLargeError, match="11 municipalities"):
            function(region, FREE)
