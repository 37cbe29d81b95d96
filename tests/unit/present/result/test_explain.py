"""Where a figure comes from."""

from dataclasses import replace

import pytest

from planner.pipeline.result import Result
from planner.pipeline.run_scenario import run
from planner.present.result.explain import UnknownIndicatorError, explain
from planner.present.words.text import speaking
from planner.scenario.load import load_scenario
from tests.integration.test_main_job import HALLINGDAL
from tests.support.data import DATA


@pytest.fixture(scope="module")
def result() -> Result:
    return run(load_scenario(HALLINGDAL / "modell-e.yaml"))


def test_formula_inputs_and_source_rows(result: Result) -> None:
    written = explain(result, "access.mean_min", DATA)
    assert "access.mean_min" in written
    assert "29,4" in written
    assert "municipalities.csv:" in written
    assert "Statistics Norway" in written
    rows = [line for line in written.splitlines() if line.startswith("  municipalities.csv:")]
    assert len(rows) == 6


def test_every_indicator_can_be_explained(result: Result) -> None:
    for key in result.scores:
        assert key in explain(result, key, DATA)


def test_parameters_stand_beside_their_figure(result: Result) -> None:
    written = explain(result, "economy.premises_nok", DATA)
    assert "premises_nok_per_m2: 1800 NOK/m2/year (1000–2500, forutsatt). Leie" in written
    assert "pris per m² × (m² per kontor" in written
    own = result.scenario.model_copy(update={"assumptions": {"premises_nok_per_m2": 1500.0}})
    instance = replace(
        result.instance,
        assumptions={**result.instance.assumptions, "premises_nok_per_m2": 1500.0},
    )
    written = explain(
        replace(result, scenario=own, instance=instance), "economy.premises_nok", DATA
    )
    assert "premises_nok_per_m2: 1500 NOK/m2/year (satt i scenarioet)" in written


def test_in_english(result: Result) -> None:
    with speaking("en"):
        written = explain(result, "access.mean_min", DATA)
    assert "sum of inhabitants × minutes to the host office / inhabitants" in written
    assert "29.4\u00a0min" in written
    assert "Vertskommune" not in written


def test_a_limit_of_a_request_is_the_scenario_s(result: Result) -> None:
    written = explain(result, "withdrawal.decisive_councils", DATA)
    assert "withdrawal_least_fte: 5 FTE (" in written
    assert "Sier vertskommunen Gol nei" in written
    asked = {**result.instance.assumptions, "withdrawal_least_fte": 11.0}
    instance = replace(result.instance, assumptions=asked)
    written = explain(replace(result, instance=instance), "withdrawal.decisive_councils", DATA)
    assert "withdrawal_least_fte: 11 FTE (satt i scenarioet)" in written


def test_an_unknown_key_offers_the_nearest(result: Result) -> None:
    with pytest.raises(UnknownIndicatorError, match=r"Did you mean 'access\.mean_min'"):
        explain(result, "access.mean", DATA)
