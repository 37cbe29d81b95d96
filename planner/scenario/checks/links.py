"""Are the links that a scenario changes, closes and opens there on its date? Names -> nodes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from planner.io.tables.roads import read_roads
from planner.messages.message import Message
from planner.model.country import load_network
from planner.model.roads.changes import (
    ChangedLink,
    ClosedLink,
    Edge,
    Ends,
    NetworkChanges,
    OpenedLink,
    links_between,
)
from planner.model.roads.graph import path as way
from planner.scenario.checks.context import Context
from planner.scenario.checks.figures import Known
from planner.scenario.network_keys import LinkChange, LinkClosure, LinkEnds, Network
from planner.scenario.places import PlaceNames
from planner.scenario.resolve import NameBook
from planner.spelling import shown
from planner.today import today
from planner.yamlfile.tree import KeyPath, TextFault, Wording

#: After so many links that are not there, no way between their ends is looked for.
MOST_WAYS = 5


def read_changes(context: Context, known: Known) -> tuple[NetworkChanges, list[TextFault]]:
    """Find the nodes of the links that a scenario changes, and what is wrong with these changes."""
    asked = context.scenario.network
    if asked == Network():
        return NetworkChanges(), []
    on = context.scenario.date or today()
    roads = read_roads(known.bundle)
    network = load_network(known.bundle, on, _parameters(context, known), asked.season)
    names = NameBook(known.gazetteer, context.region or ())
    places = PlaceNames(network, dict(roads.places["name"]), names)
    work = _Work(context, places, roads.links, on)
    changes = NetworkChanges(
        tuple(work.changed(asked)),
        tuple(work.closed(asked)),
        tuple(work.opened(asked)),
        asked.season,
    )
    return changes, work.findings


def _parameters(context: Context, known: Known) -> Mapping[str, float]:
    """Return every parameter's value, its default where the scenario's own is out of range."""
    own = context.scenario.assumptions
    values = {}
    for name, entry in known.parameters.items():
        least, most = entry.allowed
        given = own.get(name, entry.default)
        values[name] = given if least <= given <= most else entry.default
    return values


@dataclass
class _Work:
    """Looks up what changes name, and gathers what is wrong with them.

    Attributes
    ----------
    links_of_all_dates : curated links, to tell one of another date from one that is unknown.
    on : the network's date.
    first : link -> whether it is changed or closed, and where.
    """

    context: Context
    places: PlaceNames
    links_of_all_dates: pd.DataFrame
    on: dt.date
    findings: list[TextFault] = field(default_factory=list)
    first: dict[Edge, tuple[str, KeyPath]] = field(default_factory=dict)
    ways: int = 0

    def changed(self, asked: Network) -> Iterator[ChangedLink]:
        for number, change in enumerate(asked.change):
            here: KeyPath = ("network", "change", number)
            self._check_figures(here, change)
            if ends := self._existing((*here, "link"), here, change.link, None):
                yield ChangedLink(ends, change.minutes, change.km, change.wait_minutes)

    def closed(self, asked: Network) -> Iterator[ClosedLink]:
        for number, closure in enumerate(asked.close):
            here: KeyPath = ("network", "close", number)
            if isinstance(closure, LinkClosure):
                ends = self._existing((*here, "link"), here, closure.link, closure.road)
            else:
                ends = self._existing(here, here, closure, None)
            if ends:
                yield ClosedLink(ends, closure.road if isinstance(closure, LinkClosure) else None)

    def opened(self, asked: Network) -> Iterator[OpenedLink]:
        for number, new in enumerate(asked.open):
            if ends := self._ends(("network", "open", number, "link"), new.link):
                yield OpenedLink(ends, new.minutes, new.km, new.wait_minutes, new.mode)

    def _tell(self, path: KeyPath, message: Wording) -> None:
        self.findings.append(self.context.finding(path, message))

    def _check_figures(self, here: KeyPath, change: LinkChange) -> None:
        given = (change.minutes, change.km, change.wait_minutes)
        if all(figure is None for figure in given) and self.context.sound(*here):
            self._tell(here, Message.of("network.no_figure"))

    def _ends(self, place: KeyPath, link: LinkEnds) -> Ends | None:
        """Find the nodes of two names; None, with findings, where that fails."""
        found: list[str] = []
        for position, text in enumerate(link):
            node = self.places.find(text)
            if isinstance(node, str):
                found.append(node)
            elif node is not None:
                self._tell((*place, position), node)
        if len(found) < len(link):
            return None
        start, end = found
        if start == end:
            name = self.places.label(link[0], start)
            self._tell(place, Message.of("network.same_ends", name=shown(name)))
            return None
        return start, end

    def _existing(
        self, place: KeyPath, here: KeyPath, link: LinkEnds, road: str | None
    ) -> Ends | None:
        """Find the nodes of a link that is there; None, with findings, where it is not."""
        ends = self._ends(place, link)
        if ends is None or not self.context.whole("date"):
            return None
        chosen = [edge for edge, _ in links_between(self.places.network, ends, road)]
        if not chosen:
            self._tell(here, self._missing(link, ends, road))
        kind = str(here[1])
        for edge in chosen:
            before, where = self.first.setdefault(edge, (kind, here))
            if where != here:
                self._tell(here, self._again(before, kind, self.context.line(*where)))
                break
        return ends

    def _again(self, before: str, kind: str, line: int) -> Message:
        twice = {"change": "network.changed_twice", "close": "network.closed_twice"}[kind]
        code = twice if before == kind else "network.changed_and_closed"
        return Message.of(code, line=line)

    def _missing(self, link: LinkEnds, ends: Ends, road: str | None) -> Wording:
        joined = tuple(map(self.places.label, link, ends))
        parallel = [found.road for _, found in links_between(self.places.network, ends)]
        if parallel:
            roads = tuple(sorted({one for one in parallel if one}))
            expected = roads or Message.of("network.no_road")
            return Message.of("network.other_road", ends=joined, road=road or "", roads=expected)
        if periods := self._periods(*ends):
            code = "network.not_today" if self.on == today() else "network.not_on"
            return Message.of(code, ends=joined, date=str(self.on), periods=tuple(periods))
        return partial(self._no_link, *ends, joined)

    def _no_link(self, start: str, end: str, joined: tuple[str, ...]) -> Message:
        self.ways += 1
        nodes = [start]
        if self.ways <= MOST_WAYS:
            nodes += [link.end for link in way(self.places.network, start, end)]
        names = " – ".join(map(self.places.name, nodes))
        hint = Message.of("network.way", names=names) if nodes[1:] else None
        return Message.of("network.no_link", hint, ends=joined)

    def _periods(self, start: str, end: str) -> list[Message]:
        links = self.links_of_all_dates
        between = (links["from"] == start) & (links["to"] == end)
        between |= (links["from"] == end) & (links["to"] == start)
        periods = []
        for row in links.loc[between].to_dict("records"):
            days = {
                name: str(row[column].date())
                for name, column in (("first", "valid_from"), ("last", "valid_to"))
                if not pd.isna(row[column])
            }
            periods.append(Message.of(f"network.period_{'_'.join(days) or 'any'}", **days))
        return periods
