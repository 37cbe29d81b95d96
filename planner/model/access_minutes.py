"""Minutes from where people live to where the offices lie, for the whole country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from planner.io.bundle import Bundle
from planner.io.tables.land import read_areas
from planner.io.tables.offices import read_reception_points
from planner.io.tables.population import read_settlements
from planner.model.inhabitants import Floats, Inhabitants, in_order
from planner.model.roads.graph import FastestLinks
from planner.model.roads.settlements import Joined, RoadPoints, join_people


def people_to_offices(
    bundle: Bundle,
    network: nx.MultiGraph[str],
    population: pd.Series[int],
    assumptions: Mapping[str, float],
) -> Inhabitants:
    """Measure the fastest ways from where people live to an office in every municipality.

    An office lies at the municipality's reception point, the nearest of them where it has
    several; where it has none, at the centre of administration.

    Parameters
    ----------
    population : by code, persons; every municipality of the network.

    Raises
    ------
    DataError : a table is missing, changed or faulty.
    """
    codes = list(population.index)
    points = RoadPoints.of(network)
    listed = read_reception_points(bundle)
    listed = listed[listed["code"].isin(codes)].assign(weight=1.0)
    settlements, areas = read_settlements(bundle), read_areas(bundle)
    people = join_people(points, settlements, areas, population, assumptions, offices=listed)
    offices = points.join(listed, assumptions)
    centres = network.graph["centres"]
    without = [code for code in codes if code not in set(offices.code)]
    at_centre = np.array([[centres[code]] * 2 for code in without]).reshape(-1, 2)
    count = len(without)
    offices = offices.with_(
        Joined.by_road(
            np.array(without, dtype=str), np.ones(count), at_centre, np.zeros((count, 2))
        )
    )
    minutes = _minutes(network, codes, people, offices)
    own = np.arange(len(people.code)), pd.Index(codes).get_indexer(people.code)
    minutes[own] = np.minimum(minutes[own], people.straight)
    return in_order(codes, people.code, people.weight, minutes)


def _minutes(
    network: nx.MultiGraph[str], codes: Sequence[str], people: Joined, offices: Joined
) -> Floats:
    """(people, codes) least minutes, by one search from every municipality's offices.

    Each municipality is a node of its own, from which one reaches the places by its offices.
    """
    fastest = FastestLinks.of(network)
    count = len(fastest.nodes)
    node = {name: position for position, name in enumerate(fastest.nodes)}
    source = {code: count + position for position, code in enumerate(codes)}
    roads = fastest.matrix([link.total_minutes for link in fastest.links.values()]).tocoo()
    starts = np.repeat([source[code] for code in offices.code], 2)
    ends = np.array([node[place] for place in offices.places.ravel()])
    doors = pd.DataFrame({"start": starts, "end": ends, "minutes": offices.minutes.ravel()})
    doors = doors.groupby(["start", "end"])["minutes"].min().reset_index()
    rows, columns = roads.coords
    graph = csr_array(
        (
            np.concatenate([roads.data, doors["minutes"]]),
            (np.concatenate([rows, doors["start"]]), np.concatenate([columns, doors["end"]])),
        ),
        shape=(count + len(codes), count + len(codes)),
    )
    from_office = dijkstra(graph, indices=list(source.values()))[:, :count]
    through = np.array([[node[place] for place in pair] for pair in people.places])
    ways = from_office[:, through] + people.minutes
    return np.ascontiguousarray(ways.min(axis=2).T)
