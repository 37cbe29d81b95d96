"""Which changes of the network are refused, and with which words, before anything is computed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from planner.errors import ScenarioError
from planner.model.roads.changes import ChangedLink, ClosedLink, NetworkChanges, OpenedLink
from planner.scenario.load import check_scenario, known_in, resolve
from planner.scenario.vocabulary import Scenario
from tests.support.data import DATA

HEAD = """schema: 1
title: Modell
region: {municipalities: [Narvik, Gratangen]}
groups: [{host: Narvik, members: [Gratangen]}]
"""


def faults(network: str, date: str = "") -> list[str]:
    scenario, found = check_scenario(f"{HEAD}{date}network:\n{network}", "s.yaml", known_in(DATA))
    assert (scenario is None) == bool(found)
    return [str(fault) for fault in found]


def test_what_is_there_becomes_nodes() -> None:
    asked: dict[str, Any] = {
        "change": [{"link": ["Narvik", "Bjerkvik"], "minutes": 28}],
        "close": [["Gol", "Hemsedal"], {"link": ["bjerkvik", "bogen"], "road": "E10"}],
        "open": [{"link": ["Narvik", "Gol"], "minutes": 1, "km": 2, "mode": "ferry"}],
    }
    scenario = Scenario.model_validate(
        {"schema": 1, "title": "x", "region": {"county": "Oslo"}, "network": asked}
    )
    assert resolve(scenario, DATA).circumstances.changes == NetworkChanges(
        (ChangedLink(("narvik", "bjerkvik"), minutes=28),),
        (ClosedLink(("gol", "hemsedal")), ClosedLink(("bjerkvik", "bogen"), "E10")),
        (OpenedLink(("narvik", "gol"), minutes=1, km=2, mode="ferry"),),
    )


@pytest.mark.parametrize(
    "part", ["change: [{link: [Narvik, Oslo], km: 1}]", "close: [[Narvik, Oslo]]"]
)
def test_a_link_that_is_not_there(part: str) -> None:
    (told,) = faults(f"  {part}\n")
    key = part.split(":", 1)[0]
    assert told.startswith(f"s.yaml:6  network.{key}.0: no single link joins Narvik and Oslo.")
    assert "The way between them is Narvik – " in told


def test_only_the_first_links_that_are_not_there_are_told_the_way() -> None:
    pairs = [
        (a, b) for a in ("Narvik", "Bodø", "Gol") for b in ("Oslo", "Arendal", "Bergen", "Hol")
    ]
    told = faults(f"  close: [{', '.join(f'[{a}, {b}]' for a, b in pairs)}]\n")
    assert len(told) == len(pairs)
    assert 0 < sum("The way between" in line for line in told) < len(pairs)


def test_a_road_that_is_another() -> None:
    (told,) = faults("  close: [{link: [Gol, Hemsedal], road: E6}]\n")
    assert "the link between Gol and Hemsedal is not E6. Expected" in told


def test_a_link_of_another_date() -> None:
    old_road = "  close: [[Narvik, traeldal]]\n"
    assert faults(old_road) == []
    (told,) = faults(old_road, "date: 2017-01-01\n")
    assert told.startswith("s.yaml:7  network.close.0: the link between Narvik and ")
    assert told.endswith("is not there on 2017-01-01. Expected a date from 2018-12-09.")


@pytest.mark.parametrize(
    ("network", "told"),
    [
        (
            "  change: [{link: [Gol, Hemsedal], km: 1},\n    {link: [Hemsedal, Gol], km: 2}]\n",
            "network.change.1: the link is changed on line 6 too. Write its new figures together.",
        ),
        (
            "  change: [{link: [Gol, Hemsedal], minutes: 1}]\n  close: [[Hemsedal, Gol]]\n",
            "network.close.0: the link is changed too (line 6). Change it or close it.",
        ),
        (
            "  close:\n    - [Gol, Hemsedal]\n    - {link: [Gol, Hemsedal]}\n",
            "network.close.1: the link is closed on line 7 too. Close it once.",
        ),
        (
            "  change: [{link: [Gol, Hemsedal]}]\n",
            "network.change.0: no new figure is given. Minutes, km or wait_minutes are expected.",
        ),
        (
            "  open: [{link: [Bjerkvik, bjerkvik], minutes: 1, km: 1}]\n",
            "network.open.0.link: both ends are 'Bjerkvik'. Two different places are expected.",
        ),
    ],
)
def test_what_contradicts_itself(network: str, told: str) -> None:
    (found,) = faults(network)
    assert found.endswith(f"  {told}")


def test_a_scenario_in_memory_is_held_to_the_same() -> None:
    scenario = Scenario.model_validate(
        {
            "schema": 1,
            "title": "x",
            "region": {"county": "Oslo"},
            "date": dt.date(2020, 1, 1),
            "network": {"close": [["Narvik", "Oslo"]]},
        }
    )
    with pytest.raises(ScenarioError, match=r"scenario  network\.close\.0: no single link"):
        resolve(scenario, DATA)
