"""The risk factors as people read them."""

from dataclasses import replace

import numpy as np

from planner.assess.risk.matrix import risk_matrix
from planner.model.plan import Plan
from planner.present.result.risk import measure_name, risk_grid, risk_report
from planner.scenario.vocabulary import RiskScore
from tests.support.factories import three_fjords

PLAN = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005"], "0006": []})


def test_the_grid_has_every_scored_factor_once() -> None:
    grid = risk_grid(risk_matrix(three_fjords(), PLAN))
    assert list(grid.index) == [5, 4, 3, 2, 1]
    assert list(grid.columns) == [1, 2, 3, 4, 5]
    assert grid.loc[3, 4] == (10,)  # a mean of 3.3
    assert sorted(number for cell in grid.to_numpy().ravel() for number in cell) == [1, 10, 11, 12]


def test_the_report_says_what_was_measured_and_who_scored() -> None:
    scored = replace(PLAN, risk_scores={8: RiskScore(likelihood=5, consequence=5)})
    lines = risk_report(three_fjords(), scored).splitlines()
    ways = next(line for line in lines if line.startswith("10 "))
    assert "Reisetid til nærmeste åpne sted, 90-persentil: 50,0\u00a0min" in ways
    assert ways.split()[-6:] == ["3,3", "4", "13,3", "beregning", "58,3", "%"]
    age = next(line for line in lines if line.startswith("8 "))
    assert age.split() == ["8", "alder", "–", "5", "5", "25", "verksted", "alle"]


def test_an_unknown_factor_has_no_score() -> None:
    lines = risk_report(three_fjords(), PLAN).splitlines()
    age = next(line for line in lines if line.startswith("8 "))
    assert age.split() == ["8", "alder", "–", "–", "4", "–", "ingen"]


def test_no_way_is_shown_as_no_figure() -> None:
    instance = three_fjords()
    minutes = instance.travel.minutes + np.where(np.eye(6), 0, np.inf)
    cut_off = replace(instance, travel=replace(instance.travel, minutes=minutes))
    ways = next(x for x in risk_report(cut_off, PLAN).splitlines() if x.startswith("10 "))
    assert ": –" in ways
    assert ways.split()[-6:] == ["4,5", "4", "18", "beregning", "87,5", "%"]


def test_figures_of_either_kind_have_names() -> None:
    assert measure_name("access.nearest_p90_min").startswith("Reisetid")
    assert measure_name("risk.office_fte") == "årsverk på kontoret, snitt per innbygger"
