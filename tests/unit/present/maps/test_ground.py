"""The ground that maps are sent."""

import json
import shutil
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from planner.io.bundle import Bundle, seal
from planner.io.tables.boundaries import read_boundaries
from planner.present.maps.ground import region_ground
from tests.support.data import DATA

HALLINGDAL = ("3039", "3040", "3041", "3042", "3043", "3044")


def corners(ring: list[int]) -> list[tuple[int, int]]:
    steps = np.array([ring[:2], *zip(ring[2::2], ring[3::2], strict=True)])
    return [(int(x), int(y)) for x, y in np.cumsum(steps, axis=0)]


def area_km2(rings: list[list[int]], grid_m: int) -> float:
    polygons = [shapely.Polygon(corners(ring)) for ring in rings]
    return float(sum(polygon.area for polygon in polygons)) * grid_m**2 / 1e6


def test_polygons_keep_their_area_and_place() -> None:
    land = region_ground(DATA, HALLINGDAL).document
    exact = read_boundaries(DATA).geometry.loc[list(HALLINGDAL)]
    west, _, _, north = exact.total_bounds
    assert abs(land["west_m"] - west) < 500
    assert abs(land["north_m"] - north) < 500
    for rings, shape in zip(land["shapes"], exact, strict=True):
        assert all(corners(ring)[0] == corners(ring)[-1] for ring in rings)
        assert abs(area_km2(rings, land["grid_m"]) / (shape.area / 1e6) - 1) < 0.02


def test_neighbours_share_the_points_of_their_border() -> None:
    land = region_ground(DATA, HALLINGDAL).document
    gol, hemsedal, flaa = (
        {corner for ring in land["shapes"][HALLINGDAL.index(code)] for corner in corners(ring)}
        for code in ("3041", "3042", "3039")
    )
    assert len(gol & hemsedal) > 5
    assert not flaa & hemsedal


def test_centres_lie_in_their_municipality() -> None:
    land = region_ground(DATA, HALLINGDAL).document
    assert land["names"] == ["Flå", "Nesbyen", "Gol", "Hemsedal", "Ål", "Hol"]
    for centre, rings in zip(land["centres"], land["shapes"], strict=True):
        assert any(shapely.Polygon(corners(ring)).contains(shapely.Point(centre)) for ring in rings)


def test_the_same_region_is_the_same_ground() -> None:
    first = region_ground(DATA, HALLINGDAL)
    again = region_ground(Bundle(DATA.folder), HALLINGDAL)
    assert again.identifier == first.identifier
    assert json.loads(json.dumps(again.document)) == first.document
    assert region_ground(DATA, HALLINGDAL[:5]).identifier != first.identifier


def test_seams_are_the_borders_that_groups_share() -> None:
    """Two halves of a region meet along the outline that they lose when they are joined."""
    ground = region_ground(DATA, HALLINGDAL)
    west = {"3043", "3044"}
    seams = ground.seams({code: str(code in west) for code in HALLINGDAL})
    halves = [
        shapely.union_all([ground.shapes[code] for code in HALLINGDAL if (code in west) == side])
        for side in (True, False)
    ]
    outside = shapely.union_all(halves).length
    shared_m = (sum(half.length for half in halves) - outside) / 2
    drawn_m = sum(shapely.LineString(ground.in_metres(line)).length for line in seams)
    assert drawn_m == pytest.approx(shared_m, rel=0.01)
    assert ground.seams(dict.fromkeys(HALLINGDAL, "one")) == []


def test_countries_are_named_inside_their_land() -> None:
    ground = region_ground(DATA, ("1826", "1825"))  # Hattfjelldal, Grane
    places = {country: place for country, *place in ground.document["countries"]}
    assert set(places) == {"SE"}
    east, south, room = places["SE"]
    name = shapely.Point(ground.in_metres(np.array([east, south])))
    sweden = ground.abroad["SE"]
    assert sweden.contains(name)
    assert sweden.boundary.distance(name) >= (room - 2) * ground.grid_m
    assert not sweden.intersects(ground.shapes["1826"].buffer(-1))
    assert sweden.distance(ground.shapes["1826"]) < 1
    assert region_ground(DATA, HALLINGDAL).document["countries"] == []


def test_the_ground_is_that_of_the_bundle(tmp_path: Path) -> None:
    """Whoever brings other borders sees them."""
    folder = tmp_path / "data"
    shutil.copytree(DATA.folder, folder)
    boundaries = gpd.read_parquet(folder / "boundaries.parquet")
    moved = boundaries.set_geometry(boundaries.geometry.translate(xoff=1000.0))
    moved.to_parquet(folder / "boundaries.parquet")
    seal(folder)
    own, usual = (region_ground(one, HALLINGDAL) for one in (Bundle(folder), DATA))
    assert own.corner_m[0] == pytest.approx(usual.corner_m[0] + 1000, abs=1)
    assert own.identifier != usual.identifier
