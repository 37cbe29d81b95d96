"""Findings by hand on the three fjords."""

from dataclasses import replace

import numpy as np
import pytest

from planner.assess.finding import Amount, Finding, Places
from planner.assess.findings import TOPICS, findings, presence_findings, way_findings
from planner.errors import LabelMismatchError
from planner.model.instance import Instance
from planner.model.plan import Plan
from tests.support.factories import three_fjords

TWO = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005", "0006"]})
TODAY = {"0001": ["0002"], "0003": [], "0004": [], "0006": ["0005"]}


def with_baseline(groups: dict[str, list[str]], **own: object) -> Instance:
    return replace(three_fjords(), baseline=Plan.from_groups(groups, form="today", **own))


def ways(instance: Instance, plan: Plan) -> dict[str, Finding]:
    return {one.about[0]: one for one in way_findings(instance, plan)}


def test_a_way_beside_the_baselines() -> None:
    found = ways(with_baseline(TODAY), TWO)
    assert {code: one.key for code, one in found.items()} == {
        "0001": "way.host_with_staff",
        "0002": "way.as_before",
        "0003": "way.from_own_with_staff",
        "0004": "way.host_with_staff",
        "0005": "way.from_other_with_staff",
        "0006": "way.from_own_with_staff",
    }
    assert found["0001"].fields["fte"] == Amount(4, "fte")  # Dal's; Bru's were there before
    assert found["0001"].fields["members"] == Places(("0002", "0003"))
    assert found["0003"].fields["minutes"] == Amount(50, "min")
    fet = found["0005"].fields
    assert (fet["minutes"], fet["before"]) == (Amount(40, "min"), Amount(15, "min"))
    assert fet["before_host"] == Places(("0006",))
    assert found["0003"].provenance == "modelled"


def test_the_baseline_itself_changes_nothing() -> None:
    instance = with_baseline(TODAY)
    assert {one.key for one in ways(instance, instance.baseline).values()} == {
        "way.host_as_before",
        "way.as_before",
        "way.own_as_before",
    }


def test_a_group_in_two_parts_on_the_map() -> None:
    instance = with_baseline(TODAY)
    whole = Plan.from_groups({"0001": instance.codes})
    assert not any(one.key == "way.apart" for one in way_findings(instance, whole))
    instance.contiguity.remove_edges_from(list(instance.contiguity.edges("0006")))
    apart = [one for one in way_findings(instance, whole) if one.key == "way.apart"]
    assert apart == [
        Finding(
            "way.apart",
            ("0001",),
            "observed",
            {"host": Places(("0001",)), "apart": Places(("0006",))},
        )
    ]


def test_back_to_own_offices() -> None:
    own = Plan({code: code for code in three_fjords().codes})
    found = ways(with_baseline(TODAY), own)
    assert found["0001"].key == "way.own_without_former"
    assert found["0001"].fields["former"] == Places(("0002",))
    assert found["0002"].key == "way.own_new_with_staff"
    assert found["0004"].key == "way.own_as_before"


def test_nobody_moves_without_staff_or_in_a_close_cooperation() -> None:
    instance = three_fjords()
    close = ways(instance, replace(TWO, form="close_cooperation"))
    assert close["0003"].key == "way.from_own"
    assert close["0001"].key == "way.host"
    table = instance.municipalities.assign(fte=0.0)
    assert ways(replace(instance, municipalities=table), TWO)["0003"].key == "way.from_own"


def test_no_way() -> None:
    instance = with_baseline(TODAY)
    minutes = instance.travel.minutes.copy()
    minutes.loc["0003", "0001"] = minutes.loc["0005", "0006"] = np.inf
    cut = replace(instance, travel=replace(instance.travel, minutes=minutes))
    found = ways(cut, TWO)
    assert found["0003"].key == "way.unreachable"
    assert found["0005"].key == "way.from_unreachable_with_staff"


def test_presence_that_changes() -> None:
    plan = replace(TWO, locations={"0002": 2})
    instance = with_baseline({**TODAY, "0006": [], "0005": []}, locations={"0002": 5})
    found = {one.about[0]: one for one in presence_findings(instance, plan)}
    assert found["0002"].key == "presence.changed"
    assert found["0002"].fields["days"] == Amount(2, "days")
    assert found["0003"].key == "presence.lost"
    assert found["0003"].fields["before"] == Amount(5, "days")
    assert set(found) == {"0002", "0003", "0005", "0006"}
    back = presence_findings(replace(instance, baseline=TWO), instance.baseline)
    assert {one.key for one in back} == {"presence.new"}


def test_topics_in_their_order() -> None:
    found = findings(three_fjords(), TWO)
    told = list(dict.fromkeys(one.topic for one in found))
    assert told == [topic for topic in TOPICS if topic != "network"]  # which this plan is not


def test_a_plan_of_other_municipalities() -> None:
    with pytest.raises(LabelMismatchError):
        findings(three_fjords(), Plan({"0001": "0001"}))
