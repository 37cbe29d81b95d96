"""A scenario's changes to the network: links changed, closed and opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import networkx as nx
import pandas as pd

from planner.errors import Fault, ScenarioError
from planner.model.roads.graph import Link, path
from planner.model.roads.places import PlaceNames, UnclearPlaceError
from planner.scenario.vocabulary import LinkChange, LinkClosure, Network, NewLink
from planner.spelling import key

Edge = tuple[str, str, int]


def apply_changes(
    network: nx.MultiGraph[str],
    changes: Network,
    *,
    links_of_all_dates: pd.DataFrame,
    on: dt.date,
    names: PlaceNames,
    wait_share: float,
) -> None:
    """Change, close and open links of a network, in place.

    All changes refer to the links before any of them, so that their order does not matter; a
    link that is both changed and closed is closed.

    Parameters
    ----------
    network : of one date; see `planner.model.roads.graph`.
    changes : a link is named by its two ends, and stands for all parallel links between them.
    links_of_all_dates : curated links, to tell one of another date from one that is unknown.
    on : the network's date; `datetime.date.max` for the network as it is now.
    names : of this network.
    wait_share : share of waiting time that counts.

    Raises
    ------
    ScenarioError : every change that names an unknown place or link; without lines.
    """
    work = _Work(network, links_of_all_dates, on, names)
    changed: dict[Edge, Link] = {}
    for index, change in enumerate(changes.change):
        where = f"network.change.{index}"
        for edge, link in work.links(change.link, None, where):
            if edge in changed:
                work.fault(where, "the link is changed twice. Write all its new figures together.")
            changed[edge] = _with_figures(link, change, wait_share)
    closed: set[Edge] = set()
    for index, closure in enumerate(changes.close):
        one = closure if isinstance(closure, LinkClosure) else LinkClosure(link=closure)
        where = f"network.close.{index}"
        closed.update(edge for edge, _ in work.links(one.link, one.road, where))
    opened = [
        _new_link(new, *ends, wait_share)
        for index, new in enumerate(changes.open)
        if (ends := work.ends(new.link, f"network.open.{index}"))
    ]
    if work.faults:
        raise ScenarioError(work.faults)
    for (a, b, number), link in changed.items():
        network.edges[a, b, number]["link"] = link
    for a, b, number in closed:
        network.remove_edge(a, b, number)
    for link in opened:
        network.add_edge(link.start, link.end, link=link)


@dataclass
class _Work:
    """Looks up what changes name, and gathers what is wrong with them."""

    network: nx.MultiGraph[str]
    links_of_all_dates: pd.DataFrame
    on: dt.date
    names: PlaceNames
    faults: list[Fault] = field(default_factory=list)

    def fault(self, where: str, message: str) -> None:
        self.faults.append(Fault("scenario", 0, where, message))

    def ends(self, texts: Sequence[str], where: str) -> tuple[str, str] | None:
        """Find the nodes of two names; None, with faults, where that fails."""
        found: list[str] = []
        for text in texts:
            try:
                found.append(self.names.node(text))
            except UnclearPlaceError as error:
                self.fault(where, str(error))
        if len(found) < len(texts):
            return None
        start, end = found
        if start == end:
            self.fault(
                where,
                f"both ends are {self.names.name(start)}. A link joins two different places, and "
                "a municipality stands for its centre.",
            )
            return None
        return start, end

    def links(
        self, texts: Sequence[str], road: str | None, where: str
    ) -> Iterator[tuple[Edge, Link]]:
        """Find the links between two names; none, with a fault, where there is no such link."""
        ends = self.ends(texts, where)
        if ends is None:
            return
        start, end = ends
        joined = " and ".join(map(self.names.label, texts, ends))
        edges: dict[Any, Any] = self.network.get_edge_data(start, end, default={})
        parallel: dict[int, Link] = {number: data["link"] for number, data in edges.items()}
        chosen = {
            number: link
            for number, link in parallel.items()
            if road is None or key(link.road) == key(road)
        }
        if not parallel:
            self.fault(where, self._no_link(start, end, joined))
        elif not chosen:
            numbers = ", ".join(sorted({link.road for link in parallel.values()}))
            expected = numbers or "no road number, since it has none"
            self.fault(where, f"the link between {joined} is not {road}. Expected {expected}.")
        for number, link in chosen.items():
            yield (min(start, end), max(start, end), number), link

    def _no_link(self, start: str, end: str, joined: str) -> str:
        periods = self._periods(start, end)
        if periods:
            today = "today" if self.on == dt.date.max else f"on {self.on}"
            return (
                f"the link between {joined} is not there {today}. "
                f"Expected a date {' or '.join(periods)}."
            )
        nodes = [start, *(link.end for link in path(self.network, start, end))]
        way = " – ".join(map(self.names.name, nodes))
        hint = f" The way between them is {way}: name one of its links." if nodes[1:] else ""
        return f"no single link joins {joined}. Expected the two ends of one link.{hint}"

    def _periods(self, start: str, end: str) -> list[str]:
        links = self.links_of_all_dates
        between = (links["from"] == start) & (links["to"] == end)
        between |= (links["from"] == end) & (links["to"] == start)
        periods = []
        for row in links.loc[between].to_dict("records"):
            begins = "" if pd.isna(row["valid_from"]) else f"from {row['valid_from'].date()}"
            ends = "" if pd.isna(row["valid_to"]) else f"to {row['valid_to'].date()}"
            periods.append(f"{begins} {ends}".strip())
        return periods


def _with_figures(link: Link, change: LinkChange, wait_share: float) -> Link:
    wait = change.wait_minutes
    return replace(
        link,
        km=link.km if change.km is None else change.km,
        minutes=link.minutes if change.minutes is None else change.minutes,
        wait_minutes=link.wait_minutes if wait is None else wait * wait_share,
        provenance="scenario",
        source="scenario",
    )


def _new_link(new: NewLink, start: str, end: str, wait_share: float) -> Link:
    return Link(
        start=start,
        end=end,
        mode=new.mode,
        km=new.km,
        minutes=new.minutes,
        wait_minutes=new.wait_minutes * wait_share,
        road="",
        provenance="scenario",
        source="scenario",
    )
