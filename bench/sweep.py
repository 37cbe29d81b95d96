"""Sweeps: whether time is linear in the number of variants, and what a second process brings.

Hallingdal's request, its least FTE and its weight of severed commuters in ever finer steps. The
second core is only seen where it is free.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.measure import ROOT, Facts, Piece, Work
from bench.table import Row, Settings

_FTE_VALUES = 10
_CASES = ((200, 2), (2000, 2), (200, 1))


def rows(settings: Settings) -> list[Row]:
    """Measure ours."""
    return [
        Row(f"sweep {variants} variants, processes: {workers}", Piece.of(ours, variants, workers))
        for variants, workers in (((20, 1),) if settings.quick else _CASES)
    ]


def ours(variants: int, workers: int) -> Work:
    """Prepare a sweep; starting the processes counts."""
    from planner.pipeline.sweep import read_axis, sweep  # noqa: PLC0415
    from planner.pool import Pool  # noqa: PLC0415
    from planner.scenario.load import load_scenario  # noqa: PLC0415
    from planner.workspace import default_workspace  # noqa: PLC0415

    bundle = default_workspace().data
    scenario = load_scenario(ROOT / "scenarios" / "hallingdal" / "forslag.yaml", bundle)
    steps = variants // _FTE_VALUES
    axes = [
        read_axis(f"constraints.min_fte=5:{5 + 0.5 * (_FTE_VALUES - 1)}:0.5"),
        read_axis(f"weights.severed=0:{0.01 * (steps - 1):.2f}:0.01"),
    ]

    def work() -> Facts:
        with tempfile.TemporaryDirectory() as folder:
            table = sweep(
                scenario, axes, Path(folder) / "sweep.parquet", bundle=bundle, pool=Pool(workers)
            )
        return {"outcome": "done", "variants": len(table)}

    return work
