"""A Dask cluster of separately started workers, as an administrator starts one."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.paths import ROOT

WAIT_S = 60


@dataclass(frozen=True)
class Cluster:
    """Where the scheduler is, and the processes of the workers."""

    address: str
    workers: tuple[subprocess.Popen[bytes], ...]


@contextmanager
def dask_cluster(folder: Path, workers: int) -> Iterator[Cluster]:
    """Start a scheduler and workers without nannies, each a process; end them all.

    Parameters
    ----------
    folder : where they write what they have to.
    """
    pytest.importorskip("distributed", reason="dask.distributed is not installed")
    told = folder / "scheduler.json"
    common = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(told)]
    started = [_start("scheduler", "--port", "0", *common, cwd=folder)]
    try:
        address = _address(told)
        options = ["--nthreads", "1", "--no-nanny", "--host", "127.0.0.1", "--no-dashboard"]
        own = [folder / f"worker-{number}" for number in range(workers)]
        started += [
            _start("worker", address, *options, "--local-directory", str(one), cwd=folder)
            for one in own
        ]
        yield Cluster(address, tuple(started[1:]))
    finally:
        for process in started:
            process.kill()
        for process in started:
            process.wait()


def _start(*command: str, cwd: Path) -> subprocess.Popen[bytes]:
    code = "import sys; from distributed.cli.dask_{0} import main; sys.argv[0] = 'dask'; main()"
    kind, *options = command
    with (cwd / "cluster.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-c", code.format(kind), *options], cwd=ROOT, stdout=log, stderr=log
        )


def _address(told: Path) -> str:
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        try:
            return str(json.loads(told.read_text(encoding="utf-8"))["address"])
        except (OSError, ValueError, KeyError):
            time.sleep(0.1)
    raise TimeoutError("the scheduler did not start")
