"""A plan is a partition in which every host serves itself."""

import pytest

from planner.model.plan import Plan, PlanError

PLAN = Plan.from_groups({"02": ["01", "03"], "04": []}, locations={"03": 2})


def test_groups_hosts_and_order() -> None:
    assert PLAN.groups == {"02": ("01", "02", "03"), "04": ("04",)}
    assert PLAN.hosts == ("02", "04")
    assert PLAN.municipalities == ("01", "02", "03", "04")
    assert Plan.from_groups({"04": [], "02": ["03", "01", "02"]}, locations={"03": 2}) == PLAN


def test_presence() -> None:
    assert [PLAN.presence_days(code) for code in PLAN.municipalities] == [0, 5, 2, 5]


def test_two_groups_for_one_municipality() -> None:
    with pytest.raises(PlanError, match="01 is in two groups"):
        Plan.from_groups({"02": ["01"], "03": ["01"]})


def test_a_host_that_is_served_elsewhere() -> None:
    with pytest.raises(PlanError, match="hosts that do not serve themselves: 02"):
        Plan({"01": "02", "02": "03", "03": "03"})


def test_a_location_outside_the_plan() -> None:
    with pytest.raises(PlanError, match="locations outside the plan: 09"):
        Plan.from_groups({"01": []}, locations={"09": 1})


def test_a_plan_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        PLAN.host_of["01"] = "01"  # type: ignore[index]


def test_those_who_lose_their_host_get_their_own_office() -> None:
    kept = PLAN.restricted_to(["01", "03", "04"])
    assert kept.host_of == {"01": "01", "03": "03", "04": "04"}
    assert kept.locations == {"03": 2}
