"""Running scenarios: names to codes, baselines, rest, requests."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from planner.assess.finding import Words, place
from planner.errors import ScenarioError
from planner.model.request import Range
from planner.pipeline.run_scenario import compare, make_instance, make_request, network, run
from planner.scenario.load import load_scenario
from planner.scenario.vocabulary import Scenario
from planner.today import VARIABLE
from tests.support.data import DATA

GOL, HEMSEDAL, AL, HOL, NESBYEN, FLA = "3041", "3042", "3043", "3044", "3040", "3039"

#: Hallingdal had five offices then, Hemsedal served by Gol.
FIVE_OFFICES = dt.date(2018, 1, 1)


def scenario(**keys: Any) -> Scenario:
    base: dict[str, Any] = {
        "schema": 1, "title": "x", "region": {"council": "Hallingdal"}, "date": FIVE_OFFICES
    }  # fmt: skip
    if "propose" not in keys:
        base |= {"groups": [{"host": "Ål", "members": ["Hol"]}], "rest": "baseline"}
    return Scenario.model_validate(base | keys)


def written(folder: Path, name: str, *lines: str) -> Scenario:
    path = folder / name
    head = ["schema: 1", f"title: {name}", "region: {council: Hallingdal}", "date: 2018-01-01"]
    path.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")
    return load_scenario(path)


def test_a_former_name_is_told() -> None:
    region = {"municipalities": ["Ballangen", "Evenes"]}
    groups = [{"host": "Narvik", "members": ["1853"]}]
    base = {"schema": 1, "title": "x", "region": region, "groups": groups}
    told = {one.key: one for one in run(Scenario.model_validate(base)).caveats}
    assert told["read.former"].fields == {  # type: ignore[union-attr]
        "written": Words(("Ballangen",)), "municipality": place("1806")
    }  # fmt: skip
    assert not any(one.key == "read.former" for one in run(scenario()).caveats)


def test_rest_follows_the_baseline_or_gets_own_offices() -> None:
    plan = run(scenario()).plan
    assert plan is not None
    assert dict(plan.host_of) == {
        FLA: FLA, NESBYEN: NESBYEN, GOL: GOL, HEMSEDAL: GOL, AL: AL, HOL: AL
    }  # fmt: skip
    alone = run(scenario(rest="own_office")).plan
    assert alone is not None
    assert alone.host_of[HEMSEDAL] == HEMSEDAL


def test_rest_that_loses_its_host_is_told_at_its_line(tmp_path: Path) -> None:
    drawn = "groups: [{host: Ål, members: [Gol]}]", "rest: baseline"
    told = r"s\.yaml:6  rest: .*Hemsedal.*Gol.*Ål"
    with pytest.raises(ScenarioError, match=told):
        written(tmp_path, "s.yaml", *drawn)
    one_office = "propose: {constraints: {offices: {max: 1}, hosts: {fixed: [Gol]}}}"
    written(tmp_path, "ask.yaml", one_office)
    after_solving = written(tmp_path, "s.yaml", *drawn, "baseline: ask.yaml")
    with pytest.raises(ScenarioError, match=told):
        run(after_solving)


def test_the_baseline_may_be_today_own_offices_or_a_file(tmp_path: Path) -> None:
    assert run(scenario()).scores["structure.offices"].baseline.value == 5
    own = run(scenario(baseline="own_office", rest="own_office"))
    assert own.scores["structure.offices"].baseline.value == 6
    written(
        tmp_path, "one.yaml", "groups: [{host: Gol, members: [Flå, Nesbyen, Hemsedal, Ål, Hol]}]"
    )
    two = written(
        tmp_path, "two.yaml", "baseline: one.yaml", "groups: [{host: Ål, members: [Hol]}]",
        "rest: own_office",
    )  # fmt: skip
    assert run(two).scores["structure.offices"].baseline.value == 1


def test_a_proposal_can_be_a_baseline(tmp_path: Path) -> None:
    written(tmp_path, "ask.yaml", "propose: {constraints: {offices: {max: 2}}}")
    two = written(tmp_path, "two.yaml", "baseline: ask.yaml", "propose: {weights: {office: 1}}")
    assert run(two).scores["structure.offices"].baseline.value == 2


def test_a_baseline_without_an_answer_is_said(tmp_path: Path) -> None:
    written(tmp_path, "ask.yaml", "propose: {constraints: {min_fte: 999, exempt: never}}")
    two = written(tmp_path, "two.yaml", "baseline: ask.yaml", "propose: {weights: {office: 1}}")
    with pytest.raises(ScenarioError, match=r"two\.yaml:5  baseline: ask\.yaml proposes a plan"):
        run(two)


def test_own_figures_replace_the_data_and_say_so() -> None:
    own = {"Gol": {"population": 9999, "fte": 1.5, "case_system": "Egen"}}
    instance = make_instance(scenario(municipalities=own), DATA)
    row = instance.municipalities.loc[GOL]
    assert (row["population"], row["fte"]) == (9999, 1.5)
    assert (row["population_provenance"], row["fte_provenance"]) == ("scenario", "scenario")
    assert instance.municipalities.loc[AL, "population_provenance"] == "observed"
    assert instance.case_systems[GOL] == "Egen"


def test_regional_staff_count_in_the_region_only() -> None:
    result = run(scenario(regional_staff={"Ressursenheten": 6.0}))
    municipal = result.instance.municipalities["fte"].sum()
    assert result.total_fte == pytest.approx(municipal + 6)


def test_a_request_is_turned_into_codes() -> None:
    asked = scenario(
        propose={
            "weights": {"travel": 2, "severed": 0.1},
            "constraints": {
                "offices": {"min": 2, "max": 3},
                "max_travel_minutes": 60,
                "min_fte": 5,
                "max_population": 15000,
                "max_members": 4,
                "hosts": {"fixed": ["Gol"], "forbidden": ["Flå"]},
                "together": [["Ål", "Hol"]],
                "apart": [["Flå", "Hol"]],
                "exempt": ["Hol"],
            },
            "solver": {"time_limit_seconds": 5, "relative_gap": 0.01},
            "alternatives": 2,
        }
    )
    request = make_request(asked, DATA)
    assert request.weights.travel == 2
    assert request.offices == Range(2, 3)
    assert request.max_travel_min == 60
    assert request.fte == Range(5, None)
    assert request.population == Range(None, 15000)
    assert request.max_members == 4
    assert request.hosts_fixed == {GOL}
    assert request.hosts_allowed is None
    assert request.hosts_forbidden == {FLA}
    assert request.together == (frozenset({AL, HOL}),)
    assert request.apart == (frozenset({FLA, HOL}),)
    assert request.exempt == frozenset({HOL})
    assert (request.time_limit_s, request.relative_gap, request.alternatives) == (5, 0.01, 2)


def test_the_first_of_a_comparison_is_the_baseline_of_those_that_name_none() -> None:
    one = scenario(groups=[{"host": "Gol", "members": ["Flå", "Nesbyen", "Hemsedal", "Ål", "Hol"]}])
    named = scenario(baseline="own_office", rest="own_office")
    first, second, third = compare([one, scenario(), named])
    assert first.scores["structure.offices"].change == 1 - 5
    assert second.scores["structure.offices"].change == 4 - 1
    assert third.scores["structure.offices"].change == 5 - 6


def test_the_date_chooses_roads() -> None:
    ofoten: dict[str, Any] = {
        "region": {"municipalities": ["Narvik"], "add": ["Gratangen"]},
        "groups": [{"host": "Narvik", "members": ["Gratangen"]}],
        "rest": None,
    }
    before, after = (
        run(scenario(**ofoten, date=day))
        .scores["access.mean_min"]
        .indicator.by_municipality["5414"]
        for day in (dt.date(2018, 1, 1), dt.date(2019, 1, 1))
    )
    assert before is not None
    assert after is not None
    assert before - after == pytest.approx(18, abs=3)


def test_a_new_link_shortens_ways_and_moves_commuters() -> None:
    tunnel = {"open": [{"link": ["Flå", "Hol"], "minutes": 5, "km": 6}]}
    plain, opened = (
        run(scenario(baseline="own_office", **keys)) for keys in ({}, {"network": tunnel})
    )
    assert opened.instance.travel.minutes.loc[FLA, HOL] == 5
    flows = [result.instance.commuters for result in (plain, opened)]
    assert flows[1].loc[FLA, HOL] > flows[0].loc[FLA, HOL]
    assert flows[1].loc[FLA].sum() <= plain.instance.municipalities.loc[FLA, "employed_residents"]


def test_a_request_s_least_sizes_are_those_of_withdrawal() -> None:
    def least(**keys: Any) -> tuple[float, float]:
        given = make_instance(scenario(**keys), DATA).assumptions
        return given["withdrawal_least_fte"], given["withdrawal_least_population"]

    asked = {"constraints": {"min_fte": 11, "min_population": 6000}}
    assert least() == (5, 0)
    assert least(propose=asked) == (11, 6000)
    own = {"withdrawal_least_fte": 8.0}
    assert least(propose=asked, assumptions=own) == (8, 6000)


def test_the_network_pools_specialists_and_leaves_offices_alone() -> None:
    result = run(scenario())
    beside = network(result, "Nettverk")
    assert beside is not None
    assert beside.plan is not None
    assert beside.plan.host_of == result.instance.baseline.host_of
    assert beside.plan.teams == {FLA: FLA, NESBYEN: NESBYEN, GOL: GOL, AL: AL, HOL: AL}
    assert beside.scenario.title == "Nettverk"
    days = beside.scores["competence.uncovered_days"]
    assert days.baseline == result.scores["competence.uncovered_days"].baseline
    assert days.change is not None
    assert days.change < 0
    assert beside.scores["access.mean_min"].change == 0
    assert "network.decided_at_home" in [caveat.key for caveat in beside.caveats]


def test_no_plan_has_no_network() -> None:
    impossible = {"constraints": {"max_travel_minutes": 1, "offices": {"max": 1}}}
    assert network(run(scenario(propose=impossible)), "Nettverk") is None


def test_a_scenario_sets_how_many_days_todays_locations_are_open() -> None:
    today = run(scenario(assumptions={"location_days_per_week": 3}, rest="baseline"))
    assert today.instance.baseline.locations[HEMSEDAL] == 3
    assert run(scenario()).instance.baseline.locations[HEMSEDAL] == 1


def test_form_today_without_groups_is_the_offices_in_force(tmp_path: Path) -> None:
    found = written(tmp_path, "now.yaml", "form: today")
    result = run(found)
    assert result.plan is not None
    assert result.plan == result.instance.baseline
    assert result.plan.hosts == (FLA, NESBYEN, GOL, AL, HOL)
    of_2026 = run(scenario(date=dt.date(2026, 11, 30)))
    assert set(of_2026.instance.baseline.host_of.values()) == {GOL}


def test_a_scenario_without_a_date_is_of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = scenario(date=None, form="today", groups=None, rest=None)
    monkeypatch.setenv(VARIABLE, "2018-06-01")
    then = run(asked).instance
    monkeypatch.setenv(VARIABLE, "2026-11-30")
    now = run(asked).instance
    assert (then.date, now.date) == (dt.date(2018, 6, 1), dt.date(2026, 11, 30))
    assert (len(then.baseline.hosts), len(now.baseline.hosts)) == (5, 1)
    assert set(now.municipalities["population_year"]) == {2026}


def test_staff_are_divided_between_state_and_municipality_as_they_are() -> None:
    asked = scenario(date=dt.date(2026, 11, 30), form="today", groups=None, rest=None)
    share = run(asked).instance.assumptions["municipal_staff_share"]
    table = run(asked).instance.municipalities
    assert share == pytest.approx(table["municipal_fte"].sum() / table["fte"].sum())
    own = scenario(municipalities={"Gol": {"fte": 12.0}})
    assert run(own).instance.assumptions["municipal_staff_share"] == 0.5
    assert np.isnan(run(own).instance.municipalities.loc[GOL, "state_fte"])


def test_a_dated_scenario_is_the_same_on_every_day(monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    for day in ("2019-05-01", "2041-01-01"):
        monkeypatch.setenv(VARIABLE, day)
        result = run(scenario())
        told.append((result.plan, result.scores, result.caveats))
    assert told[0] == told[1]
