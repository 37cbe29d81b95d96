"""Calculations of the app in the test's own process, where tests can look into them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from planner.app.shell.solving import Desk
from planner.app.shell.worker import Work
from planner.optimise.solver.outcome import Cancelled, Progress, ProgressCallback


def desk_here(most_at_once: int = 2, most_kept: int = 60) -> Desk:
    """Return a desk whose workers are threads."""
    return Desk(most_at_once, most_kept, hire=lambda: work_here)


def work_here(work: Work, wanted: Callable[[], bool], hear: ProgressCallback) -> Any:
    def tell(news: Progress) -> None:
        hear(news)
        if not wanted():
            raise Cancelled

    return work(tell)
