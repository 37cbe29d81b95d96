"""The command `publish`: scenarios as a static site, for any web server or a mail."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli.shared import NO_PLAN, add_pool, add_publisher, pool_of, scenario_file
from planner.errors import Fault, FaultyInputError

if TYPE_CHECKING:
    from planner.io.bundle import Bundle
    from planner.pipeline.result import Result
    from planner.pool import Pool
    from planner.scenario.vocabulary import Scenario

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - has no other name

LANGUAGES = ("nb", "nn", "en")  # those of `planner.present.words.text`, which a command loads late


def add_publish_command(commands: Commands) -> None:
    """Add `publish`."""
    publish = commands.add_parser(
        "publish", help="write scenarios as a static site that needs no server and no internet"
    )
    publish.add_argument("folder", type=Path, metavar="DIR", help="new, empty, or an earlier site")
    publish.add_argument("files", nargs="+", type=scenario_file, metavar="FILE")
    publish.add_argument("--language", choices=LANGUAGES, default="nb")
    add_publisher(publish)
    add_pool(publish)
    publish.set_defaults(command=_publish)


def _publish(options: argparse.Namespace) -> int:
    from planner.present.site.pages import Publisher, site_files
    from planner.present.site.regions import regions_of
    from planner.present.site.writing import check_folder, write_site
    from planner.present.words.caveats import warnings_about
    from planner.present.words.text import speaking

    bundle: Bundle = options.workspace.data
    check_folder(options.folder)
    with speaking(options.language):
        results = _results(options.files, bundle, pool_of(options))
        files = site_files(
            regions_of(results),
            bundle,
            Publisher(options.contact or "", options.accessibility or ""),
        )
        write_site(files, options.folder)
        for result in results:
            if result.plan is None:
                for warning in warnings_about(result):
                    print(f"{result.scenario.path}: {warning}", file=sys.stderr)
    print(f"planner: {options.folder / 'index.html'}", file=sys.stderr)
    return 0 if all(result.plan for result in results) else NO_PLAN


def _results(files: list[Path], bundle: Bundle, pool: Pool) -> list[Result]:
    """Run all scenarios; or raise the faults of all of them."""
    from planner.cli.progress import share_bar
    from planner.pipeline.run_scenario import run
    from planner.present.words.text import text
    from planner.scenario.load import load_scenario

    faults: list[Fault] = []
    scenarios: list[Scenario] = []
    results: dict[int, Result] = {}
    for path in dict.fromkeys(files):
        try:
            scenarios.append(load_scenario(path, bundle))
        except FaultyInputError as error:
            faults += error.faults
    with share_bar(sys.stderr, text("app.working")) as show:
        for count, done in enumerate(pool.each(partial(run, bundle=bundle), scenarios), 1):
            try:
                results[done.place] = done.result()
            except FaultyInputError as error:
                faults += error.faults
            show(count / len(scenarios))
    if faults:
        raise FaultyInputError(faults)
    return [results[place] for place in sorted(results)]
