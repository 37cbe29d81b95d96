"""Thresholds and the page on risk are what the shipped data give."""

from __future__ import annotations

import pandas as pd
import pytest

from bench.risk_quantiles import by_fifths, figures, thresholds, today
from planner.assess.risk.matrix import score_risks
from planner.pipeline.run_scenario import make_instance, make_plan
from planner.scenario.load import load_scenario
from tests.support.data import DATA

ROOT = DATA.folder.parent
PAGE = (ROOT / "docs" / "risk.md").read_text(encoding="utf-8")


def test_thresholds_are_the_fifths_of_todays_municipalities() -> None:
    """Where this fails, data have changed: run bench/risk_quantiles.py --write."""
    instance = today(DATA)
    table = figures(instance)
    assert len(table) == 356
    for number, measured in by_fifths(instance).items():
        assert thresholds(table[number], measured.worse) == measured.likelihood_beyond, number


def test_no_fifth_is_far_from_a_fifth() -> None:
    instance = today(DATA)
    table = figures(instance)
    for number, measured in by_fifths(instance).items():
        likelihoods = table[number].dropna().map(measured.likelihood)
        # Factor 6 counts whole teams of eleven, so that many share what divides the worst fifths.
        assert (0.05 if number == 6 else 0.09) < (likelihoods == 5).mean() <= 0.21, number


def test_a_municipality_at_the_threshold_is_not_beyond_it() -> None:
    values = pd.Series([1 / 3] * 30 + [2 / 3] * 29 + [1.0] * 41)
    assert thresholds(values, "lower") == {2: 1.0, 3: 1.0, 4: 0.666, 5: 0.333}
    assert thresholds(values, "higher")[2] == 0.334


@pytest.mark.parametrize("model", ["a", "b", "c", "d", "e"])
def test_the_page_has_the_scores_of_the_hallingdal_models(model: str) -> None:
    bundle = DATA
    path = ROOT / "scenarios" / "hallingdal" / f"modell-{model}.yaml"
    scenario = load_scenario(path, bundle)
    instance = make_instance(scenario, bundle)
    plan, _ = make_plan(scenario, instance, bundle)
    assert plan is not None
    risks = score_risks(instance, plan).plan
    products = ["–" if risk.product is None else f"{risk.product:.1f}" for risk in risks]
    marks = ["**" if risk.high else "" for risk in risks]
    written = [f"{mark}{one}{mark}" for one, mark in zip(products, marks, strict=True)]
    total = sum(risk.product or 0 for risk in risks)
    assert f"| {model.upper()} | {' | '.join(written)} | {total:.1f} |" in PAGE


def test_the_page_has_every_threshold() -> None:
    instance = today(DATA)
    for number, factor in instance.risk_factors.items():
        if factor.measured_by:
            limits = " · ".join(f"{one:g}" for one in factor.measured_by.likelihood_beyond.values())
            row = f"| {number} | `{factor.measured_by.indicator}` | {limits} | {factor.consequence}"
            assert row in PAGE
