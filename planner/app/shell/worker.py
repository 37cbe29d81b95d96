"""Long calculations outside the server's process, which so answers readers meanwhile.

A worker takes one calculation at a time. It yields to whatever else the machine does, and ends
when the server does.
"""

from __future__ import annotations

import os
import pickle
import queue
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import cloudpickle

from planner.apart import ENDED, Child, Parent
from planner.errors import TooLittleMemoryError
from planner.messages.message import Message
from planner.optimise.solver.outcome import Cancelled, Progress, ProgressCallback, stopped_by

Work = Callable[[ProgressCallback], Any]
_POLL_S = 0.1
#: A calculation that was asked to stop, and has not for so long, is ended with its process.
GRACE_S = 15.0
_NICENESS = 10
_STOP = "stop"


@dataclass(frozen=True)
class _Answer:
    """What a calculation gave, or raised.

    Attributes
    ----------
    is_last : whether the process is of no more use, as a solver in it did not stop.
    """

    result: Any = None
    error: BaseException | None = None
    is_last: bool = False


class Worker:
    """A process that calculates for the server; started when it is first needed."""

    def __init__(self) -> None:
        self._child: Child | None = None

    def __call__(self, work: Work, wanted: Callable[[], bool], hear: ProgressCallback) -> Any:  # noqa: ANN401 - whatever the work returns
        """Do some work there, and return what it gives.

        Parameters
        ----------
        work : called there with a progress callback; it and its answer are sent by pickle.
        wanted : looked at again and again; once it is false, the work is asked to stop.
        hear : told what the work reports, in the caller's thread.

        Raises
        ------
        Cancelled : it was stopped before it had anything.
        TooLittleMemoryError : the process was ended from outside.
        Exception : whatever the work raised.
        """
        child = self._child = self._child or Child(__name__)
        child.tell(cloudpickle.dumps(work))
        until = None
        while until is None or time.perf_counter() < until:
            if until is None and not wanted():
                child.tell(_STOP)
                until = time.perf_counter() + GRACE_S
            try:
                news = child.news.get(timeout=_POLL_S)
            except queue.Empty:
                continue
            if news is ENDED:
                break
            if isinstance(news, Progress):
                hear(news)
            else:
                return self._take(pickle.loads(news))  # noqa: S301 - our own child
        self.end()
        if until is not None:
            raise Cancelled
        raise TooLittleMemoryError(Message.of("request.ended"))

    def end(self) -> None:
        """End the process, if there is one; the next work starts another."""
        child, self._child = self._child, None
        if child is not None:
            child.end()

    def _take(self, answer: _Answer) -> Any:  # noqa: ANN401 - whatever the work returned
        if answer.is_last:
            self.end()
        if answer.error is not None:
            raise answer.error
        return answer.result


def main() -> None:
    """Do what the server asks for, one work after the other."""
    if hasattr(os, "nice"):  # not on Windows
        os.nice(_NICENESS)
    parent = Parent()
    threads = threading.active_count()
    while True:
        order = parent.orders.get()
        if order == _STOP:  # it came when the work was done
            continue
        answer = _answer(parent, order)
        parent.tell(_written(replace(answer, is_last=threading.active_count() > threads)))


def _answer(parent: Parent, order: bytes) -> _Answer:
    stopped, told_at = threading.Event(), 0.0

    def tell(news: Progress) -> None:
        nonlocal told_at
        if time.perf_counter() - told_at > _POLL_S:
            told_at = time.perf_counter()
            parent.tell(news)
        if not parent.orders.empty():
            stopped.set()

    try:
        work: Work = pickle.loads(order)  # noqa: S301 - our own parent
        return _Answer(work(stopped_by(stopped, tell)))
    except BaseException as error:  # noqa: BLE001 - raised where somebody waits
        error.add_note(traceback.format_exc())
        return _Answer(error=error)


def _written(answer: _Answer) -> bytes:
    """Return what is sent; what cannot be sent is told instead."""
    try:
        written = cloudpickle.dumps(answer)
        if answer.error is not None:  # some errors can be written and not be read
            pickle.loads(written)  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - as many as there are types
        written = cloudpickle.dumps(_Answer(error=RuntimeError(traceback.format_exc())))
    return bytes(written)
