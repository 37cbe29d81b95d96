"""Withdrawal in statements, by hand on the three fjords; the least size is 5 FTE."""

from dataclasses import replace

import numpy as np

from planner.assess.finding import Amount, Finding, Places
from planner.assess.withdrawal.findings import withdrawal_findings
from planner.model.instance import Instance
from planner.model.plan import Plan
from tests.support.factories import ASSUMPTIONS, three_fjords

TWO = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005", "0006"]})


def told(instance: Instance, plan: Plan) -> list[tuple[str, Finding]]:
    return [
        (one.key.removeprefix("withdrawal."), one) for one in withdrawal_findings(instance, plan)
    ]


def about(code: str, instance: Instance, plan: Plan) -> dict[str, Finding]:
    """Return what is said if one council says no."""
    return {
        key: one for key, one in told(instance, plan) if "leave" in key and one.about == (code,)
    }


def test_all_in_order_by_hand() -> None:
    assert [(key, *one.about) for key, one in told(three_fjords(), TWO)] == [
        ("meaning",),  # no council leaves NAV
        ("minimum_fte",),
        ("stands_but_for_pairs", "0001"),  # Dal has 4 FTE alone, Bru 2
        ("depends_on_pair", "0001"),
        ("depends_on_pair", "0001"),
        ("depends", "0004"),
        ("host_leaves_enough", "0001"),  # Bru and Dal have 6
        ("leaver_enough", "0001"),
        ("member_leaves_enough", "0002"),
        ("rest_not_contiguous", "0002"),  # Bru lies between Aga and Dal
        ("leaver_short", "0002"),
        ("member_leaves_enough", "0003"),
        ("leaver_short", "0003"),
        ("host_leaves_short", "0004"),  # Fet and Gol have 4
        ("leaver_enough", "0004"),
        ("member_leaves_enough", "0005"),
        ("rest_not_contiguous", "0005"),
        ("leaver_short", "0005"),
        ("member_leaves_enough", "0006"),
        ("leaver_short", "0006"),
    ]


def test_figures_when_the_host_leaves() -> None:
    fields = about("0001", three_fjords(), TWO)["host_leaves_enough"].fields
    assert fields["new_host"] == Places(("0003",))
    assert fields["rest"] == Places(("0002", "0003"))
    assert fields["fte"] == Amount(6, "fte")
    assert (fields["mean"], fields["mean_before"]) == (Amount(10, "min"), Amount(40, "min"))


def test_groups_name_whom_they_depend_on() -> None:
    by_key = [(key, one.fields) for key, one in told(three_fjords(), TWO)]
    pairs = [fields["pair"] for key, fields in by_key if key == "depends_on_pair"]
    assert pairs == [Places(("0001", "0002")), Places(("0001", "0003"))]
    (depends,) = [fields for key, fields in by_key if key == "depends"]
    assert depends["decisive"] == Places(("0004",), "or")


def test_a_group_that_is_too_small_with_all() -> None:
    plan = Plan.from_groups({"0005": ["0006"], "0001": [], "0002": [], "0003": [], "0004": []})
    small = dict(told(three_fjords(), plan))
    assert small["too_small"].fields["fte"] == Amount(4, "fte")
    assert small["leaves_one_short"].fields["rest"] == Places(("0005",))


def test_a_group_that_stands_whoever_leaves() -> None:
    plan = Plan.from_groups({"0001": ["0004"], "0002": [], "0003": [], "0005": [], "0006": []})
    stands = dict(told(three_fjords(), plan))
    assert stands["stands"].about == ("0001",)
    assert stands["leaves_one_enough"].fields["rest"] == Places(("0001",))


def test_the_minimum_that_is_meant() -> None:
    for fte, population, key in (
        (5.0, 100.0, "minimum_both"),
        (0.0, 100.0, "minimum_population"),
        (0.0, 0.0, "minimum_none"),
    ):
        given = {"withdrawal_least_fte": fte, "withdrawal_least_population": population}
        instance = replace(three_fjords(), assumptions={**ASSUMPTIONS, **given})
        assert told(instance, TWO)[1][0] == key


def test_a_leaver_served_as_before() -> None:
    baseline = Plan.from_groups({"0006": ["0005"], "0001": [], "0002": [], "0003": [], "0004": []})
    instance = replace(three_fjords(), baseline=baseline)
    plan = Plan.from_groups({"0004": ["0003", "0005"], "0006": [], "0001": ["0002"]})
    fields = about("0005", instance, plan)["leaver_as_before"].fields
    assert fields == {"leaver": Places(("0005",)), "host": Places(("0006",))}


def test_one_left_alone_is_served_as_before() -> None:
    baseline = Plan.from_groups({"0006": ["0005"], "0001": [], "0002": [], "0003": [], "0004": []})
    instance = replace(three_fjords(), baseline=baseline)
    plan = Plan.from_groups({"0004": ["0005"], "0006": [], "0001": ["0002", "0003"]})
    fields = dict(told(instance, plan))["left_alone_as_before"].fields
    assert fields == {"left": Places(("0005",)), "host": Places(("0006",))}


def test_a_leaver_whose_staff_are_counted_elsewhere_or_nowhere() -> None:
    instance = three_fjords()
    table = instance.municipalities.copy()
    table.loc[["0002", "0003"], "fte"] = 0.0
    baseline = Plan.from_groups({"0001": ["0002"], "0003": [], "0004": [], "0005": [], "0006": []})
    instance = replace(instance, municipalities=table, baseline=baseline)
    elsewhere = about("0002", instance, TWO)["leaver_with_staff_elsewhere"]
    assert elsewhere.fields["host"] == Places(("0001",))
    assert "leaver_without_staff" in about("0003", instance, TWO)


def test_the_rest_may_be_cut_off() -> None:
    instance = three_fjords()
    minutes = instance.travel.minutes.copy()
    minutes.loc["0005", "0006"] = minutes.loc["0006", "0005"] = np.inf
    cut = replace(instance, travel=replace(instance.travel, minutes=minutes))
    by_key = dict(told(cut, TWO))
    assert by_key["rest_cut_off"].fields["cut_off"] == Places(("0005",))
    further = minutes.copy()
    further.loc[["0005", "0006"], "0004"] = np.inf
    cut = replace(instance, travel=replace(instance.travel, minutes=further))
    assert "host_leaves_without_way_short" in dict(told(cut, TWO))


def test_nobody_who_shares_with_nobody_is_told_of() -> None:
    instance = three_fjords()
    assert told(instance, instance.baseline) == []
