"""Competence environment, computed by hand on the three fjords."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from planner.assess.competence.advisers import function_table
from planner.assess.competence.indicators import assess_competence
from planner.assess.indicator import Indicator
from planner.io.tables.assumptions import load_assumptions
from planner.io.tables.services import read_functions
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.present.words.text import keys
from tests.support.data import DATA
from tests.support.factories import (
    ASSUMPTIONS,
    FUNCTIONS,
    make_function,
    make_instance,
    three_fjords,
)
from tests.support.paths import ROOT
from tests.support.simulation import simulated_shortfall

PLAN = Plan.from_groups(
    {"0001": ["0002", "0003"], "0004": ["0005"], "0006": []}, locations={"0005": 1}
)
TOGETHER = Plan.from_groups({"0001": ["0002", "0003", "0004", "0005", "0006"]})
#: P(fewer than 2 of 3 at work): nobody 0.2 x 0.4 x 0.52; one of three, 3 x 0.8 x 0.15 x 0.32.
YOUTH_OF_THREE = 0.0416 + 0.1152


def indicators(instance: Instance, plan: Plan = PLAN) -> dict[str, Indicator]:
    return {one.key.removeprefix("competence."): one for one in assess_competence(instance, plan)}


def with_staff(fte: float | list[float]) -> Instance:
    instance = three_fjords()
    return replace(instance, municipalities=instance.municipalities.assign(fte=fte))


def with_assumptions(**own: float) -> Instance:
    return replace(three_fjords(), assumptions=ASSUMPTIONS | own)


def test_staff_are_allotted_in_proportion_to_need() -> None:
    # 1500 inhabitants, 5 days: 1 + 0.6 + 0.3 + (0.6 + 0.5) = 3 FTE needed, and 3 FTE there are.
    # Leader and youth team take 1.6; municipality and state have half of the other 1.4 each.
    gol = function_table(three_fjords(), PLAN).loc["0006"]
    np.testing.assert_allclose(gol["need_fte"], [1, 0.6, 0.3, 1.1])
    np.testing.assert_allclose(gol["fte"], [1, 0.6, 0.7, 0.7])
    assert gol.index.tolist() == list(FUNCTIONS)
    assert gol["employer"].tolist() == ["either", "either", "municipal", "state"]


def test_a_small_office_shares_fields_among_all_it_has() -> None:
    # Team of three from 3 persons; teams of two from 1.5 municipal and 1.5 state employees.
    gol = function_table(three_fjords(), PLAN).loc["0006"]
    np.testing.assert_allclose(gol["advisers"], [1, 3, 1.5, 1.5])
    np.testing.assert_allclose(gol["post_share"], [1, 0.2, 0.7 / 1.5, 0.7 / 1.5])


def test_a_large_office_has_as_many_advisers_as_posts() -> None:
    # 7000 inhabitants, 5 days: 1 + 2.8 + 1.4 + 3.3 = 8.5 FTE needed, and 14 there are.
    aga = function_table(three_fjords(), PLAN).loc["0001"]
    either = np.array([1, 2.8]) * 14 / 8.5
    own = (14 - either.sum()) / 2
    np.testing.assert_allclose(aga["fte"], [*either, own, own])
    np.testing.assert_allclose(aga["advisers"], aga["fte"])
    np.testing.assert_allclose(aga["fte"].sum(), 14)


def test_uncovered_days_by_hand() -> None:
    table = function_table(three_fjords(), PLAN)["uncovered_days"]
    one_and_a_half = (0.2 + 0.08) / 2
    expected = [0.2, YOUTH_OF_THREE, one_and_a_half, one_and_a_half]
    np.testing.assert_allclose(table["0006"], 230 * np.array(expected))
    # Fet and Eid: 7 FTE for 1 + 1.4 + 0.7 + 2.0 = 5.1; leader 1.37, the others their least team.
    leader = 0.2 - (0.2 - 0.08) * (7 / 5.1 - 1)
    eid = [leader, YOUTH_OF_THREE, 0.08, 0.08]
    np.testing.assert_allclose(table["0004"], 230 * np.array(eid))


def test_uncovered_days_of_groups_municipalities_and_plan() -> None:
    found = indicators(three_fjords())
    days = function_table(three_fjords(), PLAN)["uncovered_days"].groupby("host")
    mean = found["uncovered_days"]
    assert mean.by_group == pytest.approx(days.mean().to_dict())
    assert mean.by_group["0006"] == pytest.approx(230 * (0.2 + YOUTH_OF_THREE + 0.28) / 4)
    assert mean.by_municipality["0005"] == mean.by_group["0004"]
    assert mean.value == pytest.approx(
        sum(
            people * (mean.by_group[host] or 0)
            for host, people in (("0001", 7000), ("0004", 3500), ("0006", 1500))
        )
        / 12_000
    )
    worst = found["most_uncovered_days"]
    assert worst.by_group == pytest.approx(days.max().to_dict())
    assert worst.value == pytest.approx(230 * 0.2)


def test_fields_per_adviser_by_hand() -> None:
    found = indicators(three_fjords())["fields_per_adviser"]
    fields = {"0001": 14, "0004": 7 / 5.1 + 3 + 2 + 2, "0006": 7}
    assert found.by_group == pytest.approx({"0001": 1, "0004": fields["0004"] / 7, "0006": 7 / 3})
    assert found.value == pytest.approx(sum(fields.values()) / 24)


def test_municipalities_per_adviser_by_hand() -> None:
    # 6 FTE for six municipalities: youth team of 3, two in debt counselling, two who follow up.
    found = indicators(with_staff(1.0), TOGETHER)
    mean, within = found["municipalities_per_adviser"], found["within_municipality_limit_share"]
    assert mean.value == pytest.approx((3 * 2 + 2 * 3 + 2 * 3) / 7)
    assert within.value == pytest.approx(3 / 7)
    assert within.by_group == pytest.approx({"0001": 3 / 7})
    table = function_table(with_staff(1.0), TOGETHER).loc["0001", "municipalities"]
    np.testing.assert_allclose(table, [np.nan, 2, 3, 3])


def test_an_office_of_one_municipality_has_one_municipality_per_adviser() -> None:
    found = indicators(three_fjords())["municipalities_per_adviser"]
    assert found.by_group["0006"] == 1


def test_teams_by_hand() -> None:
    # Gol has 0.6 of 3 x 0.5 posts for a youth team and 0.7 of 2 x 0.5 for debt counselling.
    found = indicators(three_fjords())
    for team in ("youth_team_share", "debt_counselling_share"):
        assert found[team].by_group == {"0001": 1, "0004": 1, "0006": 0}
        assert found[team].value == pytest.approx(10_500 / 12_000)
        assert found[team].by_municipality["0003"] == 1
    complete = found["complete_teams_share"]
    assert complete.by_group == {"0001": 1, "0004": 1, "0006": 0.25}
    assert complete.value == pytest.approx((10_500 + 0.25 * 1500) / 12_000)


def test_a_team_needs_persons_as_well_as_posts() -> None:
    functions = {"debt_counselling": make_function(need_per_office_fte=1, least_team=3)}
    region = make_instance(
        {"0001": {"population": 1000, "fte": 4.0}},
        np.zeros((1, 1)),
        assumptions=ASSUMPTIONS,
        functions=functions,
    )
    # 2 municipal posts are more than 3 x 0.5, but there are only 2 persons.
    assert not function_table(region, region.baseline)["team_possible"].any()


def test_state_and_municipal_staff_apart() -> None:
    found = indicators(with_assumptions(municipal_staff_share=0.25))
    assert found["municipal_fte"].value == 6
    assert found["state_fte"].value == 18
    assert found["municipal_fte"].by_group == {"0001": 3.5, "0004": 1.75, "0006": 0.75}
    staffed = function_table(with_assumptions(municipal_staff_share=0.25), PLAN).loc["0006"]
    np.testing.assert_allclose(staffed["fte"], [1, 0.6, 0.35, 1.05])
    np.testing.assert_allclose(staffed["advisers"], [1, 3, 0.75, 2])


def test_state_and_municipal_staff_are_away_by_their_own_shares() -> None:
    own = with_assumptions(state_sick_leave_share=0.1, absence_correlation=0)
    days = function_table(own, PLAN).loc["0006", "uncovered_days"] / 230
    assert days["debt_counselling"] == pytest.approx((0.2 + 0.04) / 2)
    assert days["follow_up"] == pytest.approx((0.1 + 0.01) / 2)
    assert days["leader"] == pytest.approx(0.15)


def test_every_cause_of_absence_counts() -> None:
    causes = ("sick_leave_share", "holiday_share", "vacancy_share", "training_share")
    usual = indicators(three_fjords())["uncovered_days"].value
    for cause in causes:
        more = indicators(with_assumptions(**{cause: 0.3}))["uncovered_days"].value
        assert more is not None
        assert usual is not None
        assert more > usual


def test_a_field_must_fill_the_least_share_of_a_post() -> None:
    strict = function_table(with_assumptions(least_field_post_share=0.5), PLAN).loc["0006"]
    np.testing.assert_allclose(strict["advisers"], [1, 1.2, 1.4, 1.4])
    lenient = function_table(with_assumptions(least_field_post_share=0), PLAN).loc["0006"]
    np.testing.assert_allclose(lenient["advisers"], [1, 3, 1.5, 1.5])


def test_staff_against_need() -> None:
    found = indicators(three_fjords())["staff_to_need_share"]
    assert found.by_group == pytest.approx({"0001": 14 / 8.5, "0004": 7 / 5.1, "0006": 1})
    assert found.value == pytest.approx(24 / 16.6)


def test_days_of_presence_take_staff_from_other_functions() -> None:
    functions = {
        "reception": make_function(employer="either", need_per_presence_day_fte=0.1),
        "debt_counselling": make_function(need_per_10000_fte=2.0),
    }
    instance = replace(three_fjords(), functions=functions)
    few, many = (
        function_table(instance, replace(TOGETHER, locations={"0003": days}))["fte"]
        for days in (0, 5)
    )
    assert many["0001", "reception"] > few["0001", "reception"]
    assert many["0001", "debt_counselling"] < few["0001", "debt_counselling"]


def test_without_staff_no_day_is_covered() -> None:
    found = indicators(with_staff(0.0))
    assert found["uncovered_days"].value == 230
    assert set(found["most_uncovered_days"].by_group.values()) == {230}
    assert found["complete_teams_share"].value == 0
    assert found["fields_per_adviser"].value is None
    assert found["municipalities_per_adviser"].by_group == dict.fromkeys(PLAN.hosts)
    assert found["within_municipality_limit_share"].value is None
    assert function_table(with_staff(0.0), PLAN)["post_share"].isna().all()


def test_one_office_without_staff_leaves_the_others_as_they_are() -> None:
    found = indicators(with_staff([8.0, 2.0, 4.0, 6.0, 1.0, 0.0]))
    usual = indicators(three_fjords())
    for key in ("uncovered_days", "fields_per_adviser", "municipalities_per_adviser"):
        assert found[key].by_group["0004"] == usual[key].by_group["0004"]
    assert found["uncovered_days"].by_group["0006"] == 230


def test_without_inhabitants_means_over_them_are_undefined() -> None:
    instance = three_fjords()
    empty = replace(instance, municipalities=instance.municipalities.assign(population=0))
    found = indicators(empty)
    assert found["uncovered_days"].value is None
    assert found["youth_team_share"].value is None
    assert found["fields_per_adviser"].value is not None


def test_a_function_that_the_table_does_not_have_is_undefined() -> None:
    instance = replace(three_fjords(), functions={"leader": FUNCTIONS["leader"]})
    found = indicators(instance)["youth_team_share"]
    assert found.value is None
    assert set(found.by_group.values()) == {None}


def test_without_functions_there_is_nothing_to_measure() -> None:
    assert not indicators(replace(three_fjords(), functions={}))


def test_a_simulation_of_the_same_staffing_agrees() -> None:
    """Every function of every group, day by day, within four standard errors."""
    rng = np.random.default_rng(11)
    days = 40_000
    for (_, key), row in function_table(three_fjords(), PLAN).iterrows():
        simulated = simulated_shortfall(
            float(row["advisers"]),
            FUNCTIONS[str(key)].least_present,
            absence=0.2,
            correlation=0.25,
            days=days,
            rng=rng,
        )
        expected = row["uncovered_days"] / 230
        assert abs(simulated - expected) < 4 * np.sqrt(expected * (1 - expected) / days)


def test_every_figure_is_assumed_and_named() -> None:
    for key, one in indicators(three_fjords()).items():
        assert one.provenance == "assumed"
        assert {"functions", "assumptions"} <= set(one.inputs)
        assert f"indicator.competence.{key}" in keys()


def shipped(table: dict[str, dict[str, Any]]) -> Instance:
    defaults = {name: one.default for name, one in load_assumptions(DATA).items()}
    return make_instance(
        table,
        np.zeros((len(table), len(table))),
        assumptions=defaults,
        functions=read_functions(DATA),
    )


def test_shipped_needs_are_about_the_staff_of_the_country() -> None:
    """About 9 municipal staff for 10 000 inhabitants, and about as many of the state."""
    office = shipped({"0001": {"population": 16_000, "fte": 29.7}})
    table = function_table(office, office.baseline)
    need = table.groupby("employer")["need_fte"].sum() / 1.6
    assert need.sum() == pytest.approx(18.5, rel=0.05)
    assert need["municipal"] + need["either"] / 2 == pytest.approx(9.2, rel=0.05)
    assert need["state"] + need["either"] / 2 == pytest.approx(9.2, rel=0.05)


def test_shipped_parameters_give_an_adviser_about_fifty_days_of_absence() -> None:
    office = shipped({"0001": {"population": 1000, "fte": 2.0}})
    days = function_table(office, office.baseline).loc["0001", "uncovered_days"]
    away = 1 - (1 - 0.09) * (1 - 0.0962) * (1 - 0.03) * (1 - 0.03)
    assert days["social_assistance"] == pytest.approx(230 * away)


def test_the_example_of_the_documentation_is_what_comes_out() -> None:
    office = shipped({"3039": {"name": "Flå", "population": 1074, "fte": 2.0}})
    row = function_table(office, office.baseline).loc["3039", :].loc["debt_counselling"]
    page = (ROOT / "docs" / "competence.md").read_text(encoding="utf-8")
    assert f"{row['uncovered_days']:.0f} av 230 dager uten dekning" in page
