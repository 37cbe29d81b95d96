"""Rows in files of their own: made once, whoever is stopped, killed or in a hurry."""

from __future__ import annotations

import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from planner.pipeline.parts import PartRow, Parts, make_parts
from planner.pool import Pool
from tests.support.cluster import dask_cluster
from tests.support.paths import ROOT

TASKS = {f"task-{number:02}": number for number in range(12)}
WAIT_S = 60
#: A program that makes the parts until it is killed: folder, log, workers, scheduler.
CLIENT = """
import sys
from functools import partial
from pathlib import Path
from planner.pipeline.parts import Parts, make_parts
from planner.pool import Pool
from tests.unit.pipeline.test_parts import TASKS, compute
folder, log, workers, scheduler = sys.argv[1:]
work = partial(compute, Path(log), 0.4)
list(make_parts(Parts(Path(folder)), work, TASKS, Pool(int(workers), scheduler)))
"""


def compute(log: Path, seconds: float, number: int) -> PartRow:
    time.sleep(seconds)
    with log.open("a", encoding="utf-8") as written:
        written.write(f"{number}\n")
    return {"square": number * number}


def fails_at_three(log: Path, number: int) -> PartRow:
    if number == 3:
        raise ValueError(number)
    return compute(log, 0.0, number)


def logged(log: Path) -> list[int]:
    text = log.read_text(encoding="utf-8") if log.exists() else ""
    return sorted(map(int, text.split()))


def client_killed_after(count: int, parts: Parts, log: Path, pool: Pool) -> None:
    command = [sys.executable, "-c", CLIENT, str(parts.folder), str(log)]
    with subprocess.Popen([*command, str(pool.workers), pool.scheduler], cwd=ROOT) as client:
        until = time.monotonic() + WAIT_S
        while len(parts.names()) < count and time.monotonic() < until:
            time.sleep(0.05)
        client.kill()
    assert parts.names()


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_made_is_not_made_again(tmp_path: Path, workers: int) -> None:
    parts, log = Parts(tmp_path / "parts"), tmp_path / "log"
    first = dict(list(TASKS.items())[:5])
    assert dict(make_parts(parts, partial(compute, log, 0.0), first, Pool(workers))) == (
        dict.fromkeys(first)
    )
    rest = dict(make_parts(parts, partial(compute, log, 0.0), TASKS, Pool(workers)))
    assert rest.keys() == TASKS.keys() - first.keys()
    assert logged(log) == sorted(TASKS.values())
    assert {name: parts.read(name)["square"] for name in parts.names()} == {
        name: number**2 for name, number in TASKS.items()
    }
    assert [path.name for path in parts.folder.iterdir() if path.suffix != ".json"] == []


def test_a_task_that_fails_is_named_and_left_for_the_next_time(tmp_path: Path) -> None:
    parts, log = Parts(tmp_path / "parts"), tmp_path / "log"
    told = dict(make_parts(parts, partial(fails_at_three, log), TASKS, Pool()))
    assert [name for name, error in told.items() if error] == ["task-03"]
    again = dict(make_parts(parts, partial(compute, log, 0.0), TASKS, Pool()))
    assert again == {"task-03": None}
    assert logged(log) == sorted(TASKS.values())


def test_two_who_make_the_same_at_the_same_time_make_it_once(tmp_path: Path) -> None:
    parts, log = Parts(tmp_path / "parts"), tmp_path / "log"
    command = [sys.executable, "-c", CLIENT, str(parts.folder), str(log), "2", ""]
    both = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]
    assert [one.wait(WAIT_S) for one in both] == [0, 0]
    assert logged(log) == sorted(TASKS.values())


def test_after_a_killed_client_only_what_is_left_is_made(tmp_path: Path) -> None:
    parts, log = Parts(tmp_path / "parts"), tmp_path / "log"
    client_killed_after(3, parts, log, Pool(2))
    before = set[str]()
    while before != parts.names():  # its workers end by themselves
        before = parts.names()
        time.sleep(2.0)
    assert before != set(TASKS)
    rest = dict(make_parts(parts, partial(compute, log, 0.0), TASKS, Pool()))
    assert rest == dict.fromkeys(TASKS.keys() - before)
    assert parts.names() == set(TASKS)


def test_a_cluster_goes_on_for_a_killed_client_and_nothing_is_made_twice(tmp_path: Path) -> None:
    parts, log = Parts(tmp_path / "parts"), tmp_path / "log"
    with dask_cluster(tmp_path, workers=2) as cluster:
        pool = Pool(scheduler=cluster.address)
        client_killed_after(3, parts, log, pool)
        rest = dict(make_parts(parts, partial(compute, log, 0.4), TASKS, pool))
    assert not any(rest.values())
    assert logged(log) == sorted(TASKS.values())
    assert parts.names() == set(TASKS)
