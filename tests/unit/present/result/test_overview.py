"""The start page in words."""

from __future__ import annotations

import pytest

from planner.assess.plans.dominance import Standing
from planner.pipeline.result import Result
from planner.pipeline.run_scenario import run
from planner.present.result.overview import (
    AXES,
    axes_sentence,
    describes_today,
    plan_facts,
    region_figures,
    stand,
    standing_sentence,
    today,
)
from planner.present.words.text import LANGUAGES, speaking
from planner.scenario.load import load_scenario
from tests.integration.test_main_job import HALLINGDAL

SCENARIOS = HALLINGDAL.parent


@pytest.fixture(scope="module")
def found() -> dict[str, Result]:
    names = ("hallingdal/modell-a", "hallingdal/modell-e", "agder/seks-regioner")
    return {name: run(load_scenario(SCENARIOS / f"{name}.yaml")) for name in names}


def test_today_is_what_the_scenario_of_today_draws(found: dict[str, Result]) -> None:
    now = today(found[name] for name in ("hallingdal/modell-e", "hallingdal/modell-a"))
    assert now is not None
    assert now.title.startswith("Modell A")
    assert len(now.plan.hosts) == 5
    labels = [label for label, _, _ in region_figures(now)]
    assert labels[:3] == ["Innbyggere", "Kommuner", "Årsverk i alt"]
    assert len(labels) == 3 + 5


def test_without_todays_scenario_its_baseline_tells(found: dict[str, Result]) -> None:
    model_e = found["hallingdal/modell-e"]
    assert not describes_today(model_e)  # its baseline is another file
    assert today([model_e]) is None
    scenario = model_e.scenario.model_copy(update={"baseline": "today"})
    now = today([Result(scenario, model_e.instance, model_e.plan, scores=model_e.scores)])
    assert now is not None
    assert now.title == "kontorene slik de var 1. januar 2018"
    assert now.plan is model_e.instance.baseline
    assert now.indicators["structure.offices"].value == 5


def test_a_plan_in_a_few_words(found: dict[str, Result]) -> None:
    facts = plan_facts(found["hallingdal/modell-e"], "Modell A")
    assert facts == [
        "vertskommune",
        "36,35\u00a0årsverk",
        "tegnet av mennesker",
        "sammenlignet med Modell A",
    ]


def test_other_regions_are_not_measured_against(found: dict[str, Result]) -> None:
    standings = stand(found)
    assert standings["hallingdal/modell-a"].among == ("hallingdal/modell-e",)
    assert standings["agder/seks-regioner"].among == ()
    titles = {name: one.scenario.title for name, one in found.items()}
    said = [standing_sentence(one, titles) for one in standings.values()]
    assert "den ene andre" in said[0]
    assert "Ingen av de andre scenarioene har samme kommuner" in said[2]
    beaten = Standing(("hallingdal/modell-a",), ("hallingdal/modell-a",))
    assert standing_sentence(beaten, titles).endswith("er Modell A – dagens organisering.")


def test_sizes_do_not_count_as_better() -> None:
    assert [axis.key for axis in AXES] == [
        "structure.offices",
        "access.mean_min",
        "access.max_min",
        "commuting.severed_share",
    ]  # the sentences say that they are four
    for spoken, word in zip(LANGUAGES, ("større", "større", "larger"), strict=True):
        with speaking(spoken):
            assert word in axes_sentence()
