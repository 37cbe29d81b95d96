"""Running and assessing: Hallingdal's 203 partitions, a county's plan, and a cold start."""

from __future__ import annotations

from bench.measure import ROOT, Facts, Piece, Work
from bench.table import Row, Settings
from planner.workspace import default_workspace

DATA = default_workspace().data

_SCENARIOS = ROOT / "scenarios"


def rows(settings: Settings) -> list[Row]:
    """Measure ours; the budgets of the design stand beside."""
    found = [
        Row("`planner run`, Hallingdal, cold (budget 3 s)", Piece.of(cold_run)),
        Row("assess a plan of Nordland, warm (budget 0.1 s)", Piece.of(one_plan)),
        Row("assess all partitions of Hallingdal (budget 2 s)", Piece.of(every_partition)),
    ]
    return found[:1] if settings.quick else found


def cold_run() -> Work:
    """Prepare the command in a process of its own: interpreter, imports, data and output."""
    import subprocess  # noqa: PLC0415 - only in the piece's own process
    import sys  # noqa: PLC0415

    file = _SCENARIOS / "hallingdal" / "modell-e.yaml"
    command = [sys.executable, "-m", "planner.cli", "run", str(file)]

    def work() -> Facts:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)  # noqa: S603
        return {"outcome": "done", "bytes_written": len(done.stdout)}

    return work


def one_plan() -> Work:
    """Prepare the second assessment of a plan: the first fills what is remembered."""
    from planner.assess.scorecard import assess  # noqa: PLC0415
    from planner.pipeline.run_scenario import make_instance, make_plan  # noqa: PLC0415
    from planner.scenario.load import load_scenario  # noqa: PLC0415

    scenario = load_scenario(_SCENARIOS / "nordland" / "tjenesteomrader-2018.yaml")
    instance = make_instance(scenario, DATA)
    plan, _ = make_plan(scenario, instance, DATA)
    assess(instance, plan)

    def work() -> Facts:
        return {"outcome": "done", "indicators": len(assess(instance, plan))}

    return work


def every_partition() -> Work:
    """Prepare the list of all plans with their best hosts and all indicators, dominance and all."""
    from planner.assess.indicator import USUAL, axis  # noqa: PLC0415
    from planner.assess.plans.space import Assessor, assess_every_partition  # noqa: PLC0415
    from planner.model.request import Request  # noqa: PLC0415
    from planner.pipeline.run_scenario import make_instance  # noqa: PLC0415
    from planner.scenario.load import load_scenario  # noqa: PLC0415

    scenario = load_scenario(_SCENARIOS / "hallingdal" / "modell-e.yaml")
    instance = make_instance(scenario, DATA)
    known = Assessor(instance).indicators(instance.baseline)
    axes = [axis(one, known) for one in USUAL]

    def work() -> Facts:
        plans = assess_every_partition(instance, Request(contiguous=False), axes)
        return {"outcome": "done", "plans": len(plans)}

    return work
