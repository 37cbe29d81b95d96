"""Which node of the road network a planner means by a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

import networkx as nx

from planner.errors import AmbiguousMunicipalityError, UnknownMunicipalityError
from planner.io.bundle import Bundle
from planner.io.tables.roads import read_roads
from planner.scenario.resolve import Names, Unresolved, problem_with
from planner.spelling import key, nearest, quoted
from planner.yamlfile.wording import listed

QUAY = " ferjekai"

#: Nodes by the key of a name.
ByName = Mapping[str, list[str]]


@dataclass
class Places:
    """Names of places and municipalities in a network.

    Attributes
    ----------
    network : see `planner.model.roads.graph`.
    places : id of a curated place -> name, such as ``Hagafoss (rv7 x fv50)``.
    names : finds municipalities.
    """

    network: nx.MultiGraph[str]
    places: Mapping[str, str]
    names: Names

    def find(self, text: str) -> str | Callable[[], str] | None:
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

    def _ambiguous(self, text: str, nodes: list[str]) -> str:
        names = listed([self.name(node) for node in nodes])
        return f"{quoted(text)} may be any of {names}. Write which is meant."

    def _unclear(self, error: Unresolved) -> str:
        if isinstance(error, AmbiguousMunicipalityError):
            return problem_with(error)
        known = _spellings(self.places)
        longer = [
            name for name in self.places.values() if key(name).startswith(f"{key(error.text)} ")
        ]
        near: dict[str, str] = {}
        for name in (*longer, *nearest(error.text, known), *error.nearest):
            near.setdefault(key(name), name)
        expected = "A municipality, or a place in places.csv, is expected."
        if near:
            expected = f"Did you mean {listed([quoted(name) for name in near.values()])}?"
        return f"no place or municipality is called {quoted(error.text)}. {expected}"


def place_names(bundle: Bundle) -> list[str]:
    """Return what a place of the road network may be called: names, short names, ids."""
    return _spellings(dict(read_roads(bundle).places["name"]))


def _spellings(places: Mapping[str, str]) -> list[str]:
    names = places.values()
    return list(dict.fromkeys([*names, *map(_without_qualifier, names), *places]))


def _without_qualifier(name: str) -> str:
    return name.split(" (", 1)[0]
