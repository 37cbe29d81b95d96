from __future__ import annotations

import networkx as nx
import pytest

from planner.io.gazetteer import Gazetteer
from planner.scenario.places import PlaceNames
from planner.scenario.resolve import MOST_UNKNOWN, NameBook
from tests.support.data import DATA

PLACES = {
    "narvik": "Narvik",
    "ballangen": "Ballangen (kommunesenter til 2019)",
    "lund": "Lund ferjekai (Namsos)",
    "moi": "Moi",
    "stokkvagen": "Stokkvågen ferjekai",
    "holm_1": "Holm ferjekai (øst)",
    "holm_2": "Holm ferjekai (vest)",
    "bo_vest": "Bø (vest)",
    "bo_ost": "Bø (øst)",
}


@pytest.fixture
def places() -> PlaceNames:
    network: nx.MultiGraph[str] = nx.MultiGraph()
    for node, name in PLACES.items():
        network.add_node(node, name=name)
    network.add_node("0301", name="Oslo sentrum")
    network.graph["centres"] = {"1806": "narvik", "1112": "moi", "0301": "0301"}
    return PlaceNames(network, PLACES, NameBook(Gazetteer.from_bundle(DATA)))


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("ballangen", "ballangen"),
        ("Ballangen (kommunesenter til 2019)", "ballangen"),
        ("BALLANGEN", "ballangen"),  # the place, not Narvik, of which it is a part
        ("Lund", "moi"),  # the municipality's centre, not the ferry quay
        ("lund", "lund"),
        ("Lund ferjekai", "lund"),
        ("Stokkvågen", "stokkvagen"),  # nothing else is called so
        ("Oslo", "0301"),
        ("0301", "0301"),
    ],
)
def test_a_text_means_one_node(places: PlaceNames, text: str, node: str) -> None:
    assert places.find(text) == node


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Bø", "'Bø' may be any of Bø (vest) or Bø (øst). Write which is meant."),
        ("Os", "'Os' may be any of Bjørnafjorden or Os (Innlandet). Write which is meant."),
        ("Narvk", "no place or municipality is called 'Narvk'. Did you mean 'Narvik', "),
        ("Lund ferje", "Did you mean 'Lund ferjekai'"),
        ("Holm", "no place or municipality is called 'Holm'. Did you mean 'Holm ferjekai (øst)'"),
        ("Ballangen (", "'Ballangen (kommunesenter til 2019)'"),
        ("Xyzzyxyzzy", "A municipality, or a place in places.csv, is expected."),
    ],
)
def test_an_unclear_text_says_why(places: PlaceNames, text: str, message: str) -> None:
    wrong = places.find(text)
    assert callable(wrong)
    assert message in str(wrong())


def test_after_many_unknown_names_no_more_are_looked_up(places: PlaceNames) -> None:
    for number in range(MOST_UNKNOWN):
        assert callable(places.find(f"Ukjent{number}"))
    assert places.find("Enda en ukjent") is None
    assert places.find("moi") == "moi"


def test_a_label_keeps_what_the_planner_wrote(places: PlaceNames) -> None:
    assert places.label("Lund", "moi") == "Lund (Moi)"
    assert places.label("Ballangen", "ballangen") == "Ballangen"
    assert places.label("narvik", "narvik") == "Narvik"
