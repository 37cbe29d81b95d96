"""A YAML file as a tree of places: every value with its line, its key and its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - told apart from values called date
from typing import Final, cast

from planner.errors import Fault
from planner.messages.message import Message
from planner.spelling import shown

#: Characters that no file may contain; other line separators than the line feed are among them,
#: as they would count lines otherwise than an editor does.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")

#: A line break or tab, or nothing that can be seen: in no text of one line.
UNSHOWN = re.compile(
    "[\n\t]|^[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]*$"
)


class Nothing:
    """The value of a key that has none; no part of the vocabulary accepts it."""


NOTHING: Final = Nothing()

Scalar = str | int | float | Date | Nothing

#: Keys and list positions that lead to a value.
KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Node:
    """A value in a YAML file.

    Attributes
    ----------
    line : 1-based line of its key, or of the value itself in a list.
    path : keys and list positions that lead to it, as written.
    name : its key as YAML reads it, or its position; empty at the top.
    written : a scalar's text in the file, without quotes.
    content : scalar, list of nodes, or nodes by key; in the file's order.
    size, height : number of values in it, itself included, aliases expanded; levels below it.
    """

    line: int
    path: tuple[str, ...]
    name: str | int
    content: Scalar | Mapping[str | int, Node] | tuple[Node, ...]
    written: str = ""
    size: int = 1
    height: int = 0

    @property
    def children(self) -> tuple[Node, ...]:
        """Nodes directly below; none below a scalar."""
        if isinstance(self.content, Mapping):
            return tuple(self.content.values())
        return self.content if isinstance(self.content, tuple) else ()

    def child(self, name: str | int) -> Node | None:
        """Return the value of a key, or at a position of a list."""
        if isinstance(self.content, Mapping):
            return self.content.get(name)
        if isinstance(self.content, tuple) and isinstance(name, int):
            return self.content[name] if name < len(self.content) else None
        return None

    def find(self, *names: str | int) -> Node:
        """Return the node at a path, or the last one there is on the way to it."""
        node = self
        for name in names:
            below = node.child(name)
            if below is None:
                return node
            node = below
        return node

    def entries(self, *names: str | int) -> tuple[Node, ...]:
        """Return the nodes directly below a path; none where the file has no such part."""
        node: Node | None = self
        for name in names:
            node = node.child(name) if node else None
        return node.children if node else ()

    def plain(self) -> object:
        """Return scalars, lists and dicts without places."""
        if isinstance(self.content, Mapping):
            return {name: child.plain() for name, child in self.content.items()}
        if isinstance(self.content, tuple):
            return [child.plain() for child in self.content]
        return self.content


def plain_tree(value: object, name: str | int = "", path: tuple[str, ...] = ()) -> Node:
    """Return scalars, lists and dicts as a tree without lines, as if read from a file."""
    if isinstance(value, Mapping):
        children = {key: plain_tree(one, key, (*path, str(key))) for key, one in value.items()}
        return Node(0, path, name, children)
    if isinstance(value, (list, tuple)):
        items = (plain_tree(one, key, (*path, str(key))) for key, one in enumerate(value))
        return Node(0, path, name, tuple(items))
    return Node(0, path, name, cast("Scalar", value))


#: A message, or what makes it; in English where only keepers of the data meet it.
Wording = str | Message | Callable[[], Message]


@dataclass(frozen=True)
class TextFault:
    """A fault at a place; wording waits, as a file can have more faults than are shown.

    Attributes
    ----------
    line : 1-based; 0 where it belongs to the whole file.
    path : keys and list positions, as written.
    wording : what is wrong, what is expected.
    """

    line: int
    path: tuple[str, ...]
    wording: Wording

    @classmethod
    def at(cls, node: Node, wording: Wording) -> TextFault:
        """Place a finding at a node."""
        return cls(node.line, node.path, wording)

    def fault(self, file: str) -> Fault:
        """Word the finding."""
        key = ".".join(shown(part, 40) for part in self.path)
        message = self.wording() if callable(self.wording) else self.wording
        return Fault(file, self.line, key, message)
