"""Changing YAML as its author would: what is not meant stays letter by letter, and every comment.

ruamel writes the changed document anew; of that only those parts below the top level are taken
whose values differ, and put into the author's text. Whatever comes out is read again and compared
with what was meant, so that a change is made rightly or not at all.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode
from ruamel.yaml.tokens import AliasToken

from planner.errors import PlannerError
from planner.messages.message import Message
from planner.yamlfile.parse import read_lines

#: Changes a mapping in place; works on dicts and lists alike, whatever else they remember.
TextChange = Callable[[dict[str, Any]], None]

_NEVER_WRAP: Final = 1_000_000
_OFFSET: Final = 2
_HASH = re.compile(r"(?:^|(?<=\s))#", re.MULTILINE)


class RewriteError(PlannerError):
    """A change that cannot be written into a text: the text is faulty, or written in a rare way."""

    def __init__(self) -> None:
        super().__init__(Message.of("file.rewrite"))


def rewritten(text: str, change: TextChange) -> str:
    """Return YAML text after a change of its values.

    Parameters
    ----------
    text : keys and values at its top level, without faults of YAML.
    change : is called twice, and must do the same to both.

    Raises
    ------
    RewriteError : the text has faults, or the change cannot be written without loss.
    """
    reading = read_lines(text)
    if reading.root is None or reading.findings:
        raise RewriteError
    before, meant = reading.root.plain(), reading.root.plain()
    if not isinstance(before, dict) or not isinstance(meant, dict):
        raise RewriteError
    change(meant)
    if meant == before:
        return text
    changed = {key for key in {*before, *meant} if before.get(key) != meant.get(key)}
    try:
        root = _root(text)
        result = _changed(text, change)
        if _in_parts(text, root):
            result = _spliced(text, root, result, changed)
        elif _lost(text, result):
            raise RewriteError
    except YAMLError:
        raise RewriteError from None
    after = read_lines(result).root
    if after is None or after.plain() != meant:
        raise RewriteError
    return result


def _changed(text: str, change: TextChange) -> str:
    """Write the whole document anew, as ruamel does."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _NEVER_WRAP
    offset = _list_offset(text)
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    data = yaml.load(text)
    change(data)
    out = io.StringIO()
    yaml.dump(data, out)
    return out.getvalue()


def _list_offset(text: str) -> int:
    """Return how far the author's lists stand in from their key."""
    dashes = re.search(r"^\S[^\n]*:[^\n]*\n(?:\s*(?:#[^\n]*)?\n)*( *)- ", text, re.MULTILINE)
    return min(len(dashes.group(1)), 2 * _OFFSET) if dashes else _OFFSET


def _in_parts(text: str, root: MappingNode) -> bool:
    """Tell whether every key of the top level has lines of its own that lean on no others."""
    if root.flow_style:
        return False
    return "*" not in text or not any(
        isinstance(token, AliasToken) for token in YAML(pure=True).scan(text)
    )


@dataclass(frozen=True)
class _Part:
    """Lines of a key and its value, and the comments and blank lines after them."""

    key: str
    body: str
    tail: str


def _spliced(text: str, root: MappingNode, whole: str, changed: set[str]) -> str:
    """Put the changed parts of a document into its author's text."""
    head, olds = _parts(text, root)
    _, news = _parts(whole, _root(whole))
    old = {part.key: part for part in olds}
    new = {part.key: part for part in news}
    pieces = [head]
    gone = ""
    for key in _order(list(old), list(new)):
        if key not in new:
            gone += _lost(old[key].body, "") + old[key].tail
        elif key not in changed:
            pieces += [gone, old[key].body, old[key].tail]
            gone = ""
        elif key not in old:
            pieces = [*_ended(pieces), gone, new[key].body]
            gone = ""
        else:
            lost = _lost(old[key].body, new[key].body)
            pieces += [gone, lost, new[key].body, old[key].tail]
            gone = ""
    return "".join([*pieces, gone])


def _ended(pieces: list[str]) -> list[str]:
    """Close the last line of what stands so far."""
    written = "".join(pieces)
    return [written if written.endswith("\n") or not written else f"{written}\n"]


def _order(old: list[str], new: list[str]) -> Iterator[str]:
    """Yield the new keys in their order, and each old one that is gone before its successor."""
    gone = [key for key in old if key not in new]
    for key in new:
        while gone and key in old and old.index(gone[0]) < old.index(key):
            yield gone.pop(0)
        yield key
    yield from gone


def _lost(before: str, after: str) -> str:
    """Return, as lines of their own, the comments that a change would lose."""
    lost = Counter(_comments(before)) - Counter(_comments(after))
    return "".join(f"{comment}\n" for comment in lost.elements())


def _parts(text: str, root: MappingNode) -> tuple[str, list[_Part]]:
    """Return what stands before the first key, and a part for every key."""
    lines = text.splitlines(keepends=True)
    entries = root.value
    starts = [key.start_mark.line for key, _ in entries] + [len(lines)]
    parts = []
    for (key, value), start, following in zip(entries, starts, starts[1:], strict=False):
        end = min(max(_last_line(value), start + 1), following)
        parts.append(
            _Part(key.value, "".join(lines[start:end]), "".join(lines[end:following])),
        )
    return "".join(lines[: starts[0]]), parts


def _root(text: str) -> MappingNode:
    # The safe reader gives comments to nobody, so that marks end where values do.
    root = YAML(typ="safe", pure=True).compose(text)
    if not isinstance(root, MappingNode):
        raise RewriteError
    return root


def _last_line(node: Node) -> int:
    """Return the line (0-based) after the last one that a value stands on."""
    if isinstance(node, CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _last_line(last[1] if isinstance(last, tuple) else last)
    ends_on: int = node.end_mark.line
    is_block = isinstance(node, ScalarNode) and node.style in {"|", ">"}
    return ends_on if is_block and node.end_mark.column == 0 else ends_on + 1


def _comments(text: str) -> list[str]:
    """Return every comment of a text or of one of its parts, in order."""
    if "#" not in text:
        return []
    spans = [
        (node.start_mark.index, node.end_mark.index)
        for node in _scalars(YAML(typ="safe", pure=True).compose(text))
    ]
    starts = [found.start() for found in _HASH.finditer(text)]
    outside = [at for at in starts if not any(start < at < end for start, end in spans)]
    first_of_line = {text.rfind("\n", 0, at): at for at in reversed(outside)}
    return [text[at:].partition("\n")[0].rstrip() for at in sorted(first_of_line.values())]


def _scalars(node: Node | None) -> Iterator[ScalarNode]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield from _scalars(key)
            yield from _scalars(value)
    elif isinstance(node, CollectionNode):
        for item in node.value:
            yield from _scalars(item)
    elif isinstance(node, ScalarNode):
        yield node
