"""The command line: `planner validate | run | compare | propose | enumerate | pareto | ...`."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planner._version import __version__
from planner.cli.app import add_app_command
from planner.cli.data import add_data_commands
from planner.cli.plans import add_measure, add_plans_commands, print_measured
from planner.cli.publish import add_publish_command
from planner.cli.report import add_report_command
from planner.cli.scenarios import add_scenarios_command
from planner.cli.shared import (
    FAULTY,
    INTERRUPTED,
    NO_PLAN,
    add_pool,
    pool_of,
    print_json,
    scenario_file,
)
from planner.cli.sweep import add_sweep_command, request_in
from planner.errors import Fault, FaultyInputError, PlannerError

if TYPE_CHECKING:
    from planner.io.bundle import Bundle
    from planner.model.instance import Instance
    from planner.optimise.proposal import Proposal
    from planner.pipeline.result import Result
    from planner.scenario.vocabulary import Scenario
    from planner.workspace import Workspace

MOST_DRAWS = 10_000


def main(arguments: Sequence[str] | None = None, workspace: Workspace | None = None) -> int:
    """Run the command line; return its exit code.

    Parameters
    ----------
    arguments : those of the process where they are left out.
    workspace : data and scenarios; those that come with the program where it is left out.

    Returns
    -------
    0 done; 2 faults in the input, all on standard error; 3 no plan satisfies the request, or
    none was found in time; 130 interrupted, with what was found by then.
    """
    _write_utf8()
    options = _parser().parse_args(arguments)
    if "workspace" not in options:  # the app makes its own once it listens
        options.workspace = workspace or _default_workspace()
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except FaultyInputError as error:
        print(_words(error), file=sys.stderr)
        return FAULTY
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        sys.stdout = None
        return 0
    except (PlannerError, OSError) as error:
        print(f"planner: {_words(error)}", file=sys.stderr)
        return FAULTY
    except KeyboardInterrupt:
        print("planner: interrupted", file=sys.stderr)
        return INTERRUPTED


def _words(error: Exception) -> str:
    from planner.present.words.faults import error_text

    return error_text(error)


def _write_utf8() -> None:
    """Write UTF-8 whatever the locale: names are Norwegian and Sami, and JSON is UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # else somebody else's, such as a notebook's
            stream.reconfigure(encoding="utf-8")


def _default_workspace() -> Workspace:
    from planner.workspace import default_workspace

    return default_workspace()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="planner", description="Which municipalities should share an office, and what then?"
    )
    parser.add_argument("--version", action="version", version=f"Kontorplan {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    validate = commands.add_parser("validate", help="check scenario files; print every fault")
    validate.add_argument("files", nargs="+", type=scenario_file, metavar="FILE")
    validate.set_defaults(command=_validate)

    run = commands.add_parser("run", help="measure the plan of a scenario, or propose one")
    run.add_argument("file", type=scenario_file, metavar="FILE")
    _add_output(run)
    add_measure(run)
    run.set_defaults(command=_run)

    propose = commands.add_parser("propose", help="propose a plan for a scenario that asks for one")
    propose.add_argument("file", type=scenario_file, metavar="FILE")
    _add_output(propose)
    add_measure(propose)
    propose.add_argument(
        "--why", metavar="NAME", help="why a municipality is with its host, and not another"
    )
    propose.add_argument(
        "--force",
        metavar="NAME=HOST",
        action="append",
        default=[],
        help="let a host serve a municipality, and tell what that costs; may be repeated",
    )
    propose.add_argument(
        "--without",
        metavar="NAME",
        action="append",
        default=[],
        help="the best plan of the others if this council says no; may be repeated",
    )
    propose.set_defaults(command=_propose)

    add_sweep_command(commands)

    compare = commands.add_parser("compare", help="compare scenarios, the first as baseline")
    compare.add_argument("files", nargs="+", type=scenario_file, metavar="FILE")
    compare.add_argument("--json", action="store_true", help="print JSON")
    compare.add_argument(
        "--network",
        action="store_true",
        help="set beside each the network: offices and decisions at home, specialists pooled",
    )
    _add_explain(compare)
    add_measure(compare)
    compare.add_argument(
        "--uncertainty", type=_draws, metavar="N", help="ranges of all figures, from N draws"
    )
    add_pool(compare)
    compare.add_argument("--seed", type=int, default=1, help="of the draws (default 1)")
    compare.set_defaults(command=_compare)

    add_plans_commands(commands)
    add_report_command(commands)
    add_scenarios_command(commands)
    add_data_commands(commands.add_parser("data", help="the data tables"))

    add_publish_command(commands)
    add_app_command(commands)
    return parser


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write files to a folder")
    parser.add_argument(
        "--findings", action="store_true", help="print what the plan means, in sentences"
    )
    _add_explain(parser)


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--explain", metavar="KEY", help="print an indicator's formula, inputs and source rows"
    )


def _validate(options: argparse.Namespace) -> int:
    from planner.scenario.load import load_scenario

    faults: list[Fault] = []
    for path in options.files:
        try:
            scenario = load_scenario(path, options.workspace.data)
        except FaultyInputError as error:
            faults += error.faults
        else:
            print(f"{path}: {scenario.title}")
    if faults:
        raise FaultyInputError(faults)
    return 0


def _run(options: argparse.Namespace) -> int:
    from planner.scenario.load import load_scenario

    return _report(options, load_scenario(options.file, options.workspace.data))


def _propose(options: argparse.Namespace) -> int:
    scenario = request_in(options.file, options.workspace.data)
    if options.force:
        return _report_forced(options, scenario)
    if options.without:
        return _report_without(options, scenario)
    if options.why:
        return _why(options.why, scenario, options.workspace.data)
    return _report(options, scenario)


def _report_without(options: argparse.Namespace, scenario: Scenario) -> int:
    from planner.cli.progress import progress_bar
    from planner.pipeline.run_scenario import run_without
    from planner.scenario.forced import code_in_region

    bundle = options.workspace.data
    leavers = [code_in_region(name, scenario, bundle) for name in options.without]
    with progress_bar(sys.stderr) as progress:
        result = run_without(scenario, leavers, bundle=bundle, progress=progress)
    return _show(options, result)


def _report_forced(options: argparse.Namespace, scenario: Scenario) -> int:
    from planner.pipeline.run_scenario import make_plan
    from planner.present.words.diagnosis import forcing_report
    from planner.scenario.forced import forced_hosts, with_forced_hosts

    bundle = options.workspace.data
    host_of = forced_hosts(options.force, scenario, bundle)
    forced = with_forced_hosts(scenario, host_of)
    if options.why:
        return _why(options.why, forced, bundle)
    result = _run_shown(forced, bundle)
    code = _show(options, result)
    _, free = make_plan(scenario, result.instance, bundle)
    print(forcing_report(result.instance, free, result.proposal, host_of), file=sys.stderr)
    return code


def _why(name: str, scenario: Scenario, bundle: Bundle) -> int:
    from planner.optimise.explain.why import why
    from planner.pipeline.run_scenario import make_instance, make_plan, make_request
    from planner.present.words.diagnosis import why_sentences
    from planner.scenario.forced import code_in_region

    code = code_in_region(name, scenario, bundle)
    instance, request = make_instance(scenario, bundle), make_request(scenario, bundle)
    _, proposal = make_plan(scenario, instance, bundle)
    if proposal is None or proposal.plan is None:
        print(_diagnosis(scenario, instance, proposal, bundle))
        return NO_PLAN
    others = why(instance, request, proposal, code)
    print("\n  ".join(why_sentences(instance, proposal, code, others, request.max_travel_min)))
    return 0


def _diagnosis(
    scenario: Scenario, instance: Instance, proposal: Proposal | None, bundle: Bundle
) -> str:
    """Say what would make a request feasible, or spare an exemption; nothing where all is well."""
    if proposal is None or not (proposal.plan is None or proposal.plan.exempt):
        return ""
    from planner.optimise.explain.diagnose import diagnose_proposal
    from planner.pipeline.run_scenario import make_request
    from planner.present.words.diagnosis import diagnosis_report

    request = make_request(scenario, bundle)
    return diagnosis_report(instance, diagnose_proposal(instance, request, proposal))


def _report(options: argparse.Namespace, scenario: Scenario) -> int:
    return _show(options, _run_shown(scenario, options.workspace.data))


def _run_shown(scenario: Scenario, bundle: Bundle) -> Result:
    from planner.cli.progress import progress_bar
    from planner.pipeline.run_scenario import run

    with progress_bar(sys.stderr) as progress:
        return run(scenario, bundle=bundle, progress=progress)


def _show(options: argparse.Namespace, result: Result) -> int:
    from planner.present.result.document import as_document
    from planner.present.result.explain import explain
    from planner.present.words.caveats import warnings_about
    from planner.present.words.findings import findings_report
    from planner.present.words.terminal import report

    bundle: Bundle = options.workspace.data
    if options.out:
        _write(result, options.out, bundle)
    if getattr(options, "measure", None) is not None:
        return print_measured(options, [result], alone=True)
    if options.json:
        print_json(as_document(result))
    elif options.explain and result.plan:
        print(explain(result, options.explain, bundle))
    elif options.findings and result.plan:
        print(findings_report(result))
    else:
        print(report(result))
    for warning in warnings_about(result):
        print(warning, file=sys.stderr)
    if result.solve is not None and result.solve.interrupted:
        return INTERRUPTED
    if result.plan is None or not options.json:  # a program that reads JSON need not wait for it
        diagnosis = _diagnosis(result.scenario, result.instance, result.proposal, bundle)
        if diagnosis:
            print(diagnosis, file=sys.stderr)
    return 0 if result.plan else NO_PLAN


def _write(result: Result, folder: Path, bundle: Bundle) -> None:
    from planner.present.result.files import write_files

    write_files(result, folder, bundle)
    print(f"planner: {folder}", file=sys.stderr)


def _compare(options: argparse.Namespace) -> int:
    from planner.pipeline.run_scenario import compare, network
    from planner.present.result.comparison import network_title
    from planner.present.result.document import as_document
    from planner.present.result.explain import explain
    from planner.present.words.caveats import warnings_beside
    from planner.present.words.terminal import comparison_report
    from planner.scenario.load import load_scenario

    bundle: Bundle = options.workspace.data
    results = compare([load_scenario(path, bundle) for path in options.files], bundle=bundle)
    if options.network:
        beside = [network(result, network_title(result)) for result in results]
        results = [one for pair in zip(results, beside, strict=True) for one in pair if one]
    if options.uncertainty:
        return _uncertainty(options, results)
    if options.measure is not None:
        return print_measured(options, results, alone=False)
    if options.json:
        documents = [as_document(result) for result in results]
        print_json({"scenarios": documents, "warnings": warnings_beside(results)})
    elif options.explain:
        explained = [explain(result, options.explain, bundle) for result in results if result.plan]
        print("\n\n".join(explained))
    else:
        print(comparison_report(results))
    return 0 if all(result.plan for result in results) else NO_PLAN


def _uncertainty(options: argparse.Namespace, results: list[Result]) -> int:
    from planner.cli.progress import share_bar
    from planner.pipeline.sensitivity import draw_indicators, tornado
    from planner.present.result.document import as_document
    from planner.present.result.uncertainty import uncertainty_document, uncertainty_report
    from planner.present.words.text import text

    bundle, seed = options.workspace.data, options.seed
    with share_bar(sys.stderr, text("uncertainty.working")) as show:
        pool = pool_of(options)
        swings = tornado(results, bundle, pool=pool, progress=lambda share: show(share / 2))
        draws = draw_indicators(
            results,
            bundle,
            draws=options.uncertainty,
            seed=seed,
            pool=pool,
            progress=lambda share: show((1 + share) / 2),
        )
    if options.json:
        documents = [as_document(result) for result in results]
        uncertainty = uncertainty_document(draws, swings, seed=seed)
        print_json({"scenarios": documents, "uncertainty": uncertainty})
    else:
        print(uncertainty_report(results, draws, swings, seed=seed))
    return 0 if all(result.plan for result in results) else NO_PLAN


def _draws(written: str) -> int:
    if not written.isdecimal() or not 1 <= int(written) <= MOST_DRAWS:
        message = f"got {written!r}. A whole number from 1 to {MOST_DRAWS} is expected."
        raise argparse.ArgumentTypeError(message)
    return int(written)
