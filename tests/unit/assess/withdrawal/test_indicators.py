"""Withdrawal, computed by hand on the three fjords; the least size is 5 FTE."""

from dataclasses import replace

import numpy as np
import pytest

from planner.assess.indicator import Indicator
from planner.assess.withdrawal.indicators import assess_withdrawal
from planner.assess.withdrawal.rules import (
    Withdrawal,
    after_withdrawal,
    decisive_pairs,
    withdrawals,
)
from planner.errors import LabelMismatchError
from planner.model.instance import Instance
from planner.model.plan import Plan
from tests.support.factories import ASSUMPTIONS, make_instance, three_fjords

TWO = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005", "0006"]})


def indicators(plan: Plan) -> dict[str, Indicator]:
    return {one.key: one for one in assess_withdrawal(three_fjords(), plan)}


def single(instance: Instance, plan: Plan) -> dict[str, Withdrawal]:
    return {one.leavers[0]: one for one in withdrawals(instance, plan)}


def with_baseline(groups: dict[str, list[str]], **own: object) -> Instance:
    baseline = Plan.from_groups(groups, form="today", **own)
    return replace(three_fjords(), baseline=baseline)


def test_a_member_leaves_with_its_staff_by_hand() -> None:
    without_dal = single(three_fjords(), TWO)["0003"]
    assert without_dal.rest == ("0001", "0002")
    assert without_dal.rest_host == "0001"
    assert without_dal.before.fte == 14
    assert without_dal.after.fte == 10
    assert without_dal.after.population == 5000
    assert without_dal.met_after
    assert not without_dal.decisive
    leaver = without_dal.offices["0003"]
    assert (leaver.host, leaver.minutes, leaver.size.fte) == ("0003", 0, 4)
    remaining = without_dal.offices["0002"]
    assert (remaining.host, remaining.minutes, remaining.size.fte) == ("0001", 20, 10)
    assert without_dal.extra_min == 0


def test_a_host_takes_the_office_along_by_hand() -> None:
    without_aga = single(three_fjords(), TWO)["0001"]
    # Dal as host costs Bru's 1000 inhabitants 30 minutes; Bru as host costs Dal's 2000 the same
    assert without_aga.rest_host == "0003"
    assert without_aga.offices["0002"].minutes == 30
    assert without_aga.mean_before_min == pytest.approx((1000 * 20 + 2000 * 50) / 3000)
    assert without_aga.mean_after_min == pytest.approx(1000 * 30 / 3000)
    assert without_aga.after.fte == 6
    assert without_aga.offices["0001"].size.fte == 8


def test_who_decides_alone_by_hand() -> None:
    found = indicators(TWO)
    # Eid leaves 4 FTE behind; 10, 12 and 6 remain in the west, 9 and 7 in the east
    decisive = found["withdrawal.decisive_councils"]
    assert decisive.value == 1
    assert decisive.by_municipality["0004"] == 1
    assert decisive.by_group == {"0001": 0, "0004": 1}
    assert found["withdrawal.secure_share"].value == pytest.approx(7000 / 12_000)
    least = found["withdrawal.least_rest_fte"]
    assert least.value == 4
    assert least.by_group == {"0001": 6, "0004": 4}
    assert found["withdrawal.least_leaver_fte"].value == 1  # Fet
    assert found["withdrawal.most_extra_min"].value == 0


def test_the_rest_may_get_a_longer_way() -> None:
    star = np.full((4, 4), 60.0)
    star[0, :] = star[:, 0] = 30.0
    np.fill_diagonal(star, 0)
    table = {code: {"population": 100, "fte": 1.0} for code in ("0001", "0002", "0003", "0004")}
    instance = make_instance(table, star, assumptions=ASSUMPTIONS)
    hub = single(instance, Plan.from_groups({"0001": list(table)}))["0001"]
    assert hub.rest_host == "0002"  # all three are as near; the lowest code
    assert hub.extra_min == pytest.approx(40 - 30)


def test_a_host_whom_fewer_can_reach_comes_last() -> None:
    instance = three_fjords()
    minutes = instance.travel.minutes.copy()
    minutes.loc["0002", "0003"] = np.inf  # Bru's inhabitants have no way to Dal
    cut = replace(instance, travel=replace(instance.travel, minutes=minutes))
    without_aga = single(cut, TWO)["0001"]
    assert without_aga.rest_host == "0002"


def test_a_member_left_alone_shares_with_nobody() -> None:
    plan = Plan.from_groups({"0001": ["0002"], "0003": [], "0004": [], "0005": [], "0006": []})
    without_bru = single(three_fjords(), plan)["0002"]
    assert without_bru.rest_host is None
    assert without_bru.after.fte == 8
    assert without_bru.offices["0001"].host == "0001"


def test_nobody_can_leave_an_office_of_its_own() -> None:
    instance = three_fjords()
    assert withdrawals(instance, instance.baseline) == []
    found = indicators(instance.baseline)
    assert found["withdrawal.decisive_councils"].value == 0
    assert found["withdrawal.least_rest_fte"].value is None
    # Aga (4000 inhabitants) and Eid (3000) have at least 5 FTE by themselves
    assert found["withdrawal.secure_share"].value == pytest.approx(7000 / 12_000)


def test_least_population_counts_too() -> None:
    instance = three_fjords()
    given = {**ASSUMPTIONS, "withdrawal_least_fte": 0.0, "withdrawal_least_population": 6000.0}
    found = single(replace(instance, assumptions=given), TWO)
    assert found["0002"].met_after  # 4000 + 2000
    assert found["0003"].decisive  # 4000 + 1000
    assert not found["0005"].met_before  # the east has 5000
    assert not found["0005"].decisive


def test_no_stated_minimum_gives_no_indicators() -> None:
    assert list(assess_withdrawal(replace(three_fjords(), assumptions={}), TWO)) == []


def test_pairs_that_decide_only_together() -> None:
    plan = Plan.from_groups({"0001": ["0002", "0003", "0005", "0006"], "0004": []})
    # 18 FTE: without Aga 10 remain; without Aga and Dal 6, Aga and Gol 7, Aga and Bru 8
    given = {**ASSUMPTIONS, "withdrawal_least_fte": 7.5}
    instance = replace(three_fjords(), assumptions=given)
    assert [one.leavers for one in decisive_pairs(instance, plan)] == [
        ("0001", "0003"),
        ("0001", "0006"),
    ]


def test_a_pair_leaves_at_most_all_but_one() -> None:
    plan = Plan.from_groups({"0001": ["0002"], "0003": ["0004", "0005"], "0006": []})
    pairs = [one.leavers for one in withdrawals(three_fjords(), plan, together=2)]
    assert pairs == [("0003", "0004"), ("0003", "0005"), ("0004", "0005")]


# Whom a leaver falls back to.

TODAY = {"0001": [], "0002": [], "0003": [], "0004": [], "0006": ["0005"]}


def test_a_leaver_keeps_its_host_of_today_in_another_group() -> None:
    instance = with_baseline(TODAY, locations={"0005": 2})
    plan = Plan.from_groups(
        {"0004": ["0003", "0005"], "0006": [], "0001": ["0002"]}, locations={"0005": 4}
    )
    fet = single(instance, plan)["0005"]
    assert fet.offices["0005"].host == "0006"
    assert fet.offices["0005"].minutes == 15
    assert fet.offices["0005"].size.fte == 4  # with Gol's 3
    after = after_withdrawal(instance, plan, ["0005"])
    assert after.host_of["0005"] == "0006"
    assert after.presence_days("0005") == 2  # as today, not as planned


def test_a_leaver_gets_its_own_office_if_its_host_of_today_stays_in_the_group() -> None:
    plan = Plan.from_groups({"0004": ["0003", "0005", "0006"], "0001": ["0002"]})
    assert single(with_baseline(TODAY), plan)["0005"].offices["0005"].host == "0005"


def test_a_leaver_gets_its_own_office_if_its_host_of_today_has_no_office_left() -> None:
    plan = Plan.from_groups({"0004": ["0003", "0005"], "0001": ["0002", "0006"]})
    assert single(with_baseline(TODAY), plan)["0005"].offices["0005"].host == "0005"


def test_a_pair_that_cooperates_today_goes_on_together() -> None:
    plan = Plan.from_groups({"0006": ["0003", "0005", "0004"], "0001": ["0002"]})
    pairs = {one.leavers: one for one in withdrawals(with_baseline(TODAY), plan, together=2)}
    after = after_withdrawal(with_baseline(TODAY, locations={"0005": 1}), plan, ["0005", "0006"])
    assert after.presence_days("0005") == 1
    both = pairs["0005", "0006"]
    assert both.offices["0005"].host == both.offices["0006"].host == "0006"
    assert both.offices["0005"].size.fte == 4
    assert both.rest_host == "0004"  # 2000 x 25 minutes there, 3000 x 25 to Dal


def test_who_leaves_a_cooperation_of_today_gets_its_own_office() -> None:
    instance = with_baseline(TODAY)
    without_fet = single(instance, instance.baseline)["0005"]
    assert {code: office.host for code, office in without_fet.offices.items()} == {
        "0005": "0005",
        "0006": "0006",
    }


def test_who_refuses_to_be_host_of_its_host_of_today_keeps_it() -> None:
    plan = Plan.from_groups({"0005": ["0006"], "0001": ["0002"], "0003": [], "0004": []})
    without_fet = single(with_baseline(TODAY), plan)["0005"]
    assert without_fet.offices["0005"].host == "0006"
    assert without_fet.offices["0006"].host == "0006"


def test_councils_of_several_groups_at_once() -> None:
    after = after_withdrawal(three_fjords(), TWO, ["0001", "0006"])
    assert after.groups == {
        "0001": ("0001",),
        "0003": ("0002", "0003"),
        "0004": ("0004", "0005"),
        "0006": ("0006",),
    }


def test_presence_stays_with_those_who_remain() -> None:
    plan = replace(TWO, locations={"0002": 2, "0003": 1})
    after = after_withdrawal(three_fjords(), plan, ["0001"])
    assert after.presence_days("0002") == 2
    assert after.presence_days("0003") == 5  # the new host


def test_a_stranger_cannot_leave() -> None:
    with pytest.raises(LabelMismatchError, match="0009"):
        after_withdrawal(three_fjords(), TWO, ["0009"])
