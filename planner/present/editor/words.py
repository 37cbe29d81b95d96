"""What the editor says: faults at their lines, and how two versions of a text differ."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from babel.dates import format_datetime

from planner.errors import Fault
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.model.reassign import changed
from planner.present.words.faults import fault_words
from planner.present.words.text import LOCALES, enumeration, language, text

MOST_DIFFERENCES = 400  # lines; more is no longer read, and the files can be downloaded


class Told(NamedTuple):
    """A fault in the words of the editor: its line, 0 where it has none here; where; and what."""

    line: int
    place: str
    message: str


def told(fault: Fault, file: Path) -> Told:
    """Word a fault of a text that is, or will be, the content of a file."""
    message = fault_words(fault)
    if fault.file != str(file):
        other = Path(fault.file).name
        place = text("edit.fault_elsewhere", file=other, line=fault.line)
        return Told(0, place, message)
    if not fault.line:
        return Told(1, text("edit.fault_whole"), message)
    return Told(fault.line, text("edit.fault_line", line=fault.line), message)


def text_differences(theirs: str, mine: str) -> list[tuple[str, int, str]]:
    """List the lines that only one of two texts has, in their order.

    Returns
    -------
    For every line whose it is (in words), its number there, and the line itself.
    """
    rows = list(_differences(theirs.splitlines(), mine.splitlines()))
    return rows[:MOST_DIFFERENCES]


def moment(when: datetime) -> str:
    """Write a time to the second, as versions of a file are told apart by it."""
    return format_datetime(when, "medium", locale=LOCALES[language()])


def moves(instance: Instance, before: Plan, after: Plan, chosen: Collection[str]) -> str:
    """Say who got another host, and who had to follow though nobody chose them."""
    names = instance.names
    moved = changed(before, after)
    if not moved:
        return text("edit.nothing_moved")
    said = []
    for host in after.hosts:
        came = sorted(names[code] for code in moved if after.host_of[code] == host != code)
        if came:
            said.append(text("edit.moved", names=enumeration(came), host=names[host]))
        if host in moved:
            said.append(text("edit.became_host", name=names[host]))
    followed = sorted(names[code] for code in moved - set(chosen) if after.host_of[code] != code)
    if followed:
        said.append(text("edit.followed", names=enumeration(followed)))
    return " ".join(said)


def _differences(theirs: Sequence[str], mine: Sequence[str]) -> Iterator[tuple[str, int, str]]:
    matcher = SequenceMatcher(None, theirs, mine, autojunk=False)
    for kind, their_from, their_to, my_from, my_to in matcher.get_opcodes():
        if kind == "equal":
            continue
        for place in range(their_from, their_to):
            yield text("edit.only_theirs"), place + 1, theirs[place]
        for place in range(my_from, my_to):
            yield text("edit.only_mine"), place + 1, mine[place]
