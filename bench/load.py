"""Many readers at once, turning pages, and planners editing: `python -m bench.load`.

It starts the app on this machine's own address, lets 30 readers and 3 planners use it for five
minutes, and tells how long a control takes, what failed, and how memory grew.
"""

from __future__ import annotations

import argparse
import random
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bench.server import app_server
from tests.app.sessions import Session

READS = (
    ("", "region=hallingdal"),
    ("scenario", "region=hallingdal&scenario=hallingdal/modell-e"),
    ("sammenlign", "region=hallingdal"),
    ("kommune", "region=hallingdal&kommune=3042"),
    ("data", ""),
)
EDITS = (("rediger", "region=hallingdal&scenario=hallingdal/modell-e"), ("forslag", "region=agder"))
THINKING_S = (2.0, 8.0)
TARGET_S = 1.5


@dataclass
class Log:
    """What was waited for, seconds, and what failed; shared by all users."""

    waits: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def user(
        self, address: str, pages: tuple[tuple[str, str], ...], seed: int, until: float
    ) -> None:
        """Open a page and turn its controls until the time is up, thinking in between."""
        chance = random.Random(seed)  # noqa: S311 - no secret
        while time.monotonic() < until:
            page, query = chance.choice(pages)
            try:
                with Session(address, page, query) as session:
                    for _ in range(3):
                        time.sleep(chance.uniform(*THINKING_S))
                        if time.monotonic() >= until:
                            return
                        start = time.perf_counter()
                        session.run()
                        waited = time.perf_counter() - start
                        failed = [label for kind, label in session.elements if kind == "exception"]
                        with self.lock:
                            self.waits.append(waited)
                            self.failures += failed
            except Exception as error:  # noqa: BLE001 - whatever a reader meets is counted
                with self.lock:
                    self.failures.append(f"{page or 'oversikt'}: {type(error).__name__} {error}")


def memory_mb(pid: int) -> float:
    """Return the memory that a process has in use; 0 where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.is_file() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def main() -> None:
    """Load the app and tell what it was like."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--readers", type=int, default=30)
    parser.add_argument("--planners", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=300.0)
    options = parser.parse_args()
    log = Log()
    with app_server() as address:
        until = time.monotonic() + options.seconds
        kinds = [READS] * options.readers + [EDITS] * options.planners
        users = [
            threading.Thread(target=log.user, args=(address, pages, seed, until), daemon=True)
            for seed, pages in enumerate(kinds)
        ]
        memory = []
        for user in users:
            user.start()
        while any(user.is_alive() for user in users):
            memory.append(memory_mb(_server_of(address)))
            time.sleep(min(5.0, options.seconds / 10))
            if time.monotonic() > until + 120:
                break
    _tell(log, memory)


def _server_of(address: str) -> int:
    """Return the process that listens at an address; 0 where the system does not tell."""
    port = address.rpartition(":")[2]
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue
        if "planner.cli" in words and port in words:
            return int(folder.name)
    return 0


def _tell(log: Log, memory: list[float]) -> None:
    if not log.waits:
        sys.exit(f"nothing was measured: {log.failures[:3]}")
    half, p95 = np.quantile(log.waits, [0.5, 0.95])
    print(f"controls {len(log.waits)}: median {half:.2f} s, p95 {p95:.2f} s (aim {TARGET_S} s)")
    third = max(1, len(memory) // 3)
    print(f"memory: {np.mean(memory[:third]):.0f} MB at first, {np.mean(memory[-third:]):.0f} last")
    print(f"failures: {len(log.failures)}", *sorted(set(log.failures))[:5], sep="\n  ")


if __name__ == "__main__":
    main()
