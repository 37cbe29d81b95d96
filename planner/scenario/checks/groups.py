"""Does a hand-drawn plan make sense: is each municipality of the region in one group?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planner.messages.message import Message
from planner.scenario.checks.context import Context
from planner.yamlfile.tree import KeyPath, TextFault


def check_plan(context: Context) -> Iterator[TextFault]:
    """Find what is wrong with groups, their members and their locations."""
    yield from _one_form(context)
    if context.scenario.groups is None:
        return
    entries = list(_entries(context))
    yield from _repeated(context, entries)
    yield from _locations(context, entries)
    yield from _left_out(context, entries)


class _Entry(NamedTuple):
    """A municipality's place in a group, as host or as member."""

    code: str
    path: KeyPath
    group: int
    is_host: bool


def _entries(context: Context) -> Iterator[_Entry]:
    for path, code in context.codes.items():
        if path[0] == "groups" and path[2] in ("host", "members") and isinstance(path[1], int):
            yield _Entry(code, path, path[1], is_host=path[2] == "host")


def _one_form(context: Context) -> Iterator[TextFault]:
    scenario = context.scenario
    if scenario.groups is not None and scenario.propose is not None:
        message = Message.of("plan.both", line=context.line("groups"))
        yield context.finding(("propose",), message)
        return
    if scenario.groups is None and scenario.propose is None and scenario.form != "today":
        if context.whole("groups", "propose", "form"):
            yield context.finding((), Message.of("plan.neither"))
    elif scenario.groups is None and context.whole("groups"):
        for key in ("rest", "derived_from"):
            if getattr(scenario, key) is not None:
                yield context.finding((key,), Message.of("plan.alone"))


def _repeated(context: Context, entries: list[_Entry]) -> Iterator[TextFault]:
    """Find municipalities that stand in several places; a host may be listed as its own member."""
    first: dict[str, _Entry] = {}
    listed: set[tuple[str, int]] = set()
    for entry in sorted(entries, key=lambda entry: context.line(*entry.path)):
        before = first.setdefault(entry.code, entry)
        again = not entry.is_host and (entry.code, entry.group) in listed
        if before.group != entry.group:
            yield context.finding(entry.path, _two_groups(context, before, entry))
        elif again:
            message = Message.of("plan.listed_twice", name=context.called(entry.path))
            yield context.finding(entry.path, message)
        if not entry.is_host:
            listed.add((entry.code, entry.group))


def _two_groups(context: Context, before: _Entry, entry: _Entry) -> Message:
    def role(entry: _Entry) -> Message:
        code = "plan.host_on" if entry.is_host else "plan.member_on"
        return Message.of(code, line=context.line(*entry.path))

    both = before.is_host and entry.is_host
    rule = Message.of("plan.one_host" if both else "plan.one_group")
    roles = {"before": role(before), "after": role(entry)}
    return Message.of("plan.two_groups", rule, name=context.called(entry.path), **roles)


def _locations(context: Context, entries: list[_Entry]) -> Iterator[TextFault]:
    served = {(entry.group, entry.code) for entry in entries}
    members_are_known = context.whole("groups") and _all_resolved(context, entries)
    first: dict[tuple[int, str], KeyPath] = {}
    for path, code in context.codes.items():
        if path[0] != "groups" or path[2] != "locations" or not isinstance(path[1], int):
            continue
        name, here = context.called(path), (path[1], code)
        before = first.setdefault(here, path)
        if before != path:
            message = Message.of("plan.two_locations", name=name, line=context.line(*before))
            yield context.finding(path, message)
        elif members_are_known and here not in served:
            yield context.finding(path, Message.of("plan.location_outside", name=name))


def _left_out(context: Context, entries: list[_Entry]) -> Iterator[TextFault]:
    is_whole = context.whole("region", "groups", "rest") and _all_resolved(context, entries)
    if context.region is None or context.scenario.rest is not None or not is_whole:
        return
    left_out = sorted(context.region - {entry.code for entry in entries})
    if left_out:
        names = tuple(context.name(code) for code in left_out)
        yield context.finding(("groups",), Message.of("plan.left_out", names=names))


def _all_resolved(context: Context, entries: list[_Entry]) -> bool:
    return len(entries) == sum(1 + len(group.members) for group in context.scenario.groups or ())
