"""Costs, by hand on the three fjords with round prices; the low ones half, the high ones twice."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from planner.assess.access import host_minutes
from planner.assess.economy.costs import ANNUAL, ONE_OFF, CostPart, quantities
from planner.assess.economy.indicators import assess_economy
from planner.assess.economy.sharing import KEYS, cost_sharing, municipal_costs
from planner.assess.indicator import Indicator
from planner.assess.risk.road_hours import staff_road_hours
from planner.errors import LabelMismatchError
from planner.io.tables.assumptions import load_assumptions
from planner.io.tables.services import read_functions
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.pipeline.run_scenario import make_instance, make_plan
from planner.scenario.load import load_scenario
from tests.support.data import DATA
from tests.support.factories import three_fjords
from tests.support.paths import ROOT

PLAN = Plan.from_groups(
    {"0001": ["0002", "0003"], "0004": ["0005", "0006"]}, locations={"0003": 2, "0006": 1}
)
FET_BUYS = frozenset({("0005", "debt_counselling")})


def figures(instance: Instance, plan: Plan = PLAN) -> dict[str, Indicator]:
    return {one.key.removeprefix("economy."): one for one in assess_economy(instance, plan)}


def test_premises_by_hand() -> None:
    found = figures(three_fjords())["premises_nok"]
    # 1000 NOK x (50 m2 office + 10 m2 location + 20 m2 x FTE); 14 FTE in the west, 10 in the east
    assert found.by_group == {"0001": 340_000, "0004": 260_000}
    assert found.value == 600_000
    assert (found.low, found.high) == (150_000, 2_400_000)
    assert found.provenance == "assumed"


def test_leaders_by_hand() -> None:
    found = figures(three_fjords())["leaders_nok"]
    # 1 000 000 NOK x (0.5 + 1 x inhabitants / 10 000)
    assert found.by_group == pytest.approx({"0001": 1_200_000, "0004": 1_000_000})
    assert found.low == pytest.approx(2_200_000 / 4)


def test_staff_travel_by_hand() -> None:
    found = figures(three_fjords())["staff_travel_nok"]
    # one way: km x 5 NOK for the car, and as many minutes at 600 NOK an hour for each person
    bru = 2 * 10 * (100 + 200)
    dal = 2 * 10 * (250 + 500) + 2 * 50 * 2 * (250 + 2 * 500)
    fet = 2 * 10 * (200 + 400)
    gol = 2 * 10 * (275 + 550) + 2 * 50 * 1 * (275 + 2 * 550)
    assert found.by_municipality == pytest.approx(
        {"0001": 0, "0002": bru, "0003": dal, "0004": 0, "0005": fet, "0006": gol}
    )
    assert found.value == pytest.approx(437_000)
    assert found.by_group == pytest.approx({"0001": bru + dal, "0004": fet + gol})
    # half the trips, staff and prices: 5 trips; 25 weeks with one person at work
    assert found.low == pytest.approx(
        (bru + fet) / 4
        + (15_000 + 16_500) / 4
        + 2 * 25 * 2 * (125 + 250)
        + 2 * 25 * 1 * (137.5 + 275)
    )


@pytest.mark.parametrize(("days", "trips"), [(0, 0), (1, 1), (2.5, 2.5), (4, 1), (5, 0)])
def test_staff_belong_where_they_are_most_days(days: float, trips: float) -> None:
    plan = Plan.from_groups({"0001": three_fjords().codes}, locations={"0002": days})
    assert quantities(three_fjords(), plan).weekly_trips[1] == trips


def test_hours_are_those_of_the_risk_of_hours_on_the_road() -> None:
    instance = three_fjords()
    minutes = host_minutes(instance, PLAN).to_numpy(float)
    hours = staff_road_hours(PLAN, minutes, instance.assumptions).sum()
    free_car = replace(instance, assumptions={**instance.assumptions, "travel_nok_per_km": 0.0})
    paid = figures(free_car)["staff_travel_nok"].value
    assert paid == pytest.approx(600 * hours)


def test_a_known_purchase_ends_when_the_group_can_form_the_team() -> None:
    instance = replace(three_fjords(), bought_services=FET_BUYS)
    assert figures(instance, instance.baseline)["bought_services_nok"].value == 600_000
    assert figures(instance)["bought_services_nok"].value == 0
    assert figures(instance)["bought_services_nok"].low == 0


def test_purchases_of_others_are_not_made_up() -> None:
    assert figures(three_fjords(), three_fjords().baseline)["bought_services_nok"].value == 0


def test_an_unknown_function_leaves_the_purchase_undefined() -> None:
    instance = replace(three_fjords(), bought_services=FET_BUYS, functions={})
    found = figures(instance)
    assert found["bought_services_nok"].value is None
    assert found["bought_services_nok"].by_group == {"0001": 0, "0004": None}
    assert found["annual_nok"].value is None


def test_the_year_is_the_sum_of_its_parts() -> None:
    found = figures(three_fjords())
    assert found["annual_nok"].value == pytest.approx(600_000 + 2_200_000 + 437_000)
    assert found["annual_nok"].high == pytest.approx(
        sum(found[name].high or 0.0 for name in ANNUAL)
    )


def test_gains_and_costs_stand_apart() -> None:
    found = figures(replace(three_fjords(), bought_services=FET_BUYS))
    # premises 780 000 -> 600 000, leaders 4 200 000 -> 2 200 000, bought 600 000 -> 0
    assert found["lower_costs_nok"].value == pytest.approx(180_000 + 2_000_000 + 600_000)
    assert found["higher_costs_nok"].value == pytest.approx(437_000)


def test_the_baseline_changes_nothing() -> None:
    instance = three_fjords()
    found = figures(instance, instance.baseline)
    for name in ("lower_costs_nok", "higher_costs_nok", *(f"one_off_{name}" for name in ONE_OFF)):
        assert (found[name].low, found[name].value, found[name].high) == (0, 0, 0), name
    assert found["staff_travel_nok"].value == 0  # groups of one have nowhere to go


def test_transition_by_hand() -> None:
    found = figures(three_fjords())["one_off_transition_nok"]
    # two groups that get new members, and the 10 FTE of Bru, Dal, Fet and Gol
    assert found.value == 2 * 500_000 + 10 * 10_000
    assert found.by_group == {"0001": 560_000, "0004": 540_000}
    assert found.unit == "nok"


def test_unknown_case_systems_widen_the_range_and_leave_the_middle_undefined() -> None:
    systems = {"0001": "North", "0002": "North", "0003": "South", "0004": "North"}
    found = figures(replace(three_fjords(), case_systems=systems))["one_off_case_systems_nok"]
    assert found.value is None
    assert found.low == 200_000  # Dal alone, at half the price
    assert found.high == 3 * 800_000  # Fet and Gol too, at twice the price
    assert found.by_group == {"0001": 400_000, "0004": None}
    everyone = systems | {"0005": "North", "0006": "South"}
    known = figures(replace(three_fjords(), case_systems=everyone))["one_off_case_systems_nok"]
    assert known.value == 800_000


def test_a_price_of_the_scenario_has_no_range() -> None:
    instance = three_fjords()
    ranges = {
        name: ends for name, ends in instance.assumption_ranges.items() if "posts" not in name
    }
    own = replace(instance, assumption_ranges=ranges)
    assert figures(own)["leaders_nok"].low == pytest.approx(2_200_000 / 2)


def test_no_figure_without_its_assumptions() -> None:
    assert "premises_m2_per_fte" in figures(three_fjords())["premises_nok"].inputs
    assert "premises_m2_per_fte" in figures(three_fjords())["annual_nok"].inputs


class Watched(Mapping[str, float]):
    """Prices that remember which were asked for."""

    def __init__(self, prices: Mapping[str, float]) -> None:
        self.prices = prices
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> float:
        self.asked.add(name)
        return self.prices[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.prices)

    def __len__(self) -> int:
        return len(self.prices)


@pytest.mark.parametrize("part", [*ANNUAL.values(), *ONE_OFF.values()])
def test_a_formula_names_exactly_the_parameters_that_are_used(part: CostPart) -> None:
    instance = three_fjords()
    watched = Watched(instance.assumptions)
    part.cost(quantities(instance, PLAN), watched, "central")
    assert watched.asked == set(part.parameters)


@pytest.mark.parametrize("part", [*ANNUAL.values(), *ONE_OFF.values()])
def test_every_parameter_raises_the_cost(part: CostPart) -> None:
    """So that all at the low end is the cheapest, and all at the high end the dearest."""
    systems = dict.fromkeys(three_fjords().codes, "North") | {"0003": "South"}
    instance = replace(three_fjords(), bought_services=FET_BUYS, case_systems=systems)
    for plan in (PLAN, instance.baseline):
        of = quantities(instance, plan)
        for name in part.parameters:
            dearer = {**instance.assumptions, name: 2 * instance.assumptions[name]}
            before, after = (
                part.cost(of, instance.assumptions, "high"),
                part.cost(of, dearer, "high"),
            )
            assert (after >= before).all()


def test_zero_staff_still_costs_an_office() -> None:
    instance = three_fjords()
    nobody = replace(instance, municipalities=instance.municipalities.assign(fte=0.0))
    found = figures(nobody)
    assert found["premises_nok"].by_group == {"0001": 60_000, "0004": 60_000}
    assert found["one_off_transition_nok"].value == 1_000_000


def test_an_island_that_cannot_be_reached_leaves_travel_undefined() -> None:
    found = figures(with_island())
    assert found["staff_travel_nok"].value is None
    assert found["staff_travel_nok"].by_municipality["0006"] is None
    assert found["staff_travel_nok"].by_group["0001"] == pytest.approx(271_000)
    assert found["annual_nok"].value is None
    assert found["higher_costs_nok"].value is None
    assert found["premises_nok"].value == 600_000


def with_island() -> Instance:
    instance = three_fjords()
    minutes, km = instance.travel.minutes.copy(), instance.travel.km.copy()
    for way in (minutes, km):
        way.loc["0006", :] = way.loc[:, "0006"] = np.inf
        way.loc["0006", "0006"] = 0
    return replace(instance, travel=replace(instance.travel, minutes=minutes, km=km))


def test_a_plan_of_another_region_is_refused() -> None:
    with pytest.raises(LabelMismatchError, match="every municipality of the region"):
        figures(three_fjords(), Plan({"0001": "0001"}))


def test_shipped_leaders_are_those_of_the_function() -> None:
    """The cost of leaders and the competence environment speak of the same leaders."""
    shipped, leader = load_assumptions(DATA), read_functions(DATA)["leader"]
    assert shipped["leader_posts_per_group"].default == leader.need_per_office_fte
    assert shipped["leader_posts_per_10000"].default == leader.need_per_10000_fte


def test_shipped_parameters_are_complete() -> None:
    shipped = load_assumptions(DATA)
    for part in (*ANNUAL.values(), *ONE_OFF.values()):
        assert set(part.parameters) <= set(shipped)
    assert shipped["bought_debt_counselling_nok"].default == 600_000  # Alstahaug


VISITS = pd.DataFrame(
    {"visits_per_month": [50.0, 30.0, 20.0, 10.0]}, index=["0001", "0002", "0003", "0004"]
)


def test_cost_sharing_by_every_key_by_hand() -> None:
    table = cost_sharing(replace(three_fjords(), visits=VISITS), PLAN)
    west = table.loc[["0001", "0002", "0003"]]
    # half of 340 000 + 1 200 000 + 271 000: half of the staff is the municipalities'
    assert west["group_nok"].tolist() == pytest.approx([905_500] * 3)
    assert west["equal_share"].tolist() == pytest.approx([1 / 3] * 3)
    assert west["inhabitants_share"].tolist() == pytest.approx([4 / 7, 1 / 7, 2 / 7])
    assert west["staff_share"].tolist() == pytest.approx([8 / 14, 2 / 14, 4 / 14])
    assert west["users_share"].tolist() == pytest.approx([0.5, 0.3, 0.2])
    assert west["users_nok"].tolist() == pytest.approx([452_750, 271_650, 181_100])
    assert set(west["users_provenance"]) == {"observed"}


def test_unknown_visits_are_replaced_by_inhabitants_and_said() -> None:
    table = cost_sharing(replace(three_fjords(), visits=VISITS), PLAN)
    east = table.loc[["0004", "0005", "0006"]]  # Eid's visits alone are known
    assert east["users_share"].tolist() == pytest.approx([0.6, 0.1, 0.3])
    assert set(east["users_provenance"]) == {"estimated"}


def test_purchases_are_paid_by_municipalities_alone() -> None:
    bought = replace(three_fjords(), bought_services=FET_BUYS)
    dearer = municipal_costs(bought, bought.baseline)["0005"]
    assert dearer - municipal_costs(three_fjords(), bought.baseline)["0005"] == 600_000


def test_a_group_of_one_pays_all_even_without_staff() -> None:
    instance = three_fjords()
    nobody = replace(instance, municipalities=instance.municipalities.assign(fte=0.0))
    table = cost_sharing(nobody, instance.baseline)
    for key in KEYS:
        assert (table[f"{key}_share"] == 1).all()


def test_a_group_without_staff_cannot_be_shared_by_staff() -> None:
    instance = three_fjords()
    nobody = replace(instance, municipalities=instance.municipalities.assign(fte=0.0))
    table = cost_sharing(nobody, PLAN)
    assert table["staff_share"].isna().all()
    assert table["staff_nok"].isna().all()
    assert table["inhabitants_nok"].notna().all()


def test_shares_are_no_better_than_the_weakest_figure_of_the_group() -> None:
    instance = three_fjords()
    table = instance.municipalities.copy()
    table.loc["0002", "fte_provenance"] = "estimated"
    shared = cost_sharing(replace(instance, municipalities=table), PLAN)
    assert shared.loc["0001", "staff_provenance"] == "estimated"
    assert shared.loc["0004", "staff_provenance"] == "observed"


def test_own_budgets_can_be_shared() -> None:
    table = cost_sharing(three_fjords(), PLAN, {"0001": 700.0, "0004": 1000.0})
    assert table["inhabitants_nok"].tolist() == pytest.approx([400, 100, 200, 600, 100, 300])
    with pytest.raises(LabelMismatchError, match="every host"):
        cost_sharing(three_fjords(), PLAN, {"0001": 700.0})


def test_undefined_costs_are_shared_by_nobody() -> None:
    table = cost_sharing(with_island(), PLAN)
    assert table.loc["0004", ["group_nok", "equal_nok"]].isna().all()
    assert table.loc["0004", "equal_share"] == pytest.approx(1 / 3)


def test_the_documented_example_is_what_the_planner_computes() -> None:
    bundle = DATA
    scenario = load_scenario(ROOT / "scenarios" / "hallingdal" / "modell-e.yaml")
    instance = make_instance(scenario, bundle)
    plan, _ = make_plan(scenario, instance, bundle)
    assert plan is not None
    documented = (ROOT / "docs" / "economy.md").read_text(encoding="utf-8")
    before, after = figures(instance, instance.baseline), figures(instance, plan)
    for name, title in (
        ("premises_nok", "premises"),
        ("leaders_nok", "leaders"),
        ("staff_travel_nok", "staff travel"),
        ("lower_costs_nok", "becomes lower"),
        ("higher_costs_nok", "becomes higher"),
        ("one_off_transition_nok", "transition, once"),
    ):
        amounts = thousands(after[name])
        if before[name].value:
            amounts = thousands(before[name]) + amounts
        else:
            amounts = ["", "", "", *amounts]
        row = " | ".join([title, *amounts]).replace("|  ", "| ")
        assert f"| {row} |" in documented


def thousands(one: Indicator) -> list[str]:
    ends = (one.low, one.value, one.high)
    return [f"{round((end or 0.0) / 1000):,}".replace(",", " ") for end in ends]
