"""Names -> codes: regions, groups, and names that several municipalities bear."""

from __future__ import annotations

from typing import Any

import pytest

from planner.errors import AmbiguousMunicipalityError, ScenarioError, UnknownMunicipalityError
from planner.io.bundle import Bundle
from planner.io.gazetteer import Gazetteer
from planner.scenario.resolve import mentions, region_codes, resolver
from planner.scenario.vocabulary import Scenario

HALLINGDAL = ["3039", "3040", "3041", "3042", "3043", "3044"]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.from_bundle(Bundle())


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
def test_region(region: dict[str, Any], codes: list[str], gazetteer: Gazetteer) -> None:
    assert region_codes(scenario(region=region), gazetteer) == codes


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
def test_region_that_is_not_well_defined(region: dict[str, Any], gazetteer: Gazetteer) -> None:
    with pytest.raises(ScenarioError, match="region"):
        region_codes(scenario(region=region), gazetteer)


def test_names_are_looked_for_in_the_region_first(gazetteer: Gazetteer) -> None:
    nordland = resolver(scenario(region={"county": "Nordland"}), gazetteer)
    assert nordland("Herøy") == "1818"
    hallingdal = resolver(scenario(region={"council": "Hallingdal"}), gazetteer)
    assert hallingdal("Nes") == "3040"
    with pytest.raises(AmbiguousMunicipalityError):
        hallingdal("Herøy")
    with pytest.raises(UnknownMunicipalityError):
        hallingdal("Goll")


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
    assert "".join(name for _, name in mentions(written)) == "BCDEFGHIJKLMN"
