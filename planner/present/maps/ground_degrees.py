"""Polygons for the screen: in degrees, in the detail that a region's size asks for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from planner.io.bundle import Bundle, kept
from planner.io.tables.boundaries import read_boundaries, simplify
from planner.model.plan import Plan

#: Up to so many municipalities a region is small: looked at closely, and all names fit.
FEW = 15
VALLEY_TOLERANCE_M, COUNTY_TOLERANCE_M, OUTSIDE_TOLERANCE_M = 150, 700, 1500
DEGREE_DECIMALS = 5  # about 1 m: finer than any detail left, so borders stay shared


def region_shapes(bundle: Bundle, codes: Sequence[str]) -> gpd.GeoSeries:
    """Return a region's polygons, EPSG:4326; index ``code``; neighbours share their border."""
    tolerance_m = VALLEY_TOLERANCE_M if len(codes) <= FEW else COUNTY_TOLERANCE_M
    return gpd.GeoSeries(_shapes(bundle, tolerance_m).loc[list(codes)])


def region_bounds(bundle: Bundle, codes: Sequence[str]) -> list[list[float]]:
    """Return the corners of a region: south-west and north-east, latitude before longitude."""
    west, south, east, north = region_shapes(bundle, codes).total_bounds
    return [[float(south), float(west)], [float(north), float(east)]]


@kept("boundaries", "municipalities")
def land_around(bundle: Bundle, codes: tuple[str, ...]) -> dict[str, Any]:
    """Return the municipalities outside a region but near it, as a GeoJSON geometry."""
    (south, west), (north, east) = region_bounds(bundle, codes)
    outside = _shapes(bundle, OUTSIDE_TOLERANCE_M).drop(index=list(codes))
    near = outside.cx[west - 2 : east + 2, south - 1 : north + 1]
    return as_geojson(shapely.MultiPolygon(list(shapely.get_parts(near.to_list()))))


def group_borders(bundle: Bundle, plan: Plan) -> BaseGeometry:
    """Return the lines along which neighbouring groups meet; empty if there is one group."""
    polygons = region_shapes(bundle, plan.municipalities)
    groups = [
        shapely.coverage_union_all([polygons[code] for code in members])
        for members in plan.groups.values()
    ]
    one, other = shapely.STRtree(groups).query(groups, predicate="intersects")
    shapes = np.array(groups)
    shared = shapely.intersection(shapes[one[one < other]], shapes[other[one < other]])
    return shapely.union_all([line for line in shapely.get_parts(shared) if line.length > 0])


def as_geojson(geometry: BaseGeometry) -> dict[str, Any]:
    """Return a geometry as a GeoJSON object."""
    return dict(json.loads(shapely.to_geojson(geometry)))


@kept("boundaries", "municipalities")
def _shapes(bundle: Bundle, tolerance_m: int) -> gpd.GeoSeries:
    simple = simplify(read_boundaries(bundle), tolerance_m).to_crs(4326)
    rounded = shapely.transform(
        simple.geometry.to_numpy(), lambda points: np.round(points, DEGREE_DECIMALS)
    )
    return gpd.GeoSeries(rounded, index=simple.index, crs=4326)
