"""Many tasks: in two processes, and on a Dask cluster of two workers, beside one process.

The second core is only seen where it is free. Starting the processes counts, and so does what
each of them reads; starting the cluster does not.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bench.measure import ROOT, Facts, Piece, Work
from bench.table import Row, Settings
from tests.support.cluster import dask_cluster

if TYPE_CHECKING:
    from planner.io.bundle import Bundle
    from planner.pool import Pool
    from planner.scenario.vocabulary import Scenario

HALLINGDAL = ROOT / "scenarios" / "hallingdal"
_FTE_VALUES = 10
_AIMS = {1: "one process", 2: "two processes", 0: "a cluster of two"}


def rows(settings: Settings) -> list[Row]:
    """Measure ours in several ways, one process being the peer."""
    small = settings.quick
    works = {
        f"sweep of {20 if small else 200} variants": (sweep, 20 if small else 200),
        "sweep of 2000 variants": (sweep, 2000),
        f"ranges from {2 if small else 100} draws": (ranges, 2 if small else 100),
        "877 plans of seven municipalities": (partitions, 7),
        "a front in three figures": (front, 0),
    }
    chosen = list(works.items())[: 1 if small else None]
    return [
        Row(
            f"{name}, {_AIMS[workers]}",
            Piece.of(ours, work.__name__, size, workers),
            Piece.of(ours, work.__name__, size, 1),
            _AIMS[1],
        )
        for name, (work, size) in chosen
        for workers in (2, 0)
    ]


def ours(work: str, size: int, workers: int) -> Work:
    """Prepare some work in so many processes; 0 is a cluster of two workers, started first."""
    from planner.pool import Pool  # noqa: PLC0415
    from planner.workspace import default_workspace  # noqa: PLC0415

    folder = tempfile.TemporaryDirectory()
    started: AbstractContextManager[object] = nullcontext()
    pool = Pool(workers or 1)
    if not workers:
        started = dask_cluster(Path(folder.name), workers=2)
        pool = Pool(scheduler=started.__enter__().address)  # type: ignore[attr-defined]
    do: Callable[..., float] = globals()[work]
    prepared = partial(do, size, pool, default_workspace().data)

    def run() -> Facts:
        with folder:
            objective = prepared()
            started.__exit__(None, None, None)
        return {"outcome": "done", "objective": objective}

    return run


def sweep(variants: int, pool: Pool, bundle: Bundle) -> float:
    """Solve a request with ever finer steps of its least FTE and its weight of severed ways."""
    from planner.pipeline.sweep import read_axis, sweep  # noqa: PLC0415

    steps = variants // _FTE_VALUES
    axes = [
        read_axis(f"constraints.min_fte=5:{5 + 0.5 * (_FTE_VALUES - 1)}:0.5"),
        read_axis(f"weights.severed=0:{0.01 * (steps - 1):.2f}:0.01"),
    ]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "sweep.parquet"
        table = sweep(_scenario(bundle), axes, out, bundle=bundle, pool=pool)
    return float(table["objective"].sum())


def ranges(draws: int, pool: Pool, bundle: Bundle) -> float:
    """Measure two plans again and again as all parameters move, the country's too."""
    from planner.pipeline.run_scenario import compare  # noqa: PLC0415
    from planner.pipeline.sensitivity import draw_indicators  # noqa: PLC0415
    from planner.scenario.load import load_scenario  # noqa: PLC0415

    drawn = [load_scenario(HALLINGDAL / f"modell-{name}.yaml", bundle) for name in "ae"]
    results = compare(drawn, bundle=bundle)
    found = draw_indicators(results, bundle, draws=draws, seed=1, pool=pool)
    return float(np.nansum(found.drawn))


def partitions(_municipalities: int, pool: Pool, bundle: Bundle) -> float:
    """Assess every plan of Hallingdal and Krødsherad."""
    from planner.pipeline.plans import list_plans  # noqa: PLC0415

    scenario = _scenario(bundle)
    region = scenario.region.model_copy(update={"add": ["Krødsherad"]})
    asked = scenario.model_copy(update={"region": region, "baseline": "own_office"})
    found = list_plans(asked, bundle=bundle, pool=pool)
    return sum(one.indicators["access.mean_min"].value or 0.0 for one in found.plans)


def front(_size: int, pool: Pool, bundle: Bundle) -> float:
    """Find Nordland's front in minutes, severed commuters and offices, half a minute a step."""
    from planner.pipeline.plans import find_front  # noqa: PLC0415
    from planner.scenario.load import load_scenario  # noqa: PLC0415
    from planner.scenario.vocabulary import Propose  # noqa: PLC0415

    path = ROOT / "scenarios" / "nordland" / "forslag-34-kontorer.yaml"
    by = ["access.mean_min", "commuting.severed_share", "structure.offices"]
    asked = Propose.model_validate({"constraints": {"min_fte": 12, "max_travel_minutes": 90}})
    scenario = load_scenario(path, bundle).model_copy(update={"propose": asked})
    found = find_front(scenario, by=by, step=0.5, bundle=bundle, pool=pool)
    return sum(one.figures["access.mean_min"] or 0.0 for one in found.front.points)


def _scenario(bundle: Bundle) -> Scenario:
    from planner.scenario.load import load_scenario  # noqa: PLC0415

    return load_scenario(HALLINGDAL / "forslag.yaml", bundle)
