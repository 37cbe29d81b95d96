"""Work in a process of its own, which can be ended when it does not answer.

The child is a fresh interpreter that imports what it needs and no more: it does not depend on the
caller's ``__main__``, leaves Ctrl-C to its parent, and ends by itself when its parent has gone.
"""

from __future__ import annotations

import copyreg
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, Final

Messages = queue.SimpleQueue[Any]
#: The last of a child's messages, whether it ended or was ended.
ENDED: Final = None


class Child:
    """A child process, and what goes to it and comes from it.

    Parameters
    ----------
    module : whose ``main`` the child calls.

    Attributes
    ----------
    news : what the child sends, and `ENDED` once it has ended.
    """

    def __init__(self, module: str) -> None:
        paths = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-c", f"import {module} as child; child.main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": paths},
        )
        self.news: Messages = queue.SimpleQueue()
        self._orders: Messages = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=target, daemon=True) for target in (self._write, self._read)
        ]
        for thread in self._threads:
            thread.start()

    def tell(self, message: object) -> None:
        """Send something other than None, without waiting for the child to take it."""
        self._orders.put(message)

    def end(self) -> None:
        """Kill it; nothing of it is left when this returns."""
        self._process.kill()
        self._orders.put(ENDED)
        for thread in self._threads:
            thread.join()
        with suppress(OSError):
            self._process.communicate()

    def _write(self) -> None:
        inlet = self._process.stdin
        with suppress(OSError):
            while inlet and (message := self._orders.get()) is not ENDED:
                pickle.dump(message, inlet)
                inlet.flush()

    def _read(self) -> None:
        outlet = self._process.stdout
        with suppress(OSError, EOFError, pickle.UnpicklingError):
            while outlet:
                self.news.put(pickle.load(outlet))  # noqa: S301 - our own child
        self.news.put(ENDED)


class Parent:
    """The parent, as its child sees it; made once, before the child does anything else.

    Attributes
    ----------
    orders : what the parent sends. The child ends when the parent does.
    """

    def __init__(self) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides, and ends this process
        self._outlet: BinaryIO = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)  # nothing that a library prints may come among the answers
        self.orders: Messages = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def tell(self, message: object) -> None:
        """Send something."""
        pickle.dump(message, self._outlet)
        self._outlet.flush()

    def _read(self) -> None:
        with suppress(EOFError):
            while True:
                self.orders.put(pickle.load(sys.stdin.buffer))  # noqa: S301 - our own parent
        os._exit(1)


def _restore(known: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(known)


def _take_apart(known: MappingProxyType[Any, Any]) -> tuple[Any, ...]:
    return _restore, (dict(known),)


copyreg.pickle(MappingProxyType, _take_apart)  # the frozen mappings of plans and tables
