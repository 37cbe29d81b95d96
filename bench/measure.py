"""Run a piece of work in a process of its own: seconds, CPU seconds and peak memory."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Facts = dict[str, Any]
#: What is timed: it returns what it found, such as its objective and outcome.
Work = Callable[[], Facts]

ROOT = Path(__file__).resolve().parents[1]
_SAMPLE_S = 0.02
_LONGEST_S = 3600.0
_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20


@dataclass(frozen=True)
class Piece:
    """A function of this package that prepares a piece of work, and its arguments.

    What the function does itself (imports, reading data) is not timed; what it returns is. Its
    memory counts all the same.
    """

    module: str
    function: str
    arguments: tuple[Any, ...]

    @classmethod
    def of(cls, prepare: Callable[..., Work], *arguments: Any) -> Piece:  # noqa: ANN401
        """Name a function and its arguments, which must be fit for JSON."""
        return cls(prepare.__module__, prepare.__name__, arguments)


@dataclass(frozen=True)
class Measurement:
    """What one piece took.

    Attributes
    ----------
    wall_s, cpu_s : of the timed work; CPU is user and system time of the process and all its
        children. None where it failed.
    peak_mb : most resident memory of the process and its children together, MiB (2^20 bytes).
    facts : what it found.
    failure : why there is no result; empty where there is.
    """

    wall_s: float | None = None
    cpu_s: float | None = None
    peak_mb: float | None = None
    facts: Facts = field(default_factory=dict)
    failure: str = ""


def measure(piece: Piece) -> Measurement:
    """Run a piece in a fresh process, stopped after an hour."""
    order = json.dumps([piece.module, piece.function, piece.arguments])
    command = [sys.executable, "-m", "bench.piece", order]
    began, peak = time.monotonic(), 0.0
    with subprocess.Popen(  # noqa: S603 - this package, this interpreter
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        while True:
            try:
                written, complaints = process.communicate(timeout=_SAMPLE_S)
                break
            except subprocess.TimeoutExpired:
                peak = max(peak, _resident_mb(process.pid))
            except KeyboardInterrupt:
                os.killpg(process.pid, signal.SIGKILL)
                raise
            if time.monotonic() - began > _LONGEST_S:
                os.killpg(process.pid, signal.SIGKILL)
                return Measurement(peak_mb=peak, failure=f"stopped after {_LONGEST_S:.0f} s")
    if process.returncode:
        last = complaints.strip().splitlines()[-1:] or [f"exit code {process.returncode}"]
        return Measurement(failure=last[0])
    result = json.loads(written.splitlines()[-1])
    peak = max(peak, result.pop("own_peak_mb"))
    return Measurement(peak_mb=peak, **result)


def _resident_mb(root: int) -> float:
    """Resident memory of a process and its descendants, counted from /proc (Linux)."""
    total, waiting = 0.0, [(root, "")]
    while waiting:
        pid, parent_command = waiting.pop()
        folder = Path("/proc") / str(pid)
        try:
            command = (folder / "cmdline").read_text()
            if command == parent_command:
                continue  # between fork and exec, it still shares its parent's memory
            total += int((folder / "statm").read_text().split()[1]) * _PAGE_MB
            children = (folder / "task" / str(pid) / "children").read_text().split()
        except OSError:
            continue  # it ended, or this is not Linux
        waiting += [(int(child), command) for child in children]
    return total
