"""Work in a process beside the server's: what it gives, tells and leaves behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from planner.app.shell import worker as module
from planner.app.shell.worker import Worker
from planner.errors import DataError, Fault, TooLittleMemoryError
from planner.io.bundle import Bundle
from planner.model.request import Range, Request
from planner.optimise import propose
from planner.optimise.solver.outcome import Cancelled, Progress, ProgressCallback
from tests.support.data import DATA
from tests.support.factories import three_fjords
from tests.support.paths import ROOT


@pytest.fixture(scope="module")
def hired() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.end()


@pytest.fixture
def ask(hired: Worker) -> Callable[..., Any]:
    """Have work done that everybody wants; what it tells is left alone."""
    return lambda work: hired(work, lambda: True, lambda _news: None)


def is_alive(pid: int) -> bool:
    """Tell whether a process runs, rather than waits for somebody to ask how it ended."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text(encoding="utf-8").split(")")[-1].split()[0] != "Z"


def endless(tell: ProgressCallback) -> None:
    while True:
        tell(Progress("plan", 0.0))


def test_it_is_another_process_that_gives_way(ask: Callable[..., Any]) -> None:
    there = ask(lambda _tell: (os.getpid(), os.getpriority(os.PRIO_PROCESS, 0)))
    assert there[0] != os.getpid()
    assert there[1] > os.getpriority(os.PRIO_PROCESS, 0)
    assert ask(lambda _tell: os.getpid()) == there[0]  # the same for the next work


def test_a_solve_tells_how_it_goes_and_gives_what_it_gives_here(hired: Worker) -> None:
    instance, request, heard = three_fjords(), Request(offices=Range(2, 2)), []
    proposal = hired(
        lambda tell: propose(instance, request, progress=tell), lambda: True, heard.append
    )
    assert proposal.plan == propose(instance, request).plan
    assert heard
    assert all(isinstance(news, Progress) for news in heard)


def test_there_is_one_bundle_a_folder_there(ask: Callable[..., Any]) -> None:
    bundles = Bundle(DATA.folder), Bundle(DATA.folder)
    assert ask(lambda _tell: bundles[0] is bundles[1])
    assert ask(lambda _tell: bundles[0].folder) == DATA.folder


def test_errors_are_raised_here(ask: Callable[..., Any]) -> None:
    fault = Fault("a.csv", 3, "code", "is wrong")

    def fails(_tell: ProgressCallback) -> None:
        raise DataError([fault])

    with pytest.raises(DataError) as raised:
        ask(fails)
    assert raised.value.faults == (fault,)
    assert str(raised.value) == str(DataError([fault]))
    with pytest.raises(ZeroDivisionError):
        ask(lambda _tell: 1 / 0)


def test_what_cannot_be_sent_is_told(ask: Callable[..., Any]) -> None:
    with pytest.raises(RuntimeError, match="generator"):
        ask(lambda _tell: (one for one in "ab"))


def test_work_that_is_stopped_says_so_and_leaves_the_process(
    hired: Worker, ask: Callable[..., Any]
) -> None:
    before = ask(lambda _tell: os.getpid())
    heard: list[Progress] = []
    with pytest.raises(Cancelled):
        hired(endless, lambda: not heard, heard.append)
    assert ask(lambda _tell: os.getpid()) == before


def test_work_that_does_not_stop_is_ended(
    hired: Worker, ask: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GRACE_S", 0.2)
    before = ask(lambda _tell: os.getpid())
    with pytest.raises(Cancelled):
        hired(lambda _tell: time.sleep(60), lambda: False, lambda _news: None)
    assert not Path(f"/proc/{before}").exists()
    assert ask(lambda _tell: os.getpid()) != before


def test_a_process_that_is_killed_is_told_and_replaced(ask: Callable[..., Any]) -> None:
    with pytest.raises(TooLittleMemoryError, match="ended from outside"):
        ask(lambda _tell: os.kill(os.getpid(), signal.SIGKILL))
    assert ask(lambda _tell: 2) == 2


def test_a_thread_that_is_left_behind_ends_the_process(ask: Callable[..., Any]) -> None:
    def leaves(_tell: ProgressCallback) -> int:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        return os.getpid()

    assert not Path(f"/proc/{ask(leaves)}").exists()


def test_it_ends_with_a_server_that_is_killed() -> None:
    lines = [
        "import os, sys, time",
        "from planner.app.shell.worker import Worker",
        "tell = lambda news: print(news.stage, flush=True)",
        "def work(tell):",
        "    import os, time",
        "    from planner.optimise.solver.outcome import Progress",
        "    tell(Progress(str(os.getpid()), 0.0))",
        "    time.sleep(60)",
        "Worker()(work, lambda: True, tell)",
    ]
    with subprocess.Popen(
        [sys.executable, "-c", "\n".join(lines)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        child = int(server.stdout.readline())
        assert is_alive(child)
        server.kill()
    until = time.monotonic() + 20
    while is_alive(child) and time.monotonic() < until:
        time.sleep(0.02)
    assert not is_alive(child)
