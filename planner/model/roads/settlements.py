"""Where people live and where offices lie, joined to the road network.

A municipality's inhabitants live in its settlements, as far as these hold them, and the rest along
its described roads:

- **Settlements** share the municipality's inhabitants by their own populations, which together
  are never more than all but ``dispersed_least_share``. A settlement is a disc about its point
  with ``settlement_density_per_km2``; a third each of its people live in the inner, middle and
  outer ring. They drive to the point at ``settlement_speed_kmh``, and from there to the nearest
  point of the municipality's roads.
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
    """

    code: npt.NDArray[np.str_]
    weight: Floats
    places: npt.NDArray[np.str_]
    minutes: Floats

    def with_(self, other: Joined) -> Joined:
        """Put two sets of points together."""
        return Joined(
            *(
                np.concatenate([getattr(self, name), getattr(other, name)])
                for name in ("code", "weight", "places", "minutes")
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
        joined = Joined(
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
        return Joined(
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
) -> Joined:
    """Spread every municipality's inhabitants over its settlements and along its roads.

    Parameters
    ----------
    points : of the network.
    settlements : columns ``code``, ``lon``, ``lat`` and ``population``.
    areas : by code, km2.
    population : by code, persons.
    assumptions : values of `PARAMETERS`.

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
    rings = _rings(points.join(known.assign(weight=share), assumptions), people, assumptions)
    return rings.with_(_dispersed(points.joined, points.from_place_km, settled, areas, assumptions))


def _rings(joined: Joined, people: pd.Series[float], assumptions: Mapping[str, float]) -> Joined:
    """Set the people of settlements apart from their point, a third each in three rings."""
    radius_km = np.sqrt(people.to_numpy() / assumptions["settlement_density_per_km2"] / np.pi)
    driven_km = np.outer(radius_km, RINGS) * assumptions["local_detour_factor"]
    local = driven_km / assumptions["settlement_speed_kmh"] * MINUTES_PER_HOUR
    count = len(RINGS)
    return Joined(
        np.repeat(joined.code, count),
        np.repeat(joined.weight / count, count),
        np.repeat(joined.places, count, axis=0),
        np.repeat(joined.minutes, count, axis=0) + local.reshape(-1, 1),
    )


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
    return Joined(
        code,
        km * share.reindex(code).to_numpy(),
        roads.places[lived_at],
        roads.minutes[lived_at] + MINUTES_PER_HOUR * local.reindex(code).to_numpy().reshape(-1, 1),
    )


def _distance_km(lon: Floats, lat: Floats, at_lon: float, at_lat: float) -> Floats:
    """Return distances to a point that is near, as on a plane."""
    east = np.radians(lon - at_lon) * np.cos(np.radians(at_lat))
    return np.asarray(EARTH_RADIUS_KM * np.hypot(east, np.radians(lat - at_lat)))
