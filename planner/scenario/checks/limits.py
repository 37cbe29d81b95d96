"""Does a request for a proposal make sense: can its limits hold together at all?

Only contradictions that need no travel time and no staff are found here; what else makes a
request infeasible is for the solve to say.
"""

from __future__ import annotations

from collections.abc import Iterator

from planner.messages.message import Message
from planner.model.limits import crossed
from planner.scenario.checks.context import Context
from planner.scenario.vocabulary import Constraints, Propose
from planner.yamlfile.tree import KeyPath, TextFault

_HERE: KeyPath = ("propose", "constraints")


def check_request(context: Context) -> Iterator[TextFault]:
    """Find limits that contradict one another."""
    asked = context.scenario.propose
    if asked is None:
        return
    yield from _weights(context, asked)
    yield from _ranges(context, asked)
    yield from _region_size(context, asked)
    hosts = _Hosts(context)
    yield from hosts.check(asked.constraints)
    yield from _lists(context)
    yield from _joined(context, asked.constraints, hosts)


def _weights(context: Context, asked: Propose) -> Iterator[TextFault]:
    if not any(asked.weights.model_dump().values()):
        yield context.finding(("propose", "weights"), Message.of("request.no_weight"))


def _ranges(context: Context, asked: Propose) -> Iterator[TextFault]:
    for least, most in crossed(asked):
        message = Message.of(
            "request.crossed",
            least=float(asked.limit(least)),
            limit=most,
            most=float(asked.limit(most)),
            line=context.line(*_HERE, *most.split(".")),
        )
        yield context.finding((*_HERE, *least.split(".")), message)


def _region_size(context: Context, asked: Propose) -> Iterator[TextFault]:
    if context.region is None:
        return
    size = len(context.region)
    limits, offices = asked.constraints, asked.constraints.offices
    if offices.min is not None and offices.min > size:
        message = Message.of("request.many_offices", offices=offices.min, size=size)
        yield context.finding((*_HERE, "offices", "min"), message)
    if limits.max_members and offices.max and limits.max_members * offices.max < size:
        figures = {"offices": offices.max, "members": limits.max_members, "size": size}
        message = Message.of("request.small_groups", **figures)
        yield context.finding((*_HERE, "max_members"), message)
    if asked.alternatives and asked.min_difference > size:
        message = Message.of("request.difference", size=size)
        yield context.finding(("propose", "min_difference"), message)
    if limits.crossing_allowed and limits.within is None:
        message = Message.of("request.no_border")
        yield context.finding((*_HERE, "crossing_allowed"), message)


class _Hosts:
    """Fixed, allowed and forbidden hosts, by code."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.fixed = context.code_list(*_HERE, "hosts", "fixed")
        self.allowed = context.code_list(*_HERE, "hosts", "allowed")
        self.forbidden = context.code_list(*_HERE, "hosts", "forbidden")

    def check(self, limits: Constraints) -> Iterator[TextFault]:
        """Find contradictions among the three lists, and with the number of offices."""
        context = self.context
        for kind, hosts in (("fixed", self.fixed), ("allowed", self.allowed)):
            for code in sorted(hosts.keys() & self.forbidden.keys()):
                name, line = context.name(code), context.line(*hosts[code])
                message = Message.of(f"request.{kind}_too", name=name, line=line)
                yield context.finding(self.forbidden[code], message)
        yield from self._outside_allowed(limits)
        yield from self._numbers(limits)

    def _outside_allowed(self, limits: Constraints) -> Iterator[TextFault]:
        if limits.hosts.allowed is None or len(self.allowed) < len(limits.hosts.allowed):
            return
        line = self.context.line(*_HERE, "hosts", "allowed")
        for code in sorted(self.fixed.keys() - self.allowed.keys()):
            name = self.context.name(code)
            message = Message.of("request.not_allowed", name=name, line=line)
            yield self.context.finding(self.fixed[code], message)

    def _numbers(self, limits: Constraints) -> Iterator[TextFault]:
        context, offices = self.context, limits.offices
        if offices.max is not None and offices.max < len(self.fixed):
            line = context.line(*_HERE, "hosts", "fixed")
            message = Message.of("request.many_fixed", hosts=len(self.fixed), line=line)
            yield context.finding((*_HERE, "offices", "max"), message)
        if context.region is None:
            return
        possible = context.region - self.forbidden.keys()
        if limits.hosts.allowed is not None and self.allowed:
            possible &= self.allowed.keys()
        if not possible:
            yield context.finding((*_HERE, "hosts"), Message.of("request.no_host"))
        elif offices.min is not None and len(possible) < offices.min <= len(context.region):
            line = context.line(*_HERE, "hosts")
            message = Message.of("request.few_hosts", hosts=len(possible), line=line)
            yield context.finding((*_HERE, "offices", "min"), message)


def _lists(context: Context) -> Iterator[TextFault]:
    """Find lists of municipalities that name one twice, or name too few."""
    for key in ("together", "apart"):
        fits = context.sound(*_HERE, key)
        for number, node in enumerate(context.root.entries(*_HERE, key)):
            path: KeyPath = (*_HERE, key, number)
            names = len(node.children)
            if names < 2 and fits:  # noqa: PLR2004 - one cannot be together with or apart from itself
                code = "request.one_name" if names else "request.no_names"
                yield context.finding(path, Message.of(code))
            yield from _doubles(context, path)
    for ending in (("hosts", "fixed"), ("hosts", "allowed"), ("hosts", "forbidden")):
        yield from _doubles(context, (*_HERE, *ending))
    yield from _doubles(context, (*_HERE, "crossing_allowed"))
    yield from _doubles(context, (*_HERE, "exempt"))


def _doubles(context: Context, path: KeyPath) -> Iterator[TextFault]:
    first = context.code_list(*path)
    for position in range(len(context.root.entries(*path))):
        here = (*path, position)
        code = context.codes.get(here)
        if code is not None and first[code] != here:
            yield context.finding(here, Message.of("name.twice", name=context.called(here)))


def _joined(context: Context, limits: Constraints, hosts: _Hosts) -> Iterator[TextFault]:
    """Find what contradicts that lists under ``together`` share an office."""
    joined = _components(context, len(limits.together))
    for number, codes in sorted(joined.items()):
        path: KeyPath = (*_HERE, "together", number)
        if limits.max_members is not None and len(codes) > limits.max_members:
            message = Message.of(
                "request.large_together",
                size=len(codes),
                names=tuple(context.name(code) for code in sorted(codes)),
                line=context.line(*_HERE, "max_members"),
                most=limits.max_members,
            )
            yield context.finding(path, message)
        fixed = sorted(codes & hosts.fixed.keys())
        if len(fixed) > 1:
            names = tuple(context.name(code) for code in fixed)
            line = context.line(*_HERE, "hosts", "fixed")
            message = Message.of("request.fixed_together", names=names, line=line)
            yield context.finding(path, message)
    yield from _apart(context, limits, joined)


def _components(context: Context, count: int) -> dict[int, set[str]]:
    """Merge lists that share a municipality: number of the first list -> all their codes."""
    components: dict[int, set[str]] = {}
    home: dict[str, int] = {}
    for number in range(count):
        codes = set(context.code_list(*_HERE, "together", number))
        touched = {home[code] for code in codes if code in home}
        for other in touched:
            codes |= components.pop(other)
        first = min({number, *touched})
        components[first] = codes
        home.update(dict.fromkeys(codes, first))
    return components


def _apart(
    context: Context, limits: Constraints, joined: dict[int, set[str]]
) -> Iterator[TextFault]:
    home = {code: number for number, codes in joined.items() for code in codes}
    for number in range(len(limits.apart)):
        path: KeyPath = (*_HERE, "apart", number)
        codes = context.code_list(*path)
        by_home: dict[int, list[str]] = {}
        for code in sorted(codes.keys() & home.keys()):
            by_home.setdefault(home[code], []).append(code)
        for first, both in sorted(by_home.items()):
            if len(both) > 1:
                names = tuple(context.name(code) for code in both)
                line = context.line(*_HERE, "together", first)
                message = Message.of("request.apart_together", names=names, line=line)
                yield context.finding(path, message)
        if limits.offices.max is not None and len(codes) > limits.offices.max:
            message = Message.of(
                "request.many_apart",
                size=len(codes),
                line=context.line(*_HERE, "offices", "max"),
                most=limits.offices.max,
            )
            yield context.finding(path, message)
