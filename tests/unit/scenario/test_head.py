"""The head of a scenario file: title, baseline and region, whatever else stands in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.io.gazetteer import Gazetteer
from planner.scenario.head import Head, read_head
from planner.scenario.load import load_scenario
from planner.scenario.resolve import read_region
from tests.support.data import DATA
from tests.support.paths import SCENARIOS

GAZETTEER = Gazetteer.from_bundle(DATA)
TWO = frozenset({"3041", "3042"})


def head(folder: Path, text: str) -> Head:
    path = folder / "fil.yaml"
    path.write_text(text, encoding="utf-8")
    return read_head(path, GAZETTEER)


def test_it_says_what_the_whole_file_does() -> None:
    for path in sorted(SCENARIOS.glob("*/*.yaml")):
        scenario, found = load_scenario(path, DATA), read_head(path, GAZETTEER)
        usual = "" if scenario.baseline == "today" else scenario.baseline
        assert found.title == scenario.title
        assert found.baseline in {scenario.baseline, usual}
        assert found.codes == frozenset(read_region(scenario.region, GAZETTEER).members)


@pytest.mark.parametrize(
    "text",
    [
        "title: To\nbaseline: today\nregion: {municipalities: [Gol, Hemsedal]}\n",
        "groups: [\nregion:\n  #\n  add:\n\n  - Gol\n  - Hemsedal\nbaseline: today\ntitle:\n  To",
        "{title: To, region: {municipalities: [Gol, Hemsedal]}, baseline: today}",
        "x: &name To\ntitle: *name\nbaseline: today\nregion: {municipalities: [Gol, Hemsedal]}",
    ],
)
def test_it_stands_anywhere_and_beside_anything(tmp_path: Path, text: str) -> None:
    assert head(tmp_path, text) == Head("To", "today", TWO)


@pytest.mark.parametrize(
    "text", ["", "title: [", "title: {a: b}", "title: 7\nregion: Gol", "- title", "\x00"]
)
def test_a_file_without_one_has_its_own_name(tmp_path: Path, text: str) -> None:
    assert head(tmp_path, text) == Head("fil")


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    assert read_head(tmp_path / "borte.yaml", GAZETTEER) == Head("borte")


def test_a_part_that_cannot_be_read_takes_no_other_along(tmp_path: Path) -> None:
    found = head(tmp_path, "title: To\nregion: {counsil: Hallingdal}\nbaseline: a.yaml")
    assert found == Head("To", "a.yaml")
