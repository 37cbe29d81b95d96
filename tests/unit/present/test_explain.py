"""Where a figure comes from."""

import pytest

from planner.io.scenario_file import load_scenario
from planner.pipeline import run
from planner.present.explain import UnknownIndicatorError, explain
from planner.result import Result
from tests.integration.test_main_job import HALLINGDAL


@pytest.fixture(scope="module")
def result() -> Result:
    return run(load_scenario(HALLINGDAL / "modell-e.yaml"))


def test_formula_inputs_and_source_rows(result: Result) -> None:
    written = explain(result, "access.mean_min")
    assert "access.mean_min" in written
    assert "22,7" in written
    assert "municipalities.csv:" in written
    assert "Statistics Norway" in written
    rows = [line for line in written.splitlines() if line.startswith("  municipalities.csv:")]
    assert len(rows) == 6


def test_every_indicator_can_be_explained(result: Result) -> None:
    for key in result.scores:
        assert key in explain(result, key)


def test_an_unknown_key_offers_the_nearest(result: Result) -> None:
    with pytest.raises(UnknownIndicatorError, match=r"Did you mean access\.mean_min"):
        explain(result, "access.mean")
