"""Changing a scenario's text: values by their keys, and plans by who shares an office with whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from textwrap import wrap
from typing import Any, Final

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import FoldedScalarString, LiteralScalarString

from planner.model.weights import Weights
from planner.scenario.vocabulary import DerivedFrom, Propose, Scenario
from planner.yamlfile.rewrite import rewritten

#: Keys of the top level in the order in which they are best read.
ORDER: Final = tuple(
    info.alias or name for name, info in Scenario.model_fields.items() if not name.startswith("_")
)
LINE_LETTERS: Final = 100
#: Keys that are about a scenario's own plan alone.
_OWN_PLAN: Final = ("groups", "derived_from", "rest", "propose", "workshop", "agreement")

EditKeys = tuple[str, ...]
_Group = dict[str, Any]


@dataclass(frozen=True)
class DrawnOffices:
    """Who shares an office with whom, in codes.

    Attributes
    ----------
    host_of : every municipality of the region -> its host; hosts serve themselves.
    days : days a week with presence outside the host's office; none where absent.
    """

    host_of: Mapping[str, str]
    days: Mapping[str, float] = field(default_factory=dict)

    def group(self, host: str) -> dict[str, float | None]:
        """Return a host's members, sorted, itself left out; with their days of presence."""
        members = [code for code, other in self.host_of.items() if other == host != code]
        return {code: self.days.get(code) for code in sorted(members)}


@dataclass(frozen=True)
class Spelling:
    """How municipalities are written: ``resolve`` a name to its code, and back to a ``name``."""

    resolve: Callable[[str], str]
    name: Callable[[str], str]


def with_values(text: str, values: Mapping[EditKeys, object]) -> str:
    """Set values by their keys; None removes a key, and what it leaves empty below the top level.

    Raises
    ------
    RewriteError : the text has faults, or cannot take the change.
    """

    def change(data: dict[str, Any]) -> None:
        for keys, value in values.items():
            if value is None:
                _remove(data, keys)
            else:
                _set(data, keys, _written(value, keys))

    return rewritten(text, change)


def with_offices(text: str, before: DrawnOffices, after: DrawnOffices, spelling: Spelling) -> str:
    """Write another plan into a scenario with groups; groups that stay are not touched.

    Parameters
    ----------
    text : a scenario with `groups`.
    before : the plan that the text draws, with those whom its `rest` places.
    after : the plan that it is to draw.
    spelling : of the region's municipalities.

    Raises
    ------
    RewriteError : the text has faults, or cannot take the change.
    """
    return rewritten(text, lambda data: _regroup(data["groups"], before, after, spelling))


def as_drawn(
    text: str, plan: DrawnOffices, spelling: Spelling, derived: DerivedFrom | None = None
) -> str:
    """Replace a scenario's request, or its groups, by the groups of a plan.

    Parameters
    ----------
    text, plan : of a scenario, and what it is to draw.
    spelling : of the region's municipalities.
    derived : what the plan was computed from, where people did not draw it.

    Raises
    ------
    RewriteError : the text has faults, or cannot take the change.
    """

    def change(data: dict[str, Any]) -> None:
        for key in ("propose", "rest", "groups", "derived_from"):
            data.pop(key, None)
        _put(data, "groups", CommentedSeq())
        _regroup(data["groups"], DrawnOffices({}), plan, spelling)
        _put_derived(data, derived)

    return rewritten(text, change)


def with_request(
    text: str, asked: Propose, *, title: str, description: str, baseline: str = ""
) -> str:
    """Return the text of a scenario that asks for a plan in another's circumstances.

    What the old file says about its own plan (groups, presence days, workshop scores, agreement)
    is left out.

    Parameters
    ----------
    text : of a scenario without faults.
    asked : the request, municipalities as they are to be written; what has its default is left out.
    title, description : of the new scenario.
    baseline : what the new scenario is compared with; left out, what the old one is.

    Raises
    ------
    RewriteError : the text cannot take the change.
    """
    request = _request(asked)
    head = {"title": title, "description": description, "baseline": baseline}
    return rewritten(text, lambda data: _make_new(data, head, "propose", request))


def with_groups(
    text: str,
    groups: Mapping[str, Sequence[str]],
    *,
    title: str,
    description: str,
    baseline: str = "",
    derived: DerivedFrom | None = None,
) -> str:
    """Return the text of a scenario that draws a plan in another's circumstances.

    Parameters
    ----------
    text, title, description, baseline : as in `with_request`.
    groups : host -> members, names as they are to be written.
    derived : as in `as_drawn`.

    Raises
    ------
    RewriteError : the text cannot take the change.
    """
    drawn = []
    for host, members in groups.items():
        others = [name for name in members if name != host]
        drawn.append({"host": host, "members": others} if others else {"host": host})
    head = {"title": title, "description": description, "baseline": baseline}

    def change(data: dict[str, Any]) -> None:
        _make_new(data, head, "groups", drawn)
        _put_derived(data, derived)

    return rewritten(text, change)


def _request(asked: Propose) -> dict[str, Any]:
    """Return a request as a file writes it: what has its default is left out."""
    rates, usual = asked.weights.model_dump(), Weights().model_dump()
    return asked.model_dump(exclude_defaults=True) | {
        "weights": {name: rate for name, rate in rates.items() if rate or usual[name]}
    }


def _put_derived(data: dict[str, Any], derived: DerivedFrom | None) -> None:
    if derived is not None:
        written = derived.model_dump(exclude_none=True) | {"request": _request(derived.request)}
        _put(data, "derived_from", _laid_out(written))


def _make_new(data: dict[str, Any], head: Mapping[str, str], key: str, value: object) -> None:
    """Keep a scenario's circumstances; give it another head, and another plan or request."""
    for name in _OWN_PLAN:
        data.pop(name, None)
    if data.get("form") == "today":  # a plan of today's has no form that another could take over
        data.pop("form")
    for name, words in head.items():
        if words:
            _set(data, (name,), _text(words, 1))
    _put(data, key, _laid_out(value))


def _set(data: dict[str, Any], keys: EditKeys, value: object) -> None:
    for key in keys[:-1]:
        if not isinstance(data.get(key), dict):
            _put(data, key, CommentedMap())
        data = data[key]
    if keys[-1] in data:
        data[keys[-1]] = value
    else:
        _put(data, keys[-1], value)


def _remove(data: dict[str, Any], keys: EditKeys) -> None:
    way = [data]
    for key in keys[:-1]:
        if not isinstance(way[-1].get(key), dict):
            return
        way.append(way[-1][key])
    way[-1].pop(keys[-1], None)
    for (above, below), key in reversed(list(zip(pairwise(way), keys, strict=False))):
        if not below and above is not data:
            del above[key]


def _put(data: dict[str, Any], key: str, value: object) -> None:
    """Add a key where readers look for it: after those that come before it in the vocabulary."""
    if isinstance(data, CommentedMap) and key in ORDER:
        before = set(ORDER[: ORDER.index(key)])
        places = [place for place, other in enumerate(data, start=1) if other in before]
        data.insert(max(places, default=len(data)), key, value)
    else:
        data[key] = value


def _written(value: object, keys: EditKeys) -> object:
    """Give a value the form in which people write it."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, str):
        return _text(value, len(keys))
    if isinstance(value, Sequence):
        return _flow_list(value)
    return value


def _number(value: float) -> float:
    return int(value) if float(value).is_integer() else value


def _text(value: str, level: int) -> object:
    """Write a long text over several lines; a short one as it is."""
    lines = [line.rstrip() for line in value.strip().splitlines()]
    if len(lines) > 1:
        return LiteralScalarString("\n".join(lines))
    line = " ".join(lines)
    pieces = wrap(line, LINE_LETTERS - 2 * level, break_long_words=False, break_on_hyphens=False)
    if len(pieces) < 2 or " ".join(pieces) != line:  # noqa: PLR2004 - one line needs no fold
        return line
    folded = FoldedScalarString(line)
    ends: list[int] = []
    for piece in pieces[:-1]:
        ends.append((ends[-1] + 1 if ends else 0) + len(piece))
    folded.fold_pos = ends
    return folded


def _laid_out(value: Any) -> Any:  # noqa: ANN401 - any part of a scenario
    """Write the innermost lists and maps on one line each, as planners do by hand."""
    if isinstance(value, dict):
        laid = CommentedMap((name, _laid_out(part)) for name, part in value.items())
        if not any(isinstance(part, dict | list) for part in value.values()):
            laid.fa.set_flow_style()
        return laid
    if isinstance(value, list | tuple):
        row = CommentedSeq(_laid_out(part) for part in value)
        if not any(isinstance(part, dict) for part in value):
            row.fa.set_flow_style()
        return row
    return _number(value) if isinstance(value, float) else value


def _flow_list(items: Sequence[object]) -> CommentedSeq:
    written = CommentedSeq(items)
    written.fa.set_flow_style()
    return written


def _flow_map(items: Mapping[str, object]) -> CommentedMap:
    written = CommentedMap(items)
    written.fa.set_flow_style()
    return written


def _regroup(
    groups: list[_Group], before: DrawnOffices, after: DrawnOffices, spelling: Spelling
) -> None:
    """Bring the groups of a file to a plan, in place."""
    names = _Names(groups, spelling)
    hosts = sorted(set(after.host_of.values()))
    waiting = [host for host in hosts if before.group(host) != after.group(host)]
    waiting += [h for h in hosts if before.host_of.get(h) != h and h not in waiting]
    for place in reversed(range(len(groups))):
        host = names.code(groups[place]["host"])
        if host not in hosts:
            heir = _heir(groups[place], after, [h for h in waiting if h not in names.hosts], names)
            if heir is None:
                del groups[place]
                continue
            groups[place]["host"] = names.name(heir)
            names.hosts.add(heir)
            host = heir
        if host in waiting:
            _fill(groups[place], host, after, names)
            waiting.remove(host)
    for host in waiting:
        item = CommentedMap(host=names.name(host))
        _fill(item, host, after, names)
        groups.append(item)


class _Names:
    """Municipalities as this file writes them, where it does."""

    def __init__(self, groups: list[_Group], spelling: Spelling) -> None:
        written = [
            name
            for group in groups
            for name in (group["host"], *group.get("members", ()), *group.get("locations", ()))
        ]
        self._spelling = spelling
        self._codes = {name: spelling.resolve(name) for name in map(str, written)}
        self._names: dict[str, str] = {}
        for name, code in self._codes.items():
            self._names.setdefault(code, name)
        self.hosts = {self.code(group["host"]) for group in groups}

    def code(self, name: str) -> str:
        return self._codes[str(name)]

    def name(self, code: str) -> str:
        name = self._names.setdefault(code, self._spelling.name(code))
        self._codes[name] = code
        return name


def _heir(group: _Group, after: DrawnOffices, hosts: Sequence[str], names: _Names) -> str | None:
    """Return which of a closed office's members took it over, if one did."""
    old = names.code(group["host"])
    for name in group.get("members", ()):
        code = names.code(name)
        if code in hosts and after.host_of[old] == code:
            return code
    return None


def _fill(group: _Group, host: str, after: DrawnOffices, names: _Names) -> None:
    """Bring the members and locations of one group to a plan, in place."""
    wanted = after.group(host)
    members = group.get("members", ())
    for place in reversed(range(len(members))):
        if names.code(members[place]) not in wanted:
            del members[place]
    listed = {names.code(name) for name in members}
    if "members" not in group:
        group["members"] = _flow_list(())
    for code in wanted:
        if code not in listed:
            group["members"].append(names.name(code))
    _locate(group, {code: days for code, days in wanted.items() if days}, names)
    for key in ("members", "locations"):
        if key in group and not group[key]:
            del group[key]


def _locate(group: _Group, wanted: Mapping[str, float], names: _Names) -> None:
    locations = group.setdefault("locations", _flow_map({}))
    written = {names.code(name): name for name in locations}
    for code, name in written.items():
        if code not in wanted:
            del locations[name]
    for code, days in wanted.items():
        name = written.get(code, names.name(code))
        if locations.get(name) != days:
            locations[name] = _number(days)
