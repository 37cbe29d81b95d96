"""Risk, computed by hand on the three fjords."""

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest

from planner.assess.economy.costs import ANNUAL, quantities
from planner.assess.indicator import Indicator
from planner.assess.risk.matrix import assess_risk, risk_matrix, score_risks
from planner.assess.risk.measures import risk_measures
from planner.assess.risk.road_hours import staff_road_hours
from planner.assess.scorecard import assess, scorecard
from planner.io.tables.risk_factors import RiskMeasure
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.present.result.risk import measure_name
from planner.present.words.text import keys
from planner.scenario.vocabulary import RiskScore
from tests.support.factories import FUNCTIONS, make_factor, make_function, three_fjords

GROUPS = {"0001": ["0002", "0003"], "0004": ["0005"], "0006": []}
PLAN = Plan.from_groups(GROUPS, locations={"0005": 1})


def indicators(instance: Instance, plan: Plan = PLAN) -> dict[str, Indicator]:
    return {one.key.removeprefix("risk."): one for one in assess_risk(instance, plan)}


def products(instance: Instance, plan: Plan = PLAN) -> dict[str, dict[int, float | None]]:
    """Products of every group, by its host."""
    by_group = score_risks(instance, plan).by_group
    return {host: {risk.number: risk.product for risk in risks} for host, risks in by_group.items()}


def with_figures(**figures: float | list[float]) -> Instance:
    instance = three_fjords()
    return replace(instance, municipalities=instance.municipalities.assign(**figures))


def workshop(**scores: tuple[int, int]) -> Plan:
    given = {
        int(number.removeprefix("factor_")): RiskScore(likelihood=one, consequence=other)
        for number, (one, other) in scores.items()
    }
    return replace(PLAN, risk_scores=given)


def without_way_to_gol() -> Instance:
    instance = three_fjords()
    minutes = instance.travel.minutes.copy()
    minutes.loc["0006", :] = minutes.loc[:, "0006"] = np.inf
    minutes.loc["0006", "0006"] = 0
    return replace(instance, travel=replace(instance.travel, minutes=minutes))


def test_figures_by_hand() -> None:
    found = risk_measures(three_fjords(), PLAN)
    staff = found["risk.office_fte"]
    assert staff.by_group == {"0001": 14, "0004": 7, "0006": 3}
    assert staff.value == pytest.approx((7000 * 14 + 3500 * 7 + 1500 * 3) / 12_000)
    # Fet is open on one day of five, and 40 minutes from Eid on the others.
    nearest = found["access.nearest_p90_min"]
    assert nearest.by_group == pytest.approx({"0001": 50, "0004": 32, "0006": 0})
    assert nearest.value == 50  # 10 000 of 12 000 within 32 minutes are too few
    longer = found["risk.longer_way_p90_min"]
    assert longer.by_group == {"0001": 50, "0004": 40, "0006": 0}
    assert longer.value == 50
    # 10 trips to each; to Fet also two of the staff once a week: 110 trips of 80 minutes.
    hours = {"0001": (10 * 40 + 10 * 100) / 60, "0004": 110 * 80 / 60}
    road = found["risk.more_road_days_per_fte"]
    assert road.by_group == pytest.approx(
        {"0001": hours["0001"] / 7.5 / 14, "0004": hours["0004"] / 7.5 / 7, "0006": 0}
    )
    assert road.value == pytest.approx(sum(hours.values()) / 7.5 / 24)
    locations = found["risk.locations_per_office"]
    assert locations.by_group == {"0001": 1, "0004": 2, "0006": 1}
    assert locations.value == pytest.approx((7000 + 2 * 3500 + 1500) / 12_000)


def test_figures_of_functions_by_hand() -> None:
    # Gol: 1, 3, 1.5 and 1.5 advisers share 1, 0.6, 0.7 and 0.7 FTE (see the competence tests).
    gol = {key: one.by_group["0006"] for key, one in risk_measures(three_fjords(), PLAN).items()}
    assert gol["risk.colleagues_per_function"] == pytest.approx(7 / 4)
    assert gol["risk.youth_team_post_share"] == pytest.approx(0.2)
    assert gol["risk.debt_counselling_post_share"] == pytest.approx(0.7 / 1.5)
    assert gol["risk.leader_post_per_owner"] == pytest.approx(1 / 2)
    west = risk_measures(three_fjords(), PLAN)["risk.leader_post_per_owner"].by_group["0001"]
    assert west == pytest.approx(14 / 8.5 / 4)  # three municipalities and the state


def test_days_without_anybody_in_social_assistance_by_hand() -> None:
    functions = {"social_assistance": make_function(need_per_10000_fte=2.0)}
    found = risk_measures(replace(three_fjords(), functions=functions), PLAN)
    days = found["risk.social_assistance_uncovered_days"]
    assert days.by_group["0006"] == pytest.approx(230 * (0.2 + 0.08) / 2)  # 1.5 advisers


def test_every_figure_that_a_factor_may_name_is_computed_and_has_a_text() -> None:
    found = risk_measures(three_fjords(), PLAN)
    assert set(get_args(RiskMeasure)) <= set(found)
    for key in get_args(RiskMeasure):
        assert found[key].unit == "share" or f"unit.{found[key].unit}" in keys()
        assert measure_name(key)


def test_figures_of_other_families_are_those_of_the_scorecard() -> None:
    instance = three_fjords()
    scores = assess(instance, PLAN)
    for key, one in risk_measures(instance, PLAN).items():
        if not key.startswith("risk."):
            assert one.value == pytest.approx(scores[key].value)
            assert one.provenance == scores[key].provenance


def test_hours_on_the_road_are_those_that_the_economy_pays() -> None:
    instance = three_fjords()
    paid = {"travel_nok_per_km": 0.0, "travel_nok_per_hour": 1.0}
    given = {**instance.assumptions, **paid}
    part = ANNUAL["staff_travel_nok"]
    for days in (0, 1, 2.5, 4, 5):
        plan = Plan.from_groups(GROUPS, locations={"0003": days, "0005": 1})
        of = quantities(instance, plan)
        hours = staff_road_hours(plan, 60 * of.hours, given)
        np.testing.assert_allclose(hours, part.cost(of, given, "central"))


def test_likelihood_times_consequence_by_hand() -> None:
    assert products(three_fjords()) == {
        "0001": {1: 2 * 3, 8: None, 10: 4 * 4, 11: 2 * 3, 12: 4 * 3},
        "0004": {1: 3 * 3, 8: None, 10: 3 * 4, 11: 5 * 3, 12: 3 * 3},
        "0006": {1: 4 * 3, 8: None, 10: 1 * 4, 11: 1 * 3, 12: 1 * 3},
    }


def test_a_plan_has_the_mean_over_inhabitants_of_its_groups_likelihoods() -> None:
    of_plan = {risk.number: risk for risk in score_risks(three_fjords(), PLAN).plan}
    assert of_plan[1].likelihood == pytest.approx((7000 * 2 + 3500 * 3 + 1500 * 4) / 12_000)
    assert of_plan[10].product == pytest.approx((7000 * 16 + 3500 * 12 + 1500 * 4) / 12_000)
    assert of_plan[10].high_share == pytest.approx(7000 / 12_000)
    assert not of_plan[10].high  # 13.3: high for most, not for all of them together
    assert of_plan[1].high_share == 0
    assert of_plan[8].high_share is None


def test_sums_by_hand() -> None:
    found = indicators(three_fjords())
    assert found["total"].value == pytest.approx((7000 * 40 + 3500 * 45 + 1500 * 22) / 12_000)
    assert found["total"].by_group == {"0001": 40, "0004": 45, "0006": 22}
    assert found["total"].by_municipality["0005"] == 45
    assert found["most_group_total"].value == 45
    assert found["high_factors"].value == pytest.approx((7000 + 3500) / 12_000)
    assert found["high_factors"].by_group == {"0001": 1, "0004": 1, "0006": 0}
    assert found["unknown_factors"].value == 1
    assert {one.provenance for one in found.values()} == {"assumed"}


def test_today_compared_with_itself_takes_no_longer_way() -> None:
    for of_group in products(three_fjords(), three_fjords().baseline).values():
        assert (of_group[11], of_group[12]) == (3, 3)


def test_shorter_ways_elsewhere_are_not_set_off_against_longer_ones() -> None:
    instance = replace(three_fjords(), baseline=Plan.from_groups({"0003": three_fjords().codes}))
    # Against Dal as host of all, Bru is 20 minutes nearer, Dal 50 minutes farther.
    west = risk_measures(instance, PLAN)["risk.longer_way_p90_min"].by_group["0001"]
    assert west == 50


def test_a_workshop_replaces_what_is_computed_and_is_marked() -> None:
    plan = workshop(factor_8=(5, 5), factor_10=(1, 2))
    matrix = risk_matrix(three_fjords(), plan)
    assert matrix.loc[[8, 10], "scored_by"].tolist() == ["workshop", "workshop"]
    assert matrix.loc[[8, 10], "product"].tolist() == [25, 2]
    assert matrix.loc[[8, 10], "value"].isna().all()
    assert matrix.loc[11, "scored_by"] == "computed"
    found = indicators(three_fjords(), plan)
    computed = indicators(three_fjords())["total"].value
    assert computed is not None
    tens = (7000 * 16 + 3500 * 12 + 1500 * 4) / 12_000
    assert found["total"].value == pytest.approx(computed - tens + 25 + 2)
    assert found["unknown_factors"].value == 0
    assert found["total"].by_group["0006"] == 12 + 25 + 2 + 3 + 3


def test_a_workshop_scores_its_own_plan_and_not_the_baseline() -> None:
    scores = scorecard(three_fjords(), workshop(factor_10=(1, 1)))
    baseline = indicators(three_fjords(), three_fjords().baseline)["total"]
    assert scores["risk.total"].baseline.value == baseline.value


def test_a_workshop_that_scored_everything_leaves_nothing_assumed() -> None:
    plan = workshop(**{f"factor_{number}": (3, 3) for number in (1, 8, 10, 11, 12)})
    found = indicators(three_fjords(), plan)
    assert found["total"].value == 45
    assert found["total"].provenance == "scenario"


def test_a_workshops_scores_hold_for_the_whole_plan_only() -> None:
    scored = workshop(factor_8=(5, 5))
    assert scored.restricted_to(scored.municipalities).risk_scores
    assert not scored.restricted_to(["0001", "0002"]).risk_scores


def test_the_matrix_says_what_each_factor_follows_from() -> None:
    matrix = risk_matrix(three_fjords(), PLAN)
    assert matrix.index.tolist() == [1, 8, 10, 11, 12]
    ways = matrix.loc[10]
    assert (ways["indicator"], ways["value"], ways["unit"]) == ("access.nearest_p90_min", 50, "min")
    assert ways["likelihood"] == pytest.approx(40 / 12)
    assert (ways["consequence"], ways["product"]) == (4, pytest.approx(160 / 12))
    assert (ways["high"], ways["high_share"]) == (False, pytest.approx(7 / 12))
    assert ways["provenance"] == "modelled"
    unknown = matrix.loc[8]
    assert unknown["scored_by"] == "unknown"
    assert unknown[["indicator", "value", "likelihood", "product", "high_share"]].isna().all()
    assert unknown["consequence"] == 4


def test_no_way_to_the_host_is_likeliest() -> None:
    cut_off = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005", "0006"]})
    found = risk_measures(without_way_to_gol(), cut_off)
    assert found["access.nearest_p90_min"].by_group["0004"] == np.inf
    assert found["risk.longer_way_p90_min"].by_group["0004"] == np.inf
    group = products(without_way_to_gol(), cut_off)["0004"]
    assert (group[10], group[11], group[12]) == (20, 15, 15)


def test_an_island_that_was_cut_off_before_is_no_longer_way_than_before() -> None:
    cut_off = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005", "0006"]})
    instance = replace(without_way_to_gol(), baseline=cut_off)
    group = products(instance, cut_off)["0004"]
    assert (group[10], group[11], group[12]) == (20, 3, 3)


def test_without_staff_hours_on_the_road_are_unknown_and_the_office_is_as_small_as_can_be() -> None:
    found = products(with_figures(fte=0.0))
    assert found["0001"] == {1: 15, 8: None, 10: 16, 11: None, 12: 12}
    assert indicators(with_figures(fte=0.0))["unknown_factors"].value == 2
    measures = risk_measures(with_figures(fte=0.0), PLAN)
    assert measures["risk.colleagues_per_function"].value == 0
    assert measures["risk.youth_team_post_share"].value == 0
    assert measures["competence.fields_per_adviser"].value is None


def test_one_office_without_staff_leaves_the_others_as_they_are() -> None:
    usual = products(three_fjords())
    found = products(with_figures(fte=[8.0, 2.0, 4.0, 6.0, 1.0, 0.0]))
    assert {host: found[host] for host in ("0001", "0004")} == {
        host: usual[host] for host in ("0001", "0004")
    }
    assert found["0006"][1] == 15


def test_without_inhabitants_means_over_them_are_unknown() -> None:
    found = indicators(with_figures(population=0))
    assert found["unknown_factors"].value == 5
    assert found["total"].value is found["high_factors"].value is None
    # Hours on the road and the size of the office do not ask for inhabitants.
    assert found["total"].by_group == {"0001": 12, "0004": 24, "0006": 15}


def test_a_group_without_a_score_is_in_no_mean() -> None:
    found = score_risks(with_figures(fte=[8.0, 2.0, 4.0, 6.0, 1.0, 0.0]), PLAN).plan
    road = next(risk for risk in found if risk.number == 11)
    assert road.likelihood == pytest.approx((7000 * 2 + 3500 * 5) / 10_500)


def test_a_function_that_the_table_does_not_have_is_unknown() -> None:
    factors = {5: make_factor("risk.debt_counselling_post_share", beyond=(1, 2, 3, 4))}
    instance = replace(three_fjords(), risk_factors=factors)
    assert indicators(instance)["unknown_factors"].value == 0
    without = {key: one for key, one in FUNCTIONS.items() if key != "debt_counselling"}
    found = indicators(replace(instance, functions=without))
    assert found["unknown_factors"].value == 1
    assert found["total"].value is None
    assert found["most_group_total"].value is None


def test_without_functions_staff_and_ways_are_still_measured() -> None:
    usual, found = products(three_fjords()), products(replace(three_fjords(), functions={}))
    assert found == usual  # none of these factors asks for functions


def test_without_factors_there_is_nothing_to_score() -> None:
    assert not indicators(replace(three_fjords(), risk_factors={}))
