"""Many readers at once, planners editing, and long proposals: `python -m bench.load`.

It starts the app on this machine's own address, lets 30 readers and 3 planners use it for five
minutes while a proposal is searched for that takes longer, and tells how long a control takes,
what failed, and how memory grew.
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
from planner.present.words.text import text
from tests.app.sessions import Session

READS = (
    ("", "region=hallingdal"),
    ("scenario", "region=hallingdal&scenario=hallingdal/modell-e"),
    ("sammenlign", "region=hallingdal"),
    ("kommune", "region=hallingdal&kommune=3042"),
    ("data", ""),
)
EDITS = (("rediger", "region=hallingdal&scenario=hallingdal/modell-e"), ("forslag", "region=agder"))
#: A request about the whole country that no search has proved within its ten minutes.
LONG = "region=norge&scenario=norge/forslag-2026&w=travel:1,severed:0.{}&fte=40-&seconds=600"
LOOKS_S = 2.0
THINKING_S = (2.0, 8.0)
TARGET_S = 1.5


@dataclass
class Log:
    """What was waited for, seconds, what failed, and whether searches ran; shared by all users."""

    waits: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    searching: list[bool] = field(default_factory=list)
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
                        with self.lock:
                            self.waits.append(waited)
                            self.failures += _failures(session)
            except Exception as error:  # noqa: BLE001 - whatever a reader meets is counted
                with self.lock:
                    self.failures.append(f"{page or 'oversikt'}: {type(error).__name__} {error}")

    def proposer(self, address: str, number: int, until: float) -> None:
        """Have proposals searched for until the time is up, and look how they go."""
        try:
            with Session(address, "forslag", LONG.format(number)) as session:
                while time.monotonic() < until:
                    searches = ("button", text("proposal.cancel")) in session.elements
                    find = session.elements.get(("button", text("proposal.find")))
                    with self.lock:
                        self.searching.append(searches)
                        self.failures += _failures(session)
                    pressed = find is not None and not searches
                    session.run(**({find.id: ("trigger_value", True)} if pressed else {}))
                    time.sleep(LOOKS_S)
        except Exception as error:  # noqa: BLE001 - as for the others
            with self.lock:
                self.failures.append(f"proposal: {type(error).__name__} {error}")


def _failures(session: Session) -> list[str]:
    told = text("app.failed")
    return [label for kind, label in session.elements if kind == "exception" or label == told]


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
    parser.add_argument("--proposals", type=int, default=1, help="long ones at the same time")
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
        users += [
            threading.Thread(target=log.proposer, args=(address, number, until), daemon=True)
            for number in range(1, options.proposals + 1)
        ]
        memory = []
        for user in users:
            user.start()
        while any(user.is_alive() for user in users):
            server = server_of(address)
            memory.append((memory_mb(server), sum(map(memory_mb, children_of(server)))))
            time.sleep(min(5.0, options.seconds / 10))
            if time.monotonic() > until + 120:
                break
    _tell(log, memory)


def server_of(address: str) -> int:
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


def children_of(pid: int) -> list[int]:
    """Return the processes that a process has started: solvers."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    tasks = listed.parent.parent.glob("*/children")
    return [int(child) for task in tasks for child in task.read_text(encoding="utf-8").split()]


def _tell(log: Log, memory: list[tuple[float, float]]) -> None:
    if not log.waits:
        sys.exit(f"nothing was measured: {log.failures[:3]}")
    half, p90, p95 = np.quantile(log.waits, [0.5, 0.9, 0.95])
    aim = f"(aim {TARGET_S} s)"
    print(f"controls {len(log.waits)}: median {half:.2f}, p90 {p90:.2f}, p95 {p95:.2f} s {aim}")
    print(f"searches ran at {sum(log.searching)} of {len(log.searching)} looks")
    third = max(1, len(memory) // 3)
    for name, used in zip(("server", "solvers"), zip(*memory, strict=True), strict=True):
        first, last = np.mean(used[:third]), np.mean(used[-third:])
        print(f"memory of the {name}: {first:.0f} MB at first, {last:.0f} last")
    print(f"failures: {len(log.failures)}", *sorted(set(log.failures))[:5], sep="\n  ")


if __name__ == "__main__":
    main()
