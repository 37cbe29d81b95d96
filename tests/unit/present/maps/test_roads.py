"""Roads under a plan, and the ways along them."""

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
import shapely

from planner.io.tables.roads import Mode
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.model.roads.graph import Link
from planner.pipeline.run_scenario import run
from planner.present.maps.drawing import difference_drawing, municipality_drawing, plan_drawing
from planner.present.maps.ground import region_ground
from planner.present.maps.page import map_page
from planner.present.maps.picture import picture
from planner.present.maps.roads import Road, places_between, roads_of, way_line, ways_to_hosts
from planner.scenario.load import load_scenario
from tests.support.data import DATA
from tests.support.factories import three_fjords
from tests.support.paths import SCENARIOS

PLAN = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005", "0006"]})


def link(start: str, end: str, mode: Mode, minutes: float, road: str = "") -> Link:
    return Link(start, end, mode, 10.0, minutes, 0.0, road, "observed", "test")


@pytest.fixture
def region() -> Instance:
    """Dal - quay ~ ferry ~ Aga, and a road from Aga to a place far outside."""
    instance = three_fjords()
    network: nx.MultiGraph[str] = nx.MultiGraph()
    places = {"aga": ("0001", 5.0), "dal": ("0003", 6.0), "quay": ("0003", 5.5), "far": ("9", 9.0)}
    for node, (code, lon) in places.items():
        network.add_node(node, municipality=code, lon=lon, lat=60.0)
    for one in (
        link("dal", "quay", "road", 20, "Fv1"),
        link("aga", "quay", "ferry", 15, "Fv1"),
        link("aga", "far", "road", 30, "E6"),
        link("far", "far", "road", 1, "E6"),
    ):
        network.add_edge(one.start, one.end, link=one)
    network.graph["centres"] = {"0001": "aga", "0003": "dal"}
    rings = np.linspace(5.1, 7, len(instance.codes))
    table = instance.municipalities.assign(centre_lon=rings, centre_lat=60.0)
    return replace(instance, municipalities=table, network=network)


def test_roads_with_an_end_in_the_region_meet_its_rings(region: Instance) -> None:
    ring = {code: region.municipalities.loc[code, "centre_lon"] for code in ("0001", "0003")}
    assert roads_of(region) == (
        Road("road", ((5.1, 60.0), (9.0, 60.0))),
        Road("road", ((ring["0003"], 60.0), (5.5, 60.0))),
        Road("ferry", ((5.1, 60.0), (5.5, 60.0))),
    )
    assert roads_of(three_fjords()) == ()


def test_a_way_leads_through_places_and_says_what_it_takes(region: Instance) -> None:
    ways = ways_to_hosts(region, PLAN)
    assert list(ways) == ["0003"]
    assert places_between(region, ways) == {"0003": ((5.5, 60.0),)}
    assert way_line(ways["0003"]) == "Fv1, ferje: 35,0\u00a0min fra sentrum til sentrum"
    drawing = plan_drawing(region, PLAN)
    assert drawing.tooltips["0003"].endswith("fra sentrum til sentrum")
    assert "sentrum til sentrum" not in drawing.tooltips["0002"]
    assert [entry.mark for entry in drawing.legend][-2:] == ["road", "ferry"]


def test_a_difference_keeps_the_ways_of_those_that_stay(region: Instance) -> None:
    after = Plan.from_groups({"0001": ["0003"], "0002": [], "0004": ["0005", "0006"]})
    drawing = difference_drawing(region, PLAN, after)
    assert ("0003", "0001") in drawing.ways
    assert drawing.via["0003"] == ((5.5, 60.0),)


def test_the_way_on_every_map_is_the_one_that_is_measured() -> None:
    """Hattfjelldal drives through Grane to Vefsn."""
    result = run(load_scenario(SCENARIOS / "nordland" / "tjenesteomrader-2018.yaml"))
    assert result.plan is not None
    drawing = plan_drawing(result.instance, result.plan)
    way = ways_to_hosts(result.instance, result.plan)["1826"]
    minutes = sum(one.total_minutes for one in way)
    assert minutes == pytest.approx(result.instance.travel.minutes.loc["1826", "1824"])
    ground = region_ground(DATA, drawing.codes)
    lines = ground.lines(drawing)
    steps = np.array(lines["via"]["1826"]).reshape(-1, 2)
    assert len(steps) == len(way) - 1
    grane = shapely.Point(ground.in_metres(ground.places["1825"]))
    assert shapely.MultiPoint(ground.in_metres(steps)).distance(grane) < ground.grid_m
    assert {mode for mode, *_ in lines["roads"]} == {"road", "ferry", "express_boat"}
    near = municipality_drawing(result.instance, result.plan, "1826", "Hattfjelldal")
    assert 'stroke-dasharray="4 3"' in picture(near, "", DATA).svg
    assert map_page(drawing, DATA, "leaflet").count('"dashArray": "4 3"') == 1
