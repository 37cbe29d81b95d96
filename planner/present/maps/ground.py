"""The ground of a region's maps: polygons, centres and names, small enough for a browser."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from planner.io.bundle import Bundle, kept
from planner.io.tables.boundaries import CRS_EPSG, read_boundaries, read_neighbours, simplify
from planner.io.tables.municipalities import read_municipalities
from planner.io.tables.population import read_population
from planner.present.maps.drawing import Drawing
from planner.present.maps.roads import Place

#: Up to so many municipalities a region is small: all names fit.
FEW = 15
#: Up to so many it is looked at closely, as fine as the data are; more are a whole country.
CLOSE = 60
CLOSE_TOLERANCE_M, FAR_TOLERANCE_M = 300, 700
GRID_M = {CLOSE_TOLERANCE_M: 25, FAR_TOLERANCE_M: 50}  # finer than any detail left
MOST_TOWNS = 12  # that are marked and named on the map of a country
NORWAY_TOLERANCE_M, NORWAY_GRID_M = 6_000, 2_000  # of the little map that shows where a region is
LEAST_OF_NORWAY_M2 = 150_000_000
DEGREE_DECIMALS = 5  # about 1 m: finer than any detail left, so borders stay shared
SURROUNDINGS_M = 60_000  # at least so far around a region is land outside it drawn
WIDEST, TALLEST = 2.4, 1.2  # of a frame's sides, the other one being 1
LEAST_ISLAND_M2 = 2_000_000  # of land outside the region
BESIDE = 0.15  # of a region's longest side: so far beside it are countries named
LEAST_STEPS = 3  # of a ring that has an area

#: (m, 2) whole steps of the grid, east and south of the region's north-west corner.
Points = npt.NDArray[np.int64]
_PROJECTION = Transformer.from_crs(4326, CRS_EPSG, always_xy=True)
Step = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, eq=False)
class Ground:
    """What stays the same whatever is drawn on a region's map.

    Attributes
    ----------
    grid_m : metres a step of the grid in which browsers and pictures are sent points.
    shapes : polygons in EPSG:25833, index ``code``; neighbours share their border.
    around : polygons of Norwegian land outside the region, near it.
    abroad : other countries' land near the region, index ``country``.
    norway : outline of the mainland and large islands, coarse; empty for a map of the country.
    towns : the most populous municipalities of a country, largest first; none of a region.
    names : code -> name.
    centres : shape-aligned points in EPSG:25833.
    """

    grid_m: int
    shapes: gpd.GeoSeries
    around: npt.NDArray[np.object_]
    abroad: gpd.GeoSeries
    norway: npt.NDArray[np.object_]
    towns: tuple[str, ...]
    names: Mapping[str, str]
    centres: gpd.GeoSeries

    @cached_property
    def corner_m(self) -> npt.NDArray[np.float64]:
        """West and north edge of the region, metres."""
        west, _, _, north = self.shapes.total_bounds
        return np.array([west, north])

    @cached_property
    def size(self) -> npt.NDArray[np.float64]:
        """Width and height of the region, steps."""
        west, south, east, north = self.shapes.total_bounds
        return np.array([east - west, north - south]) / self.grid_m

    @cached_property
    def rings(self) -> Mapping[str, list[Points]]:
        """Code -> closed rings, each with an area."""
        return {str(code): self._rings(shape) for code, shape in self.shapes.items()}

    @cached_property
    def rings_around(self) -> list[Points]:
        """Closed rings of the land outside the region."""
        land = [*self.around, *self.abroad]
        return [ring for shape in land for ring in self._rings(shape)]

    @cached_property
    def rings_of_norway(self) -> list[Points]:
        """Closed rings of the little map that shows where the region is."""
        return [ring for shape in self.norway for ring in self._rings(shape)]

    @cached_property
    def places(self) -> Mapping[str, Points]:
        """Code -> (2,) centre."""
        points = self._on_grid(shapely.get_coordinates(self.centres.to_numpy()))
        return dict(zip(self.names, points, strict=True))

    @cached_property
    def document(self) -> dict[str, Any]:
        """The ground as JSON can hold it.

        Points are whole numbers of ``grid_m`` metres east of ``west_m`` and south of ``north_m``
        (EPSG:25833); a ring is its first point and then the steps from point to point. ``codes``,
        ``names``, ``centres`` and ``shapes`` (rings of every municipality) go together;
        ``around`` are rings of land outside the region, ``norway`` of the whole country, in steps
        of the same grid; ``towns`` are codes; ``countries`` where other countries are
        named: country, east, south, and steps to the nearest border or shore.
        """
        beside = BESIDE * self.size.max()
        return {
            "grid_m": self.grid_m,
            "west_m": float(self.corner_m[0]),
            "north_m": float(self.corner_m[1]),
            "width": float(self.size[0]),
            "height": float(self.size[1]),
            "codes": list(self.names),
            "names": list(self.names.values()),
            "centres": [place.tolist() for place in self.places.values()],
            "shapes": [[_steps(ring) for ring in rings] for rings in self.rings.values()],
            "around": [_steps(ring) for ring in self.rings_around],
            "norway": [_steps(ring) for ring in self.rings_of_norway],
            "towns": list(self.towns),
            "countries": [
                [country, *(round(number) for number in place)]
                for country, place in self.countries(-beside, self.size + beside).items()
            ],
        }

    @cached_property
    def identifier(self) -> str:
        """Name of the content; the same for the same region and data."""
        written = json.dumps(self.document, sort_keys=True).encode()
        return hashlib.sha256(written).hexdigest()[:16]

    def seams(self, groups: Mapping[str, str]) -> list[Points]:
        """Return the lines along which municipalities of different groups meet.

        Parameters
        ----------
        groups : code -> group; municipalities without one have no seams.
        """
        owners: dict[frozenset[tuple[int, int]], set[str]] = defaultdict(set)
        walks = [
            (group, _walk(ring)) for code, group in groups.items() for ring in self.rings[code]
        ]
        for group, walk in walks:
            for step in walk:
                owners[frozenset(step)].add(group)
        lines: list[list[tuple[int, int]]] = [[]]
        for group, walk in walks:
            for start, end in walk:
                if len(owners[frozenset((start, end))]) == 1:
                    continue
                owners[frozenset((start, end))] = {group}  # drawn once is enough
                if lines[-1][-1:] != [start]:
                    lines.append([start])
                lines[-1].append(end)
        return [np.array(line) for line in lines[1:]]

    def lines(self, drawing: Drawing) -> dict[str, Any]:
        """Return what a drawing has between places, as JSON can hold it, in steps.

        ``roads`` (mode, and two points) and ``via`` (member -> points) hold east and south in turn.
        """
        ends = self.steps([place for road in drawing.roads for place in road.ends])
        roads = zip(drawing.roads, ends.reshape(-1, 4).tolist(), strict=True)
        return {
            "roads": [[road.mode, *points] for road, points in roads],
            "via": {code: self.steps(way).ravel().tolist() for code, way in drawing.via.items()},
        }

    def steps(self, places: Sequence[Place]) -> Points:
        """Return places, given in degrees, as points of the grid."""
        if not places:
            return np.empty((0, 2), dtype=np.int64)
        metres = _PROJECTION.transform(*np.array(places).T)
        return self._on_grid(np.column_stack(metres))

    def countries(
        self, low: npt.ArrayLike, high: npt.ArrayLike
    ) -> dict[str, tuple[float, float, float]]:
        """Find where other countries have most room for their name, inside a box.

        Parameters
        ----------
        low, high : north-west and south-east corner, steps.

        Returns
        -------
        Country -> east, south, and how far it is to a border, a shore or the box; steps.
        """
        corners = self.in_metres(np.array([np.broadcast_to(side, 2) for side in (low, high)]))
        (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
        places = {}
        for country, land in self.abroad.items():
            seen = _large(shapely.clip_by_rect(land, west, south, east, north))
            if not seen.is_empty:
                radius = shapely.maximum_inscribed_circle(seen, float(self.grid_m))
                x, y = (shapely.get_coordinates(radius)[0] - self.corner_m) / self.grid_m
                room = float(shapely.length(radius)) / self.grid_m
                places[str(country)] = (float(x), float(-y), room)
        return places

    def in_metres(self, points: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """Return points of the grid in EPSG:25833, metres east and north."""
        return np.asarray(self.corner_m + points * np.array([self.grid_m, -self.grid_m]))

    def _rings(self, shape: BaseGeometry) -> list[Points]:
        rings = []
        for ring in shapely.get_rings(shapely.get_parts(shape)):
            points = self._on_grid(shapely.get_coordinates(ring))
            moves = np.diff(points, axis=0).any(axis=1)
            if moves.sum() >= LEAST_STEPS:
                rings.append(points[np.concatenate([[True], moves])])
        return rings

    def _on_grid(self, points_m: npt.NDArray[np.float64]) -> Points:
        """Count grid steps east and south, as screens do."""
        return np.rint((points_m - self.corner_m) / self.grid_m * [1, -1]).astype(np.int64)


@kept("boundaries", "municipalities", "neighbours", "population")
def region_ground(bundle: Bundle, codes: tuple[str, ...]) -> Ground:
    """Return the ground of a region's maps, from the data of a bundle."""
    tolerance_m = CLOSE_TOLERANCE_M if len(codes) <= CLOSE else FAR_TOLERANCE_M
    every = _polygons(bundle, tolerance_m)
    shapes = gpd.GeoSeries(every.loc[list(codes)])
    box = _surroundings(shapes)
    near = shapely.clip_by_rect(every.drop(index=list(codes)).to_numpy(), *box)
    parts = shapely.get_parts(near)
    places = read_municipalities(bundle).loc[list(codes)]
    centres = gpd.points_from_xy(places["centre_lon"], places["centre_lat"], crs=4326)
    return Ground(
        GRID_M[tolerance_m],
        shapes,
        parts[shapely.area(parts) >= LEAST_ISLAND_M2],
        _abroad(bundle, every, box),
        _norway(bundle) if len(codes) <= CLOSE else np.array([]),
        () if len(codes) <= CLOSE else _largest(bundle, codes),
        dict(zip(codes, places["name"], strict=True)),
        gpd.GeoSeries(centres, index=list(codes)).to_crs(CRS_EPSG),
    )


def in_degrees(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """Return geometries in EPSG:4326, longitude before latitude; shared borders stay shared."""
    degrees = shapes.to_crs(4326)
    rounded = shapely.transform(
        degrees.to_numpy(), lambda points: np.round(points, DEGREE_DECIMALS)
    )
    return gpd.GeoSeries(rounded, index=shapes.index, crs=4326)


def _surroundings(shapes: gpd.GeoSeries) -> tuple[float, float, float, float]:
    """Return how far around a region land is drawn: as frames show that it fits into."""
    west, south, east, north = (float(side) for side in np.asarray(shapes.total_bounds))
    width, height = east - west, north - south
    beside = max(SURROUNDINGS_M, (WIDEST * height - width) / 2)
    above = max(SURROUNDINGS_M, (TALLEST * width - height) / 2)
    return west - beside, south - above, east + beside, north + above


def _abroad(
    bundle: Bundle, norway: gpd.GeoSeries, box: tuple[float, float, float, float]
) -> gpd.GeoSeries:
    """Cut other countries to a box, and to what Norway leaves of them."""
    land = read_neighbours(bundle).clip_by_rect(*box)
    seen = land[~land.is_empty]
    ours = shapely.coverage_union_all(norway.to_numpy())
    rest = [_large(shape.difference(ours)) for shape in seen]
    found = gpd.GeoSeries(rest, index=seen.index, crs=land.crs)
    return gpd.GeoSeries(found[~found.is_empty])


def _large(shape: BaseGeometry) -> shapely.MultiPolygon:
    """Leave out small islands."""
    parts = shapely.get_parts(shape)
    return shapely.MultiPolygon(parts[shapely.area(parts) >= LEAST_ISLAND_M2].tolist())


@kept("boundaries")
def _polygons(bundle: Bundle, tolerance_m: int) -> gpd.GeoSeries:
    return gpd.GeoSeries(simplify(read_boundaries(bundle), tolerance_m).geometry)


@kept("boundaries")
def _norway(bundle: Bundle) -> npt.NDArray[np.object_]:
    """Return the outline of the country, as coarse as a stamp can show."""
    land = shapely.union_all(_polygons(bundle, FAR_TOLERANCE_M).to_numpy(), grid_size=NORWAY_GRID_M)
    parts = shapely.get_parts(shapely.simplify(land, NORWAY_TOLERANCE_M))
    return np.asarray([shapely.Polygon(part.exterior) for part in parts[_is_seen(parts)]])


def _is_seen(parts: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
    return np.asarray(shapely.area(parts) >= LEAST_OF_NORWAY_M2)


def _largest(bundle: Bundle, codes: Sequence[str]) -> tuple[str, ...]:
    table = read_population(bundle)
    people = table[table["year"] == table["year"].max()].set_index("code")["population"]
    largest = people.reindex(list(codes)).nlargest(MOST_TOWNS)
    return tuple(map(str, largest.index))


def _steps(ring: Points) -> list[int]:
    return [*ring[0].tolist(), *np.diff(ring, axis=0).ravel().tolist()]


def _walk(ring: Points) -> list[Step]:
    return list(pairwise([(x, y) for x, y in ring.tolist()]))
