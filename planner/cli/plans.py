"""Commands about all plans of a region: `enumerate`, `pareto`, and `--measure` of the others."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from planner.cli.shared import NO_PLAN, add_pool, pool_of, print_json, scenario_file

if TYPE_CHECKING:
    from planner.io.bundle import Bundle
    from planner.pipeline.result import Result
    from planner.scenario.vocabulary import Scenario

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - has no other name


def add_measure(parser: argparse.ArgumentParser) -> None:
    """Add the option to measure a plan by the best one."""
    parser.add_argument(
        "--measure",
        nargs="?",
        const="",
        metavar="FILE",
        help="measure by the proved best plan under the weights and limits of FILE's request; "
        "without FILE, the scenario's own, or the best with as many offices",
    )


def add_plans_commands(commands: Commands) -> None:
    """Add `enumerate` and `pareto`."""
    listing = commands.add_parser("enumerate", help="every partition of up to ten municipalities")
    _add_plans(listing)
    listing.add_argument(
        "--by", nargs="+", metavar="KEY", help="indicators in which plans are compared"
    )
    listing.set_defaults(command=_enumerate)
    pareto = commands.add_parser("pareto", help="all plans that no other plan beats in everything")
    _add_plans(pareto)
    for name, needed in (("--x", True), ("--y", True), ("--z", False)):
        pareto.add_argument(
            name, required=needed, metavar="KEY", help="an indicator: KEY, KEY:less or KEY:more"
        )
    pareto.add_argument(
        "--best-hosts", action="store_true", help="only the best host of each group: quicker"
    )
    pareto.add_argument(
        "--step",
        type=float,
        metavar="S",
        help="in large regions, do not look for plans better by less than S minutes or per cent",
    )
    pareto.set_defaults(command=_pareto)


def _add_plans(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=scenario_file, metavar="FILE")
    parser.add_argument(
        "models",
        nargs="*",
        type=scenario_file,
        metavar="MODEL",
        help="scenarios to set beside; default: those in FILE's folder that draw its region",
    )
    add_pool(parser)
    parser.add_argument("--contiguous", action="store_true", help="groups must hang together")
    parser.add_argument("--json", action="store_true", help="print JSON")


def print_measured(options: argparse.Namespace, results: list[Result], *, alone: bool) -> int:
    """Print how far the plans of results are from the best; return the exit code.

    JSON is the one result's object if it stands alone, else all of them in ``scenarios``.
    """
    from planner.cli.progress import progress_bar
    from planner.pipeline.plans import measured
    from planner.present.plans.distance import measured_document, measured_report
    from planner.present.result.document import as_document
    from planner.scenario.load import load_scenario

    bundle: Bundle = options.workspace.data
    against = load_scenario(scenario_file(options.measure), bundle) if options.measure else None
    with progress_bar(sys.stderr) as progress:
        found = [measured(result, against, bundle=bundle, progress=progress) for result in results]
    pairs = list(zip(results, found, strict=True))
    if options.json:
        documents = [
            {**as_document(one), "measured": by and measured_document(by, one.instance.names)}
            for one, by in pairs
        ]
        print_json(documents[0] if alone else {"scenarios": documents})
    else:
        reports = [
            f"{one.scenario.title}\n{measured_report(by, one.instance.names)}"
            for one, by in pairs
            if by
        ]
        print("\n\n".join(reports))
    return 0 if all(found) else NO_PLAN


def _enumerate(options: argparse.Namespace) -> int:
    from planner.assess.indicator import USUAL
    from planner.cli.progress import progress_bar
    from planner.pipeline.plans import list_plans
    from planner.present.plans.lists import plan_list_document, plan_list_report

    scenario, models = _with_models(options)
    with progress_bar(sys.stderr) as progress:
        found = list_plans(
            scenario,
            models,
            by=options.by or USUAL,
            contiguous=options.contiguous,
            bundle=options.workspace.data,
            pool=pool_of(options),
            progress=progress,
        )
    if options.json:
        print_json(plan_list_document(found))
    else:
        print(plan_list_report(found))
    return 0


def _pareto(options: argparse.Namespace) -> int:
    from planner.cli.progress import progress_bar
    from planner.pipeline.plans import find_front
    from planner.present.plans.lists import front_document, front_report

    scenario, models = _with_models(options)
    with progress_bar(sys.stderr) as progress:
        found = find_front(
            scenario,
            models,
            by=[key for key in (options.x, options.y, options.z) if key],
            contiguous=options.contiguous,
            bundle=options.workspace.data,
            pool=pool_of(options),
            best_hosts=options.best_hosts,
            step=options.step,
            progress=progress,
        )
    if options.json:
        print_json(front_document(found))
    else:
        print(front_report(found))
    return 0 if found.front.points else NO_PLAN


def _with_models(options: argparse.Namespace) -> tuple[Scenario, list[Scenario]]:
    from planner.pipeline.plans import models_beside
    from planner.scenario.load import load_scenario

    bundle: Bundle = options.workspace.data
    scenario = load_scenario(options.file, bundle)
    if options.models:
        return scenario, [load_scenario(path, bundle) for path in options.models]
    return scenario, models_beside(scenario, bundle)
