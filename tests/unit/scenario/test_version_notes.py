"""Notes about versions of a file lie beside them, and are found by what a version says."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.scenario.store import (
    HISTORY,
    StoreError,
    earlier_versions,
    read_stored,
    save_scenario,
)
from planner.scenario.version_notes import (
    MOST_LETTERS,
    VersionNote,
    note_version,
    version_notes,
)


def test_a_note_follows_its_version_into_the_history(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    assert version_notes(path) == {}
    first = save_scenario(path, "one", read=None)
    note_version(path, VersionNote(first.version, "Kari <b>", "Første «utkast»\n# 1"))
    save_scenario(path, "two", read=first.version)
    [kept] = earlier_versions(path)
    stored = read_stored(kept.path)
    assert stored is not None
    note = version_notes(path)[stored.version]
    assert (note.author, note.comment) == ("Kari <b>", "Første «utkast»\n# 1")


def test_the_last_note_counts_and_long_ones_are_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    save_scenario(path, "one", read=None)
    for author in ("Kari", "x" * 1000):
        note_version(path, VersionNote("v", author, ""))
    assert version_notes(path)["v"].author == "x" * MOST_LETTERS
    assert version_notes(tmp_path / "b.yaml") == {}


def test_a_broken_line_hides_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    save_scenario(path, "one", read=None)
    note_version(path, VersionNote("v", "Kari", ""))
    notes = tmp_path / HISTORY / "a.notes.jsonl"
    notes.write_text('{"half\n[]\n{"other": 1}\n' + notes.read_text("utf-8"), "utf-8")
    assert list(version_notes(path)) == ["v"]
    assert earlier_versions(path) == []


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(StoreError):
        note_version(tmp_path / "file" / "a.yaml", VersionNote("v", "", ""))
