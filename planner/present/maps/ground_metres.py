"""The ground of a region's map: polygons, centres and names, small enough for a browser."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from planner.io.bundle import Bundle, kept
from planner.io.tables.boundaries import CRS_EPSG, read_boundaries, simplify
from planner.io.tables.municipalities import read_municipalities
from planner.present.maps.ground_degrees import COUNTY_TOLERANCE_M, FEW, VALLEY_TOLERANCE_M

GRID_M = {VALLEY_TOLERANCE_M: 10, COUNTY_TOLERANCE_M: 50}  # finer than any detail left
SURROUNDINGS_M = 60_000  # at least so far around a region is land outside it drawn
LEAST_ISLAND_M2 = 2_000_000  # of land outside the region
LEAST_STEPS = 3  # of a ring that has an area

Ring = list[int]


@dataclass(frozen=True)
class Land:
    """What stays the same whatever is drawn on a region's map.

    Attributes
    ----------
    identifier : of the content; the same for the same region and data.
    document : the ground as JSON can hold it. Points are whole numbers of ``grid_m`` metres east
        of ``west_m`` and south of ``north_m`` (EPSG:25833); a ring is its first point and then
        the steps from point to point. ``codes``, ``names``, ``centres`` and ``shapes`` (rings of
        every municipality) go together; ``around`` are rings of land outside the region.
    """

    identifier: str
    document: dict[str, Any]


@kept("boundaries", "municipalities")
def region_land(bundle: Bundle, codes: tuple[str, ...]) -> Land:
    """Return the ground of a region's map; neighbours share the points of their border."""
    tolerance_m = VALLEY_TOLERANCE_M if len(codes) <= FEW else COUNTY_TOLERANCE_M
    grid_m = GRID_M[tolerance_m]
    every = _polygons(bundle, tolerance_m)
    polygons = every.loc[list(codes)]
    west, south, east, north = (float(side) for side in np.asarray(polygons.total_bounds))
    origin = np.array([west, north])
    margin = max(SURROUNDINGS_M, (east - west) / 2, (north - south) / 2)
    outside = every.drop(index=list(codes))
    near = outside.cx[west - margin : east + margin, south - margin : north + margin]
    around = [_rings(_large(shapely.get_parts(shape)), origin, grid_m) for shape in near]
    places = _places(bundle).loc[list(codes)]
    centres = _on_grid(shapely.get_coordinates(places.geometry.to_numpy()), origin, grid_m)
    document = {
        "grid_m": grid_m,
        "west_m": west,
        "north_m": north,
        "width": (east - west) / grid_m,
        "height": (north - south) / grid_m,
        "codes": list(codes),
        "names": places["name"].to_list(),
        "centres": centres.tolist(),
        "shapes": [_rings(shapely.get_parts(shape), origin, grid_m) for shape in polygons],
        "around": [ring for rings in around for ring in rings],
    }
    written = json.dumps(document, sort_keys=True).encode()
    return Land(hashlib.sha256(written).hexdigest()[:16], document)


def _large(parts: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    large: npt.NDArray[np.object_] = parts[shapely.area(parts) >= LEAST_ISLAND_M2]
    return large


def _rings(
    parts: npt.NDArray[np.object_], origin: npt.NDArray[np.float64], grid_m: int
) -> list[Ring]:
    rings = []
    for ring in shapely.get_rings(parts):
        points = _on_grid(shapely.get_coordinates(ring), origin, grid_m)
        steps = np.diff(points, axis=0)
        steps = steps[steps.any(axis=1)]
        if len(steps) >= LEAST_STEPS:
            rings.append([*points[0].tolist(), *steps.ravel().tolist()])
    return rings


def _on_grid(
    points_m: npt.NDArray[np.float64], origin: npt.NDArray[np.float64], grid_m: int
) -> npt.NDArray[np.int64]:
    """Count grid steps east and south, as screens do."""
    return np.rint((points_m - origin) / grid_m * [1, -1]).astype(np.int64)


@kept("boundaries", "municipalities")
def _polygons(bundle: Bundle, tolerance_m: int) -> gpd.GeoSeries:
    simple = simplify(read_boundaries(bundle), tolerance_m)
    return gpd.GeoSeries(simple.geometry)


@kept("municipalities")
def _places(bundle: Bundle) -> gpd.GeoDataFrame:
    table = read_municipalities(bundle)
    points = gpd.points_from_xy(table["centre_lon"], table["centre_lat"], crs=4326)
    return gpd.GeoDataFrame(table[["name"]], geometry=points).to_crs(CRS_EPSG)
