"""Second pass over a scenario: every municipality that it names, as a code of its region."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planner.errors import AmbiguousMunicipalityError
from planner.io.gazetteer import Gazetteer
from planner.messages.message import Figure, Message
from planner.scenario.resolve import (
    MOST_UNKNOWN,
    NameBook,
    Unresolved,
    called,
    mentions,
    read_region,
)
from planner.scenario.vocabulary import Scenario
from planner.yamlfile.fit import Fit
from planner.yamlfile.tree import KeyPath, Node, TextFault, Wording


@dataclass(frozen=True)
class Context:
    """A scenario with the places of its parts and the codes of its names.

    Attributes
    ----------
    scenario : what of the file fits the vocabulary.
    root : tree of the same parts.
    broken : paths of parts that do not fit; empty path for an unknown key at the top.
    gazetteer : names of codes.
    region : codes of the region, None where it is not well defined.
    codes : place of a municipality's name -> code, for those that resolve.
    """

    scenario: Scenario
    root: Node
    broken: frozenset[KeyPath]
    gazetteer: Gazetteer
    region: frozenset[str] | None
    codes: Mapping[KeyPath, str]

    def line(self, *path: str | int) -> int:
        """Return the line of a part."""
        return self.root.find(*path).line

    def finding(self, path: KeyPath, message: Wording) -> TextFault:
        """Place a fault at a part of the scenario."""
        return TextFault.at(self.root.find(*path), message)

    def name(self, code: str) -> str:
        """Return a unique name."""
        return self.gazetteer.unique_name(code)

    def whole(self, *keys: str) -> bool:
        """Say whether top-level keys have no fault of shape, and none may be misspelt."""
        return not any(path == () or path[0] in keys for path in self.broken)

    def called(self, path: KeyPath) -> Figure:
        """Return the unique name of the municipality at a place, and how it is written there."""
        node = self.root.find(*path)
        written = node.content if isinstance(node.content, str) else str(path[-1])
        return called(self.gazetteer, self.codes[path], written)

    def sound(self, *path: str | int) -> bool:
        """Say whether nothing at a path, as in the file, has a fault of shape."""
        return not any(broken[: len(path)] == path for broken in self.broken)

    def code_list(self, *path: str | int) -> dict[str, KeyPath]:
        """Return codes -> first place, for the names that resolve in the list at a path."""
        places: dict[str, KeyPath] = {}
        for position in range(len(self.root.entries(*path))):
            code = self.codes.get((*path, position))
            if code is not None:
                places.setdefault(code, (*path, position))
        return places


def read_context(
    scenario: Scenario, shape: Fit[Scenario], gazetteer: Gazetteer
) -> tuple[Context, list[TextFault]]:
    """Resolve the names of a scenario.

    Parameters
    ----------
    scenario : built from the parts that fit.
    shape : what the first pass found.
    gazetteer : names of municipalities, regional councils and counties.

    Returns
    -------
    The context, and a finding for every name that does not resolve, or not in the region.
    """
    region = read_region(scenario.region, gazetteer)
    fits = not any(path[:1] == ("region",) for path in shape.broken)
    findings = [
        TextFault.at(shape.root.find(*path), message)
        for path, message in region.problems
        if fits or len(path) > 1  # what does not fit may have been the region's base
    ]
    is_known = fits and not region.problems
    names = NameBook(gazetteer, frozenset(region.members))
    codes: dict[KeyPath, str] = {}
    for path, text in mentions(scenario):
        found = names.find(text)
        if isinstance(found, str):
            codes[path] = found
        elif found is None:
            message = Message.of("name.not_looked_up", most=MOST_UNKNOWN)
            findings.append(TextFault.at(shape.root.find(*path), message))
            break
        elif is_known or not _may_settle(found):
            findings.append(TextFault.at(shape.root.find(*path), found.message))
    members = frozenset(region.members) if is_known else None
    context = Context(scenario, shape.root, shape.broken, gazetteer, members, codes)
    return context, [*findings, *_strangers(context), *_twice(context)]


def _may_settle(error: Unresolved) -> bool:
    """Say whether a region that is not yet known could tell which municipality is meant."""
    return isinstance(error, AmbiguousMunicipalityError) and not error.shares


def _strangers(context: Context) -> Iterator[TextFault]:
    if context.region is None:
        return
    for path, code in context.codes.items():
        if code not in context.region and "locations" not in path:
            name = context.called(path)
            yield context.finding(path, Message.of("name.outside", name=name))


def _twice(context: Context) -> Iterator[TextFault]:
    """Find figures for one municipality under two spellings of its name."""
    first: dict[str, KeyPath] = {}
    for path, code in context.codes.items():
        if path[0] == "municipalities" and first.setdefault(code, path) != path:
            figures = {"name": context.called(path), "line": context.line(*first[code])}
            yield context.finding(path, Message.of("figure.twice", **figures))
