from __future__ import annotations

from dataclasses import replace

import pytest

from planner.model.request import Range, Request
from planner.optimise import propose
from planner.optimise.grouping.conflict import conflict, limits_of
from planner.optimise.solver.clock import Clock
from tests.support.factories import three_fjords

NEVER = Request(exempt="never")

CASES = {
    ("min_fte 40: the whole region has 24",): replace(NEVER, fte=Range(min=40)),
    (
        "min_fte 12: within the other limits, at most Fet 4, Gol 4, Aga 10",
        "max_travel_minutes 25",
    ): replace(NEVER, fte=Range(min=12), max_travel_min=25),
    ("hosts.forbidden: Aga", "hosts.fixed: Aga"): replace(
        NEVER,
        hosts_fixed=frozenset({"0001", "0003"}),
        hosts_forbidden=frozenset({"0001"}),
        fte=Range(min=3),
    ),
    ("contiguous", "together: Aga, Gol", "apart: Bru, Dal"): Request(
        together=(frozenset({"0001", "0006"}),), apart=(frozenset({"0002", "0003"}),)
    ),
    ("offices.max 1", "max_travel_minutes 60"): Request(offices=Range(max=1), max_travel_min=60),
    ("within council", "offices.max 1"): Request(
        within="council", offices=Range(max=1), max_members=6
    ),
    ("hosts.allowed: Aga, Bru", "max_travel_minutes 60"): Request(
        hosts_allowed=frozenset({"0001", "0002"}), max_travel_min=60
    ),
    ("max_members 2", "offices.max 2"): Request(max_members=2, offices=Range(max=2)),
    ("max_fte 7",): Request(fte=Range(max=7)),
    ("travel at most 10", "offices.max 2"): Request(
        terms_at_most=(("travel", 10.0),), offices=Range(max=2), contiguous=False
    ),
    ("offices.min 4", "min_population 3500"): replace(
        NEVER, offices=Range(min=4), population=Range(min=3500)
    ),
}


@pytest.mark.parametrize(("words", "request_"), CASES.items(), ids=[" + ".join(w) for w in CASES])
def test_conflict_names_the_limits(words: tuple[str, ...], request_: Request) -> None:
    proposal = propose(three_fjords(), request_)
    assert proposal.solve.outcome == "infeasible"
    assert proposal.plan is None
    assert proposal.conflict == words


@pytest.mark.parametrize("request_", CASES.values(), ids=[" + ".join(w) for w in CASES])
def test_giving_up_any_limit_of_a_conflict_that_stands_alone_helps(request_: Request) -> None:
    instance = three_fjords()
    blamed = {
        words.split(":")[0] if words.startswith("min") else words
        for words in propose(instance, request_).conflict
    }
    kept = request_
    for limit in limits_of(instance, request_):
        if limit.words not in blamed:
            kept = limit.without(kept)
    assert propose(instance, kept).solve.outcome == "infeasible"
    for limit in limits_of(instance, kept):
        assert propose(instance, limit.without(kept)).solve.outcome == "optimal"


def test_keeping_the_baseline_can_be_the_conflict() -> None:
    instance = three_fjords()
    joined = replace(
        instance, baseline=replace(instance.baseline, host_of=dict.fromkeys(instance.codes, "0004"))
    )
    proposal = propose(joined, Request(keep_baseline_groups=True, offices=Range(min=2)))
    assert proposal.conflict == ("keep_baseline_groups", "offices.min 2")


def test_limits_that_were_not_tried_in_time_are_named() -> None:
    request = replace(NEVER, fte=Range(min=8), offices=Range(min=4), contiguous=True)
    words = conflict(three_fjords(), request, Clock(0.0, None))
    assert set(words) >= {"offices.min 4", "min_fte 8"}


def test_nobody_need_wait_for_the_reasons() -> None:
    request = Request(max_travel_min=10, offices=Range(max=1))
    proposal = propose(three_fjords(), request, explain=False)
    assert proposal.solve.outcome == "infeasible"
    assert proposal.conflict == ()
    assert propose(three_fjords(), request).conflict
