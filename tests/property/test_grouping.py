"""Every proposal equals exhaustive search, whatever limits and weights are in play."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.instance import Instance
from planner.model.limits import TERMS
from planner.model.request import Range, Request
from planner.model.weights import Weights
from planner.optimise import propose
from tests.support.oracle import Oracle
from tests.support.random_regions import random_region

CLOSE = 2e-6


def some(draw: st.DrawFn, odds: int, strategy: st.SearchStrategy[object]) -> object | None:
    """Draw a limit in one of so many cases, else none."""
    return draw(strategy) if draw(st.integers(1, odds)) == 1 else None


@st.composite
def requests(draw: st.DrawFn, instance: Instance) -> Request:
    codes = instance.codes
    sets = st.frozensets(st.sampled_from(codes), min_size=1, max_size=3)
    weight = st.sampled_from([0.0, 0.0, 0.1, 1.0])
    fte = float(instance.municipalities["fte"].sum())
    people = float(instance.municipalities["population"].sum())
    share = st.floats(0.05, 0.6)
    least_offices = some(draw, 6, st.integers(1, len(codes)))
    least_fte, least_people = some(draw, 2, share), some(draw, 4, share)
    most_fte, most_people = some(draw, 6, st.floats(0.4, 1)), some(draw, 6, st.floats(0.4, 1))
    return Request(
        weights=Weights(**{term: draw(weight) for term in TERMS}),
        offices=Range(least_offices, some(draw, 4, st.integers(1, len(codes)))),
        max_travel_min=some(draw, 2, st.integers(20, 90)),
        fte=Range(least_fte and round(least_fte * fte, 1), most_fte and round(most_fte * fte, 1)),
        population=Range(
            least_people and round(least_people * people),
            most_people and round(most_people * people),
        ),
        max_members=some(draw, 5, st.integers(1, len(codes))),
        contiguous=draw(st.booleans()),
        hosts_fixed=some(draw, 6, st.frozensets(st.sampled_from(codes), max_size=2)) or frozenset(),
        hosts_allowed=some(draw, 8, st.frozensets(st.sampled_from(codes), min_size=1)),
        hosts_forbidden=some(draw, 6, st.frozensets(st.sampled_from(codes), max_size=2))
        or frozenset(),
        together=tuple(draw(st.lists(sets, max_size=1))) if draw(st.integers(1, 3)) == 1 else (),
        apart=tuple(draw(st.lists(sets, max_size=2))) if draw(st.integers(1, 3)) == 1 else (),
        keep_baseline_groups=draw(st.integers(1, 5)) == 1,
        within=some(draw, 4, st.sampled_from(["council", "county"])),
        crossing_allowed=some(draw, 3, st.frozensets(st.sampled_from(codes), max_size=2))
        or frozenset(),
        exempt=draw(
            st.sampled_from(["minimise", "minimise", "never"])
            | st.frozensets(st.sampled_from(codes), max_size=3)
        ),
        alternatives=draw(st.sampled_from([0, 0, 0, 3])),
        min_difference=draw(st.integers(1, 3)),
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[Instance, Request]:
    instance = random_region(draw(st.integers(0, 10_000)), draw(st.integers(1, 6)))
    return instance, draw(requests(instance))


@settings(max_examples=100, deadline=None)
@given(cases())
def test_proposal_is_the_best_of_all_plans(case: tuple[Instance, Request]) -> None:
    check(*case)


@pytest.mark.parametrize("seed", [1, 2])
def test_seven_municipalities_with_all_in_play(seed: int) -> None:
    instance = random_region(seed, 7)
    codes = instance.codes
    request = Request(
        weights=Weights(travel=1, severed=0.1, office=0.4, staff=0.1, council=0.05, change=0.02),
        offices=Range(max=4),
        max_travel_min=70,
        fte=Range(min=25, max=100),
        population=Range(min=9000),
        max_members=5,
        hosts_forbidden=frozenset(codes[:1]),
        apart=(frozenset(codes[1:3]),),
        within="county",
        crossing_allowed=frozenset(codes[3:5]),
        alternatives=2,
        min_difference=2,
    )
    assert Oracle(instance, request).answers(1)
    check(instance, request)


def check(instance: Instance, request: Request) -> None:
    """Hold a proposal to exhaustive search."""
    oracle = Oracle(instance, request)
    answers = oracle.answers(1 + request.alternatives)
    proposal = propose(instance, request)
    if not answers:
        assert proposal.solve.outcome == "infeasible"
        assert proposal.plan is None
        assert proposal.conflict
        return
    assert proposal.solve.outcome == "optimal"
    best, plan = answers[0], dict(proposal.plan.host_of)
    assert oracle.allows(plan)
    assert proposal.plan.exempt == oracle.exempted(plan)
    if request.exempt == "minimise":
        assert len(proposal.plan.exempt) == best.exempted
    assert proposal.solve.objective == pytest.approx(best.objective, rel=CLOSE, abs=CLOSE)
    assert proposal.solve.objective == pytest.approx(oracle.objective(plan), rel=1e-9, abs=1e-9)
    assert proposal.terms == pytest.approx(oracle.terms(plan), rel=1e-9, abs=1e-9)
    assert proposal.solve.bound <= best.objective * (1 + CLOSE) + CLOSE
    assert proposal.solve.relative_gap == 0
    found = [plan, *(dict(other.host_of) for other, _ in proposal.alternatives)]
    assert found == [answer.plan for answer in answers]
    values = [value for _, value in proposal.alternatives]
    assert values == pytest.approx([a.objective for a in answers[1:]], rel=CLOSE, abs=CLOSE)


@settings(max_examples=25, deadline=None)
@given(cases(), st.sampled_from([0.001, 0.05, 0.3]))
def test_gap_is_never_smaller_than_the_true_one(case: tuple[Instance, Request], gap: float) -> None:
    instance, request = case
    request = replace(request, relative_gap=gap, exempt="never", alternatives=0)
    answers = Oracle(instance, request).answers(1)
    solve = propose(instance, request).solve
    if not answers:
        assert solve.outcome == "infeasible"
        return
    least = answers[0].objective
    assert solve.outcome == "optimal"
    assert solve.bound <= least * (1 + CLOSE) + CLOSE
    assert solve.objective - least <= solve.relative_gap * solve.objective + CLOSE
    assert solve.relative_gap <= gap


@settings(max_examples=25, deadline=None)
@given(cases(), st.sampled_from([1e-9, 1e-7, 1e-5, 1e-3, 1e3, 1e6, 1e9]))
def test_only_the_proportions_of_weights_count(case: tuple[Instance, Request], by: float) -> None:
    instance, request = case
    request = replace(request, alternatives=0)
    scaled = Weights.model_construct(**{name: by * weight for name, weight in request.weights})
    one, other = propose(instance, request), propose(instance, replace(request, weights=scaled))
    assert other.plan == one.plan
    assert other.solve.outcome == one.solve.outcome
    if one.solve.objective is not None:
        assert other.solve.objective == pytest.approx(by * one.solve.objective, rel=1e-9, abs=0)
        assert other.solve.bound == pytest.approx(by * one.solve.bound, rel=1e-5, abs=0)
