"""Diagnoses of a region that can be looked over by eye."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from planner.model.request import Range, Request
from planner.optimise import propose
from planner.optimise.explain.diagnose import Diagnosis, diagnose, diagnose_proposal
from planner.optimise.explain.limit_change import LimitChange
from planner.optimise.solver.outcome import Cancelled, Progress
from planner.present.words.diagnosis import diagnosis_report
from tests.support.factories import three_fjords


def singles(request: Request) -> dict[str, list[LimitChange]]:
    found: dict[str, list[LimitChange]] = {}
    for change in diagnose(three_fjords(), request).singles:
        found.setdefault(change.key, []).append(change)
    return found


def test_longest_way_and_least_staff() -> None:
    """Fet and Gol have 4 FTE together; Eid, 40 minutes from Fet, is the nearest that helps."""
    found = singles(Request(max_travel_min=30, fte=Range(6, None), exempt="never"))
    # Gol must go along, 55 minutes to Eid; with Fet as host, Eid goes 40 and Gol 15
    assert found["max_travel_minutes"] == [
        LimitChange("max_travel_minutes", 30, 40.0, frozenset({"0004"}))
    ]
    # Fet and Gol have 1 + 3 between them
    (least,) = found["min_fte"]
    assert (least.old, least.new) == (6, 4.0)
    assert least.municipalities & {"0005", "0006"}
    assert {change.new for change in found["exempt"]} == {frozenset({"0005"}), frozenset({"0006"})}


def test_fewer_offices_than_islands() -> None:
    found = singles(Request(max_travel_min=20, offices=Range(None, 3)))
    assert [change.new for change in found["offices.max"]] == [4.0]
    assert [change.new for change in found["max_travel_minutes"]] == [25.0]


def test_impossible_together() -> None:
    request = Request(
        together=(frozenset({"0001", "0002"}), frozenset({"0001", "0003"})),
        apart=(frozenset({"0002", "0003"}),),
    )
    found = singles(request)
    assert set(found) == {"together", "apart"}
    # without the first list, Aga and Dal would be joined by nobody but Bru
    assert [change.new for change in found["together"]] == [(request.together[0],)]
    (apart,) = found["apart"]
    assert apart.municipalities == {"0002", "0003"}
    assert propose(three_fjords(), request.with_limit(apart.key, apart.new)).plan is not None


def test_two_limits_where_none_is_enough_alone() -> None:
    hosts = frozenset({"0001", "0002", "0004", "0005"})
    request = Request(max_travel_min=20, max_members=1, offices=Range(None, 3), hosts_allowed=hosts)
    found = diagnose(three_fjords(), request)
    assert not found.singles
    assert len(found.combination) == 2
    changed = request
    for change in found.combination:
        assert propose(three_fjords(), changed).plan is None
        changed = changed.with_limit(change.key, change.new)
    assert propose(three_fjords(), changed).plan is not None


def test_an_exemption_is_diagnosed_for_its_host() -> None:
    instance = three_fjords()
    request = Request(max_travel_min=30, fte=Range(6, None))
    proposal = propose(instance, request)
    (found,) = diagnose_proposal(instance, request, proposal)
    assert found.exempted == proposal.plan.exempt
    assert {change.key for change in found.singles} == {"max_travel_minutes", "min_fte"}
    for change in found.singles:
        assert not propose(instance, request.with_limit(change.key, change.new)).plan.exempt


@pytest.mark.parametrize("stop", [Cancelled, KeyboardInterrupt])
def test_a_diagnosis_that_is_stopped_tells_what_it_found(stop: type[BaseException]) -> None:
    request = Request(max_travel_min=30, fte=Range(6, None), exempt="never")
    told: list[Progress] = []
    whole = diagnose(three_fjords(), request, progress=told.append)
    assert len(whole.singles) > 1
    found = []
    for moment in range(len(told)):
        left = iter(range(moment))

        def end(_: Progress, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise stop

        found.append(diagnose(three_fjords(), request, progress=end))
    stopped = [one for one in found if not one.complete]  # on a busy machine it is told more often
    assert all(one.singles == whole.singles[: len(one.singles)] for one in stopped)
    assert {len(one.singles) for one in stopped} >= {0, 1}


def test_nothing_is_looked_for_once_a_diagnosis_is_stopped() -> None:
    request = Request(max_travel_min=20, fte=Range(7, None))
    proposal = propose(three_fjords(), request)
    assert len(proposal.plan.exempt) > 1
    told: list[Progress] = []

    def stop(progress: Progress) -> None:
        told.append(progress)
        raise Cancelled

    found = diagnose_proposal(three_fjords(), request, proposal, progress=stop)
    assert len(told) == 1
    assert len(found) == 1 + len(proposal.plan.exempt)
    assert not any(one.complete or one.singles for one in found)


def test_no_time_is_told() -> None:
    request = Request(max_travel_min=20, offices=Range(None, 1))
    assert diagnose(three_fjords(), request, time_limit_s=0.0) == Diagnosis(
        frozenset(), (), (), complete=False
    )


@pytest.mark.parametrize(
    ("change", "written"),
    [
        (LimitChange("max_travel_minutes", 30.0, 40.0, frozenset({"0004"})), "30 → 40, for Eid"),
        (LimitChange("min_fte", 6, None), "min_fte 6 → ingen grense"),
        (LimitChange("contiguous", True, False), "contiguous true → false"),
        (
            LimitChange("hosts.fixed", frozenset({"0001", "0002"}), frozenset({"0001"})),
            "hosts.fixed: ta ut Bru",
        ),
        (
            LimitChange("hosts.allowed", frozenset(), frozenset({"0001"})),
            "hosts.allowed: legg til Aga",
        ),
        (LimitChange("exempt", "never", frozenset({"0001"}), frozenset({"0001"})), "never → [Aga]"),
        (
            LimitChange(
                "together", (frozenset({"0001", "0002", "0003"}),), (frozenset({"0001", "0002"}),)
            ),
            "together: ta Dal ut av listen med Aga, Bru og Dal",
        ),
        (
            LimitChange("apart", (frozenset({"0001", "0002"}),), ()),
            "apart: ta ut listen med Aga og Bru",
        ),
    ],
)
def test_changes_in_the_planners_words(change: LimitChange, written: str) -> None:
    found = Diagnosis(frozenset(), (change,), (), complete=True)
    assert diagnosis_report(three_fjords(), [found]).endswith(written)
