"""Pieces of work with known needs, for tests of the benchmarks."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

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


def failing() -> Work:
    message = "there is no such thing"
    raise LookupError(message)
