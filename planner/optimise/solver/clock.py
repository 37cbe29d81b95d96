"""One budget of time for a whole proposal, and one place that reports progress."""

from __future__ import annotations

import time
from dataclasses import replace

from planner.optimise.solver.outcome import Progress, ProgressCallback, relative_gap

#: Where nothing new is known, the caller is asked whether to go on no more often than this.
_PULSE_S = 0.1
#: Processor time that may be used beyond the budget.
_MOST_OVERTIME_S = 1.0


class Clock:
    """Counts the seconds of a proposal, and tells the caller how it goes.

    Parameters
    ----------
    limit_s : budget; None is no limit.
    progress : called with every report; may raise `Cancelled`.
    """

    def __init__(self, limit_s: float | None, progress: ProgressCallback | None) -> None:
        self._began = time.perf_counter()
        self._limit_s = limit_s
        self._progress = progress
        self._last = Progress("plan", 0.0)
        self._worked_at_end: float | None = None
        self._found: int | None = None

    @property
    def seconds(self) -> float:
        """Wall time so far."""
        return time.perf_counter() - self._began

    @property
    def remaining_s(self) -> float | None:
        """What is left of the budget, seconds from 0 up; None without a limit."""
        return None if self._limit_s is None else max(0.0, self._limit_s - self.seconds)

    @property
    def expired(self) -> bool:
        """Whether the budget is spent."""
        return self.remaining_s == 0

    @property
    def overdue(self) -> bool:
        """Whether the caller's thread has worked for a second since the budget was seen spent.

        So long may go on what no answer can be given without, on however busy a machine.
        """
        if not self.expired:
            return False
        if self._worked_at_end is None:
            self._worked_at_end = time.thread_time()
        return time.thread_time() - self._worked_at_end > _MOST_OVERTIME_S

    def share(self, share: float) -> Clock:
        """Return a clock that expires after a share (0-1) of what is left."""
        return self if self.remaining_s is None else self.at_most(share * self.remaining_s)

    def at_most(self, seconds: float) -> Clock:
        """Return a clock that expires after some seconds, or with this one."""
        left = self.remaining_s
        clock = Clock(
            self.seconds + (seconds if left is None else min(seconds, left)), self._progress
        )
        clock._began, clock._last, clock._found = self._began, self._last, self._found
        return clock

    def begin_alternative(self, found: int) -> None:
        """Note that the best plan is proved, and how many further ones are known by now."""
        self._found = found
        self.report("alternatives", None, None)

    def report(self, stage: str, incumbent: float | None, bound: float | None) -> None:
        """Tell the caller how far the search has come."""
        gap = relative_gap(incumbent, bound)
        self._tell(Progress(stage, self.seconds, incumbent, bound, gap))

    def pulse(self) -> None:
        """Tell the caller the same again, who may stop the search; called often, tells seldom."""
        seconds = self.seconds
        if seconds - self._last.seconds >= _PULSE_S:
            self._tell(replace(self._last, seconds=seconds))

    def _tell(self, progress: Progress) -> None:
        if self._found is not None:
            progress = replace(progress, stage="alternatives", found=self._found)
        self._last = progress
        if self._progress is not None:
            self._progress(progress)
