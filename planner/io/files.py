"""Writing files so that a reader finds the old or the new one whole, and one writer at a time."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

LONGEST_WAIT_S = 30


def write_whole(path: Path, content: bytes, *, like: Path | None = None) -> None:
    """Write a file whole or not at all, down to the disk.

    Parameters
    ----------
    like : existing file whose permissions the written one gets; left out, those of the file that
        it replaces.

    Raises
    ------
    OSError : the disk refuses; it names the file, and what was there is untouched.
    """
    part = path.with_name(f"{unfinished_prefix(path)}{os.getpid()}-{threading.get_ident()}")
    model = like or path
    try:
        part.unlink(missing_ok=True)
        _write_new(part, content, model.stat().st_mode if model.exists() else 0o666)
        if model.exists():
            shutil.copymode(model, part)
        part.replace(path)
    except BaseException as error:
        part.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno:
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise
    _flush_folder(path.parent)


def unfinished_prefix(path: Path) -> str:
    """Return how the names of files begin that a killed writer of a file may leave behind."""
    return f".{path.name}.part-"


@contextmanager
def locked(path: Path, longest_wait_s: float = LONGEST_WAIT_S) -> Iterator[None]:
    """Hold a lock file, waiting for it for a while where another has it.

    The system gives the lock back when its holder dies, so that no crash leaves it behind.

    Parameters
    ----------
    longest_wait_s : negative for as long as it takes.

    Raises
    ------
    OSError : the file cannot be opened, or another holds it for longer than that.
    """
    with FileLock(path, timeout=longest_wait_s, thread_local=False, is_singleton=False):
        yield


def _write_new(path: Path, content: bytes, mode: int) -> None:
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode & 0o777)) as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())


def _flush_folder(folder: Path) -> None:
    """Make the new name itself outlive a loss of power, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
