"""Names in a scenario -> codes: its region, its groups, and every municipality that it mentions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from planner.errors import AmbiguousMunicipalityError, UnknownMunicipalityError
from planner.io.gazetteer import Gazetteer
from planner.messages.message import Figure, Message
from planner.model.limits import LIMITS
from planner.scenario.vocabulary import Propose, Region, Scenario
from planner.spelling import key, shown
from planner.yamlfile.tree import KeyPath

#: Names are not looked up after so many unknown ones, since finding the nearest takes its time.
MOST_UNKNOWN = 12

Unresolved = UnknownMunicipalityError | AmbiguousMunicipalityError

BASES = ("council", "county", "counties", "municipalities")


@dataclass
class NameBook:
    """Resolves names and remembers the answers, as the same name stands in many places.

    Attributes
    ----------
    gazetteer : knows every municipality.
    near : codes among which an ambiguous name is looked for first.
    """

    gazetteer: Gazetteer
    near: Collection[str] = ()
    _answers: dict[str, str | Unresolved] = field(default_factory=dict)
    _unknown: int = 0

    def find(self, text: str) -> str | Unresolved | None:
        """Return a code, or what is wrong with the name; None where it was not looked up."""
        if text not in self._answers:
            if self._unknown >= MOST_UNKNOWN:
                return None
            try:
                self._answers[text] = self.gazetteer.resolve(text, self.near)
            except (UnknownMunicipalityError, AmbiguousMunicipalityError) as error:
                self._answers[text] = error
                self._unknown += 1
        return self._answers[text]


@dataclass
class RegionReading:
    """A region's municipalities, and what is wrong with it.

    Attributes
    ----------
    members : code -> where the scenario says that it belongs to the region.
    problems : place in the scenario and message.
    """

    members: dict[str, KeyPath] = field(default_factory=dict)
    problems: list[tuple[KeyPath, Message]] = field(default_factory=list)


def read_region(region: Region, gazetteer: Gazetteer) -> RegionReading:
    """Resolve a region: its base, and what is added and removed."""
    reading = RegionReading()
    given = [base for base in BASES if getattr(region, base) is not None]
    if len(given) != 1:
        code = "region.several_bases" if given else "region.no_base"
        message = Message.of(code, given=tuple(given), bases=BASES)
        reading.problems.append((("region",), message))
    if region.council is not None:
        _add_named(reading, gazetteer, "council", region.council, "council")
    if region.county is not None:
        _add_named(reading, gazetteer, "county", region.county, "county")
    for position, county in enumerate(region.counties or ()):
        _add_named(reading, gazetteer, "county", county, "counties", position)
    _add(reading, NameBook(gazetteer), "municipalities", region.municipalities or ())
    _add(reading, NameBook(gazetteer), "add", region.add)
    _remove(reading, NameBook(gazetteer, frozenset(reading.members)), region.remove)
    if not reading.members and not reading.problems:
        reading.problems.append((("region",), Message.of("region.empty")))
    return reading


def mentions(scenario: Scenario) -> Iterator[tuple[KeyPath, str]]:
    """Every municipality that a scenario mentions outside its region: place and name."""
    for number, group in enumerate(scenario.groups or ()):
        here: KeyPath = ("groups", number)
        yield (*here, "host"), group.host
        yield from _list((*here, "members"), group.members)
        for name in group.locations:
            yield (*here, "locations", name), name
    if scenario.propose:
        yield from _request_mentions(scenario.propose)
    for name in scenario.municipalities:
        yield ("municipalities", name), name


def called(gazetteer: Gazetteer, code: str, written: str) -> Figure:
    """Return a municipality's unique name, and how it is written where that differs."""
    names = (gazetteer.unique_name(code), gazetteer.name(code))
    as_written = key(written) in map(key, names)
    if as_written:
        return names[0]
    return Message.of("name.as_written", name=names[0], written=shown(written))


def _request_mentions(asked: Propose) -> Iterator[tuple[KeyPath, str]]:
    for limit in LIMITS:
        value, path = asked.limit(limit.key), ("propose", "constraints", *limit.key.split("."))
        if limit.kind == "sets":
            for number, names in enumerate(value):
                yield from _list((*path, number), names)
        elif isinstance(value, list):
            yield from _list(path, value)


def _list(path: KeyPath, names: Sequence[str]) -> Iterator[tuple[KeyPath, str]]:
    for position, name in enumerate(names):
        yield (*path, position), name


def _add_named(
    reading: RegionReading, gazetteer: Gazetteer, base: str, name: str, *place: str | int
) -> None:
    """Add a council or a county that stands at a place of the region."""
    known = {"council": gazetteer.councils, "county": gazetteer.counties}
    path: KeyPath = ("region", *place)
    if name in known[base]:
        codes = known[base][name]
        if reading.members.keys() & codes:
            reading.problems.append((path, Message.of("region.twice", name=name)))
        reading.members.update(dict.fromkeys(codes, path))
        return
    other = next(kind for kind in known if kind != base)
    nearest = {"council": gazetteer.nearest_council, "county": gazetteer.nearest_county}[base]
    if name in known[other]:
        meant = Message.of(f"region.is_{other}", name=name)
    elif near := nearest(name):
        meant = Message.of("name.meant", names=near)
    else:
        meant = Message.of("name.known", names=tuple(sorted(known[base])))
    message = Message.of(f"region.no_{base}", meant, name=shown(name))
    reading.problems.append((path, message))


def _add(reading: RegionReading, names: NameBook, part: str, added: Sequence[str]) -> None:
    for position, text in enumerate(added):
        path: KeyPath = ("region", part, position)
        code = _resolved(reading, names, path, text)
        if code is None:
            continue
        if code in reading.members:
            name = called(names.gazetteer, code, text)
            message = Message.of("region.twice", name=name)
            reading.problems.append((path, message))
        reading.members.setdefault(code, path)


def _remove(reading: RegionReading, names: NameBook, removed: Sequence[str]) -> None:
    base = set(reading.members)
    for position, text in enumerate(removed):
        path: KeyPath = ("region", "remove", position)
        code = _resolved(reading, names, path, text)
        if code is not None and reading.members.pop(code, None) is None:
            name = called(names.gazetteer, code, text)
            wrong = "region.removed_twice" if code in base else "region.not_there"
            reading.problems.append((path, Message.of(wrong, name=name)))


def _resolved(reading: RegionReading, names: NameBook, path: KeyPath, text: str) -> str | None:
    found = names.find(text)
    if not isinstance(found, str | None):
        reading.problems.append((path, found.message))
        return None
    return found
