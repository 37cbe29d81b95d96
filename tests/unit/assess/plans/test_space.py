"""All plans of a region assessed: domination, fronts by going through and by solving."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.assess.access import assess_access
from planner.assess.commuting import assess_commuting
from planner.assess.indicator import Axis, AxisError
from planner.assess.plans import space as plan_space
from planner.assess.plans.space import (
    MODELLED,
    Assessor,
    assess_every_partition,
    pareto_front,
    place_plan,
)
from planner.assess.scorecard import assess
from planner.assess.structure import assess_structure
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.model.request import Range, Request
from planner.optimise.grouping.objective import terms_of
from planner.optimise.judge import BrokenLimit
from planner.pool import Pool
from tests.support.factories import three_fjords
from tests.support.oracle import all_plans
from tests.support.random_regions import random_region

AGA, BRU, DAL, EID, FET, GOL = (f"000{number}" for number in range(1, 7))
FREE = Request(contiguous=False)
TRAVEL, OFFICES = Axis("access.mean_min", "less"), Axis("structure.offices", "less")
SEVERED, LONGEST = Axis("commuting.severed_share", "less"), Axis("access.max_min", "less")


def brute_force(instance: Instance, axes: list[Axis]) -> set[tuple[float, ...]]:
    """Non-dominated figures of all plans, compared in pairs."""
    points = set()
    for host_of in all_plans(instance.codes):
        plan = Plan(host_of)
        families = (assess_access, assess_structure, assess_commuting)
        values = {
            one.key: one.value or 0.0 for family in families for one in family(instance, plan)
        }
        points.add(tuple(axis.loss(round(values[axis.key], 6)) for axis in axes))
    return {
        point
        for point in points
        if not any(
            other != point and all(a <= b for a, b in zip(other, point, strict=True))
            for other in points
        )
    }


def losses(front: plan_space.Front) -> set[tuple[float, ...]]:
    return {
        tuple(axis.loss(round(point.figures[axis.key] or 0.0, 6)) for axis in front.axes)
        for point in front.points
    }


@pytest.mark.parametrize("key", MODELLED)
def test_what_the_model_minimises_is_what_the_indicator_shows(key: str) -> None:
    region = random_region(5, 7)
    term, factor = MODELLED[key]
    for plan in (region.baseline, Plan(dict.fromkeys(region.codes, region.codes[2]))):
        figure = Assessor(region, [key]).figures(plan)[key]
        assert figure == pytest.approx(factor * terms_of(region, plan)[term])


def test_only_the_indicators_that_are_asked_for() -> None:
    region = three_fjords()
    assert set(Assessor(region, ["access.mean_min"]).figures(region.baseline)) == {
        "access.mean_min"
    }
    everything = Assessor(region).indicators(region.baseline)
    assert set(everything) == set(assess(region, region.baseline)) | {
        key for key in MODELLED if key.startswith("objective.")
    }


def test_two_processes_assess_what_one_does() -> None:
    told: list[str] = []
    given = (three_fjords(), FREE, [TRAVEL, OFFICES])
    shared = assess_every_partition(
        *given, pool=Pool(2), progress=lambda one: told.append(one.stage)
    )
    assert shared == assess_every_partition(*given)
    assert told[-1] == "plans 203 / 203"
    assert len(told) == 5  # blocks


def test_every_partition_is_dominated_by_what_beats_it() -> None:
    axes = [TRAVEL, OFFICES]
    listed = assess_every_partition(three_fjords(), FREE, axes)
    assert len(listed) == 203
    best = {
        count: min(
            one.indicators["access.mean_min"].value or 0.0
            for one in listed
            if len(one.plan.hosts) <= count
        )
        for count in range(1, 7)
    }
    for one in listed:
        mean = one.indicators["access.mean_min"].value or 0.0
        fewer = best.get(len(one.plan.hosts) - 1, 999.0)
        assert one.comparable
        assert (one.dominated_by is None) == (mean == best[len(one.plan.hosts)] and mean < fewer)
        if one.dominated_by is not None:
            better = listed[one.dominated_by]
            assert better.dominated_by is None
            assert len(better.plan.hosts) <= len(one.plan.hosts)


def test_a_plan_that_breaks_a_limit_dominates_nobody() -> None:
    request = Request(contiguous=False, hosts_forbidden=frozenset({AGA}))
    listed = assess_every_partition(three_fjords(), request, [TRAVEL, OFFICES])
    breaking = {place_plan for place_plan, one in enumerate(listed) if one.broken}
    assert breaking
    assert not breaking & {one.dominated_by for one in listed}


def test_an_undefined_indicator_cannot_be_compared() -> None:
    region = three_fjords()
    nobody = replace(region, municipalities=region.municipalities.assign(population=0))
    listed = assess_every_partition(nobody, FREE, [TRAVEL])
    assert not any(one.comparable for one in listed)
    assert {one.dominated_by for one in listed} == {None}


@pytest.mark.parametrize(
    "axes",
    [
        [TRAVEL, OFFICES],
        [TRAVEL, SEVERED],
        [LONGEST, OFFICES],
        [LONGEST, SEVERED, OFFICES],
        [Axis("structure.least_group_fte", "more"), TRAVEL],
        [Axis("access.within_30_share", "more"), OFFICES],
    ],
)
def test_front_of_a_small_region_is_that_of_all_plans(axes: list[Axis]) -> None:
    region = random_region(3, 5)
    front = pareto_front(region, FREE, axes)
    assert losses(front) == brute_force(region, axes)
    assert front.complete
    assert (front.method, front.plans, front.outcome) == ("every_plan", 196, "optimal")


def test_every_plan_with_the_figures_of_a_point_is_named() -> None:
    front = pareto_front(three_fjords(), FREE, [OFFICES, SEVERED])
    (point,) = front.points  # one office severs nobody, whoever hosts it
    assert point.figures == {"structure.offices": 1, "commuting.severed_share": 0}
    assert {plan.hosts for plan in point.plans} == {(code,) for code in three_fjords().codes}
    (alone,) = pareto_front(three_fjords(), FREE, [OFFICES, SEVERED], best_hosts=True).points
    assert [plan.hosts for plan in alone.plans] == [(DAL,)]


@pytest.mark.parametrize("axes", [[TRAVEL, OFFICES], [TRAVEL, SEVERED], [OFFICES, TRAVEL, SEVERED]])
def test_solver_and_going_through_find_the_same_front(
    axes: list[Axis], monkeypatch: pytest.MonkeyPatch
) -> None:
    region, drawn = random_region(8, 6), Plan({"1001": "1001"}, form="municipal_merger")
    request = Request(fte=Range(4), max_travel_min=60)
    drawn = replace(drawn, host_of={code: code for code in region.codes})
    through = pareto_front(region, request, axes, drawn=drawn)
    monkeypatch.setattr(plan_space, "MOST_MUNICIPALITIES", 5)
    solved = pareto_front(region, request, axes, drawn=drawn)
    assert losses(solved) == losses(through)
    assert [point.figures for point in solved.points] == [
        pytest.approx(point.figures) for point in through.points
    ]
    assert solved.method == "solver"
    assert solved.complete
    for point, same in zip(solved.points, through.points, strict=True):
        assert point.plans[0] in same.plans


def test_a_coarse_step_leaves_out_only_what_is_nearly_as_good(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    region = random_region(8, 6)
    monkeypatch.setattr(plan_space, "MOST_MUNICIPALITIES", 5)
    fine = pareto_front(region, Request(), [TRAVEL, SEVERED])
    coarse = pareto_front(region, Request(), [TRAVEL, SEVERED], step=10.0)
    assert losses(coarse) < losses(fine)


def test_large_regions_know_only_what_the_model_can_minimise() -> None:
    region = random_region(1, 11)
    for unknown in (LONGEST, Axis("access.mean_min", "more")):
        with pytest.raises(
            AxisError, match=f"{unknown.key}:{unknown.better}: regions of more than"
        ):
            pareto_front(region, Request(), [OFFICES, unknown])


def test_a_request_that_nothing_satisfies_has_no_front() -> None:
    for region in (three_fjords(), random_region(1, 11)):
        front = pareto_front(region, Request(fte=Range(1e4), exempt="never"), [TRAVEL, OFFICES])
        assert not front.points
        assert front.outcome == "infeasible"


def test_plans_are_placed_against_the_front() -> None:
    region = three_fjords()
    request = Request(contiguous=False, offices=Range(2, 6))
    front = pareto_front(region, request, [TRAVEL, OFFICES])
    best_two = Plan.from_groups({AGA: [BRU], EID: [DAL, FET, GOL]})
    other_two = Plan.from_groups({AGA: [BRU, DAL], EID: [FET, GOL]})
    one = Plan(dict.fromkeys(region.codes, DAL))
    names = {"best": best_two, "other": other_two, "one": one}
    best, other, single = place_plan(region, request, front, list(names.items()))
    (number,) = (n for n, p in enumerate(front.points) if p.figures["structure.offices"] == 2)
    assert (best.name, best.on_front, best.dominated_by) == ("best", True, ())
    assert (other.on_front, other.dominated_by) == (False, (number,))
    assert other.figures["access.mean_min"] == pytest.approx(222_500 / 12_000)
    assert (single.on_front, single.dominated_by) == (False, ())
    assert single.broken == (BrokenLimit("offices.min", None, (), 1, 2),)


def test_more_exemptions_than_the_front_needs_are_told() -> None:
    region, request = three_fjords(), Request(fte=Range(6))
    front = pareto_front(region, request, [TRAVEL, OFFICES])
    (placed,) = place_plan(region, request, front, [("baseline", region.baseline)])
    assert [broken.limit for broken in placed.broken] == ["exempt"]
