"""The p-median with capacities on OR-Library's 20 instances (pmedcap1), whose optima are known.

Source: J. E. Beasley (1990), OR-Library: distributing test problems by electronic mail, Journal
of the Operational Research Society 41; I. H. Osman and N. Christofides (1994) for the instances.
A file has the best known value, the size (n, p, capacity), and a line `number x y demand` for
each place; costs are Euclidean distances rounded down.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from bench.measure import Facts, Piece, Work
from bench.table import Row, Settings

_FILES = 20
_COLUMNS = 4


def rows(settings: Settings) -> list[Row]:
    """Compare each with its best known value."""
    folder = settings.reference / "or_library"
    if not folder.is_dir():
        reason = "OR-Library: left out, as the reference folder has no or_library/ (--reference)."
        return [Row("OR-Library pmedcap1", skipped=reason)]
    files = [folder / f"pmedcap1_{k}.txt" for k in range(1, 2 if settings.quick else _FILES + 1)]
    return [
        Row(
            f"OR-Library {file.stem}",
            Piece.of(ours, str(file)),
            peer_name="best known value",
            published=float(file.read_text().split(maxsplit=2)[1]),
            tolerance=0.0,
        )
        for file in files
    ]


def ours(path: str) -> Work:
    """Prepare one instance for `planner.optimise.p_median`."""
    from planner.optimise import p_median  # noqa: PLC0415 - only in the piece's own process

    numbers = Path(path).read_text().split()
    count, p, capacity = map(int, numbers[2:5])
    _, x, y, demand = np.array(numbers[5:], dtype=float).reshape(count, _COLUMNS).T
    cost = np.floor(np.hypot(x[:, None] - x, y[:, None] - y))

    def work() -> Facts:
        found = p_median(cost, p, demand=demand, capacity=capacity)
        return {"objective": found.objective, "outcome": found.outcome}

    return work
