from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest

from planner.optimise.solver import highs as module
from planner.optimise.solver.highs import Highs, Search
from planner.optimise.solver.outcome import Cancelled
from planner.optimise.solver.program import MixedIntegerProgram, RowList
from planner.optimise.solver.relaxation import Relaxation


def covering(variables: int, rows: int) -> MixedIntegerProgram:
    rng = np.random.default_rng(3)
    needs = RowList()
    for row in range(rows):
        weights = rng.uniform(1, 10, variables)
        needs.add(f"n_{row}", range(variables), weights.tolist(), lower=weights.sum() / 3)
    return MixedIntegerProgram(
        tuple(f"x_{column}" for column in range(variables)),
        rng.uniform(1, 5, variables),
        np.zeros(variables),
        np.ones(variables),
        np.ones(variables, bool),
        needs.rows(),
    )


class Stubborn:
    """A model that runs until it is let go, whatever it is asked."""

    def __init__(self) -> None:
        self.let_go = threading.Event()

    def setOptionValue(self, *_: object) -> None:  # noqa: N802 - the name in highspy
        pass

    def getRunTime(self) -> float:  # noqa: N802 - the name in highspy
        return 0.0

    def run(self) -> None:
        self.let_go.wait(60)


@pytest.fixture
def stubborn(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(module, "GRACE_S", 0.1)
    highs = Highs(covering(4, 2))
    highs.model = Stubborn()
    yield highs
    highs.model.let_go.set()


def test_a_solver_that_does_not_stop_is_left_to_itself(stubborn: Highs) -> None:
    assert not stubborn.run(0.0, None)
    assert stubborn.left_alone


@pytest.mark.parametrize("stop", [Cancelled, KeyboardInterrupt])
def test_a_caller_who_stops_is_not_kept_waiting(stubborn: Highs, stop: type[BaseException]) -> None:
    def end(_: Search) -> None:
        raise stop

    assert stubborn.run(None, end)


def test_a_thread_that_cannot_start_does_not_hang(
    stubborn: Highs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: threading.Thread) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert stubborn.run(None, None)


def test_a_relaxation_can_be_cancelled() -> None:
    relaxation = Relaxation(covering(600, 400))

    def stop(_: Search) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        relaxation.solve(on_search=stop)
    assert relaxation.solve() == "optimal"
