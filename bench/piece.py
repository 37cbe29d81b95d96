"""The process that does one piece of work: `python -m bench.piece '[module, function, arguments]'`.

Prints one line of JSON: `wall_s`, `cpu_s`, `own_peak_mb` and `facts`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from importlib import import_module
from pathlib import Path
from resource import RUSAGE_SELF, getrusage


def own_peak_mb() -> float:
    """Most resident memory of this process since it began, MiB."""
    status = Path("/proc/self/status")
    if not status.exists():  # not Linux, where the figure would include the parent's from before
        return getrusage(RUSAGE_SELF).ru_maxrss / 2**20
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 2**10


def main(order: str) -> None:
    """Prepare the work, time it, and print what it took."""
    module, function, arguments = json.loads(order)
    work = getattr(import_module(module), function)(*arguments)
    before, began = os.times(), time.perf_counter()
    facts = work()
    wall_s, after = time.perf_counter() - began, os.times()
    cpu_s = sum(after[:4]) - sum(before[:4])
    result = {"wall_s": wall_s, "cpu_s": cpu_s, "own_peak_mb": own_peak_mb(), "facts": facts}
    print(json.dumps(result))


if __name__ == "__main__":
    main(sys.argv[1])
