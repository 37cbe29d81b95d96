"""The first scenarios of a region: whatever is chosen, they are sound and just of that."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.io.gazetteer import Gazetteer
from planner.scenario.load import load_scenario, resolve
from planner.scenario.new_region import RegionChoice, region_files
from planner.scenario.vocabulary import Propose
from tests.support.data import DATA

GAZETTEER = Gazetteer.from_bundle(DATA)
HEROY = ("1515", "1818")  # two municipalities of one name

CHOICES = [
    RegionChoice(councils=("Lister",)),
    RegionChoice(councils=("Lister",), codes=("1103", *GAZETTEER.councils["Lister"])),
    RegionChoice(counties=("Oslo",)),
    RegionChoice(counties=("Oslo", "Vestfold"), codes=HEROY),
    RegionChoice(councils=("Lister", "Lofoten")),
    RegionChoice(councils=("Lister",), counties=("Agder",)),
    RegionChoice(codes=HEROY),
]


def files(choice: RegionChoice) -> dict[str, str]:
    on = date(2026, 11, 30)
    asked = Propose()
    return region_files(choice, GAZETTEER, on=on, asked=asked, words=lambda part: (part, "Why"))


@pytest.mark.parametrize("choice", CHOICES)
def test_the_files_are_sound_and_of_these_municipalities(
    choice: RegionChoice, tmp_path: Path
) -> None:
    written = files(choice)
    assert list(written) == ["i-dag", "ny-plan", "forslag"]
    for name, text in written.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    read = {name: load_scenario(tmp_path / f"{name}.yaml", DATA) for name in written}
    for scenario in read.values():
        assert resolve(scenario, DATA).codes == choice.members(GAZETTEER)
        assert scenario.date == date(2026, 11, 30)
    assert read["i-dag"].draws_today
    assert read["i-dag"].groups is None
    plan, request = read["ny-plan"], read["forslag"]
    assert plan.groups is not None
    assert len(plan.groups) == len(choice.members(GAZETTEER))
    assert request.propose is not None
    assert (plan.baseline, request.baseline) == ("i-dag.yaml", "i-dag.yaml")
    assert "today" not in {plan.form, request.form}


def test_a_region_is_written_by_its_council_or_counties_where_it_can_be() -> None:
    assert [sorted(choice.written(GAZETTEER)) for choice in CHOICES] == [
        ["council"],
        ["add", "council"],
        ["county"],
        ["add", "counties"],
        ["municipalities"],
        ["municipalities"],
        ["municipalities"],
    ]
    assert CHOICES[1].written(GAZETTEER)["add"] == ["Stavanger"]
    assert CHOICES[3].written(GAZETTEER)["add"] == [
        "Herøy (Møre og Romsdal)",
        "Herøy (Nordland)",
    ]


@pytest.mark.parametrize("choice", CHOICES)
def test_leaving_one_out_leaves_all_others(choice: RegionChoice) -> None:
    first, *others = choice.members(GAZETTEER)
    assert list(choice.without(first, GAZETTEER).members(GAZETTEER)) == others
