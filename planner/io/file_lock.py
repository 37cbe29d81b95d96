"""One writer at a time, among the threads of a process and among processes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _hold(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
else:
    import fcntl

    def _hold(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock, waiting for it as long as another has it.

    The system gives the lock back when its holder dies, so that no crash leaves it behind.

    Parameters
    ----------
    path : of the lock file; made if it does not exist, and never a link to another.

    Raises
    ------
    OSError : the file cannot be opened.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    try:
        _hold(handle)
        yield
    finally:
        os.close(handle)
