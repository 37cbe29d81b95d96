"""Putting a site into its folder: all of it or nothing, and nobody's own files are lost."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from planner.errors import PlannerError
from planner.messages.message import Message
from planner.present.site.pages import MADE_BY, MANIFEST


class OccupiedFolderError(PlannerError):
    """A folder that holds what a site did not put there, and that is not overwritten."""


def check_folder(folder: Path) -> None:
    """Make sure that a site may be put into a folder: a new one, an empty one, or an earlier site.

    Raises
    ------
    OccupiedFolderError : it is a file, or holds files that no earlier site put there.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OccupiedFolderError(Message.of("site.file", folder=str(folder)))
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    if not present:
        return
    published = _published(folder)
    if not published:
        raise OccupiedFolderError(Message.of("site.not_ours", folder=str(folder), maker=MADE_BY))
    strangers = sorted(present - published)
    if strangers:
        raise OccupiedFolderError(
            Message.of("site.strangers", folder=str(folder), maker=MADE_BY, files=tuple(strangers))
        )


def write_site(files: Mapping[str, str], folder: Path) -> None:
    """Write a site beside its folder, and then put it in the folder's place.

    Raises
    ------
    OccupiedFolderError : as in `check_folder`; nothing is written.
    OSError : the disk refuses; the folder is as it was.
    """
    folder = folder.resolve()
    check_folder(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as made:
        new, old = Path(made, "new"), Path(made, "old")
        for path, own in files.items():
            target = new / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(own, encoding="utf-8", newline="\n")
        _put(new, folder, old)


def _put(new: Path, folder: Path, old: Path) -> None:
    """Rename a new folder to its place; what was there comes back if that fails."""
    if folder.exists():
        folder.rename(old)
    try:
        new.rename(folder)
    except BaseException:
        if old.exists():
            old.rename(folder)
        raise


def _published(folder: Path) -> set[str]:
    """Return the files that an earlier site put into a folder; none if it is not one."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest["made_by"] != MADE_BY:
            return set()
        return {MANIFEST, *manifest["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
