"""The command `sweep`: the same request again and again, as weights and limits move."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli.shared import FAULTY, NO_PLAN, add_pool, pool_of, scenario_file
from planner.errors import Fault
from planner.messages.message import Message

if TYPE_CHECKING:
    from planner.io.bundle import Bundle
    from planner.scenario.vocabulary import Scenario

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - has no other name


def add_sweep_command(commands: Commands) -> None:
    """Add `sweep`."""
    parser = commands.add_parser("sweep", help="which weights and limits change a proposal")
    parser.add_argument("file", type=scenario_file, metavar="FILE")
    parser.add_argument(
        "--vary",
        metavar="KEY=from:to:step",
        action="append",
        required=True,
        help="such as constraints.min_fte=6:16:1; may be repeated",
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE.parquet", help="beside the scenario if it is left out"
    )
    add_pool(parser)
    parser.set_defaults(command=_sweep)


def request_in(path: Path, bundle: Bundle) -> Scenario:
    """Load a scenario that asks for a plan."""
    from planner.errors import ScenarioError
    from planner.scenario.load import load_scenario

    scenario = load_scenario(path, bundle)
    if scenario.propose is None:
        message = Message.of("request.none")
        raise ScenarioError([Fault(str(path), 0, "propose", message)])
    return scenario


def _sweep(options: argparse.Namespace) -> int:
    from planner.cli.progress import share_bar
    from planner.io.gazetteer import Gazetteer
    from planner.pipeline.sweep import FAILED, host_counts, plan_changes, read_axis, sweep
    from planner.pool import processors
    from planner.present.plans.sweep import sweep_report
    from planner.present.words.text import text

    bundle: Bundle = options.workspace.data
    scenario = request_in(options.file, bundle)
    axes = [read_axis(written) for written in options.vary]
    out: Path = options.out or options.file.with_suffix(".sweep.parquet")
    with share_bar(sys.stderr, text("sweep.working")) as show:
        table = sweep(
            scenario,
            axes,
            out,
            bundle=bundle,
            pool=pool_of(options, usual=processors()),
            progress=show,
        )
    counts, gazetteer = host_counts(table), Gazetteer.from_bundle(bundle)
    names = {code: gazetteer.name(code) for code in counts}
    print(sweep_report(names, counts, plan_changes(table, axes), len(table)))
    print(f"planner: {out}", file=sys.stderr)
    failed = table[table["outcome"] == FAILED]
    if len(failed):
        told = text("sweep.failed", count=len(failed), error=failed["error"].iloc[0])
        print(f"planner: {told}", file=sys.stderr)
        return FAULTY
    return 0 if counts else NO_PLAN
