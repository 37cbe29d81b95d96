"""Travel time and distance between municipality centres."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx
import numpy as np
import pandas as pd

from planner.errors import LabelMismatchError
from planner.model.instance import Travel
from planner.model.roads.graph import FastestLinks, Matrix, crossings, path
from planner.model.roads.network import road_network

__all__ = ["crossings", "path", "road_network", "travel_between"]


def travel_between(network: nx.MultiGraph[str], codes: Sequence[str]) -> Travel:
    """Measure the fastest ways between municipality centres.

    The fastest way minimises driving, crossing and waiting; of ways that take equally long, the
    shorter is taken. Both directions of a pair are one way, so that every table is symmetric.

    Parameters
    ----------
    network : from `road_network`.
    codes : municipalities, each once; the order of rows and columns.

    Raises
    ------
    LabelMismatchError : a code stands twice, or has no centre in the network.

    Source
    ------
    E. W. Dijkstra, A note on two problems in connexion with graphs, Numerische Mathematik 1 (1959).
    """
    centres: dict[str, str] = network.graph["centres"]
    strange = [code for code in codes if code not in centres]
    if strange or len(set(codes)) < len(codes):
        msg = f"no municipality of the network, or twice: {', '.join(strange) or 'a code'}"
        raise LabelMismatchError(msg)
    fastest = FastestLinks.of(network)
    position = {node: index for index, node in enumerate(fastest.nodes)}
    sources = np.array([position[centres[code]] for code in codes], dtype=int)
    before = fastest.search(sources)
    links = fastest.links.values()
    figures = [
        [link.total_minutes for link in links],
        [link.km for link in links],
        [float(link.mode != "road") for link in links],
    ]
    totals = _sum_along(before, [fastest.matrix(values).toarray() for values in figures])
    minutes, km, ferries = (_one_direction(total[:, sources], sources) for total in totals)
    reached = (before[:, sources] >= 0) | np.eye(len(codes), dtype=bool)

    def table(values: Matrix) -> pd.DataFrame:
        return pd.DataFrame(values, index=pd.Index(codes, name="code"), columns=list(codes))

    return Travel(
        minutes=table(np.where(reached, minutes, np.inf)),
        km=table(np.where(reached, km, np.inf)),
        ferry=table(ferries > 0),
    )


def _sum_along(before: Matrix, figures: Sequence[Matrix]) -> list[Matrix]:
    """Add up figures of the links along every way of a search, by pointer doubling.

    Parameters
    ----------
    before : shape (sources, n), from `FastestLinks.search`.
    figures : each of shape (n, n), a figure of the link between two nodes.

    Returns
    -------
    Each of shape (sources, n); 0 at the source and where there is no way.
    """
    itself = np.broadcast_to(np.arange(before.shape[1]), before.shape)
    ahead = np.where(before < 0, itself, before)
    totals: list[Matrix] = [np.where(before < 0, 0.0, figure[ahead, itself]) for figure in figures]
    while True:
        totals = [total + np.take_along_axis(total, ahead, axis=1) for total in totals]
        further = np.take_along_axis(ahead, ahead, axis=1)
        if np.array_equal(further, ahead):
            return totals
        ahead = further


def _one_direction(values: Matrix, rank: Matrix) -> Matrix:
    """Make a square matrix symmetric: each pair as seen from the end of lower rank."""
    symmetric: Matrix = np.where(rank[:, None] <= rank[None, :], values, values.T)
    return symmetric
