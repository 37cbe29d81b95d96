"""New scenarios out of old texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.model.weights import Weights
from planner.scenario.edit import with_groups, with_request
from planner.scenario.load import check_scenario, known_in
from planner.scenario.vocabulary import Constraints, Offices, Propose, Scenario
from tests.support.data import DATA

DRAWN = """\
# written by hand
schema: 1
title: Old
region: {council: Hallingdal}
baseline: own_office
form: close_cooperation
groups:
  - {host: Gol, members: [Flå, Nesbyen, Hemsedal, Ål, Hol]}
municipalities:   # from the report
  Gol: {fte: 11.5}
workshop: {risk: {1: {likelihood: 2, consequence: 2}}}
"""
ASKED = Propose(
    weights=Weights(travel=0.0, office=1.0),
    constraints=Constraints(
        offices=Offices(max=2), max_travel_minutes=75.0, together=[["Gol", "Ål"]]
    ),
)


def read(text: str) -> Scenario:
    scenario, faults = check_scenario(text, Path("new.yaml"), known_in(DATA))
    assert faults == []
    assert scenario is not None
    return scenario


def test_a_request_in_another_scenarios_circumstances() -> None:
    text = with_request(DRAWN, ASKED, title="New", description="Why")
    scenario = read(text)
    assert scenario.propose == ASKED
    assert (scenario.title, scenario.description) == ("New", "Why")
    assert (scenario.groups, scenario.workshop.risk) == (None, {})
    assert scenario.municipalities["Gol"].fte == 11.5
    assert scenario.form == "close_cooperation"
    assert text.startswith("# written by hand\n")
    assert "# from the report" in text
    assert "offices: {max: 2}" in text
    assert "max_travel_minutes: 75\n" in text


def test_a_plan_in_another_scenarios_circumstances() -> None:
    asking = with_request(DRAWN, ASKED, title="New", description="Why")
    groups = {"Gol": ["Gol", "Flå", "Nesbyen", "Hemsedal"], "Hol": ["Ål", "Hol"]}
    scenario = read(with_groups(asking, groups, title="Drawn", description="Why"))
    assert scenario.propose is None
    assert scenario.groups is not None
    assert {one.host: one.members for one in scenario.groups} == {
        "Gol": ["Flå", "Nesbyen", "Hemsedal"],
        "Hol": ["Ål"],
    }


def test_todays_form_is_not_taken_over_and_todays_plan_may_be_the_baseline() -> None:
    today = DRAWN.replace("close_cooperation", "today").replace("baseline: own_office\n", "")
    text = with_request(today, ASKED, title="New", description="Why", baseline="today")
    scenario = read(text)
    assert (scenario.form, scenario.baseline) == ("host_municipality", "today")


@pytest.mark.parametrize(
    "title", ["a: b # c", "'quoted' \"twice\"", "- list", "🏔️ {x}", "1", "null"]
)
def test_any_title_stays_a_text(title: str) -> None:
    assert read(with_request(DRAWN, ASKED, title=title, description=title)).title == title
