"""Who saved a version of a scenario file, and what they say of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from planner.io.files import locked
from planner.scenario.store import HISTORY, StoreError

MOST_LETTERS: Final = 200


@dataclass(frozen=True)
class VersionNote:
    """A note about one version of a file.

    Attributes
    ----------
    version : see `planner.scenario.store.Stored`.
    author : whoever saved it, as they call themselves.
    comment : what they say of it.
    """

    version: str
    author: str
    comment: str


def note_version(path: Path, note: VersionNote) -> None:
    """Keep a note about a version of a file that has been saved; long texts are cut.

    Raises
    ------
    StoreError : the disk refuses.
    """
    cut = VersionNote(note.version, note.author[:MOST_LETTERS], note.comment[:MOST_LETTERS])
    notes = _file(path)
    try:
        with locked(notes.parent / ".lock"), notes.open("a", encoding="utf-8") as written:
            written.write(json.dumps(asdict(cut), ensure_ascii=False) + "\n")
    except OSError as error:
        raise StoreError("unwritable", path.name) from error


def version_notes(path: Path) -> dict[str, VersionNote]:
    """Return the last note about every version of a file that has one; broken lines are skipped."""
    notes = _file(path)
    found = {}
    for line in notes.read_text("utf-8").splitlines() if notes.is_file() else ():
        try:
            note = VersionNote(**{key: str(value) for key, value in json.loads(line).items()})
        except (ValueError, TypeError, AttributeError):
            continue
        found[note.version] = note
    return found


def _file(path: Path) -> Path:
    return path.parent / HISTORY / f"{path.stem}.notes.jsonl"
