"""Large tables in blocks of rows: bounded memory, and a look at the clock between them."""

from __future__ import annotations

from collections.abc import Iterator

from planner.optimise.solver.clock import Clock

#: Entries of a block: small enough for a processor's cache, large enough to be worth a call.
_ENTRIES = 2**17


def row_blocks(rows: int, columns: int, clock: Clock | None = None) -> Iterator[slice]:
    """Cut rows into slices of some hundred thousand entries.

    Parameters
    ----------
    rows, columns : shape of the table.
    clock : its caller may stop the work between two blocks.
    """
    step = max(1, _ENTRIES // max(columns, 1))
    for first in range(0, rows, step):
        if clock is not None:
            clock.pulse()
        yield slice(first, min(first + step, rows))
