"""Making the settlements: where places lie, which are centres, and unknown inhabitants."""

import json

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from planner.io.imports.settlements import filled, is_centre, located, read_places
from planner.io.tables.boundaries import CRS_EPSG

PLACES = [
    (1, "Aga", 60.00, 10.00, 900, "NO"),
    (2, "Bru", 60.00, 10.10, 0, "NO"),
    (3, "Dal", 60.00, 10.21, 700, "NO"),
    (4, "Lund", 55.70, 13.19, 9000, "SE"),
    (5, "Fjernt", 62.00, 10.00, 600, "NO"),
]


@pytest.fixture
def places() -> gpd.GeoDataFrame:
    keys = ("geonameid", "name", "latitude", "longitude", "population", "countrycode")
    cities = {str(row[0]): dict(zip(keys, row, strict=True)) for row in PLACES}
    return read_places(json.dumps(cities).encode())


@pytest.fixture
def polygons() -> gpd.GeoDataFrame:
    """One municipality west of 10.15 degrees, one from there to 10.20 degrees."""
    west, east = shapely.box(9.9, 59.9, 10.15, 60.1), shapely.box(10.15, 59.9, 10.2, 60.1)
    frame = gpd.GeoDataFrame({"code": ["0001", "0002"]}, geometry=[west, east], crs=4326)
    return frame.to_crs(CRS_EPSG)


def test_places_lie_in_a_municipality_or_by_its_shore(
    places: gpd.GeoDataFrame, polygons: gpd.GeoDataFrame
) -> None:
    assert list(places["name"]) == ["Aga", "Bru", "Dal", "Fjernt"]
    found = located(places, polygons).set_index("name")["code"]
    assert found.to_dict() == {"Aga": "0001", "Bru": "0001", "Dal": "0002"}


def test_the_centre_is_the_nearest_place_if_it_is_near(
    places: gpd.GeoDataFrame, polygons: gpd.GeoDataFrame
) -> None:
    centres = pd.DataFrame(
        {"centre_lon": [10.09, 10.16], "centre_lat": [60.0, 60.09]}, index=["0001", "0002"]
    )
    found = located(places, polygons)
    marked = found["name"][is_centre(found, centres)]
    assert list(marked) == ["Bru"]


def test_unknown_inhabitants_follow_the_municipalities_of_like_size() -> None:
    """Two known centres hold 0.5 and 0.7 of their municipality: the median is 0.6."""
    places = pd.DataFrame(
        {
            "code": ["0001", "0002", "0003", "0003", "0003", "0004", "0004"],
            "population": [500, 700, 0, 0, 200, 0, 900],
            "centre": [True, True, True, False, False, True, False],
        }
    )
    people = pd.Series(1000, index=["0001", "0002", "0003", "0004"])
    found = filled(places, people)
    assert found.iloc[:5].tolist() == [500, 700, 200, 200, 200]
    assert pd.isna(found.iloc[5])
    assert found.iloc[6] == 900
