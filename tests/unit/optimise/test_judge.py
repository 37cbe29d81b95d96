"""The limits that a plan is told to break, one by one, in a region that can be seen through."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from planner.errors import LabelMismatchError
from planner.model.plan import Plan
from planner.model.request import Range, Request
from planner.optimise.judge import BrokenLimit, LimitJudge
from tests.support.factories import make_instance, three_fjords

AGA, BRU, DAL, EID, FET, GOL = (f"000{number}" for number in range(1, 7))
TWO = Plan.from_groups({AGA: [BRU, DAL], EID: [FET, GOL]})
FREE = {"contiguous": False}


def broken(plan: Plan, **limits: Any) -> set[BrokenLimit]:
    return set(LimitJudge(three_fjords(), Request(**{**FREE, **limits})).of_plan(plan))


def test_without_limits_nothing_is_broken() -> None:
    assert not broken(TWO)


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"offices": Range(3, None)}, {BrokenLimit("offices.min", None, (), 2, 3)}),
        ({"offices": Range(None, 1)}, {BrokenLimit("offices.max", None, (), 2, 1)}),
        (
            {"max_travel_min": 45},
            {
                BrokenLimit("max_travel_minutes", AGA, (DAL,), 50, 45),
                BrokenLimit("max_travel_minutes", EID, (GOL,), 55, 45),
            },
        ),
        (
            {"fte": Range(11, 13), "exempt": "never"},
            {
                BrokenLimit("max_fte", AGA, (), 14, 13),
                BrokenLimit("min_fte", EID, (), 10, 11),
            },
        ),
        (
            {"population": Range(6000, 6500), "exempt": frozenset({AGA})},
            {
                BrokenLimit("max_population", AGA, (), 7000, 6500),
                BrokenLimit("min_population", EID, (), 5000, 6000),
            },
        ),
        (
            {"max_members": 2},
            {BrokenLimit("max_members", h, (), 3, 2) for h in (AGA, EID)},
        ),
        ({"hosts_allowed": frozenset({AGA, BRU})}, {BrokenLimit("hosts.allowed", EID)}),
        ({"hosts_forbidden": frozenset({AGA, BRU})}, {BrokenLimit("hosts.forbidden", AGA)}),
        ({"hosts_fixed": frozenset({AGA, GOL})}, {BrokenLimit("hosts.fixed", EID, (GOL,))}),
        (
            {"together": (frozenset({AGA, BRU}), frozenset({DAL, EID}))},
            {BrokenLimit("together", None, (DAL, EID))},
        ),
        ({"apart": (frozenset({AGA, DAL, EID}),)}, {BrokenLimit("apart", AGA, (AGA, DAL))}),
        ({"within": "county"}, {BrokenLimit("within", EID, (EID, FET, GOL))}),
        ({"within": "county", "crossing_allowed": frozenset({GOL})}, set()),
        ({"terms_at_most": (("office", 1.0),)}, {BrokenLimit("terms.office", None, (), 2, 1)}),
    ],
)
def test_broken_limits(limits: dict[str, Any], expected: set[BrokenLimit]) -> None:
    assert broken(TWO, **limits) == expected


@pytest.mark.parametrize("exempt", ["minimise", frozenset({EID})])
def test_who_may_be_exempted_breaks_no_least_size(exempt: Any) -> None:
    limits = LimitJudge(three_fjords(), Request(fte=Range(11), exempt=exempt, contiguous=False))
    assert not limits.of_plan(TWO)
    assert limits.exempted(TWO) == (EID,)


def test_groups_of_the_baseline_that_are_torn_are_told_once() -> None:
    instance = replace(
        three_fjords(), baseline=Plan.from_groups({BRU: [EID, FET], AGA: [DAL, GOL]})
    )
    limits = LimitJudge(instance, Request(keep_baseline_groups=True, contiguous=False))
    torn = [("keep_baseline_groups", (AGA, DAL, GOL)), ("keep_baseline_groups", (BRU, EID, FET))]
    assert sorted((one.limit, one.municipalities) for one in limits.of_plan(TWO)) == torn


def test_members_who_are_cut_off_from_their_host() -> None:
    plan = Plan.from_groups({AGA: [BRU, EID, GOL], DAL: [FET]})
    assert broken(plan, contiguous=True) == {
        BrokenLimit("contiguous", AGA, (EID, GOL)),
        BrokenLimit("contiguous", DAL, (FET,)),
    }


def test_host_without_a_way_is_unreachable_and_not_just_far() -> None:
    minutes = np.array([[0.0, np.inf], [np.inf, 0.0]])
    instance = make_instance({"0001": {"population": 1}, "0002": {"population": 1}}, minutes)
    limits = LimitJudge(instance, Request(max_travel_min=10, contiguous=False))
    assert limits.of_plan(Plan({AGA: AGA, BRU: AGA})) == (BrokenLimit("unreachable", AGA, (BRU,)),)


def test_rounding_breaks_no_limit() -> None:
    assert not broken(TWO, fte=Range(None, 14 * (1 - 1e-7)))


def test_request_about_another_region_is_refused() -> None:
    with pytest.raises(LabelMismatchError, match="9999"):
        LimitJudge(three_fjords(), Request(hosts_fixed=frozenset({"9999"})))
    with pytest.raises(LabelMismatchError):
        LimitJudge(three_fjords(), Request()).of_plan(Plan({AGA: AGA}))
