"""The start page in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.model.plan import Plan
from planner.pipeline.result import Result
from planner.pipeline.run_scenario import run
from planner.present.result.overview import TABLE, losses, plan_facts, plan_lines, table_rows
from planner.present.words.text import LANGUAGES, speaking
from planner.scenario.load import load_scenario
from tests.integration.test_main_job import HALLINGDAL

SCENARIOS = HALLINGDAL.parent


@pytest.fixture(scope="module")
def found() -> dict[str, Result]:
    names = ("hallingdal/modell-a", "hallingdal/modell-e", "ofoten/kommunesammenslaing-2020")
    return {name: run(load_scenario(SCENARIOS / f"{name}.yaml")) for name in names}


def test_a_plan_in_a_few_words(found: dict[str, Result]) -> None:
    facts = plan_facts(found["hallingdal/modell-e"], "Modell A")
    assert facts == [
        "vertskommune",
        "36,35\u00a0årsverk",
        "laget av en arbeidsgruppe",
        "sammenlignet med Modell A",
    ]


def test_three_lines_about_a_plan(found: dict[str, Result]) -> None:
    offices, way, presence = plan_lines(found["hallingdal/modell-e"], "Modell A")
    assert offices == "1\u00a0kontor, mot 5 før (Modell A)"
    assert way.startswith("Lengst ny vei: Flå får")
    assert "vertskontoret i Gol" in way
    assert presence == "Mister daglig bemanning: Flå, Nesbyen, Ål og Hol"


def with_plan(result: Result, plan: Plan) -> Result:
    return Result(result.scenario, result.instance, plan, None, result.scores)


def test_a_plan_that_changes_nothing(found: dict[str, Result]) -> None:
    result = found["hallingdal/modell-a"]
    lines = plan_lines(with_plan(result, result.instance.baseline), "før")
    assert lines[1:] == [
        "Ingen kommune får lengre vei til vertskontoret",
        "Ingen kommune mister daglig bemanning",
    ]


def test_what_is_lost_comes_from_law_and_presence(found: dict[str, Result]) -> None:
    model_e = found["hallingdal/modell-e"]
    drawn = model_e.plan
    assert drawn is not None
    assert losses(model_e) == []
    emptied = with_plan(model_e, replace(drawn, locations={}))
    assert losses(emptied) == [
        "Skal ha bemanning, men får ingen: 5 kommuner, blant dem Flå, Nesbyen, Hemsedal og Ål."
    ]
    free = replace(model_e.instance, keep_presence=())
    left = losses(Result(model_e.scenario, free, emptied.plan, None, model_e.scores))
    assert left == ["Mister all bemanning: 5 kommuner, blant dem Flå, Nesbyen, Hemsedal og Ål."]
    unlawful = losses(with_plan(model_e, replace(drawn, form="close_cooperation")))
    assert "enkeltvedtak" in unlawful[0]


def test_the_table_has_a_cell_for_every_alternative(found: dict[str, Result]) -> None:
    for spoken in LANGUAGES:
        with speaking(spoken):
            rows = table_rows(found)
            assert len(rows) == len(TABLE)
            assert {len(row.cells) for row in rows} == {len(found)}
    assert table_rows(found)[0].cells[1] == "1 (\N{MINUS SIGN}4)"


def test_without_a_plan_nothing_is_said(found: dict[str, Result]) -> None:
    result = found["hallingdal/modell-a"]
    nothing = Result(result.scenario, result.instance, None)
    assert plan_lines(nothing, "før") == []
    assert losses(nothing) == []
    assert table_rows({"x": nothing})[0].cells == ("",)
