from __future__ import annotations

from dataclasses import replace

import pytest

from planner.model.request import Range, Request
from planner.optimise import propose
from planner.optimise.grouping.conflict import conflict, limits_of
from planner.optimise.proposal import LimitFact
from planner.optimise.solver.clock import Clock
from tests.support.factories import three_fjords

NEVER = Request(exempt="never")

A, B, C, F = "0001", "0002", "0003", "0006"
CASES = {
    (LimitFact("min_fte", 40, whole_region=24),): replace(NEVER, fte=Range(min=40)),
    (
        LimitFact("min_fte", 12, within_reach=(("0005", 4), (F, 4), (A, 10))),
        LimitFact("max_travel_minutes", 25),
    ): replace(NEVER, fte=Range(min=12), max_travel_min=25),
    (
        LimitFact("hosts.forbidden", municipalities=(A,)),
        LimitFact("hosts.fixed", municipalities=(A,)),
    ): replace(
        NEVER,
        hosts_fixed=frozenset({A, C}),
        hosts_forbidden=frozenset({A}),
        fte=Range(min=3),
    ),
    (
        LimitFact("contiguous"),
        LimitFact("together", municipalities=(A, F)),
        LimitFact("apart", municipalities=(B, C)),
    ): Request(together=(frozenset({A, F}),), apart=(frozenset({B, C}),)),
    (LimitFact("offices.max", 1), LimitFact("max_travel_minutes", 60)): Request(
        offices=Range(max=1), max_travel_min=60
    ),
    (LimitFact("within", "council"), LimitFact("offices.max", 1)): Request(
        within="council", offices=Range(max=1), max_members=6
    ),
    (
        LimitFact("hosts.allowed", municipalities=(A, B)),
        LimitFact("max_travel_minutes", 60),
    ): Request(hosts_allowed=frozenset({A, B}), max_travel_min=60),
    (LimitFact("max_members", 2), LimitFact("offices.max", 2)): Request(
        max_members=2, offices=Range(max=2)
    ),
    (LimitFact("max_fte", 7),): Request(fte=Range(max=7)),
    (LimitFact("travel", 10.0), LimitFact("offices.max", 2)): Request(
        terms_at_most=(("travel", 10.0),), offices=Range(max=2), contiguous=False
    ),
    (LimitFact("offices.min", 4), LimitFact("min_population", 3500)): replace(
        NEVER, offices=Range(min=4), population=Range(min=3500)
    ),
}
IDS = [" + ".join(fact.key for fact in facts) for facts in CASES]


@pytest.mark.parametrize(("facts", "request_"), CASES.items(), ids=IDS)
def test_conflict_names_the_limits(facts: tuple[LimitFact, ...], request_: Request) -> None:
    proposal = propose(three_fjords(), request_)
    assert proposal.solve.outcome == "infeasible"
    assert proposal.plan is None
    assert proposal.conflict == facts


@pytest.mark.parametrize("request_", CASES.values(), ids=IDS)
def test_giving_up_any_limit_of_a_conflict_that_stands_alone_helps(request_: Request) -> None:
    instance = three_fjords()
    blamed = {
        replace(fact, whole_region=None, within_reach=())
        for fact in propose(instance, request_).conflict
    }
    kept = request_
    for limit in limits_of(request_):
        if limit.fact not in blamed:
            kept = limit.without(kept)
    assert propose(instance, kept).solve.outcome == "infeasible"
    for limit in limits_of(kept):
        assert propose(instance, limit.without(kept)).solve.outcome == "optimal"


def test_keeping_the_baseline_can_be_the_conflict() -> None:
    instance = three_fjords()
    joined = replace(
        instance, baseline=replace(instance.baseline, host_of=dict.fromkeys(instance.codes, "0004"))
    )
    proposal = propose(joined, Request(keep_baseline_groups=True, offices=Range(min=2)))
    assert proposal.conflict == (LimitFact("keep_baseline_groups"), LimitFact("offices.min", 2))


def test_limits_that_were_not_tried_in_time_are_named() -> None:
    request = replace(NEVER, fte=Range(min=8), offices=Range(min=4), contiguous=True)
    facts = conflict(three_fjords(), request, Clock(0.0, None))
    assert {fact.key for fact in facts} >= {"offices.min", "min_fte"}


def test_nobody_need_wait_for_the_reasons() -> None:
    request = Request(max_travel_min=10, offices=Range(max=1))
    proposal = propose(three_fjords(), request, explain=False)
    assert proposal.solve.outcome == "infeasible"
    assert proposal.conflict == ()
    assert propose(three_fjords(), request).conflict
