"""A country that is made up: municipalities scattered by a seed, joined as a planar graph.

Towns lie evenly at random, as densely as Norway's; roads follow the Delaunay triangulation, at the
speed and detour of the estimated links. Inhabitants are drawn like Norway's (log-normal); staff and
commuters are proportional to them, commuters between neighbours only.
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import Delaunay

from bench.norway import FloatArray, population
from planner.model.instance import Instance, Travel
from planner.model.plan import Plan

_SEED = 0
_KM2_EACH = 900.0
_DETOUR, _KM_PER_MIN = 1.35, 55 / 60
_PEOPLE_PER_FTE = 450.0
_COMMUTERS_SHARE = 0.02


@dataclass(frozen=True, eq=False)
class Country:
    """A made-up country.

    Attributes
    ----------
    minutes : (n, n) shortest paths.
    people : (n,) inhabitants.
    roads : (m, 2) ends of each road.
    """

    minutes: FloatArray
    people: FloatArray
    roads: np.ndarray

    @classmethod
    def of(cls, count: int) -> Country:
        """Scatter so many municipalities."""
        random = np.random.default_rng(_SEED)
        points = random.uniform(0, np.sqrt(count * _KM2_EACH), (count, 2))
        corners = Delaunay(points).simplices
        roads = np.unique(
            np.sort(np.vstack([corners[:, [0, 1]], corners[:, 1:], corners[:, ::2]])), axis=0
        )
        km = np.linalg.norm(points[roads[:, 0]] - points[roads[:, 1]], axis=1)
        links = csr_array((km * _DETOUR / _KM_PER_MIN, roads.T), shape=(count, count))
        logs = np.log(population())
        people = np.round(np.exp(random.normal(logs.mean(), logs.std(), count)))
        return cls(dijkstra(links, directed=False), people, roads)

    def instance(self) -> Instance:
        """Return the country as a region without anything that a proposal does not use."""
        codes = [f"{k:04d}" for k in range(len(self.people))]
        square = {"index": codes, "columns": codes}
        table = pd.DataFrame({"population": self.people}, index=pd.Index(codes, name="code"))
        table = table.assign(
            name=codes,
            county="",
            regional_council="",
            fte=self.people / _PEOPLE_PER_FTE,
            employed_residents=self.people / 2,
            jobs=self.people / 2,
            **{f"{name}_provenance": "assumed" for name in ("population", "fte", "jobs")},
        )
        nothing = pd.DataFrame(data=False, **square)
        minutes = pd.DataFrame(self.minutes, **square)
        flows = np.zeros_like(self.minutes)
        a, b = self.roads.T
        flows[a, b] = _COMMUTERS_SHARE * np.minimum(self.people[a], self.people[b])
        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(codes)
        graph.add_edges_from((codes[i], codes[k]) for i, k in self.roads)
        return Instance(
            municipalities=table,
            travel=Travel(minutes, minutes, nothing, nothing),
            commuters=pd.DataFrame(flows, **square),
            commuters_provenance="modelled",
            contiguity=graph,
            baseline=Plan({code: code for code in codes}, form="today"),
        )
