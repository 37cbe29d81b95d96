"""Reading indicators and which way they are better."""

from __future__ import annotations

import math

import pytest

from planner.assess.indicator import DIRECTIONS, JUDGED, USUAL, Axis, AxisError, axis
from planner.assess.scorecard import scorecard
from planner.model.plan import Plan
from tests.support.factories import three_fjords

KNOWN = {
    "structure.offices",
    "structure.least_group_fte",
    "access.mean_min",
    "access.within_30_share",
    "risk.total",
    "economy.total",
}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("access.mean_min", Axis("access.mean_min", "less")),
        ("access.within_30_share", Axis("access.within_30_share", "more")),
        ("offices", Axis("structure.offices", "less")),
        ("structure.least_group_fte:more", Axis("structure.least_group_fte", "more")),
        ("least_group_fte:less", Axis("structure.least_group_fte", "less")),
        ("access.mean_min:more", Axis("access.mean_min", "more")),
    ],
)
def test_key_and_direction(written: str, expected: Axis) -> None:
    assert axis(written, KNOWN) == expected


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            "access.meen_min",
            "no indicator has the key 'access.meen_min'. Did you mean 'access",
        ),
        ("total", "no indicator has the key 'total'"),  # of two families
        ("structure.least_group_fte", "neither less nor more of it is better in itself"),
        ("access.mean_min:fewer", "'fewer' is no direction. Expected 'less' or 'more'."),
    ],
)
def test_what_cannot_be_compared(written: str, message: str) -> None:
    with pytest.raises(AxisError, match=message):
        axis(written, KNOWN)


def test_size_has_no_better_end() -> None:
    assert not [key for key in DIRECTIONS if "group_" in key or key.endswith("_fte")]
    assert set(USUAL) <= set(DIRECTIONS)


def test_what_sharing_an_office_decides_by_definition_is_not_judged() -> None:
    """Merging every two offices of a plan is never worse in these, whoever travels how far."""
    instance = three_fjords()
    apart = Plan({code: code for code in instance.codes})
    half = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005", "0006"]})
    whole = Plan(dict.fromkeys(instance.codes, "0001"))
    scores = [scorecard(instance, plan) for plan in (apart, half, whole)]
    not_judged = set(DIRECTIONS) - set(JUDGED)
    assert not_judged == {
        "structure.offices",
        "commuting.severed_share",
        "commuting.severed_persons",
        "commuting.resident_self_containment_share",
        "commuting.workplace_self_containment_share",
    }
    for key in not_judged:
        losses = [Axis(key, DIRECTIONS[key]).loss(one[key].indicator.value) for one in scores]
        assert losses == sorted(losses, reverse=True), key


def test_loss_is_small_where_the_figure_is_good() -> None:
    assert Axis("a", "less").loss(2.0) < Axis("a", "less").loss(3.0)
    assert Axis("a", "more").loss(2.0) > Axis("a", "more").loss(3.0)
    assert math.isnan(Axis("a", "less").loss(None))
