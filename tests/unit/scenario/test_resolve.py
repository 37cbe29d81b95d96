"""Names -> codes: regions, groups, and names that several municipalities bear."""

from __future__ import annotations

from typing import Any

import pytest

from planner.errors import ScenarioError
from planner.scenario.load import resolve
from planner.scenario.resolve import mentions
from planner.scenario.vocabulary import Region, Scenario
from tests.support.data import DATA

HALLINGDAL = ["3039", "3040", "3041", "3042", "3043", "3044"]


def scenario(**parts: Any) -> Scenario:
    return Scenario.model_validate({"schema": 1, "title": "Modell", **parts})


@pytest.mark.parametrize(
    ("region", "codes"),
    [
        ({"council": "Hallingdal"}, HALLINGDAL),
        ({"council": "Hallingdal", "add": ["Krødsherad"]}, [*HALLINGDAL, "3046"]),
        ({"council": "Hallingdal", "remove": ["Gol", "0615"]}, ["3040", "3042", "3043", "3044"]),
        (
            {"municipalities": ["Hol", "3041", "Ål kommune", "0616"]},
            ["3040", "3041", "3043", "3044"],
        ),
        ({"county": "Oslo"}, ["0301"]),
    ],
)
def test_region(region: dict[str, Any], codes: list[str]) -> None:
    assert list(resolve(scenario(region=region), DATA).codes) == codes


@pytest.mark.parametrize(
    "region",
    [
        {},
        {"add": ["Gol"]},
        {"council": "Halingdal"},
        {"council": "Hallingdal", "county": "Nordland"},
        {"council": "Hallingdal", "add": ["Gol"]},
        {"council": "Hallingdal", "remove": ["Bodø"]},
        {"municipalities": ["Gol"], "remove": ["Gol"]},
        {"municipalities": ["Herøy"]},
        {"municipalities": ["Tysfjord"]},
    ],
)
def test_region_that_is_not_well_defined(region: dict[str, Any]) -> None:
    with pytest.raises(ScenarioError, match="region"):
        resolve(scenario(region=region), DATA)


def test_names_are_looked_for_in_the_region_first() -> None:
    def own(name: str, region: dict[str, Any]) -> list[str]:
        asked = scenario(region=region, municipalities={name: {"fte": 1}})
        return list(resolve(asked, DATA).own_figures)

    assert own("Herøy", {"county": "Nordland"}) == ["1818"]
    assert own("Nes", {"council": "Hallingdal"}) == ["3040"]
    for name in ("Herøy", "Goll"):
        with pytest.raises(ScenarioError, match=rf"scenario  municipalities\.{name}: "):
            own(name, {"council": "Hallingdal"})


def test_groups() -> None:
    drawn = scenario(
        region={"council": "Hallingdal"},
        groups=[
            {"host": "Gol", "members": ["Hemsedal", "Flå", "Gol"], "locations": {"Flå": 2}},
            {"host": "0620"},
        ],
    )
    found = resolve(drawn, DATA)
    assert found.host_of == {"3039": "3041", "3041": "3041", "3042": "3041", "3044": "3044"}
    assert found.locations == {"3039": 2}
    assert resolve(scenario(region={"council": "Hallingdal"}), DATA).host_of == {}


def test_a_scenario_is_resolved_once_and_its_copy_anew() -> None:
    one = scenario(region={"council": "Hallingdal"})
    assert resolve(one, DATA) is resolve(one, DATA)
    copy = one.model_copy(update={"region": Region(county="Oslo")})
    assert resolve(copy, DATA).codes == ("0301",)
    assert list(resolve(one, DATA).codes) == HALLINGDAL


def test_every_name_in_the_vocabulary_is_looked_up() -> None:
    """A new part of the vocabulary that names municipalities must be mentioned too."""
    written = scenario(
        region={"council": "A"},
        groups=[{"host": "B", "members": ["C"], "locations": {"D": 1}}],
        propose={
            "constraints": {
                "hosts": {"fixed": ["E"], "allowed": ["F"], "forbidden": ["G"]},
                "together": [["H", "I"]],
                "apart": [["J", "K"]],
                "crossing_allowed": ["L"],
                "exempt": ["M"],
            }
        },
        municipalities={"N": {"fte": 1}},
    )
    assert sorted(name for _, name in mentions(written)) == list("BCDEFGHIJKLMN")
