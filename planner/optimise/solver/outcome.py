"""What a solve proved, and how a running one is followed and stopped."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Literal

from planner.optimise.tolerances import RESOLUTION

Outcome = Literal["optimal", "feasible", "infeasible", "no_solution_in_time", "cancelled"]


class Cancelled(Exception):  # noqa: N818 - a request to stop, not an error
    """Raised by a progress callback to stop a solve; the best plan found so far is kept."""


class SolverError(RuntimeError):
    """A solver failed, or returned a point that breaks the program; a defect, not an outcome."""


@dataclass(frozen=True)
class Solve:
    """What a solver proved; a time limit is never called optimal, nor is a search that was stopped.

    Attributes
    ----------
    outcome : ``optimal`` only if the gap is proved closed to the requested one; ``cancelled`` if
        the caller stopped the search before there was a plan.
    objective : value of the plan found, None without one.
    bound : proved lower bound on the best objective, None where nothing is proved.
    relative_gap : (objective - bound) / |objective|; 0 at a proved optimum; None without either,
        and while it is unproved that no plan exempts fewer groups.
    seconds : wall time; kept out of deterministic output.
    solver, version : for example ``HiGHS``, ``1.15.1``.
    interrupted : whether the caller stopped the search.
    exempt : number of groups below a least size in the plan, None without one.
    exempt_bound : no plan has fewer of them, where they are to be as few as possible; else None.
    """

    outcome: Outcome
    objective: float | None
    bound: float | None
    relative_gap: float | None
    seconds: float
    solver: str
    version: str
    interrupted: bool = False
    exempt: int | None = None
    exempt_bound: int | None = None


@dataclass(frozen=True)
class Progress:
    """A report while a solve runs; any figure may still be unknown.

    Attributes
    ----------
    stage : what is being done; once the best plan is proved and others are searched for, that is
        ``alternatives``, and the figures are of the one searched for.
    seconds : wall time so far.
    incumbent, bound, relative_gap : of the best plan so far.
    found : how many of the alternatives are known.
    """

    stage: str
    seconds: float
    incumbent: float | None = None
    bound: float | None = None
    relative_gap: float | None = None
    found: int = 0


ProgressCallback = Callable[[Progress], None]


def stopped_by(event: Event, progress: ProgressCallback | None = None) -> ProgressCallback:
    """Return a progress callback that ends the search when an event is set in another thread.

    While it runs, a search looks at its callback ten times a second or more. It keeps the best
    plan found so far, as after Ctrl-C.

    Parameters
    ----------
    event : set by whoever wants the search to end.
    progress : told the same, before.
    """

    def tell(news: Progress) -> None:
        if progress is not None:
            progress(news)
        if event.is_set():
            raise Cancelled

    return tell


def stopped_after(seconds: float, progress: ProgressCallback) -> ProgressCallback:
    """Return a progress callback that ends a search of many solves after some seconds from now.

    Parameters
    ----------
    seconds : wall time.
    progress : told the same, before.
    """
    until = time.perf_counter() + seconds

    def tell(news: Progress) -> None:
        progress(news)
        if time.perf_counter() > until:
            raise Cancelled

    return tell


def relative_gap(objective: float | None, bound: float | None) -> float | None:
    """Return (objective - bound) / |objective|, share; None where either is unknown.

    Differences within a share of `RESOLUTION` count as none, as no solver can prove more.
    Infinite where the objective is 0 and the bound is lower.
    """
    if objective is None or bound is None:
        return None
    difference = objective - bound
    if difference <= RESOLUTION * abs(objective):
        return 0.0
    return difference / abs(objective) if objective else float("inf")
