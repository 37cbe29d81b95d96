"""Who gains and who loses, by hand on the three fjords; gains and losses are never added up."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from planner.assess import equity
from planner.assess.equity import (
    BETTER,
    assess_equity,
    figure_provenance,
    must_keep,
    winners_and_losers,
)
from planner.assess.indicator import Indicator
from planner.assess.statistics import gini
from planner.errors import LabelMismatchError
from planner.io.tables.presence import Keep
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.pipeline.run_scenario import make_instance, make_plan
from planner.scenario.load import load_scenario
from tests.support.data import DATA
from tests.support.factories import three_fjords
from tests.support.paths import SCENARIOS

PLAN = Plan.from_groups(
    {"0001": ["0002", "0003"], "0004": ["0005", "0006"]}, locations={"0003": 2, "0006": 1}
)


def figures(instance: Instance, plan: Plan = PLAN) -> dict[str, Indicator]:
    return {one.key.removeprefix("equity."): one for one in assess_equity(instance, plan)}


def table_of(instance: Instance, plan: Plan = PLAN) -> dict[str, dict[str, Any]]:
    return winners_and_losers(instance, plan).to_dict("index")


def test_gini_by_hand() -> None:
    # one of two carries all: half the mean difference 1/2 over the mean 1/2 is 1/2
    assert gini([0, 1], [1, 1]) == pytest.approx(0.5)
    assert gini([3, 3, 3], [1, 5, 2]) == 0
    assert gini([0, 0], [4, 4]) == 0
    # of four people, two at 10 and two at 30: mean difference 10, mean 20
    assert gini([10, 30], [2, 2]) == pytest.approx(10 / 2 / 20)


def test_gini_is_undefined_without_people_or_a_way() -> None:
    assert gini([1, 2], [0, 0]) is None
    assert gini([1, np.inf], [1, 1]) is None
    assert gini([1, np.inf], [1, 0]) == 0


def test_gini_of_minutes_by_hand() -> None:
    found = figures(three_fjords())["host_minutes_gini_share"]
    # 7000 people at 0 minutes, 1000 at 20, 500 at 40, 2000 at 50 and 1500 at 55; 222 500 in all
    under = 1000 * 20_000 + 500 * (20_000 + 40_000) + 2000 * (40_000 + 140_000)
    under += 1500 * (140_000 + 222_500)
    assert found.value == pytest.approx(1 - under / (12_000 * 222_500))


def test_ways_by_hand() -> None:
    found = figures(three_fjords())
    added = found["worst_off_added_min"]
    # Dal is open on 2 of 5 days, Gol on 1; on that day Fet goes to Gol, 15 minutes
    expected = {"0001": 0, "0002": 20, "0003": 30, "0004": 0, "0005": 35, "0006": 44}
    assert added.by_municipality == pytest.approx(expected)
    assert added.value == pytest.approx(44)
    assert found["farther_persons"].value == 1000 + 2000 + 500 + 1500
    assert found["nearer_persons"].value == 0


def test_presence_and_influence_by_hand() -> None:
    found = figures(three_fjords())
    assert found["fewer_presence_days_municipalities"].value == 4
    assert found["more_presence_days_municipalities"].value == 0
    assert found["presence_lost_municipalities"].value == 2  # Bru and Fet
    assert found["jobs_moved_fte"].value == 2 + 4 + 1 + 3
    assert found["host_role_lost_municipalities"].value == 4
    assert found["host_role_gained_municipalities"].value == 0
    assert found["least_group_share"].value == pytest.approx(500 / 5000)
    assert found["least_group_share"].by_municipality["0002"] == pytest.approx(1000 / 7000)


def test_the_way_back_turns_losers_into_winners() -> None:
    instance = replace(three_fjords(), baseline=PLAN)
    found = figures(instance, three_fjords().baseline)
    assert found["nearer_persons"].value == 5000
    assert found["farther_persons"].value == 0
    assert found["worst_off_added_min"].value == 0
    assert found["host_role_gained_municipalities"].value == 4
    assert found["more_presence_days_municipalities"].value == 4
    assert found["jobs_moved_fte"].value == 10


def test_winners_and_losers_by_hand() -> None:
    rows = table_of(three_fjords())
    dal, aga = rows["0003"], rows["0001"]
    assert (dal["host_baseline"], dal["host"]) == ("0003", "0001")
    assert (dal["is_host_baseline"], dal["is_host"]) == (True, False)
    assert (dal["minutes"], dal["minutes_change"]) == (50, 50)
    assert dal["minutes_nearest_change"] == pytest.approx(30)
    assert (dal["presence_days"], dal["presence_days_change"]) == (2, -3)
    assert (dal["jobs_fte"], dal["jobs_fte_change"]) == (0, -4)
    assert dal["group_share"] == pytest.approx(2000 / 7000)
    assert (aga["jobs_fte"], aga["jobs_fte_change"]) == (14, 6)
    assert aga["losses"] == ("group_share",)
    assert {"is_host", "minutes", "presence_days", "jobs_fte"} <= set(dal["losses"])


def test_gains_and_losses_stand_side_by_side() -> None:
    dal = table_of(three_fjords())["0003"]
    assert "uncovered_days" in dal["gains"]
    assert dal["uncovered_days"] < dal["uncovered_days_baseline"]
    assert not set(dal["gains"]) & set(dal["losses"])


def test_every_figure_has_a_provenance() -> None:
    instance = three_fjords()
    found = figure_provenance(instance)
    assert set(found) == set(BETTER)
    assert found["minutes"] == "modelled"
    assert found["group_share"] == "observed"


def test_the_baseline_has_neither_winners_nor_losers() -> None:
    instance = three_fjords()
    for row in table_of(instance, instance.baseline).values():
        assert row["gains"] == row["losses"] == ()


def test_without_functions_the_days_without_cover_are_unknown() -> None:
    rows = table_of(replace(three_fjords(), functions={}))
    assert np.isnan(rows["0003"]["uncovered_days"])
    assert "uncovered_days" not in rows["0003"]["gains"]


def with_island(baseline: Plan | None = None) -> Instance:
    instance = three_fjords()
    minutes = instance.travel.minutes.copy()
    minutes.loc["0006", :] = minutes.loc[:, "0006"] = np.inf
    minutes.loc["0006", "0006"] = 0
    return replace(
        instance,
        travel=replace(instance.travel, minutes=minutes),
        baseline=baseline or instance.baseline,
    )


def test_an_island_that_cannot_be_reached_loses_without_bound() -> None:
    found = figures(with_island())
    assert found["worst_off_added_min"].value is None
    assert found["worst_off_added_min"].by_municipality["0006"] is None
    assert found["farther_persons"].value == 5000
    assert found["host_minutes_gini_share"].value is None
    assert table_of(with_island())["0006"]["minutes_change"] == np.inf
    assert "minutes" in table_of(with_island())["0006"]["losses"]


def test_an_island_without_a_way_before_and_after_does_not_change() -> None:
    instance = with_island(baseline=PLAN)
    assert table_of(instance)["0006"]["minutes_change"] == 0
    assert figures(instance)["worst_off_added_min"].value == 0


def test_zero_staff_and_nobody() -> None:
    instance = three_fjords()
    empty = instance.municipalities.assign(fte=0.0, population=0)
    found = figures(replace(instance, municipalities=empty))
    assert found["jobs_moved_fte"].value == 0
    assert found["least_group_share"].value is None
    assert found["host_minutes_gini_share"].value is None


KEEPS = (
    Keep("0002", "presence", "Øy", "a report"),
    Keep("0003", "presence", "Øy", "a report"),
    Keep("0003", "sami_language", "Språk", "a report"),
)


def test_must_keep_and_the_sami_area() -> None:
    instance = replace(three_fjords(), keep_presence=KEEPS, sami_languages={"0005": "South"})
    instance.municipalities.loc["0005", "sami_admin_area"] = True
    instance.municipalities.loc["0005", "sami_category"] = "språkvitaliseringskommune"
    found = figures(instance)
    assert found["must_keep_lost_municipalities"].value == 1  # Bru
    assert found["must_keep_lost_municipalities"].by_municipality["0002"] == 1
    assert found["sami_area_lost_municipalities"].value == 1
    rows = must_keep(instance, PLAN)
    assert rows[["code", "keeps"]].to_numpy().tolist() == [
        ["0002", "presence"],
        ["0003", "presence"],
        ["0003", "sami_language"],
        ["0005", "sami_area"],
    ]
    area = rows.iloc[-1]
    assert (area["category"], area["language"]) == ("språkvitaliseringskommune", "South")
    assert (rows[["category", "language"]][:-1] == "").all(axis=None)
    assert rows["kept"].tolist() == [False, True, None, False]
    assert rows["presence_days_baseline"].tolist() == [5, 5, 5, 5]
    assert rows["presence_days"].tolist() == [0, 2, 2, 0]


def test_nothing_to_keep() -> None:
    assert must_keep(three_fjords(), PLAN).empty
    assert figures(three_fjords())["must_keep_lost_municipalities"].value == 0


def test_a_plan_of_another_region_is_refused() -> None:
    other = Plan({"0001": "0001"})
    for function in (figures, winners_and_losers, must_keep):
        with pytest.raises(LabelMismatchError, match="every municipality of the region"):
            function(three_fjords(), other)


def test_hallingdal_keeps_a_location_in_every_municipality() -> None:
    bundle = DATA
    scenario = load_scenario(SCENARIOS / "hallingdal" / "modell-e.yaml")
    instance = make_instance(scenario, bundle)
    plan, _ = make_plan(scenario, instance, bundle)
    assert plan is not None
    assert figures(instance, plan)["must_keep_lost_municipalities"].value == 0
    rows = table_of(instance, plan)
    names = {row["name"]: row for row in rows.values()}
    assert names["Gol"]["jobs_fte"] == pytest.approx(30.35)
    assert names["Hemsedal"]["losses"] == ("group_share",)  # Gol is host already
    without = replace(plan, locations={})
    assert figures(instance, without)["must_keep_lost_municipalities"].value == 5


def test_unevenness_of_the_way_to_the_nearest_location_by_all_pairs() -> None:
    instance = three_fjords()
    plan = Plan.from_groups(
        {"0001": ["0002", "0003"], "0004": ["0005", "0006"]}, locations={"0003": 2, "0006": 1}
    )
    ways = {"0001": 0, "0002": 20, "0003": 30, "0004": 0, "0005": 35, "0006": 44}
    people = instance.municipalities["population"].to_dict()
    apart = sum(
        people[one] * people[other] * abs(ways[one] - ways[other]) for one in ways for other in ways
    )
    mean = 163_500 / 12_000
    found = {one.key: one.value for one in assess_equity(instance, plan)}
    expected = apart / (2 * 12_000**2 * mean)
    assert found["equity.nearest_minutes_gini_share"] == pytest.approx(expected)


def test_close_cooperation_moves_no_employment() -> None:
    instance = three_fjords()
    shared = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005", "0006"]})
    table = {
        form: winners_and_losers(instance, replace(shared, form=form))
        for form in ("host_municipality", "close_cooperation")
    }
    fte = instance.municipalities["fte"]
    assert table["host_municipality"].loc["0002", "jobs_fte"] == 0
    assert list(table["close_cooperation"]["jobs_fte"]) == list(fte)
    moved = {
        one.key: one for one in assess_equity(instance, replace(shared, form="close_cooperation"))
    }
    assert moved["equity.jobs_moved_fte"].value == 0


def test_a_change_no_larger_than_the_least_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    instance = replace(three_fjords(), baseline=Plan({code: code for code in three_fjords().codes}))
    assert table_of(instance)["0002"]["minutes_change"] == 20
    monkeypatch.setattr(equity, "LEAST_CHANGE", 20.0)
    assert "minutes" not in table_of(instance)["0002"]["losses"]
    monkeypatch.setattr(equity, "LEAST_CHANGE", 19.9)
    assert "minutes" in table_of(instance)["0002"]["losses"]
