from __future__ import annotations

import datetime as dt

import pytest

from planner.model.roads.graph import Link, links_of
from planner.model.roads.network import great_circle_km
from tests.support.small_network import make_network


def between(network_links: list[Link], a: str, b: str) -> list[Link]:
    return [link for link in network_links if {link.start, link.end} == {a, b}]


def test_great_circle_of_a_degree_along_a_meridian() -> None:
    # a 360th of the circumference of a sphere of 6371.0088 km
    assert great_circle_km((10, 60), (10, 61)) == pytest.approx(111.195, abs=0.001)
    assert great_circle_km((10, 60), (10, 60)) == 0


def test_nodes_are_places_and_centres_stand_for_their_municipalities() -> None:
    network = make_network()
    assert set(network) == {"aga", "bru", "dal", "eid", "kryss", "kai"}
    assert network.graph["centres"] == {"0001": "aga", "0002": "bru", "0003": "dal", "0004": "eid"}
    assert network.nodes["eid"] == {
        "name": "Eid",
        "municipality": "0004",
        "lon": 5.5,
        "lat": 60.4,
        "kind": "centre",
    }


@pytest.mark.parametrize(
    ("on", "km"),
    [
        (dt.date(2018, 12, 31), 18),
        (dt.date(2019, 1, 1), 9),
        (dt.date.max, 9),
    ],
)
def test_validity_includes_both_days(on: dt.date, km: float) -> None:
    assert [link.km for link in between(list(links_of(make_network(on=on))), "aga", "bru")] == [km]
