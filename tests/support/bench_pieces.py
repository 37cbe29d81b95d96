"""Pieces of work with known needs, for tests of the benchmarks."""

import importlib
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from planner.optimise.median.p_median import p_median

Work = Callable[[], dict[str, Any]]


def busy(answer: int) -> Work:
    def work() -> dict[str, Any]:
        return {"objective": answer, "steps": sum(1 for _ in range(1_000_000))}

    return work


def hungry_child(megabytes: int) -> Work:
    script = f"import time; held = b'x' * ({megabytes} << 20); time.sleep(0.5)"

    def work() -> dict[str, Any]:
        subprocess.run([sys.executable, "-c", script], check=True)
        return {"outcome": "done"}

    return work


def median(size: int, hosts: int) -> Work:
    """Have hosts chosen among seeded points; none costs what reading and importing does."""
    rng = np.random.default_rng(1)
    points = rng.random((size, 2))
    cost = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    _ = importlib.import_module("highspy")

    def work() -> dict[str, Any]:
        if not hosts:
            return {"outcome": "done"}
        return {"outcome": p_median(cost, hosts, time_limit_s=60).outcome}

    return work


def failing() -> Work:
    message = "there is no such thing"
    raise LookupError(message)
