"""Rows of many tasks, each in a file of its own that whoever computes it writes.

What is written is never computed again: not by a command that was stopped and goes on, nor by two
that go on at the same time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from planner.io.files import locked, write_whole
from planner.pool import Pool

Item = TypeVar("Item")
PartRow = dict[str, Any]
_FOR_EVER = -1.0


class Parts:
    """A folder of rows, by the names of their tasks.

    Parameters
    ----------
    folder : made if it is not there; on a cluster, all workers see it.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder.resolve()

    def names(self) -> set[str]:
        """Return the names of the tasks that are done."""
        return {path.stem for path in self.folder.glob("*.json")}

    def read(self, name: str) -> PartRow:
        """Return the row of a task that is done."""
        row: PartRow = json.loads(self._file(name).read_text(encoding="utf-8"))
        return row

    def make(self, name: str, compute: Callable[[], PartRow]) -> None:
        """Compute and write a task's row, unless it is written; another who does so is awaited."""
        lock = self.folder / f".{name}.lock"
        with locked(lock, _FOR_EVER):
            if not self._file(name).exists():
                row = json.dumps(compute(), sort_keys=True)
                write_whole(self._file(name), row.encode())
            with suppress(OSError):  # whoever waits for it finds the row
                lock.unlink()

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.json"


def make_parts(
    parts: Parts, compute: Callable[[Item], PartRow], tasks: Mapping[str, Item], pool: Pool
) -> Iterator[tuple[str, BaseException | None]]:
    """Make the rows that are not there yet; give each name, and its error where it failed.

    Parameters
    ----------
    parts : what is done by now stays.
    compute : from a task to its row; called where the pool does its tasks.
    tasks : by name.
    """
    known = parts.names()
    left = [(name, task) for name, task in tasks.items() if name not in known]
    for done in pool.each(partial(_make_part, parts, compute), left):
        yield left[done.place][0], done.error


def _make_part(parts: Parts, compute: Callable[[Item], PartRow], named: tuple[str, Item]) -> None:
    name, task = named
    parts.make(name, lambda: compute(task))
