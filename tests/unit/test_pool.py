"""Many tasks: the same answers wherever they are done, whatever befalls those who do them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import MappingProxyType

import pytest

from planner.errors import PlannerError
from planner.pool import Pool, Shared
from tests.support.cluster import dask_cluster

SQUARES = [number * number for number in range(8)]


def square(number: int) -> int:
    return number * number


def slow_square(number: int) -> int:
    time.sleep(0.3)
    return number * number


def fail_at_three(number: int) -> int:
    if number == 3:
        raise ValueError(number)
    return number * number


def die_at_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def die_once(mark: Path, number: int) -> int:
    if number == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def identity_of(shared: Shared[MappingProxyType[str, int]], _number: int) -> tuple[int, int]:
    return os.getpid(), id(shared.value)


def process_of(_number: int) -> int:
    return os.getpid()


@pytest.mark.parametrize("workers", [1, 2])
def test_every_item_in_order_wherever_it_is_done(workers: int) -> None:
    told: list[int] = []
    assert Pool(workers).every(square, range(8), told.append) == SQUARES
    assert told == list(range(1, 9))
    processes = set(Pool(workers).every(process_of, range(8)))
    assert (processes == {os.getpid()}) is (workers == 1)
    assert Pool(workers).every(square, []) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_a_task_that_fails_is_told_and_takes_no_other_along(workers: int) -> None:
    done = {one.place: one for one in Pool(workers).each(fail_at_three, range(8))}
    assert isinstance(done[3].error, ValueError)
    assert [done[place].made for place in range(8) if place != 3] == SQUARES[:3] + SQUARES[4:]
    with pytest.raises(ValueError, match="3"):
        Pool(workers).every(fail_at_three, range(8))


def test_a_task_that_ends_its_process_is_told_and_takes_no_other_along() -> None:
    done = {one.place: one for one in Pool(2).each(die_at_three, range(8))}
    assert [done[place].made for place in range(8) if place != 3] == SQUARES[:3] + SQUARES[4:]
    assert done[3].error is not None


def test_a_process_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    assert Pool(2).every(partial(die_once, tmp_path / "mark"), range(8)) == SQUARES


def test_few_tasks_are_handed_out_at_a_time() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(40):
            taken.append(number)
            yield number

    for count, _ in enumerate(Pool(2).each(square, items()), 1):
        assert len(taken) - count <= 4
    assert len(taken) == 40


def test_what_is_shared_is_read_once_in_a_process() -> None:
    shared = Shared(MappingProxyType({"a": 1}))
    found = Pool(2).every(partial(identity_of, shared), range(20))
    assert len(set(found)) == len({process for process, _ in found})


def test_who_stops_early_leaves_no_process_behind() -> None:
    processes = []
    for done in Pool(2).each(process_of, range(100)):
        processes.append(done.result())
        break
    assert not Path(f"/proc/{processes[0]}").exists()


def test_workers_stay_between_rounds_and_are_replaced_if_they_are_killed(tmp_path: Path) -> None:
    with Pool(2).opened() as pool:
        first, second = (set(pool.every(process_of, range(8))) for _ in range(2))
        assert first & second
        assert pool.every(partial(die_once, tmp_path / "mark"), range(8)) == SQUARES
        third = set(pool.every(process_of, range(8)))
        assert not third & first
    assert not any(Path(f"/proc/{process}").exists() for process in third)


def test_two_workers_of_a_cluster_of_which_one_is_killed(tmp_path: Path) -> None:
    with dask_cluster(tmp_path, workers=2) as cluster:
        pool = Pool(scheduler=cluster.address)
        places: set[int] = set()
        for done in pool.each(slow_square, range(12)):
            assert done.result() == done.place**2
            places.add(done.place)
            cluster.workers[0].kill()
        assert places == set(range(12))
        failing = {one.place: one for one in pool.each(fail_at_three, range(5))}
        assert isinstance(failing[3].error, ValueError)
        assert failing[4].made == 16


def test_a_cluster_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="dask.distributed is not installed")
    monkeypatch.setattr("planner.pool._WORKER_WAIT_S", 1)
    with pytest.raises(PlannerError, match="no cluster answers"):
        Pool(scheduler="tcp://127.0.0.1:9").every(square, range(3))
