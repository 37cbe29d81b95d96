from __future__ import annotations

import datetime as dt

import pytest

from planner.errors import LabelMismatchError
from planner.model.roads.graph import Link, links_of
from planner.model.roads.network import great_circle_km
from planner.scenario.vocabulary import LinkChange, Network
from tests.support.small_network import TODAY, borders, link_table, make_network

ALL_BORDERS = borders(
    ("0001", "0002"), ("0001", "0003"), ("0001", "0004"), ("0002", "0003"), ("0003", "0004")
)


def estimates(**arguments: object) -> set[tuple[str, str]]:
    network = make_network(**arguments)  # type: ignore[arg-type]
    home = dict(network.nodes(data="municipality"))
    return {(home[link.start], home[link.end]) for link in links_of(network) if link.from_distance}


def between(network_links: list[Link], a: str, b: str) -> list[Link]:
    return [link for link in network_links if {link.start, link.end} == {a, b}]


def test_great_circle_of_a_degree_along_a_meridian() -> None:
    # a 360th of the circumference of a sphere of 6371.0088 km
    assert great_circle_km((10, 60), (10, 61)) == pytest.approx(111.195, abs=0.001)
    assert great_circle_km((10, 60), (10, 60)) == 0


def test_nodes_are_places_and_the_centres_of_the_rest() -> None:
    network = make_network()
    assert set(network) == {"aga", "bru", "dal", "kryss", "kai", "0004"}
    assert network.graph["centres"] == {"0001": "aga", "0002": "bru", "0003": "dal", "0004": "0004"}
    assert network.nodes["0004"] == {
        "name": "Eid sentrum",
        "municipality": "0004",
        "lon": 5.5,
        "lat": 60.4,
        "kind": "centre",
    }


def test_estimated_link_is_the_straight_line_with_detour_and_speed() -> None:
    network = make_network(border_rows=borders(("0003", "0004")))
    (link,) = [link for link in links_of(network) if link.from_distance]
    km = 1.5 * great_circle_km((6.1, 60.1), (5.5, 60.4))
    assert link.km == pytest.approx(km)
    assert link.minutes == pytest.approx(km)  # at 60 km/h
    assert link.provenance == "estimated"


def test_short_borders_give_no_estimated_link() -> None:
    assert estimates(border_rows=borders(("0003", "0004"), border_m=500)) == set()
    assert estimates(border_rows=borders(("0003", "0004"), border_m=501)) == {("0003", "0004")}


def test_curated_links_without_a_third_centre_between_make_an_estimate_needless() -> None:
    # Dal is joined to Aga and Bru over junction and quay, Eid to nobody
    assert estimates(border_rows=ALL_BORDERS) == {("0001", "0004"), ("0003", "0004")}


def test_a_way_through_a_third_centre_makes_no_estimate_needless() -> None:
    rows = link_table(
        {"from": "aga", "to": "bru", "km": 9.0, "minutes": 8.0},
        {"from": "bru", "to": "dal", "km": 9.0, "minutes": 8.0},
    )
    assert ("0001", "0003") in estimates(link_rows=rows, border_rows=ALL_BORDERS)
    surveyed = {"aga": "fjord", "bru": "fjord", "dal": "fjord"}
    found = estimates(link_rows=rows, border_rows=ALL_BORDERS, networks=surveyed)
    assert ("0001", "0003") not in found
    assert ("0003", "0004") in found  # the seam to a municipality outside


def test_different_surveyed_networks_are_joined_by_estimates() -> None:
    rows = link_table({"from": "aga", "to": "bru", "km": 9.0, "minutes": 8.0})
    surveyed = {"aga": "fjord", "bru": "fjord", "dal": "fjell"}
    found = estimates(link_rows=rows, border_rows=ALL_BORDERS, networks=surveyed)
    assert ("0001", "0003") in found
    assert ("0002", "0003") in found


@pytest.mark.parametrize("on", [dt.date(1990, 1, 1), TODAY, dt.date.max])
def test_neither_dates_nor_closures_conjure_up_estimates(on: dt.date) -> None:
    closed = Network(close=[["Kaien ferjekai", "Dal"], ["Aga", "Bru"]])
    changes = closed if on >= TODAY else Network()
    expected = estimates(border_rows=ALL_BORDERS)
    assert estimates(on=on, changes=changes, border_rows=ALL_BORDERS) == expected


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


def test_borders_of_unknown_municipalities_are_refused() -> None:
    with pytest.raises(LabelMismatchError, match="0009"):
        make_network(border_rows=borders(("0001", "0009")))


def test_a_changed_estimate_is_the_planners_own_figure() -> None:
    change = LinkChange(link=["Dal", "Eid"], minutes=44)
    network = make_network(changes=Network(change=[change]))
    (link,) = between(list(links_of(network)), "dal", "0004")
    assert (link.minutes, link.provenance, link.from_distance) == (44, "scenario", False)
