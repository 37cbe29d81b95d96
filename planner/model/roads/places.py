"""Which node of the network a planner means by a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import networkx as nx

from planner.errors import AmbiguousMunicipalityError, UnknownMunicipalityError
from planner.spelling import key, nearest

MOST_SUGGESTIONS = 3


class UnclearPlaceError(Exception):
    """A name that means no place, or several; the text is for planners."""


@dataclass(frozen=True)
class PlaceNames:
    """Names of places and municipalities.

    Attributes
    ----------
    network : see `planner.model.roads.graph`.
    places : place id -> name, such as ``Hagafoss (rv7 x fv50)``.
    municipalities : code -> name.
    resolve : name of a municipality -> its code.
    """

    network: nx.MultiGraph[str]
    places: Mapping[str, str]
    municipalities: Mapping[str, str]
    resolve: Callable[[str], str]

    def node(self, text: str) -> str:
        """Find the node that a text means.

        A text is a place id, the name of a place with or without what stands in parentheses, or
        a municipality, which stands for its centre; in this order, so that Ballangen is the
        place and not Narvik, of which it is a part.

        Raises
        ------
        UnclearPlaceError : it means no place, or several.
        """
        if text in self.network:
            return text
        for spelling in (str, _without_qualifier):
            found = [node for node, name in self.places.items() if key(spelling(name)) == key(text)]
            if len(found) == 1:
                return found[0]
            if found:
                names = ", ".join(map(self.name, found))
                raise UnclearPlaceError(f"{text!r} may be any of {names}. Write one of these.")
        try:
            return str(self.network.graph["centres"][self.resolve(text)])
        except AmbiguousMunicipalityError as error:
            raise UnclearPlaceError(f"{error}. Write one of these.") from None
        except UnknownMunicipalityError:
            raise UnclearPlaceError(
                f"no place or municipality is called {text!r}. Expected a name of places.csv "
                f"or of a municipality.{self._hint(text)}"
            ) from None

    def name(self, node: str) -> str:
        """Return a node's name."""
        return str(self.network.nodes[node]["name"])

    def label(self, text: str, node: str) -> str:
        """Return a node's name, after what the planner wrote where that is another."""
        name = self.name(node)
        short = _without_qualifier(name)
        return short if key(text) in map(key, (name, short, node)) else f"{text} ({short})"

    def _hint(self, text: str) -> str:
        known = [*self.places.values(), *self.municipalities.values()]
        longer = [name for name in known if key(name).startswith(f"{key(text)} ")]
        near = list(dict.fromkeys([*longer, *nearest(text, known)]))[:MOST_SUGGESTIONS]
        return f" Did you mean {' or '.join(map(repr, near))}?" if near else ""


def _without_qualifier(name: str) -> str:
    return name.split(" (", 1)[0]
