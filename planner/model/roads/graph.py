"""Links as the network knows them, and the fastest ways along them.

The network is an undirected `networkx.MultiGraph`. Nodes are place ids; node attributes are
``name``, ``municipality`` (code), ``lon``, ``lat`` (degrees) and ``kind``. Every edge carries its
`Link` as ``link``. ``network.graph["centres"]`` maps a municipality's code to the node of its
centre.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any, Self

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from planner.io.tables.roads import Mode
from planner.provenance import Provenance

#: Of ways that take equally long the shorter is preferred: minutes a km, too small to matter.
TIE_MIN_PER_KM = 1e-9

Matrix = npt.NDArray[Any]


@dataclass(frozen=True)
class Link:
    """A road or ferry between two nodes, on the network's date and in its circumstances.

    Attributes
    ----------
    start, end : nodes; a link can be used both ways.
    mode : road, ferry or express_boat (passengers only).
    km, minutes : length; time of driving or crossing.
    wait_minutes : mean waiting time as counted, that is after ``ferry_wait_share``.
    road : road number; empty where it has none.
    provenance : observed, estimated or scenario.
    source : who publishes the figures.
    """

    start: str
    end: str
    mode: Mode
    km: float
    minutes: float
    wait_minutes: float
    road: str
    provenance: Provenance
    source: str

    @property
    def total_minutes(self) -> float:
        """Driving or crossing, and waiting."""
        return self.minutes + self.wait_minutes

    @property
    def weight(self) -> float:
        """What the fastest way minimises; minutes, with the length to break ties."""
        return self.total_minutes + TIE_MIN_PER_KM * self.km

    def seen_from(self, node: str) -> Link:
        """Return the link with one of its ends as the start."""
        return self if self.start == node else replace(self, start=self.end, end=self.start)


def links_of(network: nx.MultiGraph[str]) -> Iterator[Link]:
    """Iterate over all links of a network."""
    for _, _, data in network.edges(data=True):
        yield data["link"]


@dataclass(frozen=True)
class FastestLinks:
    """The fastest of the parallel links between each two nodes, as sparse matrices.

    Attributes
    ----------
    nodes : sorted; the labels of rows and columns.
    links : (i, j) with i < j -> the fastest link between the two nodes.
    """

    nodes: list[str]
    links: dict[tuple[int, int], Link]

    @classmethod
    def of(cls, network: nx.MultiGraph[str]) -> Self:
        """Choose among parallel links; of equally fast ones the first by mode and road."""
        nodes = sorted(network)
        position = {node: index for index, node in enumerate(nodes)}
        links: dict[tuple[int, int], Link] = {}
        for link in links_of(network):
            a, b = position[link.start], position[link.end]
            pair = (min(a, b), max(a, b))
            if pair not in links or _rank(link) < _rank(links[pair]):
                links[pair] = link
        return cls(nodes, dict(sorted(links.items(), key=itemgetter(0))))

    def matrix(self, values: Sequence[float]) -> csr_array:
        """Return a symmetric (n, n) sparse matrix of one value a link, in the order of `links`."""
        ends = np.array(list(self.links), dtype=int).reshape(-1, 2)
        rows, columns = np.concatenate([ends, ends[:, ::-1]]).T
        shape = (len(self.nodes), len(self.nodes))
        return csr_array((np.tile(np.asarray(values), 2), (rows, columns)), shape=shape)

    def search(self, sources: Sequence[int] | Matrix) -> Matrix:
        """Search the fastest ways by Dijkstra's algorithm.

        Parameters
        ----------
        sources : positions of nodes.

        Returns
        -------
        shape (sources, n): position of the node before each node on the way from the source;
        negative at the source itself and where there is no way.
        """
        weights = self.matrix([link.weight for link in self.links.values()])
        _, before = dijkstra(weights, indices=sources, return_predecessors=True)
        return np.asarray(before)

    def way(self, a: str, b: str) -> list[Link]:
        """Return the links of the fastest way between two nodes, from `a` to `b`.

        It is the way that `planner.model.roads.travel.travel_between` measures; empty where `a` is
        `b` or no way leads to it.

        Raises
        ------
        ValueError : a node is not in the network.
        """
        start, end = self.nodes.index(a), self.nodes.index(b)
        first, last = sorted((start, end))  # one direction, so that ties fall alike
        before = self.search([first])[0]
        links: list[Link] = []
        while before[last] >= 0:
            pair = (min(before[last], last), max(before[last], last))
            links.append(self.links[pair].seen_from(self.nodes[before[last]]))
            last = before[last]
        return links[::-1] if start == first else [link.seen_from(link.end) for link in links]


def path(network: nx.MultiGraph[str], a: str, b: str) -> list[Link]:
    """Return the links of the fastest way between two nodes; see `FastestLinks.way`."""
    return FastestLinks.of(network).way(a, b)


def crossings(network: nx.MultiGraph[str]) -> set[tuple[str, str]]:
    """Return the pairs of different municipalities that an open link joins directly.

    Express boats, which take no cars, do not count.

    Returns
    -------
    Pairs of codes, the smaller first.
    """
    home: dict[str, str] = nx.get_node_attributes(network, "municipality")
    pairs = {
        (home[link.start], home[link.end])
        for link in links_of(network)
        if link.mode != "express_boat"
    }
    return {(min(a, b), max(a, b)) for a, b in pairs if a != b}


def _rank(link: Link) -> tuple[float, str, str]:
    return link.weight, link.mode, link.road
