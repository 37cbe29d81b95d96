"""Commuting, computed by hand on the three fjords."""

from dataclasses import replace

import pytest

from planner.assess.commuting import assess_commuting, severed_share
from planner.assess.indicator import Indicator
from planner.model.plan import Plan
from tests.support.factories import make_instance, three_fjords

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


def test_agreement_with_labour_market_regions_by_hand() -> None:
    found = indicators(TWO)
    # of 15 pairs 6 share a group, 3 a region and 2 both: expected by chance 6 x 3 / 15 = 1.2
    agreement = found["commuting.labour_market_agreement"]
    assert agreement.value == pytest.approx((2 - 1.2) / ((6 + 3) / 2 - 1.2))
    regions = found["commuting.most_labour_market_regions"]
    assert regions.value == 2
    assert regions.by_group == {"0001": 2, "0004": 2}
    own = found["commuting.own_labour_market_share"]
    assert own.value == pytest.approx((4000 + 1000 + 3000) / 12_000)  # not Dal, Fet and Gol
    assert own.by_municipality["0003"] == 0


def test_groups_that_are_the_regions_agree_fully() -> None:
    plan = Plan.from_groups({"0002": ["0001"], "0003": ["0004"], "0005": ["0006"]})
    found = indicators(plan)
    assert found["commuting.labour_market_agreement"].value == 1
    assert found["commuting.own_labour_market_share"].value == 1


def test_unknown_surroundings_give_no_agreement() -> None:
    instance = replace(three_fjords(), surroundings=None)
    keys = {one.key for one in assess_commuting(instance, TWO)}
    assert "commuting.severed_share" in keys
    assert "commuting.labour_market_agreement" not in keys
