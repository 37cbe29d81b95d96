"""Why a municipality is not with another host."""

from __future__ import annotations

import pytest

from planner.model.limits import let_serve
from planner.model.request import Range, Request
from planner.model.weights import Weights
from planner.optimise import propose
from planner.optimise.explain.why import OtherHost, why
from planner.present.words.diagnosis import why_sentences
from tests.support.factories import three_fjords


def reasons(request: Request, code: str) -> dict[str, OtherHost]:
    instance = three_fjords()
    return {one.host: one for one in why(instance, request, propose(instance, request), code)}


def test_reasons() -> None:
    request = Request(
        Weights(travel=1.0, office=3.0), max_travel_min=60, hosts_forbidden=frozenset({"0006"})
    )
    found = reasons(request, "0005")
    assert "0006" in found or propose(three_fjords(), request).plan.host_of["0005"] == "0006"
    assert found["0001"].reason == "too_far"
    assert found["0001"].minutes == 115
    assert found["0006"].reason == "not_host"


def test_the_cost_is_that_of_the_best_plan_so_forced() -> None:
    instance = three_fjords()
    request = Request(Weights(travel=1.0, office=3.0), offices=Range(None, 3))
    best = propose(instance, request)
    for code in instance.codes:
        for host, one in reasons(request, code).items():
            asked = propose(instance, let_serve(request, {code: host}))
            if one.reason == "cost":
                assert asked.plan.host_of[code] == host
                assert one.cost == pytest.approx(asked.solve.objective - best.solve.objective)
                assert one.cost >= -1e-6
            else:
                assert asked.plan is None


def test_limits_that_stand_in_the_way() -> None:
    """Aga and Dal share a group only through Bru, which may not be in it."""
    request = Request(Weights(travel=1.0, office=1.0), apart=(frozenset({"0002", "0003"}),))
    one = reasons(request, "0003")["0001"]
    assert one.reason == "limits"
    assert set(one.limits) == {"apart", "contiguous"}


def test_report_tells_every_other_host_nearest_first() -> None:
    instance = three_fjords()
    request = Request(Weights(travel=1.0, office=1.0), max_travel_min=60)
    proposal = propose(instance, request)
    others = why(instance, request, proposal, "0002")
    lines = why_sentences(instance, proposal, "0002", others, 60)
    assert lines[0].startswith("Bru ")
    assert len(lines) == 6
    assert lines[-1] == "Gol: Dit er det 110 min, og grensen er 60 min.".replace(
        " min", "\u00a0min"
    )
