"""A result as plain data: the keys that other programs read."""

import datetime as dt
import json
from dataclasses import replace

import numpy as np
import pytest

from planner.assess.scorecard import scorecard
from planner.model.plan import Plan, Point
from planner.optimise.judge import BrokenLimit
from planner.optimise.proposal import Proposal
from planner.optimise.solver.outcome import Solve
from planner.pipeline.result import Result
from planner.pipeline.run_scenario import run
from planner.present.result.document import as_document, broken_document, rounded_cost
from planner.scenario.vocabulary import Scenario
from tests.support.factories import three_fjords

PLAN = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005", "0006"]}, locations={"0003": 2})


def make_scenario() -> Scenario:
    return Scenario.model_validate(
        {
            "schema": 1,
            "title": "To kontorer",
            "region": {"municipalities": ["Aga"]},
            "groups": [{"host": "Aga"}],
        }
    )


def make_result(proposal: Proposal | None = None) -> Result:
    instance = replace(three_fjords(), regional_fte=2.5)
    return Result(make_scenario(), instance, PLAN, proposal, scorecard(instance, PLAN))


def test_a_drawn_plan() -> None:
    found = as_document(make_result())
    assert list(found) == [
        "scenario",
        "outcome",
        "objective",
        "bound",
        "relative_gap",
        "exempt",
        "exempt_bound",
        "total_fte",
        "regional_fte",
        "groups",
        "indicators",
        "risk",
        "municipalities",
        "points",
        "baseline",
        "table_years",
        "findings",
        "agreement",
        "warnings",
    ]
    assert found["outcome"] is found["objective"] is found["bound"] is None
    assert found["total_fte"] == 26.5
    assert found["regional_fte"] == 2.5
    assert found["groups"][0] == {
        "host": "Aga",
        "members": ["Aga", "Bru", "Dal"],
        "fte": 14.0,
        "population": 7000,
        "exempt": False,
    }
    assert found["municipalities"][2] == {
        "name": "Dal",
        "code": "0003",
        "host": "Aga",
        "minutes": 50.0,
        "minutes_centre": 50.0,
        "minutes_nearest": 30.0,
        "km": 50.0,
        "presence_days": 2.0,
        "population": 2000,
        "population_provenance": "observed",
        "fte": 4.0,
        "fte_provenance": "observed",
    }
    assert found["indicators"]["structure.offices"] == {
        "value": 2.0,
        "unit": "offices",
        "provenance": "scenario",
        "baseline": 6.0,
        "change": -4.0,
    }
    assert found["warnings"] == ["Eid: gruppen går over fylkesgrensen (Vestland og Østland)."]


def test_a_proposal_says_what_was_proved() -> None:
    solve = Solve("feasible", 12.5, 10.0, 0.2, 1.0, "HiGHS", "1")
    found = as_document(make_result(Proposal(PLAN, solve)))
    assert [found[key] for key in ("outcome", "objective", "bound", "relative_gap")] == [
        "feasible",
        12.5,
        10.0,
        0.2,
    ]


def test_exemptions_stand_beside_what_is_proved_of_them() -> None:
    solve = Solve("feasible", 12.5, 10.0, None, 1.0, "HiGHS", "1", exempt=3, exempt_bound=1)
    found = as_document(make_result(Proposal(PLAN, solve)))
    assert [found[key] for key in ("relative_gap", "exempt", "exempt_bound")] == [None, 3, 1]


def test_small_weights_leave_digits_enough() -> None:
    assert [rounded_cost(value) for value in (12.3456789, 1.23456789e-6, 0.0, None)] == [
        12.345679,
        1.23457e-6,
        0.0,
        None,
    ]


def test_no_plan_leaves_lists_empty() -> None:
    solve = Solve("infeasible", None, None, None, 1.0, "HiGHS", "1")
    result = replace(make_result(Proposal(None, solve)), plan=None, scores={})
    found = as_document(result)
    assert found["groups"] == found["municipalities"] == []
    assert found["indicators"] == {}


def test_infinity_has_no_place_in_json() -> None:
    result = make_result()
    minutes = result.instance.travel.minutes.copy()
    minutes.loc["0006", "0004"] = np.inf
    travel = replace(result.instance.travel, minutes=minutes)
    found = as_document(replace(result, instance=replace(result.instance, travel=travel)))
    assert found["municipalities"][5]["minutes"] is None
    json.dumps(found, allow_nan=False)


def test_a_broken_limit_names_municipalities() -> None:
    names = {"1": "Gol", "3": "Ål"}
    assert broken_document(BrokenLimit("exempt", None, ("1", "3"), 2.0, 0.0), names) == {
        "limit": "exempt",
        "host": None,
        "municipalities": ["Gol", "Ål"],
        "value": 2.0,
        "allowed": 0.0,
    }


def test_years_parts_and_bands_stand_beside_the_figures() -> None:
    on = dt.date(2026, 11, 30)
    scenario = Scenario.model_validate(
        {"schema": 1, "title": "x", "region": {"council": "Ofoten"}, "date": on, "form": "today"}
    )
    found = as_document(run(scenario))
    assert found["scenario"]["date"] == "2026-11-30"
    narvik = next(row for row in found["municipalities"] if row["name"] == "Narvik")
    assert narvik["population_year"] == narvik["fte_year"] == 2026
    assert narvik["state_fte"] + narvik["municipal_fte"] == pytest.approx(narvik["fte"], abs=1e-5)
    assert narvik["fte_low"] < narvik["fte"] < narvik["fte_high"]
    assert found["table_years"]["commuting"] == 2022


def test_points_are_listed_for_the_plan_and_for_the_baseline() -> None:
    point = Point("0003", "Dalen", "0303", 60.0, 10.0, 4, 1)
    today = Plan({code: code for code in three_fjords().codes}, form="today", points=(point,))
    instance = replace(three_fjords(), baseline=today)
    found = as_document(Result(make_scenario(), instance, PLAN, None, scorecard(instance, PLAN)))
    assert found["points"] == []
    assert found["baseline"]["units"] == 1
    assert found["baseline"]["points"] == [
        {
            "municipality": "Dal",
            "code": "0003",
            "label": "Dalen",
            "unit": "0303",
            "lat": 60.0,
            "lon": 10.0,
            "days_open": 4,
            "drop_in_days": 1,
        }
    ]
