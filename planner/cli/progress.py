"""Progress of long work on a terminal: appears after two seconds, never in JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from planner.optimise.solver.outcome import Progress, ProgressCallback

QUIET_S = 2.0


@contextmanager
def share_bar(stream: TextIO, label: str) -> Iterator[Callable[[float], None]]:
    """Give a callback that shows what share of a long calculation is done, on one line."""
    from tqdm import tqdm

    layout = "{desc} {percentage:.0f} % {elapsed}"
    with tqdm(
        file=stream, total=1.0, desc=label, delay=QUIET_S, bar_format=layout, leave=False
    ) as bar:

        def show(share: float) -> None:
            bar.update(share - bar.n)

        yield show


@contextmanager
def progress_bar(stream: TextIO) -> Iterator[ProgressCallback]:
    """Give a callback that shows the best plan so far, the bound and the gap on one line."""
    from tqdm import tqdm

    layout = "{desc} {elapsed}{postfix}"
    with tqdm(file=stream, delay=QUIET_S, bar_format=layout, leave=False) as bar:

        def show(progress: Progress) -> None:
            bar.set_description_str(progress.stage, refresh=False)
            figures = {
                "best": progress.incumbent,
                "bound": progress.bound,
                "gap": progress.relative_gap,
            }
            known = {name: f"{value:.4g}" for name, value in figures.items() if value is not None}
            bar.set_postfix(known, refresh=False)
            bar.update()

        yield show
