"""Calculations in the background: bounded, queued, stopped, shared when complete."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from planner.app.shell import solving
from planner.app.shell.solving import Job
from planner.model.request import Range, Request
from planner.optimise import propose
from planner.optimise.solver.outcome import Progress, ProgressCallback
from tests.support.desk import desk_here
from tests.support.factories import three_fjords

WAIT_S = 20


@dataclass
class Gate:
    """Work that runs until it is let through, and reports all the while."""

    open: threading.Event = field(default_factory=threading.Event)
    began: threading.Event = field(default_factory=threading.Event)

    def __call__(self, progress: ProgressCallback) -> str:
        self.began.set()
        while not self.open.wait(0.005):
            progress(Progress("plan", 0.0, incumbent=3.0))
        return "through"


def works(value: Any) -> Callable[[ProgressCallback], Any]:
    return lambda _progress: value


def test_an_answer_is_kept_for_everybody() -> None:
    desk = desk_here()
    first = desk.ask("a", "key", works(1))
    assert first.wait(WAIT_S)
    assert first.complete
    again = desk.ask("b", "key", works(2))
    assert (again, again.result()) == (first, 1)


def test_one_session_asks_once_another_for_itself() -> None:
    desk, gate = desk_here(), Gate()
    mine = desk.ask("a", "key", gate)
    assert gate.began.wait(WAIT_S)
    assert desk.ask("a", "key", works(2)) is mine
    theirs = desk.ask("b", "key", works(2))
    assert theirs is not mine
    assert theirs.wait(WAIT_S)  # though the first still runs
    assert mine.state == "running"
    gate.open.set()
    assert mine.wait(WAIT_S)


def test_a_few_run_at_once_and_the_others_wait_in_turn() -> None:
    desk, gates = desk_here(most_at_once=2), [Gate() for _ in range(4)]
    jobs = [desk.ask(f"session {place}", place, gate) for place, gate in enumerate(gates)]
    assert gates[0].began.wait(WAIT_S)
    assert gates[1].began.wait(WAIT_S)
    assert [job.state for job in jobs] == ["running", "running", "queued", "queued"]
    assert [desk.ahead_of(job) for job in jobs] == [0, 0, 2, 3]
    gates[0].open.set()
    assert gates[2].began.wait(WAIT_S)
    assert not gates[3].began.is_set()
    assert desk.ahead_of(jobs[3]) == 2
    for gate in gates:
        gate.open.set()
    assert all(job.wait(WAIT_S) for job in jobs)


def test_stopping_ends_one_and_leaves_the_others() -> None:
    desk, gates = desk_here(), [Gate(), Gate()]
    mine, theirs = desk.ask("a", "key", gates[0]), desk.ask("b", "key", gates[1])
    assert gates[1].began.wait(WAIT_S)
    mine.stop()
    assert mine.wait(WAIT_S)
    assert (mine.result(), mine.complete, mine.stopped) == (None, False, True)
    assert theirs.state == "running"
    gates[1].open.set()
    assert theirs.wait(WAIT_S)
    assert desk.known("a", "key") is theirs  # complete, so it is everybody's


def test_what_was_stopped_in_the_queue_never_runs() -> None:
    desk, gate, later = desk_here(most_at_once=1), Gate(), Gate()
    running, queued = desk.ask("a", 1, gate), desk.ask("b", 2, later)
    queued.stop()
    assert queued.state == "done"
    gate.open.set()
    assert running.wait(WAIT_S)
    assert desk.ask("b", 3, works(3)).wait(WAIT_S)
    assert not later.began.is_set()


def test_a_stopped_calculation_is_started_anew() -> None:
    desk, gate = desk_here(), Gate()
    first = desk.ask("a", "key", gate)
    first.stop()
    assert first.wait(WAIT_S)
    assert desk.known("a", "key") is first
    second = desk.ask("a", "key", works(2))
    assert second.wait(WAIT_S)
    assert second.result() == 2


def test_a_failure_is_told_to_whoever_asks_and_kept_for_nobody() -> None:
    def fails(_progress: ProgressCallback) -> None:
        raise ZeroDivisionError

    desk = desk_here()
    job = desk.ask("a", "key", fails)
    assert job.wait(WAIT_S)
    with pytest.raises(ZeroDivisionError):
        job.result()
    assert desk.known("b", "key") is None
    assert desk.ask("b", "key", works(1)).wait(WAIT_S)


def test_an_unfinished_calculation_has_no_result() -> None:
    with pytest.raises(RuntimeError):
        Job(works(1)).result()


def test_what_nobody_looks_at_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    desk, gate = desk_here(), Gate()
    job = desk.ask("a", "key", gate)
    assert gate.began.wait(WAIT_S)
    desk.known("a", "key")
    assert job.state == "running"
    monkeypatch.setattr(solving, "LEFT_AFTER_S", 0.0)
    assert job.wait(WAIT_S)
    assert job.stopped


def test_the_oldest_answers_are_forgotten() -> None:
    desk = desk_here(most_kept=2)
    for key in range(3):
        assert desk.ask("a", key, works(key)).wait(WAIT_S)
    kept = [desk.known("b", key) is not None for key in range(3)]
    assert kept == [False, True, True]


def test_a_solve_tells_how_it_goes_and_gives_its_proof() -> None:
    desk, instance = desk_here(), three_fjords()
    job = desk.ask(
        "a", "key", lambda hear: propose(instance, Request(offices=Range(2, 2)), progress=hear)
    )
    assert job.wait(WAIT_S)
    assert job.result().solve.outcome == "optimal"
    assert job.progress is not None
    assert job.seconds > 0
