"""A program solved in a process of its own, which can be ended when it does not answer.

Whatever the child finds is sent at once, so ending it loses nothing.
"""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

import numpy as np

from planner.apart import ENDED, Child, Messages, Parent
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
                    if message is ENDED:
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
def _child(order: object) -> Iterator[Messages]:
    """Start a child on an order, and end it; gives what it sends."""
    child = Child(__name__)
    try:
        child.tell(order)
        yield child.news
    finally:
        child.end()


def _nameless(program: MixedIntegerProgram) -> MixedIntegerProgram:
    """Leave out the names, which the child does not need."""
    rows = replace(program.rows, names=range(len(program.rows)))  # type: ignore[arg-type]
    return replace(program, names=range(len(program.cost)), rows=rows)  # type: ignore[arg-type]


def main() -> None:
    """Solve what the parent sends, and send what is found."""
    parent = Parent()
    program, model, search = parent.orders.get()
    sent = Search(0.0)

    def tell(news: Search) -> None:
        nonlocal sent
        if news.x is not sent.x or news.bound != sent.bound:
            sent = news
            parent.tell(news)

    try:
        parent.tell(Highs(program, **model).minimise(on_search=tell, **search))
    except SolverError as error:
        parent.tell(error)
    os._exit(0)
