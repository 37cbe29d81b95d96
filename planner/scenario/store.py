"""Scenario files in their folders: names that stay inside, saves that lose nothing.

A folder of regions holds one folder a region, and each of these the scenario files of the region.
Every save compares what is on disk with what its writer has read, keeps the version that it
replaces in ``.history`` beside the file, and replaces the file in one step: whoever reads it, and
whatever stops the save, meets a whole file, the old or the new.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from planner.errors import PlannerError
from planner.io.files import locked, unfinished_prefix, write_whole
from planner.messages.message import Message
from planner.yamlfile.text_file import read_text
from planner.yamlfile.tree import TextFault

ENDING: Final = ".yaml"
HISTORY: Final = ".history"
MOST_LETTERS: Final = 80

_NAME = re.compile(r"[0-9A-Za-zÆØÅæøå_][0-9A-Za-zÆØÅæøå_-]*")
_STAMP = "%Y%m%dT%H%M%S%fZ"
#: Names of devices in Windows, where a planner may keep a copy of the folder.
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(1, 10))]
)

Refusal = Literal[
    "name", "long", "reserved", "outside", "taken", "unreadable", "unwritable", "letters"
]


class StoreError(PlannerError):
    """A scenario file that cannot be read or written here.

    Attributes
    ----------
    reason : key of what is wrong, for those who word it themselves.
    """

    def __init__(self, reason: Refusal, told: str) -> None:
        self.reason = reason
        super().__init__(Message.of(f"store.{reason}", file=told, most=MOST_LETTERS))


@dataclass(frozen=True)
class Stored:
    """A file as it was read: its text with plain line feeds, and a fingerprint of the file."""

    text: str
    version: str


@dataclass(frozen=True)
class Kept:
    """An earlier version of a file: where it lies, and when it was replaced (UTC)."""

    path: Path
    replaced_at: datetime


class ChangedError(PlannerError):
    """The file on disk is not the one that its writer has read.

    Attributes
    ----------
    theirs : what is on disk now; None where the file is gone.
    """

    def __init__(self, theirs: Stored | None) -> None:
        self.theirs = theirs
        super().__init__(Message.of("store.changed"))


def scenario_path(root: Path, region: str, name: str) -> Path:
    """Return where a new scenario of a region will lie.

    Parameters
    ----------
    root : folder of regions.
    region : name of a folder in it.
    name : of the file, without its ending.

    Raises
    ------
    StoreError : the name is none for a file here, or the place lies outside the folder.
    """
    _check_name(name)
    return _inside(root, region, unicodedata.normalize("NFC", name))


def make_region(root: Path, name: str) -> str:
    """Make the folder of a new region, and return what it is called.

    Parameters
    ----------
    root : folder of regions.
    name : of the folder; blanks become ``_``, which is shown as a blank.

    Raises
    ------
    StoreError : the name is none for a folder here, or is taken; or the disk refuses.
    """
    folder = unicodedata.normalize("NFC", "_".join(name.split()))
    _check_name(folder)
    try:
        if folder.casefold() in {other.name.casefold() for other in root.iterdir()}:
            raise StoreError("taken", folder)
        (root / folder).mkdir()
    except OSError as error:
        raise StoreError("unwritable", folder) from error
    return folder


def existing_path(root: Path, region: str, name: str) -> Path:
    """Return where a scenario of a region lies, whatever its author has called it.

    Parameters
    ----------
    root, region, name : as for `scenario_path`.

    Raises
    ------
    StoreError : there is no such file in the folder.
    """
    path = _inside(root, region, name)
    if path not in path.parent.iterdir():
        raise StoreError("outside", path.name)
    return path


def read_stored(path: Path) -> Stored | None:
    """Read a scenario file; None where there is none.

    Raises
    ------
    StoreError : it is a link to another place, or cannot be read as text.
    """
    if path.is_symlink():
        raise StoreError("outside", path.name)
    if not path.exists():
        return None
    text = read_text(path)
    if isinstance(text, TextFault):
        raise StoreError("unreadable", path.name)
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return Stored(plain, _fingerprint(text))


def save_scenario(path: Path, text: str, *, read: str | None) -> Stored:
    """Replace a scenario file, and keep its previous version.

    Parameters
    ----------
    path : from `scenario_path`.
    text : the new content.
    read : version that the writer has read (`Stored.version`); None for a new file.

    Returns
    -------
    The file as it is now.

    Raises
    ------
    ChangedError : another version is on disk; nothing was written.
    StoreError : the name is taken, or the disk refuses.
    """
    try:
        content = text.encode("utf-8")
    except UnicodeEncodeError:
        raise StoreError("letters", path.name) from None
    try:
        history = _history(path)
        with locked(history / ".lock"):
            before = read_stored(path)
            _compare(path, before, read)
            if before is not None and before.text == text:
                return before
            if before is not None:
                _keep(history, path)
            _replace(path, content)
    except OSError as error:
        raise StoreError("unwritable", path.name) from error
    return Stored(text, _fingerprint(text))


def earlier_versions(path: Path) -> list[Kept]:
    """List the versions of a scenario that saves have replaced, newest first."""
    found = []
    history = path.parent / HISTORY
    for kept in history.iterdir() if history.is_dir() else ():
        stamp = kept.name.removeprefix(f"{path.stem}.").removesuffix(ENDING)
        try:
            when = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue
        found.append(Kept(kept, when))
    return sorted(found, key=lambda one: one.replaced_at, reverse=True)


def _inside(root: Path, region: str, name: str) -> Path:
    """Return the place of a file directly in a folder that lies directly in another."""
    folder = root / region
    if not root.is_dir() or folder not in root.iterdir() or not folder.is_dir():
        raise StoreError("outside", region)
    path = folder / f"{name}{ENDING}"
    if folder.is_symlink() or path.is_symlink() or path.parent != folder:
        raise StoreError("outside", path.name)
    return path


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _check_name(name: str) -> None:
    shown = name[:MOST_LETTERS]
    if not _NAME.fullmatch(unicodedata.normalize("NFC", name)):
        raise StoreError("name", shown)
    if len(name) > MOST_LETTERS:
        raise StoreError("long", shown)
    if name.lower() in _RESERVED:
        raise StoreError("reserved", shown)


def _history(path: Path) -> Path:
    """Return the folder of earlier versions; made if needed."""
    history = path.parent / HISTORY
    history.mkdir(exist_ok=True)
    if history.is_symlink():
        raise StoreError("outside", HISTORY)
    return history


def _compare(path: Path, before: Stored | None, read: str | None) -> None:
    if before is None and read is None:
        # Where capitals do not count, the other file would be replaced.
        names = {other.name.casefold() for other in path.parent.iterdir()}
        if path.name.casefold() in names:
            raise StoreError("taken", path.name)
    elif before is not None and read is None:
        raise StoreError("taken", path.name)
    elif before is None or before.version != read:
        raise ChangedError(before)


def _keep(history: Path, path: Path) -> None:
    """Copy what will be replaced, byte by byte, to a name that no other copy has."""
    stamp = datetime.now(UTC)
    while (kept := history / f"{path.stem}.{stamp.strftime(_STAMP)}{ENDING}").exists():
        stamp += timedelta(microseconds=1)  # a clock may stand still
    write_whole(kept, path.read_bytes(), like=path)


def _replace(path: Path, content: bytes) -> None:
    for left in path.parent.glob(f"{unfinished_prefix(path)}*"):  # by a save that was killed
        left.unlink(missing_ok=True)
    write_whole(path, content)
