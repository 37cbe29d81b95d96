"""Copies of the default tables with something wrong in them."""

import shutil
from pathlib import Path

from planner.io.bundle import Bundle, seal
from tests.support.data import DATA


def spoilt(folder: Path, table: str, old: str, new: str) -> Bundle:
    """Copy the default tables and put one text, which stands there once, in place of another."""
    shutil.copytree(DATA.folder, folder)
    path = folder / table
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    seal(folder)
    return Bundle(folder)
