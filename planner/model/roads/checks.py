"""How far the network is from public distances and travel times."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

import networkx as nx
import pandas as pd

from planner.model.roads.graph import FastestLinks, Link

#: Metrics that are lengths; the others are times.
LENGTHS = ("km", "road_km")

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
    fastest = cache(lambda date: FastestLinks.of(network_on(date)))
    figures = [_figure(row, fastest(row["date"].date())) for row in checks.to_dict("records")]
    measured = checks.assign(network=figures)
    return measured.assign(deviation_share=measured["network"] / measured["value"] - 1)


def fit_by_county(measured: pd.DataFrame) -> pd.DataFrame:
    """Summarise how far the network is from public figures, county by county.

    Parameters
    ----------
    measured : from `check_network`, with ``counties``: the counties of both ends, in each of
        which the check counts.

    Returns
    -------
    Index ``county`` (sorted); ``km_checks``, ``min_checks``: number of checks of lengths and of
    times; ``km_median``, ``min_median``: their median deviation, 0-1, NaN where there is none.
    """
    table = measured.explode("counties").rename(columns={"counties": "county"})
    table["deviation"] = table["deviation_share"].abs()
    lengths = table["metric"].isin(LENGTHS)
    columns: dict[str, pd.Series] = {}
    for name, rows in (("km", table[lengths]), ("min", table[~lengths])):
        found = rows.groupby("county")["deviation"]
        columns |= {f"{name}_checks": found.size(), f"{name}_median": found.median()}
    fit = pd.DataFrame(columns)
    counts = ["km_checks", "min_checks"]
    return fit.fillna(dict.fromkeys(counts, 0)).astype(dict.fromkeys(counts, int))


def _figure(check: Mapping[Hashable, Any], fastest: FastestLinks) -> float:
    start, end = check["origin"], check["destination"]
    if check["metric"] == "crossing_minutes":
        links = [_ferry(fastest, start, end)]
    else:
        stops = [] if pd.isna(check["via"]) else check["via"].split(",")
        legs = pairwise([start, *stops, end])
        links = [link for a, b in legs for link in fastest.way(a, b)]
    return _FIGURES[check["metric"]](links)


def _ferry(fastest: FastestLinks, start: str, end: str) -> Link:
    ferries = (link for link in fastest.links.values() if link.mode == "ferry")
    return next(link for link in ferries if {link.start, link.end} == {start, end})
