"""The command `report`: a case document about one scenario, or about several side by side."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from planner.cli.shared import FAULTY, NO_PLAN, scenario_file

if TYPE_CHECKING:
    from planner.io.bundle import Bundle
    from planner.pipeline.result import Result
    from planner.present.report.formats.as_file import DocumentFormat

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - has no other name

# Written out here too, since the command line may not load what presents until a command runs.
FORMATS = ("docx", "pdf", "html", "xlsx")
LANGUAGES = ("nb", "nn", "en")


def add_report_command(commands: Commands) -> None:
    """Add `report`."""
    report = commands.add_parser("report", help="write a case document (saksgrunnlag)")
    report.add_argument(
        "files",
        nargs="+",
        type=scenario_file,
        metavar="FILE",
        help="one, or two to four side by side",
    )
    report.add_argument(
        "--format", choices=FORMATS, help="by the ending of --out, else docx; xlsx has the tables"
    )
    report.add_argument(
        "--out", type=Path, metavar="PATH", help="named after the first scenario if left out"
    )
    report.add_argument("--language", choices=LANGUAGES, default="nb")
    report.add_argument(
        "--overwrite", action="store_true", help="replace a file that is there already"
    )
    report.set_defaults(command=_report)


def _report(options: argparse.Namespace) -> int:
    from planner.io.files import write_whole
    from planner.present.report.content.chapters import case_document
    from planner.present.report.formats.as_file import as_file
    from planner.present.words.caveats import warnings_about
    from planner.present.words.text import speaking

    bundle: Bundle = options.workspace.data
    kind = _format(options)
    path = options.out or Path(f"{options.files[0].stem}.{kind}")
    if path.exists() and not options.overwrite:  # people write in these documents
        print(f"planner: {path} is there already. Add --overwrite to replace it.", file=sys.stderr)
        return FAULTY
    with speaking(options.language):
        results = _run(options.files, bundle)
        content = as_file(case_document(results, bundle), kind)
        for warning in dict.fromkeys(one for result in results for one in warnings_about(result)):
            print(warning, file=sys.stderr)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)
    print(path)
    return 0 if all(result.plan for result in results) else NO_PLAN


def _format(options: argparse.Namespace) -> DocumentFormat:
    from planner.present.report.formats.as_file import DocumentFormat

    ending = options.out.suffix.removeprefix(".").lower() if options.out else ""
    wanted = options.format or (ending if ending in FORMATS else "docx")
    return next(kind for kind in get_args(DocumentFormat) if kind == wanted)


def _run(files: list[Path], bundle: Bundle) -> list[Result]:
    from planner.cli.progress import progress_bar
    from planner.pipeline.run_scenario import run
    from planner.scenario.load import load_scenario

    scenarios = [load_scenario(path, bundle) for path in files]
    with progress_bar(sys.stderr) as progress:
        return [run(scenario, bundle=bundle, progress=progress) for scenario in scenarios]
