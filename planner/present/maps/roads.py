"""Roads and ferries under a plan, and the ways along them from members to their hosts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx
import pandas as pd

from planner.io.tables.roads import Mode
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.model.roads.graph import FastestLinks, Link, links_of
from planner.present.words.text import figure, text

#: Longitude and latitude, degrees.
Place = tuple[float, float]


@dataclass(frozen=True)
class Road:
    """A road or ferry, drawn straight between two places."""

    mode: Mode
    ends: tuple[Place, Place]


def roads_of(instance: Instance) -> tuple[Road, ...]:
    """Return the roads and ferries with an end in the region; none where they are unknown."""
    if instance.network is None:
        return ()
    places = _places(instance.network, instance.municipalities)
    home = instance.network.nodes(data="municipality")
    codes, modes = set(instance.codes), {"road": 0, "ferry": 1, "express_boat": 2}
    inside = [
        link
        for link in links_of(instance.network)
        if home[link.start] in codes or home[link.end] in codes
    ]
    drawn = {Road(link.mode, (places[link.start], places[link.end])): None for link in inside}
    return tuple(sorted(drawn, key=lambda road: (modes[road.mode], road.ends)))


def ways_to_hosts(instance: Instance, plan: Plan) -> dict[str, list[Link]]:
    """Return the links from every member's centre to its host's; none where they are unknown."""
    if instance.network is None:
        return {}
    fastest, centres = FastestLinks.of(instance.network), instance.network.graph["centres"]
    members = {code: host for code, host in plan.host_of.items() if code != host}
    return {
        code: fastest.way(centres[code], centres[host])
        for code, host in members.items()
        if code in centres and host in centres
    }


def places_between(
    instance: Instance, ways: Mapping[str, list[Link]]
) -> dict[str, tuple[Place, ...]]:
    """Return the places that every way leads through, its ends left out."""
    if instance.network is None:
        return {}
    places = _places(instance.network, instance.municipalities)
    return {code: tuple(places[link.start] for link in way[1:]) for code, way in ways.items()}


def way_line(way: list[Link]) -> str:
    """Write a way's road numbers, ferries and minutes."""
    numbers = dict.fromkeys(link.road for link in way if link.road and link.mode == "road")
    boats = dict.fromkeys(text(f"map.{link.mode}") for link in way if link.mode != "road")
    minutes = figure(sum(link.total_minutes for link in way), "min")
    return text("map.way", roads=", ".join([*numbers, *boats]), minutes=minutes)


def _places(network: nx.MultiGraph[str], rings: pd.DataFrame) -> dict[str, Place]:
    """Return where every node is drawn: a centre of the region where its ring stands."""
    places = {node: (float(at["lon"]), float(at["lat"])) for node, at in network.nodes(data=True)}
    centres = network.graph["centres"]
    spots = rings[["centre_lon", "centre_lat"]].itertuples()
    return places | {centres[code]: (lon, lat) for code, lon, lat in spots if code in centres}
