"""Long calculations outside the server's process: a few at once, the others in a queue.

A reader's page starts a calculation, looks at it again and again, and may stop it; what it gave
is kept for everybody who asks the same. No session waits for another's.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any, Literal

from planner.app.shell.worker import Work, Worker
from planner.optimise.solver.outcome import Cancelled, Progress, ProgressCallback

#: Calculations that run at the same time: each other core is left to the pages.
MOST_AT_ONCE = max(1, (os.cpu_count() or 1) // 2)
#: Answers that are kept; the oldest are forgotten first.
MOST_KEPT = 60
#: A calculation that no page has looked at for so long has been left; a hidden tab looks once a
#: minute.
LEFT_AFTER_S = 150.0

JobState = Literal["queued", "running", "done"]
#: Does some work, as `Worker` does.
DoWork = Callable[[Work, Callable[[], bool], ProgressCallback], Any]


@dataclass(eq=False)
class Job:
    """One calculation.

    Attributes
    ----------
    work : what is calculated; told how to report progress, which is also how it is stopped.
    state : ``done`` as well where it was stopped or failed.
    progress : the last report; None before the first.
    """

    work: Work
    state: JobState = "queued"
    progress: Progress | None = None
    _stopped: threading.Event = field(default_factory=threading.Event)
    _done: threading.Event = field(default_factory=threading.Event)
    _began: float | None = None
    _looked_at: float = field(default_factory=time.perf_counter)
    _result: Any = None
    _error: BaseException | None = None

    @property
    def stopped(self) -> bool:
        """Whether a reader asked it to stop."""
        return self._stopped.is_set()

    @property
    def seconds(self) -> float:
        """Wall time since it began; 0 while it is queued."""
        return 0.0 if self._began is None else time.perf_counter() - self._began

    @property
    def complete(self) -> bool:
        """Whether it ran to its end, so that asking again would give the same."""
        return self.state == "done" and self._error is None and not self.stopped

    def stop(self) -> None:
        """Ask it to end with the best that it has found."""
        self._stopped.set()
        if self.state == "queued":
            self._end()

    def look(self) -> None:
        """Tell that somebody still waits for it."""
        self._looked_at = time.perf_counter()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it is done; tell whether it is."""
        return self._done.wait(seconds)

    def result(self) -> Any:  # noqa: ANN401 - whatever the work returns
        """Return what it gave; None where it was stopped before it had anything.

        Raises
        ------
        RuntimeError : it is not done.
        Exception : whatever the work raised.
        """
        if self.state != "done":
            raise RuntimeError("the calculation is not done")
        if self._error is not None:
            raise self._error
        return self._result

    def run(self, do: DoWork) -> None:
        """Have the work done, unless it was stopped while it waited."""
        if not self._is_wanted():
            self._end()
            return
        self._began = time.perf_counter()
        self.state = "running"
        try:
            self._result = do(self.work, self._is_wanted, self._hear)
        except Cancelled:
            pass
        except BaseException as error:  # noqa: BLE001 - told to whoever asks for the result
            self._error = error
        self._end()

    def _end(self) -> None:
        self.state = "done"
        self._done.set()

    def _is_wanted(self) -> bool:
        if time.perf_counter() - self._looked_at > LEFT_AFTER_S:
            self._stopped.set()
        return not self.stopped

    def _hear(self, progress: Progress) -> None:
        self.progress = progress


class Desk:
    """Takes calculations in, and gives them to a bounded number of workers in turn.

    Parameters
    ----------
    most_at_once : workers.
    most_kept : complete answers that are kept for everybody.
    hire : returns what does the work, one for each.
    """

    def __init__(
        self,
        most_at_once: int = MOST_AT_ONCE,
        most_kept: int = MOST_KEPT,
        hire: Callable[[], DoWork] = Worker,
    ) -> None:
        self._hire = hire
        self._most_at_once = most_at_once
        self._most_kept = most_kept
        self._waiting: SimpleQueue[Job] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._own: dict[tuple[str, Hashable], Job] = {}
        self._shared: dict[Hashable, Job] = {}

    def ask(self, session: str, key: Hashable, work: Work) -> Job:
        """Start a calculation, unless its answer is known or the session has asked already.

        Parameters
        ----------
        session : who asks; another's running calculation is left alone.
        key : what is asked; equal keys have equal answers.
        work : done by a worker, which gets it by pickle. A calculation that was stopped or failed
            is started anew.
        """
        known = self.known(session, key)
        if known is not None and (known.complete or known.state != "done"):
            return known
        job = Job(work)
        with self._lock:
            self._own.pop((session, key), None)  # the newest comes last
            self._own[session, key] = job
            self._start_thread()
        self._waiting.put(job)
        return job

    def known(self, session: str, key: Hashable) -> Job | None:
        """Return a session's calculation, or anybody's complete one; None without either."""
        with self._lock:
            self._share()
            job = self._shared.get(key) or self._own.get((session, key))
        if job is not None:
            job.look()
        return job

    def ahead_of(self, job: Job) -> int:
        """Count the calculations that a queued one has to wait for."""
        with self._lock:
            jobs = list(self._own.values())
        if job.state != "queued" or job not in jobs:
            return 0
        earlier = jobs[: jobs.index(job)]
        return sum(one.state != "done" and not one.stopped for one in earlier)

    def _share(self) -> None:
        """Move what is complete to where all find it, and forget the oldest."""
        for owner, job in list(self._own.items()):
            if job.complete:
                self._shared[owner[1]] = self._own.pop(owner)
        over = [owner for owner, job in self._own.items() if job.state == "done"]
        for owner in over[: -self._most_kept]:
            del self._own[owner]
        while len(self._shared) > self._most_kept:
            self._shared.pop(next(iter(self._shared)))

    def _start_thread(self) -> None:
        if len(self._threads) < self._most_at_once:
            thread = threading.Thread(target=self._serve, name="solve", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self) -> None:
        do = self._hire()
        while True:
            self._waiting.get().run(do)


#: The one desk of the app's process.
DESK = Desk()
