"""YAML text -> a tree in which every value knows its line, its key and how it was written.

Planners' files are data only. Scalars are read by the core schema of YAML 1.2, plus dates, so that
``NO`` and ``12:30`` stay text; tags are refused, and size, depth and the expansion of aliases are
bounded, so that no file can exhaust time or memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date as Date  # noqa: N812 - told apart from values called date
from typing import Final, NamedTuple, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from planner.messages.message import Message
from planner.spelling import shown
from planner.yamlfile.syntax import explain_syntax
from planner.yamlfile.tree import CONTROL, NOTHING, Node, Scalar, TextFault

MOST_VALUES: Final = 8_000
MOST_LEVELS: Final = 20
MOST_CHARACTERS: Final = 200_000

_WORDS: Final[Mapping[str, Scalar]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), NOTHING),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def _date(text: str) -> Scalar:
    try:
        return Date.fromisoformat(text)
    except ValueError:
        return text


# Longer numbers stay text, as reading them takes time that grows with the square of their length.
_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[str], Scalar]], ...]] = (
    (re.compile(r"[-+]?[0-9]{1,40}"), int),
    (re.compile(r"[-+]?([0-9]{1,40}\.?|[0-9]{0,40}\.[0-9]{1,40})([eE][-+]?[0-9]{1,4})?"), float),
    (
        re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"),
        lambda text: float(text.replace(".", "")),
    ),
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), _date),
)


class ParsedText(NamedTuple):
    """A file's tree, None where it cannot be read as YAML, and what is wrong with it so far."""

    root: Node | None
    findings: list[TextFault]


def read_lines(text: str) -> ParsedText:
    """Read YAML text whose top level is keys and values.

    Returns
    -------
    The tree, and findings: either the one that makes the text unreadable, or the duplicate keys,
    of which the tree keeps the first.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    builder = _Builder()
    try:
        _refuse_unreadable(text)
        root = builder.document(YAML(typ="safe", pure=True).parse(text))
    except _UnreadableError as error:
        return ParsedText(None, [*builder.findings, error.finding])
    except MarkedYAMLError as error:
        line, message = explain_syntax(error, text.split("\n"))
        return ParsedText(None, [*builder.findings, TextFault(line, (), message)])
    except (ValueError, OverflowError):
        # The scanner passes \U99999999 on to chr().
        return ParsedText(None, [TextFault(0, (), Message.of("yaml.wrong_escape"))])
    return ParsedText(root, builder.findings)


class _UnreadableError(Exception):
    def __init__(self, line: int, path: tuple[str, ...], message: Message) -> None:
        self.finding = TextFault(line, path, message)


def _refuse_unreadable(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise _UnreadableError(0, (), too_large())
    if control := CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        raise _UnreadableError(line, (), _control_message(control.group()))
    if not text.strip():
        raise _UnreadableError(0, (), Message.of("file.empty"))


def too_large() -> Message:
    """Say that a file is larger than any sensible one."""
    return Message.of("file.large", most=MOST_CHARACTERS // 1000)


def _control_message(character: str) -> Message:
    return Message.of("yaml.control", number=f"{ord(character):04X}")


@dataclass
class _Builder:
    """Builds the tree from a stream of events, never going deeper or farther than is allowed."""

    findings: list[TextFault] = field(default_factory=list)
    anchors: dict[str, Node] = field(default_factory=dict)
    values: int = 0

    def document(self, events: Iterator[Event]) -> Node:
        start = next(event for event in events if not _is_stream_start(event))
        if isinstance(start, StreamEndEvent):
            raise _UnreadableError(0, (), Message.of("file.only_comments"))
        root = self._node(next(events), events, (), "")
        if not isinstance(root.content, Mapping):
            kind = "list" if isinstance(root.content, tuple) else "text"
            self._stop(root, Message.of(f"file.is_{kind}"))
        for event in events:
            if isinstance(event, DocumentStartEvent):
                line = event.start_mark.line + 1
                code = "yaml.second" if event.explicit else "yaml.after_end"
                raise _UnreadableError(line, (), Message.of(code))
        return root

    def _node(
        self, event: Event, events: Iterator[Event], path: tuple[str, ...], name: str | int
    ) -> Node:
        node = Node(event.start_mark.line + 1, path, name, NOTHING)
        if isinstance(event, AliasEvent):
            return self._alias(event.anchor, node)
        self._refuse_tag(event, node)
        self._count(1, node)
        if isinstance(event, ScalarEvent):
            node = replace(node, content=_resolved(event), written=event.value)
            self._refuse_control(node)
        elif len(path) >= MOST_LEVELS:
            self._stop(node, Message.of("yaml.deep", most=MOST_LEVELS))
        elif isinstance(event, SequenceStartEvent):
            node = _filled(node, tuple(self._items(events, path)))
        else:
            node = _filled(node, dict(self._entries(events, path)))
        if isinstance(event, NodeEvent) and event.anchor:
            self.anchors[event.anchor] = node
        return node

    def _items(self, events: Iterator[Event], path: tuple[str, ...]) -> Iterator[Node]:
        for position, event in enumerate(events):
            if isinstance(event, CollectionEndEvent):
                return
            yield self._node(event, events, (*path, str(position)), position)

    def _entries(
        self, events: Iterator[Event], path: tuple[str, ...]
    ) -> Iterator[tuple[str | int, Node]]:
        first_lines: dict[str | int, int] = {}
        for event in events:
            if isinstance(event, CollectionEndEvent):
                return
            key = self._key(event, path)
            # Blanks around a quoted key mean nothing; with them, it could be written twice.
            name = key.content if isinstance(key.content, int) else key.written.strip()
            value = self._node(next(events), events, key.path, name)
            entry = replace(value, line=key.line, path=key.path, name=name)
            if name not in first_lines:
                first_lines[name] = key.line
                yield name, entry
            else:
                first = first_lines[name]
                message = Message.of("key.twice", line=first)
                self.findings.append(TextFault.at(entry, message))

    def _key(self, event: Event, path: tuple[str, ...]) -> Node:
        here = Node(event.start_mark.line + 1, path, "", NOTHING)
        if not isinstance(event, ScalarEvent):
            self._stop(here, Message.of("yaml.key"))
        self._refuse_tag(event, here)
        self._count(1, here)
        value = _resolved(event)
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        content = value if is_whole else event.value
        key = replace(here, path=(*path, event.value), content=content, written=event.value)
        self._refuse_control(key)
        return key

    def _alias(self, anchor: str, here: Node) -> Node:
        node = self.anchors.get(anchor)
        if node is None:
            self._stop(here, Message.of("yaml.alias", alias=shown(anchor)))
        self._count(node.size, here)
        if len(here.path) + node.height > MOST_LEVELS:
            self._stop(here, Message.of("yaml.deep", most=MOST_LEVELS))
        return replace(node, line=here.line, path=here.path, name=here.name)

    def _count(self, values: int, here: Node) -> None:
        self.values += values
        if self.values > MOST_VALUES:
            self._stop(here, Message.of("file.values", most=MOST_VALUES))

    def _refuse_tag(self, event: Event, here: Node) -> None:
        if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._stop(here, Message.of("yaml.tag", tag=shown(tag)))

    def _refuse_control(self, node: Node) -> None:
        if control := CONTROL.search(node.written):
            self._stop(node, _control_message(control.group()))

    def _stop(self, node: Node, message: Message) -> NoReturn:
        raise _UnreadableError(node.line, node.path, message)


def _filled(node: Node, content: Mapping[str | int, Node] | tuple[Node, ...]) -> Node:
    node = replace(node, content=content)
    size = 1 + sum(child.size for child in node.children)
    height = 1 + max((child.height for child in node.children), default=0)
    return replace(node, size=size, height=height)


def _is_stream_start(event: Event) -> bool:
    return not isinstance(event, DocumentStartEvent | StreamEndEvent)


def _resolved(event: ScalarEvent) -> Scalar:
    """Read a scalar by the core schema of YAML 1.2, plus dates."""
    text: str = event.value
    if event.style:
        return text
    if text in _WORDS:
        return _WORDS[text]
    for pattern, read in _FORMS:
        if pattern.fullmatch(text):
            return read(text)
    return text
