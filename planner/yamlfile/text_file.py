"""A planner's file -> text, or a message on why it cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from planner.messages.message import Message
from planner.spelling import did_you_mean, shown
from planner.yamlfile.parse import MOST_CHARACTERS, too_large
from planner.yamlfile.tree import TextFault

ENDINGS: Final = (".yaml", ".yml")

_MOST_BYTES = 4 * MOST_CHARACTERS  # a character takes up to four bytes in UTF-8
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path) -> str | TextFault:
    """Read UTF-8 text from a regular file that is not too large."""
    try:
        if not path.is_file():
            return TextFault(0, (), _no_file(path))
        with path.open("rb") as handle:
            raw = handle.read(_MOST_BYTES + 1)
    except OSError as error:
        return TextFault(0, (), Message.of("file.unreadable", reason=error.strerror or ""))
    return TextFault(0, (), too_large()) if len(raw) > _MOST_BYTES else decoded(raw)


def files_beside(path: Path) -> list[str]:
    """Return the names of other YAML files in the folder of a file, sorted."""
    try:
        names = [other.name for other in path.parent.iterdir() if other.suffix in ENDINGS]
    except OSError:
        return []
    return sorted(name for name in names if name != path.name)


def decoded(raw: bytes) -> str | TextFault:
    """Return bytes as UTF-8 text, or say where they are none."""
    half_are_null = 3 * raw.count(0) > len(raw)
    if raw.startswith(_UTF_16_MARKS) or half_are_null:
        return TextFault(1, (), Message.of("file.utf_16"))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        before = raw[: error.start].rpartition(b"\n")[2].decode("utf-8", "replace")
        meant = bytes([raw[error.start]]).decode("latin-1")
        message = Message.of(
            "file.not_utf_8",
            byte=f"{raw[error.start]:02X}",
            place=Message.of("file.after", text=shown(before[-20:])) if before.strip() else "",
            likely=Message.of("file.in_latin_1", letter=meant) if meant.isalpha() else "",
        )
        return TextFault(line, (), message)


def _no_file(path: Path) -> Message:
    if path.is_dir():
        inside = tuple(files_beside(path / "any"))
        return Message.of("file.folder", Message.of("file.has", names=inside) if inside else None)
    if path.exists():
        return Message.of("file.irregular")
    return Message.of("file.missing", did_you_mean(path.name, files_beside(path)))
