from __future__ import annotations

import networkx as nx
import pytest

from planner.errors import AmbiguousMunicipalityError, UnknownMunicipalityError
from planner.model.roads.places import PlaceNames, UnclearPlaceError

PLACES = {
    "narvik": "Narvik",
    "ballangen": "Ballangen (kommunesenter til 2019)",
    "lund": "Lund ferjekai (Namsos)",
    "moi": "Moi",
    "bo_vest": "Bø (vest)",
    "bo_ost": "Bø (øst)",
}
MUNICIPALITIES = {"1806": "Narvik", "1112": "Lund", "0301": "Oslo"}


def resolve(text: str) -> str:
    if text == "Os":
        raise AmbiguousMunicipalityError(text, ("Os (Innlandet)", "Bjørnafjorden"))
    known = {name: code for code, name in MUNICIPALITIES.items()} | {"Ballangen": "1806"}
    if text not in known:
        raise UnknownMunicipalityError(text)
    return known[text]


@pytest.fixture
def names() -> PlaceNames:
    network: nx.MultiGraph[str] = nx.MultiGraph()
    for node, name in PLACES.items():
        network.add_node(node, name=name)
    network.add_node("0301", name="Oslo sentrum")
    network.graph["centres"] = {"1806": "narvik", "1112": "moi", "0301": "0301"}
    return PlaceNames(network, PLACES, MUNICIPALITIES, resolve)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("ballangen", "ballangen"),
        ("Ballangen (kommunesenter til 2019)", "ballangen"),
        ("BALLANGEN", "ballangen"),  # the place, not Narvik, of which it is a part
        ("Lund", "moi"),  # the municipality's centre, not the ferry quay
        ("lund", "lund"),
        ("Lund ferjekai", "lund"),
        ("Oslo", "0301"),
        ("0301", "0301"),
    ],
)
def test_a_text_means_one_node(names: PlaceNames, text: str, node: str) -> None:
    assert names.node(text) == node


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Bø", "'Bø' may be any of Bø (vest), Bø (øst). Write one of these."),
        ("Os", "'Os' may be any of Os (Innlandet), Bjørnafjorden. Write one of these."),
        ("Narvk", "Did you mean 'Narvik'?"),
        ("Xyzzy", "Expected a name of places.csv or of a municipality."),
    ],
)
def test_an_unclear_text_says_why(names: PlaceNames, text: str, message: str) -> None:
    with pytest.raises(UnclearPlaceError) as error:
        names.node(text)
    assert str(error.value).endswith(message)


def test_a_label_keeps_what_the_planner_wrote(names: PlaceNames) -> None:
    assert names.label("Lund", "moi") == "Lund (Moi)"
    assert names.label("Ballangen", "ballangen") == "Ballangen"
    assert names.label("narvik", "narvik") == "Narvik"
