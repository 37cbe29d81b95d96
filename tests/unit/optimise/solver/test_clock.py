from __future__ import annotations

import threading

import pytest

from planner.optimise.solver import clock as module
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.outcome import Cancelled, Progress, stopped_by


def test_a_share_of_the_time_keeps_the_beginning() -> None:
    clock = Clock(100.0, None)
    half = clock.share(0.5)
    assert 49 < half.remaining_s < 50
    assert clock.remaining_s > 99
    assert Clock(None, None).share(0.5).remaining_s is None


def test_a_pulse_tells_the_same_again_but_not_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(module.time, "perf_counter", lambda: now)
    told: list[Progress] = []
    clock = Clock(None, told.append)
    clock.report("plan", 10.0, 9.0)
    now = 0.05
    clock.pulse()
    assert len(told) == 1
    now = 0.11
    clock.pulse()
    clock.pulse()
    assert told[1:] == [Progress("plan", 0.11, 10.0, 9.0, 0.1)]


def test_an_event_ends_a_search_after_the_news() -> None:
    told: list[Progress] = []
    event = threading.Event()
    tell = stopped_by(event, told.append)
    tell(Progress("plan", 0.0))
    event.set()
    with pytest.raises(Cancelled):
        tell(Progress("plan", 1.0))
    assert len(told) == 2
