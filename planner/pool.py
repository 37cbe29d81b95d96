"""Many tasks through one door: in this process, in others of this machine, or on a Dask cluster.

The same function works on the same items wherever it is done. Only a few tasks are handed out at
a time; a task that fails, or that ends the process which does it, takes no other along.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import Any, Generic, TypeVar

import cloudpickle

import planner.apart  # noqa: F401 - teaches pickle the frozen mappings
from planner.errors import PlannerError
from planner.memo import Memo
from planner.messages.message import Message

Item = TypeVar("Item")
Made = TypeVar("Made")
Value = TypeVar("Value")

#: Tasks that are handed out for each worker: one to do, and one to go on with.
_IN_HAND = 2
_WORKER_WAIT_S = 60
_WATCH_S = 0.5
#: Tasks worth making at the same time for a cluster, whose size is not known beforehand.
_ON_CLUSTER = 8


@dataclass(frozen=True)
class Done(Generic[Made]):
    """A task that is done.

    Attributes
    ----------
    place : of its item among all items, from 0.
    error : what it raised, or that its process ended; None where it succeeded.
    """

    place: int
    made: Made | None
    error: BaseException | None = None

    def result(self) -> Made:
        """Return what was made, or raise the error."""
        if self.error is not None:
            raise self.error
        return self.made  # type: ignore[return-value] # there is no error


@dataclass(frozen=True)
class Pool:
    """Where tasks are done.

    Attributes
    ----------
    workers : processes of this machine; with 1, this process does the tasks itself.
    scheduler : address of a Dask cluster that does them instead; its workers have the same version
        of this package, and see the same files under the same paths.
    """

    workers: int = 1
    scheduler: str = ""

    @property
    def is_here(self) -> bool:
        """Whether this process does the tasks itself, one after the other."""
        return self.workers == 1 and not self.scheduler

    @property
    def at_once(self) -> int:
        """How many tasks are worth making at the same time."""
        return _ON_CLUSTER if self.scheduler else self.workers

    def each(self, do: Callable[[Item], Made], items: Iterable[Item]) -> Iterator[Done[Made]]:
        """Do something with each item; what is done is given at once, in any order.

        A task whose process ends is done once more, alone, and has failed if that ends too.

        Parameters
        ----------
        do : a function and its arguments that pickle can send; not one of ``__main__``.
        items : taken one by one, as workers become free.

        Raises
        ------
        PlannerError : Dask is not installed, or the cluster has no worker, or has gone.
        """
        rest = deque[tuple[int, Item]]()
        waiting = enumerate(items)
        while True:
            with self._open() as (executor, in_hand):
                most = 1 if rest else in_hand
                source = _popped(rest) if rest else waiting
                lost = yield from _through(executor, most, do, source)
            if lost:
                self._forget()
            if len(lost) == most == 1:
                (place, _), error = lost[0]
                yield Done(place, None, error)
            else:
                rest.extend(task for task, _ in lost)
            if not lost and source is waiting:
                return

    def every(
        self,
        do: Callable[[Item], Made],
        items: Iterable[Item],
        progress: Callable[[int], None] | None = None,
    ) -> list[Made]:
        """Return what each item gives, in the order of the items.

        Parameters
        ----------
        do, items : as in `each`.
        progress : told how many are done.

        Raises
        ------
        Exception : the first error of a task; the others are left.
        """
        made: dict[int, Made] = {}
        for done in self.each(do, items):
            made[done.place] = done.result()
            if progress is not None:
                progress(len(made))
        return [made[place] for place in sorted(made)]

    @contextmanager
    def opened(self) -> Iterator[Pool]:
        """Give this pool with workers that stay between its calls, for many rounds of tasks."""
        with ExitStack() as workers:
            yield _OpenPool(self.workers, self.scheduler, workers)

    def _forget(self) -> None:
        """Have other workers the next time."""

    @contextmanager
    def _open(self) -> Iterator[tuple[Executor, int]]:
        if self.scheduler:
            with _cluster(self.scheduler) as opened:
                yield opened
        elif self.workers == 1:
            yield _Here(), 1
        else:
            # Not the standard library's: its processes run the caller's main module once more.
            loky = import_module("loky")
            pool = loky.ProcessPoolExecutor(self.workers, initializer=_end_with_parent)
            try:
                yield pool, _IN_HAND * self.workers
            finally:
                pool.shutdown(wait=True, kill_workers=True)


@dataclass(frozen=True)
class _OpenPool(Pool):
    """A pool whose workers stay; `now` holds them, if there are any."""

    stack: ExitStack = field(default_factory=ExitStack)
    now: list[tuple[Executor, int]] = field(default_factory=list)

    def _forget(self) -> None:
        self.stack.close()
        self.now.clear()

    @contextmanager
    def _open(self) -> Iterator[tuple[Executor, int]]:
        if not self.now:
            self.now.append(self.stack.enter_context(super()._open()))
        yield self.now[0]


def processors() -> int:
    """Return how many processors this process may use."""
    return int(import_module("loky").cpu_count())


class Shared(Generic[Value]):
    """A value that many tasks need: written once, and read once in each process."""

    def __init__(self, value: Value) -> None:
        self.value = value

    @cached_property
    def _written(self) -> tuple[str, bytes]:
        written = bytes(cloudpickle.dumps(self.value))
        return hashlib.sha256(written).hexdigest(), written

    def __reduce__(self) -> tuple[Any, ...]:
        return _shared, self._written


_SHARED = Memo(most=4)


def _shared(digest: str, written: bytes) -> Shared[Any]:
    return _SHARED.get(digest, lambda: Shared(pickle.loads(written)))  # noqa: S301 - our own


_Lost = list[tuple[tuple[int, Any], BaseException]]


def _through(
    executor: Executor,
    most: int,
    do: Callable[[Item], Made],
    tasks: Iterator[tuple[int, Item]],
) -> Generator[Done[Made], None, _Lost]:
    """Hand out tasks until there are none, or a process ended; return those lost by then."""
    running: dict[Future[Made], tuple[int, Item]] = {}
    lost: _Lost = []
    while not lost:
        while len(running) < most and (task := next(tasks, None)) is not None:
            running[executor.submit(do, task[1])] = task
        if not running:
            break
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        if any(isinstance(future.exception(), BrokenExecutor) for future in done):
            done, _ = wait(running)  # which ends the others too
        for future in done:
            task, error = running.pop(future), future.exception()
            if isinstance(error, BrokenExecutor):
                lost.append((task, error))
            else:
                yield Done(task[0], None if error else future.result(), error)
    return lost


def _popped(tasks: deque[tuple[int, Item]]) -> Iterator[tuple[int, Item]]:
    while tasks:
        yield tasks.popleft()


class _Here(Executor):
    """Does tasks at once, in the caller's thread."""

    def submit(self, do: Callable[..., Made], /, *given: Any, **named: Any) -> Future[Made]:  # noqa: ANN401
        future: Future[Made] = Future()
        try:
            future.set_result(do(*given, **named))
        except Exception as error:  # noqa: BLE001 - told with the task
            future.set_exception(error)
        return future


@contextmanager
def _cluster(scheduler: str) -> Iterator[tuple[Executor, int]]:
    try:
        dask: Any = import_module("distributed")
    except ImportError:
        raise PlannerError(Message.of("option.no_dask")) from None
    try:
        with dask.Client(scheduler, timeout=_WORKER_WAIT_S) as client:
            client.wait_for_workers(1, timeout=_WORKER_WAIT_S)
            threads = sum(client.nthreads().values())
            yield client.get_executor(pure=False), _IN_HAND * threads
    except OSError as error:
        message = Message.of("option.no_cluster", address=scheduler, reason=str(error))
        raise PlannerError(message) from error


def _end_with_parent() -> None:
    """Leave Ctrl-C to the parent, and end when it is gone, even if it was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_WATCH_S)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
