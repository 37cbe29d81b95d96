"""A program in a process of its own: the same answers, and it ends when it is told to."""

from __future__ import annotations

import subprocess
import time

import numpy as np
import pytest

from planner import apart
from planner.optimise.solver import child
from planner.optimise.solver.outcome import Cancelled
from planner.optimise.solver.program import MixedIntegerProgram, RowList
from planner.optimise.solver.solve import solve


def covering(variables: int, rows: int) -> MixedIntegerProgram:
    rng = np.random.default_rng(1)
    needs = RowList()
    for row in range(rows):
        weights = rng.uniform(1, 10, variables)
        needs.add(f"need_{row}", range(variables), weights.tolist(), lower=weights.sum() / 3)
    return MixedIntegerProgram(
        tuple(f"x_{column}" for column in range(variables)),
        rng.uniform(1, 5, variables),
        np.zeros(variables),
        np.ones(variables),
        np.ones(variables, bool),
        needs.rows(),
    )


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    processes: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def remembered(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
        processes.append(start(*arguments, **options))
        return processes[-1]

    monkeypatch.setattr(apart.subprocess, "Popen", remembered)
    return processes


def test_the_answer_is_the_same(started: list[subprocess.Popen[bytes]]) -> None:
    program = covering(12, 3)
    here, there = solve(program), solve(program, apart=True)
    assert there.outcome == here.outcome == "optimal"
    assert there.objective == pytest.approx(here.objective)
    assert started[0].returncode is not None


def test_a_caller_who_stops_it_keeps_what_was_found(
    started: list[subprocess.Popen[bytes]],
) -> None:
    def end(news: object) -> None:
        if news.x is not None:
            raise Cancelled

    found = solve(covering(60, 30), apart=True, on_search=end)
    assert found.interrupted
    assert found.outcome == "feasible"
    assert found.bound <= found.objective
    assert started[0].returncode is not None


def test_a_child_that_does_not_answer_is_ended(
    started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "__name__", "time; time.sleep(60); import time")
    began = time.perf_counter()
    found = solve(covering(12, 3), apart=True, time_limit_s=0.1)
    assert found.outcome == "no_solution_in_time"
    assert time.perf_counter() - began < 30
    assert started[0].returncode is not None


def test_a_child_that_dies_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "__name__", "os; os._exit(3); import os")
    assert solve(covering(12, 3), apart=True).outcome == "no_solution_in_time"
