"""The app, started for a measurement or a picture."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
MOST_S = 90


@contextmanager
def app_server(
    *options: str, log: Path | None = None, python: str = sys.executable, cwd: Path | None = None
) -> Iterator[str]:
    """Start `planner app` on a free port of this machine, and stop it; gives its address.

    Parameters
    ----------
    options : of `planner app`.
    log : file for what the app writes; left out, nobody reads it.
    python : interpreter that has the app.
    cwd : folder to start it in.
    """
    command = [python, "-m", "planner.cli", "app", *options, "--port"]
    with served(*command, log=log, cwd=cwd) as address:
        yield address


@contextmanager
def served(*command: str, log: Path | None = None, cwd: Path | None = None) -> Iterator[str]:
    """Start a server whose command ends with the port, and stop it; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (log or Path(os.devnull)).open("w", encoding="utf-8") as written:
        server = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
            [*command, str(port)], cwd=cwd, stdout=written, stderr=written
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + MOST_S
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.05)
    msg = f"the app did not answer within {MOST_S} s"
    raise TimeoutError(msg)
