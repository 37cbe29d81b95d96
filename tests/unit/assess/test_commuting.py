"""Commuting, computed by hand on the three fjords."""

import pytest

from planner.assess.commuting import assess_commuting, severed_share
from planner.assess.indicator import Indicator
from planner.model.plan import Plan
from tests.factories import make_instance, three_fjords

TWO = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005", "0006"]})


def indicators(plan: Plan) -> dict[str, Indicator]:
    return {one.key: one for one in assess_commuting(three_fjords(), plan)}


def test_severed_commuters_by_hand() -> None:
    found = indicators(TWO)
    # of 100 + 50 + 150 + 40 + 60 between municipalities, Dal-Eid (150) crosses the group border
    assert found["commuting.severed_persons"].value == 150
    assert found["commuting.severed_share"].value == pytest.approx(150 / 400)
    by_municipality = found["commuting.severed_persons"].by_municipality
    assert by_municipality["0003"] == by_municipality["0004"] == 150
    assert by_municipality["0006"] == 0


def test_self_containment_by_hand() -> None:
    found = indicators(TWO)
    residents = found["commuting.resident_self_containment_share"]
    assert residents.by_group["0001"] == pytest.approx(3350 / 3500)
    assert residents.by_group["0004"] == 1
    assert residents.value == pytest.approx(5850 / 6000)
    jobs = found["commuting.workplace_self_containment_share"]
    assert jobs.by_group["0001"] == 1
    assert jobs.by_group["0004"] == pytest.approx(2500 / 2650)


def test_own_offices_sever_everybody_and_one_office_nobody() -> None:
    instance = three_fjords()
    assert severed_share(instance, instance.baseline) == 1
    assert severed_share(instance, Plan.from_groups({"0001": instance.codes})) == 0


def test_nobody_commutes_or_works() -> None:
    instance = three_fjords()
    quiet = make_instance(
        {code: {"population": 1} for code in instance.codes}, instance.travel.minutes.to_numpy()
    )
    assert severed_share(quiet, TWO) is None
    values = {one.key: one.value for one in assess_commuting(quiet, TWO)}
    assert values["commuting.resident_self_containment_share"] is None
