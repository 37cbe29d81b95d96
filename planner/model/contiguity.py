"""Contiguity: which municipalities hang together by land border, bridge, tunnel or ferry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import networkx as nx
import pandas as pd

from planner.errors import LabelMismatchError


def contiguity_graph(
    codes: Sequence[str],
    borders: pd.DataFrame,
    crossings: Iterable[tuple[str, str]],
    *,
    least_border_m: float,
) -> nx.Graph[str]:
    """Join municipalities that share a land border or a crossing.

    Parameters
    ----------
    codes : municipalities; the graph's nodes, in this order.
    borders : columns ``code_a``, ``code_b``, ``border_m`` (metres).
    crossings : pairs joined by a bridge, tunnel or ferry.
    least_border_m : a border counts if it is longer than this.

    Returns
    -------
    Undirected; edge attribute ``kind`` is ``border``, or ``crossing`` where there is no border.

    Raises
    ------
    LabelMismatchError : a border or crossing names a municipality that is not a node.
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(codes)
    apart = sorted((one, other) for one, other in crossings if one != other)
    graph.add_edges_from(apart, kind="crossing")
    long = borders[borders["border_m"] > least_border_m]
    graph.add_edges_from(zip(long["code_a"], long["code_b"], strict=True), kind="border")
    strangers = sorted(set(graph) - set(codes))
    if strangers:
        msg = f"borders or crossings of unknown municipalities: {', '.join(strangers)}"
        raise LabelMismatchError(msg)
    return graph
