"""The ground that maps are sent."""

import json

import numpy as np
import shapely

from planner.io.bundle import Bundle
from planner.io.tables.boundaries import read_boundaries
from planner.present.maps.ground_metres import region_land
from tests.support.data import DATA

HALLINGDAL = ("3039", "3040", "3041", "3042", "3043", "3044")


def corners(ring: list[int]) -> list[tuple[int, int]]:
    steps = np.array([ring[:2], *zip(ring[2::2], ring[3::2], strict=True)])
    return [(int(x), int(y)) for x, y in np.cumsum(steps, axis=0)]


def area_km2(rings: list[list[int]], grid_m: int) -> float:
    polygons = [shapely.Polygon(corners(ring)) for ring in rings]
    return float(sum(polygon.area for polygon in polygons)) * grid_m**2 / 1e6


def test_polygons_keep_their_area_and_place() -> None:
    land = region_land(DATA, HALLINGDAL).document
    exact = read_boundaries(DATA).geometry.loc[list(HALLINGDAL)]
    west, _, _, north = exact.total_bounds
    assert abs(land["west_m"] - west) < 500
    assert abs(land["north_m"] - north) < 500
    for rings, shape in zip(land["shapes"], exact, strict=True):
        assert all(corners(ring)[0] == corners(ring)[-1] for ring in rings)
        assert abs(area_km2(rings, land["grid_m"]) / (shape.area / 1e6) - 1) < 0.02


def test_neighbours_share_the_points_of_their_border() -> None:
    land = region_land(DATA, HALLINGDAL).document
    gol, hemsedal, flaa = (
        {corner for ring in land["shapes"][HALLINGDAL.index(code)] for corner in corners(ring)}
        for code in ("3041", "3042", "3039")
    )
    assert len(gol & hemsedal) > 5
    assert not flaa & hemsedal


def test_centres_lie_in_their_municipality() -> None:
    land = region_land(DATA, HALLINGDAL).document
    assert land["names"] == ["Flå", "Nesbyen", "Gol", "Hemsedal", "Ål", "Hol"]
    for centre, rings in zip(land["centres"], land["shapes"], strict=True):
        assert any(shapely.Polygon(corners(ring)).contains(shapely.Point(centre)) for ring in rings)


def test_the_same_region_is_the_same_land() -> None:
    first = region_land(DATA, HALLINGDAL)
    again = region_land(Bundle(DATA.folder), HALLINGDAL)
    assert again.identifier == first.identifier
    assert json.loads(json.dumps(again.document)) == first.document
    assert region_land(DATA, HALLINGDAL[:5]).identifier != first.identifier
