"""A scenario's changes to the network: links changed, closed and opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import networkx as nx

from planner.io.tables.roads import Mode, Season
from planner.model.roads.graph import Link
from planner.spelling import key

Ends = tuple[str, str]
Edge = tuple[str, str, int]


@dataclass(frozen=True)
class ChangedLink:
    """New figures for all parallel links between two nodes; None stays as it is.

    Attributes
    ----------
    ends : nodes.
    minutes, km, wait_minutes : driving or crossing, length, mean waiting before any share.
    """

    ends: Ends
    minutes: float | None = None
    km: float | None = None
    wait_minutes: float | None = None


@dataclass(frozen=True)
class ClosedLink:
    """Parallel links between two nodes that are closed: all of them, or those of one road."""

    ends: Ends
    road: str | None = None


@dataclass(frozen=True)
class OpenedLink:
    """A link between two nodes that is not there today; figures as in `ChangedLink`."""

    ends: Ends
    minutes: float
    km: float
    wait_minutes: float = 0.0
    mode: Mode = "road"


@dataclass(frozen=True)
class NetworkChanges:
    """All that a scenario changes; nodes and links are known to be there."""

    changed: tuple[ChangedLink, ...] = ()
    closed: tuple[ClosedLink, ...] = ()
    opened: tuple[OpenedLink, ...] = ()
    season: Season | None = None


def with_changes(
    network: nx.MultiGraph[str], changes: NetworkChanges, *, wait_share: float
) -> nx.MultiGraph[str]:
    """Return a network with links changed, closed and opened.

    All changes refer to the links before any of them, so that their order does not matter.

    Parameters
    ----------
    network : of one date; see `planner.model.roads.graph`.
    changes : no link is both changed and closed.
    wait_share : share of waiting time that counts.
    """
    after = network.copy()
    for change in changes.changed:
        for (a, b, number), link in links_between(network, change.ends):
            after.edges[a, b, number]["link"] = _with_figures(link, change, wait_share)
    for closure in changes.closed:
        for edge, _ in links_between(network, closure.ends, closure.road):
            after.remove_edge(*edge)
    for new in changes.opened:
        link = _new_link(new, wait_share)
        after.add_edge(link.start, link.end, link=link)
    return after


def links_between(
    network: nx.MultiGraph[str], ends: Ends, road: str | None = None
) -> Iterator[tuple[Edge, Link]]:
    """Iterate over the parallel links between two nodes: all, or those of one road."""
    a, b = sorted(ends)
    edges: dict[Any, Any] = network.get_edge_data(a, b, default={})
    for number, data in edges.items():
        link: Link = data["link"]
        if road is None or key(link.road) == key(road):
            yield (a, b, number), link


def _with_figures(link: Link, change: ChangedLink, wait_share: float) -> Link:
    wait = change.wait_minutes
    return replace(
        link,
        km=link.km if change.km is None else change.km,
        minutes=link.minutes if change.minutes is None else change.minutes,
        wait_minutes=link.wait_minutes if wait is None else wait * wait_share,
        provenance="scenario",
        source="scenario",
    )


def _new_link(new: OpenedLink, wait_share: float) -> Link:
    return Link(
        start=new.ends[0],
        end=new.ends[1],
        mode=new.mode,
        km=new.km,
        minutes=new.minutes,
        wait_minutes=new.wait_minutes * wait_share,
        road="",
        provenance="scenario",
        source="scenario",
    )
