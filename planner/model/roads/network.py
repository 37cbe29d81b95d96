"""The road and ferry network of one date: curated links, estimated links, a scenario's changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from math import asin, cos, radians, sin, sqrt

import networkx as nx
import pandas as pd

from planner.errors import LabelMismatchError
from planner.io.tables.roads import Roads
from planner.model.roads.graph import Link

MEAN_EARTH_RADIUS_KM = 6371.0088
MINUTES_PER_HOUR = 60

#: The parameters that a network follows from.
NETWORK_PARAMETERS = (
    "estimated_detour_factor",
    "estimated_speed_kmh",
    "ferry_wait_share",
    "contiguity_least_border_m",
)

Pair = tuple[str, str]


def road_network(
    roads: Roads,
    municipalities: pd.DataFrame,
    borders: pd.DataFrame,
    *,
    on: dt.date,
    assumptions: Mapping[str, float],
) -> nx.MultiGraph[str]:
    """Make the network of a date, before any change that a scenario makes.

    Curated links are those of `roads` that are valid on the date. Two municipalities that share
    a land border get an estimated link between their centres (great circle times a detour
    factor, at one speed) unless

    - both centres belong to the same completely curated network (``network`` in places), or
    - curated links join them without passing a third centre.

    Both are judged on links of all dates and before any change, so that a link that opens, ends
    or is closed never makes an estimated link come or go.

    Parameters
    ----------
    roads : from `planner.io.tables.roads.read_roads`.
    municipalities : index ``code``; columns ``name``, ``centre_name``, ``centre_lon``,
        ``centre_lat`` (degrees). A centre that is no curated place gets a node of its own.
    borders : columns ``code_a``, ``code_b``, ``border_m``: length of the shared land border.
    on : date; `datetime.date.max` for the network as it is now.
    assumptions : values of `NETWORK_PARAMETERS`.

    Returns
    -------
    See `planner.model.roads.graph`.

    Raises
    ------
    LabelMismatchError : a border belongs to a municipality that is not in the table.
    """
    network = _with_places(roads.places, municipalities)
    wait_share = assumptions["ferry_wait_share"]
    for link in _curated(roads.links, on, wait_share):
        network.add_edge(link.start, link.end, link=link)
    neighbours = borders.loc[borders["border_m"] > assumptions["contiguity_least_border_m"]]
    pairs = _pairs(zip(neighbours["code_a"], neighbours["code_b"], strict=True))
    strange = sorted({code for pair in pairs for code in pair} - set(network.graph["centres"]))
    if strange:
        msg = f"borders of municipalities that are not there: {', '.join(strange)}"
        raise LabelMismatchError(msg)
    for pair in sorted(pairs - _joined(roads) - _surveyed(roads.places)):
        link = _estimated(network, pair, assumptions)
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


def _with_places(places: pd.DataFrame, municipalities: pd.DataFrame) -> nx.MultiGraph[str]:
    centres = _centres(places)
    rest = municipalities.loc[~municipalities.index.isin(list(centres))]
    own = pd.DataFrame(
        {
            "name": rest["centre_name"],
            "municipality": rest.index,
            "lon": rest["centre_lon"],
            "lat": rest["centre_lat"],
            "kind": "centre",
        }
    )
    nodes = pd.concat([places[own.columns], own])
    network: nx.MultiGraph[str] = nx.MultiGraph()
    for node, row in nodes.to_dict("index").items():
        network.add_node(str(node), **{str(name): value for name, value in row.items()})
    network.graph["centres"] = centres | {str(code): str(code) for code in rest.index}
    return network


def _centres(places: pd.DataFrame) -> dict[str, str]:
    """Municipality code -> place id of its curated centre."""
    centres = places.loc[places["kind"] == "centre", "municipality"]
    return {str(code): str(place_id) for place_id, code in centres.items()}


def _curated(links: pd.DataFrame, on: dt.date, wait_share: float) -> Iterator[Link]:
    for row in links.to_dict("records"):
        begins, ends = row["valid_from"], row["valid_to"]
        if (pd.isna(begins) or begins.date() <= on) and (pd.isna(ends) or on <= ends.date()):
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


def _estimated(network: nx.MultiGraph[str], pair: Pair, assumptions: Mapping[str, float]) -> Link:
    start, end = (network.graph["centres"][code] for code in pair)
    a, b = network.nodes[start], network.nodes[end]
    detour = assumptions["estimated_detour_factor"]
    km = detour * great_circle_km((a["lon"], a["lat"]), (b["lon"], b["lat"]))
    return Link(
        start=start,
        end=end,
        mode="road",
        km=km,
        minutes=km / assumptions["estimated_speed_kmh"] * MINUTES_PER_HOUR,
        wait_minutes=0.0,
        road="",
        provenance="estimated",
        source=f"straight line times {detour:g}",
        from_distance=True,
    )


def _joined(roads: Roads) -> set[Pair]:
    """Pairs of municipalities that curated links join without passing a third centre."""
    code_of = {place_id: code for code, place_id in _centres(roads.places).items()}
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from(zip(roads.links["from"], roads.links["to"], strict=True))
    between = nx.connected_components(graph.subgraph(node for node in graph if node not in code_of))
    joined = {(a, b) for a, b in graph.edges if a in code_of and b in code_of}
    for component in between:
        centres = nx.node_boundary(graph, component)
        joined.update(combinations(centres, 2))
    return _pairs((code_of[a], code_of[b]) for a, b in joined)


def _surveyed(places: pd.DataFrame) -> set[Pair]:
    """Pairs of municipalities whose centres belong to the same completely curated network."""
    centres = places.loc[(places["kind"] == "centre") & places["network"].notna()]
    groups = centres.groupby("network")["municipality"]
    return _pairs(pair for _, codes in groups for pair in combinations(codes, 2))


def _pairs(pairs: Iterable[Pair]) -> set[Pair]:
    return {(min(a, b), max(a, b)) for a, b in pairs}
