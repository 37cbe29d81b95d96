"""How far the network is from public distances and travel times."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

import networkx as nx
import pandas as pd

from planner.model.roads.graph import Link, links_of, path

_FIGURES: dict[str, Callable[[list[Link]], float]] = {
    "km": lambda links: sum(link.km for link in links),
    "road_km": lambda links: sum(link.km for link in links if link.mode == "road"),
    "minutes": lambda links: sum(link.minutes for link in links),
    "crossing_minutes": lambda links: sum(link.minutes for link in links),
}


def check_network(
    checks: pd.DataFrame, network_on: Callable[[dt.date], nx.MultiGraph[str]]
) -> pd.DataFrame:
    """Measure every check in the network of its date.

    Parameters
    ----------
    checks : from `planner.io.tables.roads.read_checks`.
    network_on : date -> network.

    Returns
    -------
    The checks with two more columns: ``network``, the network's figure in the metric of the
    check, and ``deviation_share``, how much larger it is than the public one (negative: smaller).
    """
    network = cache(network_on)
    figures = [_figure(row, network(row["date"].date())) for row in checks.to_dict("records")]
    measured = checks.assign(network=figures)
    return measured.assign(deviation_share=measured["network"] / measured["value"] - 1)


def _figure(check: Mapping[Hashable, Any], network: nx.MultiGraph[str]) -> float:
    start, end = check["origin"], check["destination"]
    if check["metric"] == "crossing_minutes":
        links = [_ferry(network, start, end)]
    else:
        stops = [] if pd.isna(check["via"]) else check["via"].split(",")
        legs = pairwise([start, *stops, end])
        links = [link for a, b in legs for link in path(network, a, b)]
    return _FIGURES[check["metric"]](links)


def _ferry(network: nx.MultiGraph[str], start: str, end: str) -> Link:
    ferries = (link for link in links_of(network) if link.mode == "ferry")
    return next(link for link in ferries if {link.start, link.end} == {start, end})
