from __future__ import annotations

import pytest

from planner.model.roads.graph import crossings, links_of, path
from planner.model.roads.travel import travel_between
from planner.scenario.network_keys import Network, NewLink
from tests.support.small_network import CODES, make_network


def test_path_names_the_links_in_their_direction() -> None:
    network = make_network()
    way = path(network, "dal", "aga")
    assert [(link.start, link.end) for link in way] == [
        ("dal", "kai"),
        ("kai", "kryss"),
        ("kryss", "aga"),
    ]
    assert [link.mode for link in way] == ["ferry", "road", "road"]
    back = path(network, "aga", "dal")
    assert [(link.end, link.start) for link in back] == [(a.start, a.end) for a in way[::-1]]


def test_path_is_what_travel_measures() -> None:
    network = make_network()
    travel = travel_between(network, list(CODES.values()))
    centres = network.graph["centres"]
    for a in CODES.values():
        for b in CODES.values():
            way = path(network, centres[a], centres[b])
            assert sum(link.total_minutes for link in way) == pytest.approx(
                travel.minutes.loc[a, b]
            )
            assert sum(link.km for link in way) == pytest.approx(travel.km.loc[a, b])
            assert any(link.mode != "road" for link in way) == travel.ferry.loc[a, b]


def test_no_way_is_an_empty_path() -> None:
    network = make_network(changes=Network(close=[["Kaien ferjekai", "Dal"], ["Dal", "Eid"]]))
    assert path(network, "aga", "dal") == []
    assert path(network, "aga", "aga") == []


def test_crossings_are_links_between_municipalities() -> None:
    # kryss lies in Aga, the quay in Bru: Aga-Bru by road, Bru-Dal by ferry
    found = {("0001", "0002"), ("0002", "0003"), ("0003", "0004")}
    assert crossings(make_network()) == found
    assert crossings(make_network(changes=Network(season="summer"))) == found | {("0001", "0004")}


def test_crossings_follow_the_scenario_but_not_express_boats() -> None:
    boat = NewLink(link=["Aga", "Dal"], minutes=5, km=9, mode="express_boat")
    bridge = NewLink(link=["Dal", "Eid"], minutes=5, km=4)
    changes = Network(close=[["Kaien ferjekai", "Dal"]], open=[boat, bridge])
    assert crossings(make_network(changes=changes)) == {("0001", "0002"), ("0003", "0004")}


def test_a_link_is_its_ends_edge() -> None:
    network = make_network()
    assert all(network.has_edge(link.start, link.end) for link in links_of(network))
