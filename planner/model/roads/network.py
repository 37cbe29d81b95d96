"""The road and ferry network of one date and season."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from math import asin, cos, radians, sin, sqrt

import networkx as nx
import numpy as np
import pandas as pd

from planner.io.tables.roads import CONFIDENCES, Roads, Season
from planner.model.roads.graph import Link

MEAN_EARTH_RADIUS_KM = 6371.0088


#: The parameters that a network follows from.
PARAMETERS = (
    "ferry_wait_share",
    "road_minutes_high_factor",
    "road_minutes_medium_factor",
    "road_minutes_low_factor",
)


def road_network(
    roads: Roads, *, on: dt.date, season: Season | None = None, assumptions: Mapping[str, float]
) -> nx.MultiGraph[str]:
    """Make the network of a date and a season, before any change that a scenario makes.

    Parameters
    ----------
    roads : from `planner.io.tables.roads.read_roads`.
    on : date; `datetime.date.max` for the network as it is now.
    season : whose roads are open beside those that are open all year.
    assumptions : values of `PARAMETERS`: the share of waiting at ferries that counts, and a
        factor on the driving times of roads of each confidence.

    Returns
    -------
    See `planner.model.roads.graph`.
    """
    network: nx.MultiGraph[str] = nx.MultiGraph()
    for node, row in roads.places.to_dict("index").items():
        network.add_node(str(node), **{str(name): value for name, value in row.items()})
    network.graph["centres"] = roads.centres
    for link in _open_links(roads.links, on, season, assumptions):
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
    links: pd.DataFrame, on: dt.date, season: Season | None, assumptions: Mapping[str, float]
) -> Iterator[Link]:
    begins, ends = (links[name].to_numpy("datetime64[D]") for name in ("valid_from", "valid_to"))
    begun = np.isnat(begins) | (begins <= np.datetime64(on))
    going_on = np.isnat(ends) | (ends >= np.datetime64(on))
    in_season = links["season"].isna() | (links["season"] == season)
    factor = {level: assumptions[f"road_minutes_{level}_factor"] for level in CONFIDENCES}
    for row in links[begun & going_on & in_season].to_dict("records"):
        yield Link(
            start=row["from"],
            end=row["to"],
            mode=row["mode"],
            km=row["km"],
            minutes=row["minutes"] * (factor[row["confidence"]] if row["mode"] == "road" else 1.0),
            wait_minutes=row["wait_minutes"] * assumptions["ferry_wait_share"],
            road="" if pd.isna(row["road"]) else row["road"],
            provenance=row["provenance"],
            source=row["source"],
        )
