"""The road and ferry network of one date and season."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from math import asin, cos, radians, sin, sqrt

import networkx as nx
import numpy as np
import pandas as pd

from planner.io.tables.roads import Roads, Season
from planner.model.roads.graph import Link

MEAN_EARTH_RADIUS_KM = 6371.0088


def road_network(
    roads: Roads, *, on: dt.date, season: Season | None = None, wait_share: float
) -> nx.MultiGraph[str]:
    """Make the network of a date and a season, before any change that a scenario makes.

    Parameters
    ----------
    roads : from `planner.io.tables.roads.read_roads`.
    on : date; `datetime.date.max` for the network as it is now.
    season : whose roads are open beside those that are open all year.
    wait_share : share of waiting time at ferries that counts.

    Returns
    -------
    See `planner.model.roads.graph`.
    """
    network: nx.MultiGraph[str] = nx.MultiGraph()
    for node, row in roads.places.to_dict("index").items():
        network.add_node(str(node), **{str(name): value for name, value in row.items()})
    network.graph["centres"] = roads.centres
    for link in _open_links(roads.links, on, season, wait_share):
        network.add_edge(link.start, link.end, link=link)
    return network


def great_circle_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the shortest distance over the globe between two points (longitude, latitude).

    Source
    ------
    Haversine formula on a sphere of the mean earth radius (IUGG, 6371.0088 km).
    """
    (lon_a, lat_a), (lon_b, lat_b) = map(radians, a), map(radians, b)
    half_chord = (
        sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    )
    return 2 * MEAN_EARTH_RADIUS_KM * asin(sqrt(half_chord))


def _open_links(
    links: pd.DataFrame, on: dt.date, season: Season | None, wait_share: float
) -> Iterator[Link]:
    begins, ends = (links[name].to_numpy("datetime64[D]") for name in ("valid_from", "valid_to"))
    begun = np.isnat(begins) | (begins <= np.datetime64(on))
    going_on = np.isnat(ends) | (ends >= np.datetime64(on))
    in_season = links["season"].isna() | (links["season"] == season)
    for row in links[begun & going_on & in_season].to_dict("records"):
        yield Link(
            start=row["from"],
            end=row["to"],
            mode=row["mode"],
            km=row["km"],
            minutes=row["minutes"],
            wait_minutes=row["wait_minutes"] * wait_share,
            road="" if pd.isna(row["road"]) else row["road"],
            provenance=row["provenance"],
            source=row["source"],
        )
