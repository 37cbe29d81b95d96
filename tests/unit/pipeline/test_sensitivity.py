"""The same plans measured again and again: equal to measuring them once, and fair to all."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.assess.scorecard import assess
from planner.assess.uncertainty import ranges
from planner.cli import main
from planner.io.tables.assumptions import load_assumptions
from planner.model import country
from planner.model.roads.changes import NetworkChanges
from planner.pipeline import sensitivity
from planner.pipeline.result import Result
from planner.pipeline.run_scenario import compare, make_instance
from planner.pipeline.sensitivity import COUNTRY_PARAMETERS, HELD_FIXED, draw_indicators, tornado
from planner.pool import Pool
from planner.scenario.load import load_scenario
from tests.support.data import DATA

BUNDLE = DATA
FOLDER = DATA.folder.parent / "scenarios"
TODAY, TOGETHER = (FOLDER / "hallingdal" / f"modell-{model}.yaml" for model in "ae")
#: Parameters that competence and risk read, and indicators that follow from them.
FEW = {"absence_correlation", "municipal_staff_share", "working_days_per_year"}
QUICK = ("competence.uncovered_days", "competence.municipal_fte", "risk.total")


@pytest.fixture(scope="module")
def results() -> list[Result]:
    return compare([load_scenario(path) for path in (TODAY, TOGETHER)], bundle=BUNDLE)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let only few parameters move, and none of the country's, which take time."""
    monkeypatch.setattr(sensitivity, "HELD_FIXED", frozenset(load_assumptions(BUNDLE)) - FEW)


class Read(Mapping[str, float]):
    """Parameters that remember which of them were read."""

    def __init__(self, values: Mapping[str, float]) -> None:
        self.values_of, self.names = values, set()

    def __getitem__(self, name: str) -> float:
        self.names.add(name)
        return self.values_of[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_of)

    def __len__(self) -> int:
        return len(self.values_of)


def test_the_country_is_made_from_the_parameters_that_are_said_to_make_it() -> None:
    given = Read({name: one.default for name, one in load_assumptions(BUNDLE).items()})
    country._compute(BUNDLE, country.Circumstances(dt.date(2022, 1, 1), NetworkChanges(), given))
    assert given.names == COUNTRY_PARAMETERS


def test_parameters_said_to_be_fixed_exist() -> None:
    assert set(load_assumptions(BUNDLE)) >= HELD_FIXED | COUNTRY_PARAMETERS


def test_a_draw_gives_what_a_scenario_with_its_parameters_gives(results: list[Result]) -> None:
    """Of all indicators, with travel and commuting moved too; nobody's staff are estimated."""
    found = draw_indicators(results, BUNDLE, draws=2, seed=5)
    assert set(found.parameters) == set(load_assumptions(BUNDLE)) - HELD_FIXED
    for place, result in enumerate(results):
        assert result.plan is not None
        given = {str(name): float(value) for name, value in found.parameters.loc[1].items()}
        scenario = result.scenario.model_copy(update={"assumptions": given})
        instance = replace(
            make_instance(scenario, BUNDLE), assumption_ranges=result.instance.assumption_ranges
        )
        expected = assess(instance, result.plan)
        for key, drawn in zip(found.indicators, found.drawn[1, :, place], strict=True):
            value = expected[key].value
            assert drawn == pytest.approx(np.nan if value is None else value, nan_ok=True), key


@pytest.mark.usefixtures("few")
def test_central_figures_are_those_of_the_results(results: list[Result]) -> None:
    found = draw_indicators(results, BUNDLE, draws=1, seed=1)
    assert found.indicators == tuple(results[0].scores)
    for place, result in enumerate(results):
        values = [score.indicator.value for score in result.scores.values()]
        expected = [np.nan if value is None else value for value in values]
        np.testing.assert_allclose(found.central[:, place], expected)


@pytest.mark.usefixtures("few")
def test_the_same_seed_gives_the_same_draws(results: list[Result]) -> None:
    first, again, other = (
        draw_indicators(results, BUNDLE, draws=4, seed=seed, keys=QUICK) for seed in (7, 7, 8)
    )
    np.testing.assert_array_equal(first.drawn, again.drawn)
    pd.testing.assert_frame_equal(first.parameters, again.parameters)
    assert (first.drawn != other.drawn).any()


def test_two_processes_measure_what_one_does(results: list[Result]) -> None:
    given = {"draws": 5, "seed": 3, "country_draws": 3, "keys": QUICK}
    told: list[float] = []
    one = draw_indicators(results, BUNDLE, **given)
    two = draw_indicators(results, BUNDLE, **given, pool=Pool(2), progress=told.append)
    np.testing.assert_array_equal(one.drawn, two.drawn)
    pd.testing.assert_frame_equal(one.parameters, two.parameters)
    assert told == pytest.approx([1 / 3, 2 / 3, 1])


@pytest.mark.usefixtures("few")
def test_a_plan_is_measured_in_the_same_draws_whoever_it_is_compared_with(
    results: list[Result],
) -> None:
    own = results[0].scenario.model_copy(update={"assumptions": {"absence_correlation": 0.1}})
    other = replace(results[0], scenario=own)
    both = draw_indicators([other, results[1]], BUNDLE, draws=4, seed=7, keys=QUICK)
    alone = draw_indicators([results[1]], BUNDLE, draws=4, seed=7, keys=QUICK)
    np.testing.assert_array_equal(both.drawn[:, :, 1], alone.drawn[:, :, 0])


@pytest.mark.usefixtures("few")
def test_what_a_scenario_sets_itself_does_not_move(results: list[Result]) -> None:
    scenario = load_scenario(TODAY)
    own = scenario.model_copy(update={"assumptions": {"municipal_staff_share": 0.5}})
    found = draw_indicators(
        [results[0], *compare([own], bundle=BUNDLE)], BUNDLE, draws=5, seed=1, keys=QUICK
    )
    fte = found.of("competence.municipal_fte")
    assert fte[1].nunique() == 5
    assert (fte[2] == 30.35 / 2).all()
    assert set(found.parameters) == FEW


@pytest.mark.usefixtures("few")
def test_only_what_is_wanted_is_measured(results: list[Result]) -> None:
    found = draw_indicators(results, BUNDLE, draws=2, seed=1, keys=("structure.offices",))
    assert found.indicators == ("structure.offices",)
    np.testing.assert_array_equal(found.drawn, [[[5, 1]]] * 2)


@pytest.mark.usefixtures("few")
def test_a_result_without_a_plan_has_no_figures(results: list[Result]) -> None:
    none = replace(results[1], plan=None, scores={})
    found = draw_indicators([results[0], none], BUNDLE, draws=2, seed=1, keys=QUICK)
    assert np.isnan(found.drawn[:, :, 1]).all()
    assert not np.isnan(found.drawn[:, :, 0]).any()


@pytest.mark.usefixtures("few")
def test_estimated_staff_move_and_published_do_not() -> None:
    path = FOLDER / "indre-salten" / "vertskommune-fauske.yaml"
    results = compare([load_scenario(path)], bundle=BUNDLE)
    table = results[0].instance.municipalities
    assert set(table["fte_provenance"]) == {"estimated"}
    found = draw_indicators(
        results, BUNDLE, draws=60, seed=1, country_draws=60, keys=("structure.most_group_fte",)
    )
    row = ranges(found).loc[("structure.most_group_fte", 1)]
    assert row["low"] < row["central"] < row["high"]
    hallingdal = compare([load_scenario(TOGETHER)], bundle=BUNDLE)
    fixed = draw_indicators(hallingdal, BUNDLE, draws=2, seed=1, keys=("structure.most_group_fte",))
    assert (fixed.drawn == 30.35).all()


@pytest.mark.usefixtures("few")
def test_one_parameter_at_a_time_by_hand(results: list[Result]) -> None:
    found = tornado(results, BUNDLE, keys=QUICK).set_index(["indicator", "parameter", "plan"])
    days = found.loc[("competence.uncovered_days", "working_days_per_year", 2)]
    assert days["at_low"] == pytest.approx(days["central"] * 225 / 230)
    assert days["at_high"] == pytest.approx(days["central"] * 250 / 230)
    assert days["swing"] == pytest.approx(days["central"] * 20 / 230)
    fte = found.loc[("competence.municipal_fte", "municipal_staff_share", 1)]
    assert fte.tolist() == pytest.approx([30.35 / 2, 12.14, 18.21, 3.035])
    assert "estimated_staff_factor" not in found.index.get_level_values("parameter")


def test_ways_move_with_the_ferry_waiting_time(monkeypatch: pytest.MonkeyPatch) -> None:
    others = COUNTRY_PARAMETERS - {"ferry_wait_share"}
    monkeypatch.setattr(sensitivity, "HELD_FIXED", HELD_FIXED | others)
    path = FOLDER / "sor-salten" / "vertskommune.yaml"
    results = compare([load_scenario(path)], bundle=BUNDLE)
    found = tornado(results, BUNDLE, keys=("access.mean_min",))
    assert found["parameter"].tolist() == ["ferry_wait_share"]
    assert found["at_low"].iloc[0] < found["central"].iloc[0] == found["at_high"].iloc[0]


@pytest.mark.usefixtures("few")
def test_the_command_line_shows_ranges_and_how_often_an_order_holds(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["compare", str(TODAY), str(TOGETHER), "--uncertainty", "5"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "[1] Modell A – dagens organisering"
    row = next(line for line in lines if line.startswith("Samlet risiko, sum"))
    assert "128,0 (" in row
    assert "2 1" in row
    assert "100" in row
    assert not any(line.startswith("Kontorer med vertskommune") for line in lines)


@pytest.mark.usefixtures("few")
def test_the_document_has_every_indicator(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["compare", str(TODAY), str(TOGETHER), "--uncertainty", "5", "--json"]
    assert main([*command, "--seed", "3"]) == 0
    document = json.loads(capsys.readouterr().out)
    found = document["uncertainty"]
    assert (found["draws"], found["seed"]) == (5, 3)
    assert set(found["indicators"]) == set(document["scenarios"][0]["indicators"])
    total = found["indicators"]["risk.total"]
    assert total["plans"][1]["central"] == 128
    assert total["plans"][0]["difference_from_first"]["high"] == 0
    assert total["order"]["best_first"] == [2, 1]
    assert set(total["parameters"]) == FEW
    assert len(total["parameters"]["absence_correlation"]["at_low"]) == 2
    assert found["indicators"]["structure.median_group_fte"]["order"] is None


@pytest.mark.parametrize("written", ["0", "-1", "many", "1.5", "10001"])
def test_a_wrong_number_of_draws_is_told(written: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["compare", str(TODAY), f"--uncertainty={written}"])
    assert caught.value.code == 2
    assert "A whole number from 1 to 10000 is expected." in capsys.readouterr().err


def test_the_page_on_uncertainty_says_what_is_held_fixed() -> None:
    page = (Path(FOLDER).parent / "docs" / "uncertainty.md").read_text(encoding="utf-8")
    for name in HELD_FIXED | COUNTRY_PARAMETERS:
        assert f"`{name}`" in page
