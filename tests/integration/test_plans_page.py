"""The examples of docs/plans.md, computed again on the shipped data."""

from __future__ import annotations

import re

import pytest

from planner.pipeline.plans import PlacedFront, find_front, measured, models_beside
from planner.pipeline.run_scenario import run
from planner.present.plans.lists import written_groups
from planner.scenario.load import load_scenario
from tests.support.data import DATA
from tests.support.paths import ROOT

HALLINGDAL = ROOT / "scenarios" / "hallingdal"
PAGE = (ROOT / "docs" / "plans.md").read_text(encoding="utf-8")


def front(*by: str) -> PlacedFront:
    scenario = load_scenario(HALLINGDAL / "modell-e.yaml")
    return find_front(scenario, models_beside(scenario, DATA), by=by, bundle=DATA)


def test_front_of_hallingdal() -> None:
    found = front("access.mean_min", "structure.offices")
    names = found.space.instance.names
    rows = re.findall(r"^\| ([^|]+) \| ([\d.]+) \| (\d) \| (.*) ?\|$", PAGE, re.MULTILINE)
    assert len(rows) == len(found.front.points) == 6
    for number, (point, (groups, minutes, offices, note)) in enumerate(
        zip(found.front.points, rows, strict=True)
    ):
        assert groups == written_groups(point.plans[0], names).replace(" | ", ", ")
        assert float(minutes) == pytest.approx(point.figures["access.mean_min"], abs=0.05)
        assert int(offices) == point.figures["structure.offices"]
        on = {
            placed.name[7]
            for placed in found.models
            if placed.on_front and placed.plan.host_of == point.plans[0].host_of
        }
        behind = {placed.name[7] for placed in found.models if number in placed.dominated_by}
        assert set(re.findall(r"model (\w)", note)) == on
        assert set(re.findall(r"dominates (\w)", note)) == behind


def test_models_on_the_front_of_travel_and_cover() -> None:
    found = front("access.mean_min", "competence.uncovered_days")
    assert {placed.name[7] for placed in found.models if placed.on_front} == set("ACDE")


def test_hallingdal_measured() -> None:
    gaps = dict(re.findall(r"^\| model (\w) \| ([\d.]+) % \|$", PAGE, re.MULTILINE))
    assert set(gaps) == set("ABCDE")
    for letter, per_cent in gaps.items():
        found = measured(
            run(load_scenario(HALLINGDAL / f"modell-{letter.lower()}.yaml")), bundle=DATA
        )
        assert found is not None
        assert 100 * (found.gap_share or 0.0) == pytest.approx(float(per_cent), abs=0.05)
        assert found.moves.shortest
