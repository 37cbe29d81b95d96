"""A program solved in a process of its own, which can be ended when it does not answer.

Whatever the child finds is sent at once, so ending it loses nothing. It is a fresh interpreter
that imports the solver and no more; it does not depend on the caller's ``__main__``, and ends by
itself when its parent has gone.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from planner.optimise.solver.highs import Highs, Raw, Search, SearchCallback
from planner.optimise.solver.outcome import Cancelled, SolverError
from planner.optimise.solver.program import MixedIntegerProgram

_POLL_S = 0.05
#: How much longer than its limit a child may take to answer before it is ended.
_GRACE_S = 1.0


def minimise_apart(
    program: MixedIntegerProgram,
    *,
    model: dict[str, Any],
    search: dict[str, Any],
    time_limit_s: float | None,
    on_search: SearchCallback | None,
) -> Raw:
    """Solve as `Highs.minimise` does, in a child process that is gone when this returns.

    Parameters
    ----------
    model, search : further arguments of `Highs` and of `Highs.minimise`.
    time_limit_s : when to stop, seconds, the start of the child included; None never.
    on_search : called in the caller's thread; may raise `Cancelled`.

    Raises
    ------
    SolverError : the solver failed.
    Exception : whatever `on_search` raised, but for `Cancelled` and Ctrl-C.
    """
    began, seen = time.perf_counter(), Search(0.0)
    limit = np.inf if time_limit_s is None else time_limit_s
    order = (_nameless(program), model, {**search, "time_limit_s": time_limit_s})
    try:
        with _child(order) as news:
            while (seconds := time.perf_counter() - began) <= limit + _GRACE_S:
                with suppress(queue.Empty):
                    message = news.get(timeout=_POLL_S)
                    if isinstance(message, SolverError):
                        raise message
                    if message is None:
                        break
                    if isinstance(message, Raw):
                        return message
                    seen = message
                if on_search is not None:
                    on_search(replace(seen, seconds=seconds))
    except (Cancelled, KeyboardInterrupt):
        return Raw("stopped", seen.x, seen.bound, interrupted=True)
    return Raw("stopped", seen.x, seen.bound)


@contextmanager
def _child(order: object) -> Iterator[queue.SimpleQueue[Any]]:
    """Start a child on an order; what it sends is in the queue, and None when it has ended."""
    paths = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-c", f"import {__name__} as child; child.main()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
    )
    news: queue.SimpleQueue[Any] = queue.SimpleQueue()
    reader = threading.Thread(target=_read, args=(child, order, news), daemon=True)
    try:
        reader.start()
        yield news
    finally:
        child.kill()
        reader.join()
        with suppress(OSError):
            child.communicate()


def _read(child: subprocess.Popen[bytes], order: object, news: queue.SimpleQueue[Any]) -> None:
    """Give the order, and pass on what comes back until the child ends."""
    with suppress(OSError, EOFError, pickle.UnpicklingError):
        if child.stdin and child.stdout:
            pickle.dump(order, child.stdin)
            child.stdin.flush()
            while True:
                news.put(pickle.load(child.stdout))  # noqa: S301 - our own child
    news.put(None)


def _nameless(program: MixedIntegerProgram) -> MixedIntegerProgram:
    """Leave out the names, which the child does not need."""
    rows = replace(program.rows, names=range(len(program.rows)))  # type: ignore[arg-type]
    return replace(program, names=range(len(program.cost)), rows=rows)  # type: ignore[arg-type]


def main() -> None:
    """Solve what comes in on standard input, and send what is found on standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides, and ends this process
    outlet = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that a library prints may come among the answers
    program, model, search = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own parent
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sent = Search(0.0)

    def tell(news: Search) -> None:
        nonlocal sent
        if news.x is not sent.x or news.bound != sent.bound:
            sent = news
            _send(outlet, news)

    try:
        _send(outlet, Highs(program, **model).minimise(on_search=tell, **search))
    except SolverError as error:
        _send(outlet, error)
    os._exit(0)


def _send(outlet: BinaryIO, message: object) -> None:
    pickle.dump(message, outlet)
    outlet.flush()


def _end_with_parent() -> None:
    """Wait for the end of the parent, whose pipe then closes."""
    while os.read(0, 1):
        pass
    os._exit(1)
