"""Whom a municipality leans to, computed by hand on the three fjords."""

from dataclasses import replace

import pytest

from planner.assess.finding import Amount, Finding, Places, Words
from planner.assess.labour_market import (
    LEAST_LEANING_SHARE,
    commuter_shares,
    labour_market_findings,
)
from planner.model.instance import Instance
from planner.model.plan import Plan
from tests.support.factories import three_fjords

PLAN = Plan.from_groups({"0001": ["0002"], "0003": [], "0004": ["0005"], "0006": []})


def with_commuters_to_hav() -> Instance:
    """Let 60 more of Fet's residents work in Hav, outside the region: 100 of 310 commute."""
    instance = three_fjords()
    assert instance.surroundings is not None
    commuters = instance.surroundings.commuters.copy()
    commuters.loc["0005", "0009"] = 60
    employed = instance.municipalities.copy()
    employed.loc["0005", "employed_residents"] += 60
    around = replace(instance.surroundings, commuters=commuters)
    return replace(instance, municipalities=employed, surroundings=around)


def about(code: str, instance: Instance, plan: Plan = PLAN) -> list[Finding]:
    return [one for one in labour_market_findings(instance, plan) if one.about == (code,)]


def test_shares_by_hand() -> None:
    instance = with_commuters_to_hav()
    assert instance.surroundings is not None
    shares = commuter_shares(instance, instance.surroundings)
    assert list(shares.columns) == [*instance.codes, "0009"]
    assert shares.loc["0002", "0001"] == pytest.approx(100 / 500)
    assert shares.loc["0005", "0009"] == pytest.approx(60 / 310)
    assert shares.loc["0002", "0002"] == 0


def test_a_group_is_one_labour_market_region_or_several() -> None:
    (one,) = about("0001", three_fjords())
    assert one.key == "labour_market.one_region"
    assert one.fields == {"host": Places(("0001",)), "centre": Places(("0001",))}
    several = about("0004", three_fjords())[0]
    assert several.key == "labour_market.several_regions"
    assert several.fields["count"] == Amount(2)
    assert several.fields["centres"] == Places(("0004", "0006"))


def test_an_office_of_its_own_is_no_group() -> None:
    assert all("region" not in one.key for one in about("0003", three_fjords()))


def test_leaning_by_hand() -> None:
    (dal,) = about("0003", three_fjords())  # 150 to Eid, 50 to Aga, of 1000
    assert dal.key == "labour_market.leans_other_group_two"
    assert dal.fields["first"] == Places(("0004",))
    assert dal.fields["first_share"] == Amount(0.15, "share")
    assert dal.fields["second"] == Places(("0001",))
    (bru,) = about("0002", three_fjords())
    assert bru.key == "labour_market.leans_own_group_one"
    assert bru.fields["first_share"] == Amount(0.2, "share")


def test_few_commuters_are_no_leaning() -> None:
    instance = three_fjords()
    commuters = instance.commuters.copy()
    commuters.loc["0002", "0001"] = 4
    (bru,) = about("0002", replace(instance, commuters=commuters))
    assert bru.key == "labour_market.leans_nowhere"
    assert bru.fields["share"] == Amount(4 / 500, "share")


def test_the_least_share_that_is_a_leaning() -> None:
    instance = three_fjords()
    commuters = instance.commuters.copy()
    commuters.loc["0002", "0001"] = LEAST_LEANING_SHARE * 500
    (bru,) = about("0002", replace(instance, commuters=commuters))
    assert bru.key == "labour_market.leans_own_group_one"


def test_leaning_out_of_the_region_and_the_county() -> None:
    leans, county = about("0005", with_commuters_to_hav())
    assert leans.key == "labour_market.leans_outside_two"
    assert leans.fields["first"] == Places(("0009",))
    assert county.key == "labour_market.other_county"
    # 60 of 310 to Hav; nobody to the rest of Vestland, as Gol is in Østland (40)
    assert county.fields["county"] == Words(("Havland",))
    assert county.fields["share"] == Amount(pytest.approx(60 / 310), "share")
    assert county.fields["own_share"] == Amount(0.0, "share")


def test_nobody_who_commutes_leans() -> None:
    assert not [one for one in about("0001", three_fjords()) if "leans" in one.key]


def test_unknown_surroundings_say_nothing() -> None:
    instance = replace(three_fjords(), surroundings=None)
    assert list(labour_market_findings(instance, PLAN)) == []
