"""Do a scenario's own figures and links refer to what the data know?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Self

from planner.errors import AmbiguousMunicipalityError
from planner.io.bundle import Bundle
from planner.io.gazetteer import Gazetteer
from planner.io.tables.assumptions import Assumption, load_assumptions
from planner.io.tables.roads import read_roads
from planner.io.tables.services import service_names
from planner.scenario.checks.context import Context
from planner.scenario.resolve import Names, Unresolved, problem_with
from planner.scenario.vocabulary import Link, LinkClosure
from planner.spelling import did_you_mean, key, nearest, quoted
from planner.yamlfile.tree import Finding, Path
from planner.yamlfile.wording import listed


@dataclass(frozen=True)
class Known:
    """What names in a scenario may refer to.

    Attributes
    ----------
    gazetteer : municipalities, regional councils and counties.
    assumptions : parameters.
    services : municipal services; none where the data have no catalogue.
    places : ids and names of places in the road network; none where the data have no roads.
    """

    gazetteer: Gazetteer
    assumptions: Mapping[str, Assumption]
    services: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @classmethod
    def from_bundle(cls, bundle: Bundle) -> Self:
        """Read all of it.

        Raises
        ------
        DataError : a table is missing, changed or faulty.
        """
        return cls(
            Gazetteer.from_bundle(bundle),
            load_assumptions(bundle),
            tuple(service_names(bundle)) if bundle.has("services") else (),
            _place_names(bundle) if bundle.has("places") else (),
        )


def _place_names(bundle: Bundle) -> tuple[str, ...]:
    """Return names of places with and without what qualifies them, then their ids."""
    places = read_roads(bundle).places
    names = [str(name) for name in places["name"]]
    short = [name.split(" (", 1)[0] for name in names]
    return tuple(dict.fromkeys([*names, *short, *map(str, places.index)]))


def check_figures(context: Context, known: Known) -> Iterator[Finding]:
    """Find figures for what does not exist, and parameters outside their range."""
    yield from _assumptions(context, known)
    yield from _services(context, known)
    yield from _links(context, known)


def _assumptions(context: Context, known: Known) -> Iterator[Finding]:
    for name, value in context.scenario.assumptions.items():
        path: Path = ("assumptions", name)
        entry = known.assumptions.get(name)
        if entry is None:
            yield context.finding(path, partial(_unknown, "parameter", name, known.assumptions))
            continue
        least, most = entry.allowed
        if not least <= value <= most:
            message = (
                f"{value:.12g} is outside the range of this parameter. "
                f"From {least:.12g} to {most:.12g} ({entry.unit}) is expected."
            )
            yield context.finding(path, message)


def _services(context: Context, known: Known) -> Iterator[Finding]:
    lists: list[tuple[Path, Sequence[str]]] = [
        (("municipalities", name, "services"), own.services or ())
        for name, own in context.scenario.municipalities.items()
    ]
    lists.append((("agreement", "tasks"), context.scenario.agreement.tasks))
    for path, services in lists:
        first: dict[str, int] = {}
        for position, service in enumerate(services):
            here: Path = (*path, position)
            if known.services and service not in known.services:
                yield context.finding(here, partial(_unknown, "service", service, known.services))
            if first.setdefault(service, position) != position:
                yield context.finding(here, f"{quoted(service)} is named twice. Name it once.")


def _links(context: Context, known: Known) -> Iterator[Finding]:
    if not known.places:
        return
    names = Names(known.gazetteer, context.region or ())
    keys = frozenset(map(key, known.places))
    for path, link in _linked(context):
        if key(link[0]) == key(link[1]):
            message = f"both ends are {quoted(link[0])}. Two different places are expected."
            yield context.finding(path, message)
        for position, place in enumerate(link):
            found = place if key(place) in keys else names.find(place)
            if found is not None and not isinstance(found, str):
                message = _unknown_place(found, known.places)
                yield context.finding((*path, position), message)


def _linked(context: Context) -> Iterator[tuple[Path, Link]]:
    """Every link that a scenario changes, closes or opens, with the place of its two ends."""
    network = context.scenario.network
    for number, change in enumerate(network.change):
        yield ("network", "change", number, "link"), change.link
    for number, closure in enumerate(network.close):
        here: Path = ("network", "close", number)
        if isinstance(closure, LinkClosure):
            yield (*here, "link"), closure.link
        else:
            yield here, closure
    for number, new in enumerate(network.open):
        yield ("network", "open", number, "link"), new.link


def _unknown_place(error: Unresolved, places: Collection[str]) -> str:
    if isinstance(error, AmbiguousMunicipalityError):
        return problem_with(error)
    near: dict[str, str] = {}
    for name in (*nearest(error.text, places), *error.nearest):
        near.setdefault(key(name), name)
    expected = "A municipality, or a place in places.csv, is expected."
    if near:
        expected = f"Did you mean {listed([quoted(name) for name in near.values()])}?"
    return f"no place or municipality is called {quoted(error.text)}. {expected}"


def _unknown(kind: str, name: str, known: Collection[str]) -> str:
    meant = did_you_mean(name, known)
    choices = "" if meant else f" Known: {', '.join(sorted(known))}."
    return f"no {kind} is called {quoted(name)}.{choices}{meant}"
