"""Which node of the road network a planner means by a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

import networkx as nx

from planner.errors import AmbiguousMunicipalityError, UnknownMunicipalityError
from planner.io.bundle import Bundle
from planner.io.tables.roads import read_roads
from planner.messages.message import Message
from planner.scenario.resolve import NameBook, Unresolved
from planner.spelling import key, nearest, shown

QUAY = " ferjekai"

#: Nodes by the key of a name.
ByName = Mapping[str, list[str]]


@dataclass
class PlaceNames:
    """Names of places and municipalities in a network.

    Attributes
    ----------
    network : see `planner.model.roads.graph`.
    places : id of a curated place -> name, such as ``Hagafoss (rv7 x fv50)``.
    names : finds municipalities.
    """

    network: nx.MultiGraph[str]
    places: Mapping[str, str]
    names: NameBook

    def find(self, text: str) -> str | Callable[[], Message] | None:
        """Return the node that a text means, or what is wrong with it; None if not looked up.

        A text is a place id, the name of a place with or without what stands in parentheses, or
        a municipality, which stands for its centre; in this order, so that Ballangen is the
        place and not Narvik, of which it is a part. A quay may be called by the place where it
        lies, if nothing else is called so: Stokkvågen.
        """
        if text in self.network:
            return text
        for known in (self._by_name, self._by_short_name):
            if found := known.get(key(text)):
                return found[0] if len(found) == 1 else partial(self._ambiguous, text, found)
        code = self.names.find(text)
        if isinstance(code, str):
            return str(self.network.graph["centres"][code])
        quays = self._by_quay.get(key(text), [])
        if len(quays) == 1 and isinstance(code, UnknownMunicipalityError):
            return quays[0]
        return None if code is None else partial(self._unclear, code)

    def name(self, node: str) -> str:
        """Return a node's name."""
        return str(self.network.nodes[node]["name"])

    def label(self, text: str, node: str) -> str:
        """Return a node's name, after what the planner wrote where that is another."""
        short = _without_qualifier(self.name(node))
        same = key(text) in map(key, (self.name(node), short, node))
        return short if same else f"{text} ({short})"

    @cached_property
    def _by_name(self) -> ByName:
        return self._gathered(str)

    @cached_property
    def _by_short_name(self) -> ByName:
        return self._gathered(_without_qualifier)

    @cached_property
    def _by_quay(self) -> ByName:
        return self._gathered(lambda name: _without_qualifier(name).removesuffix(QUAY))

    def _gathered(self, spelling: Callable[[str], str]) -> ByName:
        nodes: dict[str, list[str]] = {}
        for node, name in self.places.items():
            nodes.setdefault(key(spelling(name)), []).append(node)
        return nodes

    def _ambiguous(self, text: str, nodes: list[str]) -> Message:
        names = tuple(self.name(node) for node in nodes)
        return Message.of("name.ambiguous", name=shown(text), names=names)

    def _unclear(self, error: Unresolved) -> Message:
        if isinstance(error, AmbiguousMunicipalityError):
            return error.message
        known = _spellings(self.places)
        longer = [
            name for name in self.places.values() if key(name).startswith(f"{key(error.text)} ")
        ]
        near: dict[str, str] = {}
        for name in (*longer, *nearest(error.text, known), *error.nearest):
            near.setdefault(key(name), name)
        expected = Message.of("network.place_expected")
        if near:
            expected = Message.of("name.meant", names=tuple(near.values()))
        return Message.of("network.no_place", expected, name=shown(error.text))


def place_names(bundle: Bundle) -> list[str]:
    """Return what a place of the road network may be called: names, short names, ids."""
    return _spellings(dict(read_roads(bundle).places["name"]))


def _spellings(places: Mapping[str, str]) -> list[str]:
    names = places.values()
    return list(dict.fromkeys([*names, *map(_without_qualifier, names), *places]))


def _without_qualifier(name: str) -> str:
    return name.split(" (", 1)[0]
