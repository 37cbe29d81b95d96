"""Where people live and where offices lie, joined to the road network.

A municipality's inhabitants live in its settlements, as far as these hold them, and the rest along
its described roads:

- **Settlements** share the municipality's inhabitants by their own populations, which together
  are never more than all but ``dispersed_least_share``. A settlement is a disc about its point
  with ``settlement_density_per_km2``; a third each of its people live in the inner, middle and
  outer ring. They drive to the point at ``settlement_speed_kmh``, and from there to the nearest
  point of the municipality's roads. In a disc with several offices they live in eight directions
  and go straight to the nearest office in it, where that is faster.
- **The dispersed rest** is spread evenly over the roads between places, as far as
  ``dispersed_reach_km`` from a place of the municipality, and its places. Each lives off the road
  by a quarter of the width of the strip that a kilometre of these roads serves (land area over
  length), at most ``dispersed_local_most_km``.

Straight lines to the network are longer by ``local_detour_factor`` and driven at
``local_speed_kmh``. On the water nobody lives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.model.roads.graph import links_of

EARTH_RADIUS_KM = 6371.0088
MINUTES_PER_HOUR = 60.0
#: Distance from the middle of a disc, in radii, of the middle of its rings of equal area.
RINGS = np.sqrt((np.arange(3) + 0.5) / 3)
#: Directions from the middle of a disc with several offices in which people live.
DIRECTIONS = np.arange(8) * np.pi / 4
#: Length of road that a point stands for.
STEP_KM = 2.5
#: Kilometres of road that a place itself counts as, so that one without roads has people too.
PLACE_KM = 1.0

Floats = npt.NDArray[np.float64]
#: The parameters that this module follows from.
PARAMETERS = (
    "local_detour_factor",
    "local_speed_kmh",
    "settlement_density_per_km2",
    "settlement_speed_kmh",
    "dispersed_least_share",
    "dispersed_reach_km",
    "dispersed_local_most_km",
)


@dataclass(frozen=True, eq=False)
class Joined:
    """Points joined to the network, each by one or two of its places.

    Attributes
    ----------
    code : (k,) the municipality of each.
    weight : (k,) what each counts in its municipality.
    places : (k, 2) places through which a point is reached.
    minutes : (k, 2) from the point to these places.
    straight : (k,) minutes through the settlement to the nearest office in it, of its own
        municipality; infinite where it has not several.
    """

    code: npt.NDArray[np.str_]
    weight: Floats
    places: npt.NDArray[np.str_]
    minutes: Floats
    straight: Floats

    @classmethod
    def by_road(
        cls,
        code: npt.NDArray[np.str_],
        weight: Floats,
        places: npt.NDArray[np.str_],
        minutes: Floats,
    ) -> Self:
        """Make points that reach every office by the roads."""
        return cls(code, weight, places, minutes, np.full(len(code), np.inf))

    def with_(self, other: Joined) -> Joined:
        """Put two sets of points together."""
        return Joined(
            *(
                np.concatenate([getattr(self, name), getattr(other, name)])
                for name in ("code", "weight", "places", "minutes", "straight")
            )
        )


@dataclass(frozen=True, eq=False)
class RoadPoints:
    """Points along the roads of a network, with the municipality of the nearer end; see `of`.

    Attributes
    ----------
    joined : the points; the weight is the length of road that each stands for, km.
    lon, lat : (k,) degrees, on the straight line between the ends.
    from_place_km : (k,) distance along the road from the nearer end.
    """

    joined: Joined
    lon: Floats
    lat: Floats
    from_place_km: Floats

    @classmethod
    def of(cls, network: nx.MultiGraph[str]) -> Self:
        """Take centres, places that have links, and a point every 2.5 km of the roads."""
        nodes: Any = network.nodes
        rows = [
            (there["municipality"], PLACE_KM, node, node, 0.0, 0.0, there["lon"], there["lat"], 0.0)
            for node, there in nodes.items()
            if network.degree(node) or there["kind"] == "centre"
        ]
        for link in links_of(network):
            if link.mode != "road":
                continue
            a, b = nodes[link.start], nodes[link.end]
            count = max(1, round(link.km / STEP_KM))
            for share in (np.arange(count) + 0.5) / count:
                code = (a if share < 0.5 else b)["municipality"]  # noqa: PLR2004 - the middle
                there = [a[x] + share * (b[x] - a[x]) for x in ("lon", "lat")]
                ways = (link.minutes * share, link.minutes * (1 - share))
                from_place = link.km * min(share, 1 - share)
                rows.append(
                    (code, link.km / count, link.start, link.end, *ways, *there, from_place)
                )
        code, km, start, end, to_start, to_end, lon, lat, from_place_km = map(
            np.array, zip(*rows, strict=True)
        )
        joined = Joined.by_road(
            code, km, np.column_stack([start, end]), np.column_stack([to_start, to_end])
        )
        return cls(joined, lon, lat, from_place_km)

    def join(self, points: pd.DataFrame, assumptions: Mapping[str, float]) -> Joined:
        """Join points to the nearest point of the roads of their municipality.

        Parameters
        ----------
        points : columns ``code``, ``lon``, ``lat`` (degrees) and ``weight``; of municipalities
            that have a place.
        """
        minutes_per_km = (
            assumptions["local_detour_factor"] / assumptions["local_speed_kmh"] * MINUTES_PER_HOUR
        )
        everywhere = pd.Series(range(len(self.lon)))
        of_code: dict[Any, Any] = everywhere.groupby(self.joined.code).indices
        nearest, local = [], []
        for code, lon, lat in zip(points["code"], points["lon"], points["lat"], strict=True):
            near = of_code[code]
            km = _distance_km(self.lon[near], self.lat[near], lon, lat)
            nearest.append(near[km.argmin()])
            local.append(km.min() * minutes_per_km)
        return Joined.by_road(
            points["code"].to_numpy(str),
            points["weight"].to_numpy(float),
            self.joined.places[nearest],
            self.joined.minutes[nearest] + np.array(local, dtype=float).reshape(-1, 1),
        )


def join_people(
    points: RoadPoints,
    settlements: pd.DataFrame,
    areas: pd.Series[float],
    population: pd.Series[int],
    assumptions: Mapping[str, float],
    *,
    offices: pd.DataFrame,
) -> Joined:
    """Spread every municipality's inhabitants over its settlements and along its roads.

    Parameters
    ----------
    points : of the network.
    settlements : columns ``code``, ``lon``, ``lat`` and ``population``.
    areas : by code, km2.
    population : by code, persons.
    assumptions : values of `PARAMETERS`.
    offices : columns ``code``, ``lon`` and ``lat``.

    Returns
    -------
    Points whose weights are shares of their municipality's inhabitants and add up to 1.
    """
    known = settlements[settlements["population"].notna()]
    own = known["population"]
    total = own.groupby(known["code"]).transform("sum")
    most = (1 - assumptions["dispersed_least_share"]) * known["code"].map(population)
    people = own * np.minimum(1, most / total)
    share = (people / known["code"].map(population)).fillna(0.0)
    settled = share.groupby(known["code"]).sum().reindex(population.index).fillna(0.0)
    radius_km = np.sqrt(people / assumptions["settlement_density_per_km2"] / np.pi)
    joined = points.join(known.assign(weight=share), assumptions)
    rings = _rings(joined, known.assign(radius_km=radius_km), offices, assumptions)
    return rings.with_(_dispersed(points.joined, points.from_place_km, settled, areas, assumptions))


def _rings(
    joined: Joined, settlements: pd.DataFrame, offices: pd.DataFrame, given: Mapping[str, float]
) -> Joined:
    """Set the people of settlements apart from their point, a third each in three rings."""
    minutes_per_km = given["local_detour_factor"] / given["settlement_speed_kmh"] * MINUTES_PER_HOUR
    of_code = dict(list(offices.groupby("code")))
    none = np.empty(0)
    parts: list[tuple[npt.NDArray[np.intp], Floats, Floats]] = [(none.astype(np.intp), none, none)]
    for row, one in enumerate(settlements.to_dict("records")):
        away_km, straight_km = one["radius_km"] * RINGS, np.full(len(RINGS), np.inf)
        there = of_code.get(one["code"])
        if there is not None and len(there) > 1:
            away_km = np.repeat(away_km, len(DIRECTIONS))
            straight_km = _straight_km(away_km, one, there)
        parts.append((np.full(len(away_km), row, dtype=np.intp), away_km, straight_km))
    rows, away, straight = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Joined(
        joined.code[rows],
        joined.weight[rows] / np.bincount(rows)[rows],
        joined.places[rows],
        joined.minutes[rows] + (away * minutes_per_km)[:, None],
        straight * minutes_per_km,
    )


def _straight_km(away_km: Floats, one: Mapping[Any, Any], offices: pd.DataFrame) -> Floats:
    """(k,) km from points of a disc, ring by ring, to the nearest office in it; infinite if none.

    Parameters
    ----------
    away_km : (k,) distance from the middle, each ring in all `DIRECTIONS`.
    one : the settlement.
    """
    north = np.radians(offices["lat"].to_numpy(float) - one["lat"]) * EARTH_RADIUS_KM
    east = np.radians(offices["lon"].to_numpy(float) - one["lon"]) * EARTH_RADIUS_KM
    east *= np.cos(np.radians(one["lat"]))
    within = np.hypot(east, north) <= one["radius_km"]
    angle = np.tile(DIRECTIONS, len(away_km) // len(DIRECTIONS))
    to_east = np.subtract.outer(away_km * np.sin(angle), east[within])
    to_north = np.subtract.outer(away_km * np.cos(angle), north[within])
    return np.asarray(np.hypot(to_east, to_north).min(axis=1, initial=np.inf))


def _dispersed(
    roads: Joined,
    from_place_km: Floats,
    settled: pd.Series[float],
    areas: pd.Series[float],
    assumptions: Mapping[str, float],
) -> Joined:
    lived_at = from_place_km <= assumptions["dispersed_reach_km"]
    code, km = roads.code[lived_at], roads.weight[lived_at]
    length = pd.Series(km).groupby(code).sum()
    off_km = (areas / length / 4).clip(upper=assumptions["dispersed_local_most_km"])
    local = off_km * assumptions["local_detour_factor"] / assumptions["local_speed_kmh"]
    share = (1 - settled) / length
    return Joined.by_road(
        code,
        km * share.reindex(code).to_numpy(),
        roads.places[lived_at],
        roads.minutes[lived_at] + MINUTES_PER_HOUR * local.reindex(code).to_numpy().reshape(-1, 1),
    )


def _distance_km(lon: Floats, lat: Floats, at_lon: float, at_lat: float) -> Floats:
    """Return distances to a point that is near, as on a plane."""
    east = np.radians(lon - at_lon) * np.cos(np.radians(at_lat))
    return np.asarray(EARTH_RADIUS_KM * np.hypot(east, np.radians(lat - at_lat)))
