"""The command `scenarios`: what is shipped, and a copy of it to work on."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from planner.errors import PlannerError
from planner.messages.message import Message
from planner.shipped import SCENARIOS


def add_scenarios_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `scenarios`."""
    parser = commands.add_parser("scenarios", help="list the shipped scenarios, or copy them")
    parser.add_argument(
        "--copy", type=Path, metavar="DIR", help="copy them to a new folder, to be changed there"
    )
    parser.set_defaults(command=_scenarios)


def _scenarios(options: argparse.Namespace) -> int:
    if options.copy:
        if options.copy.exists():
            raise PlannerError(Message.of("option.folder_there", folder=str(options.copy)))
        shutil.copytree(SCENARIOS, options.copy, ignore=shutil.ignore_patterns(".*"))
        print(options.copy)
        return 0
    from planner.scenario.load import load_scenario

    files = {_name(path): path for path in sorted(SCENARIOS.glob("*/*.yaml"))}
    width = max(map(len, files))
    for name, path in files.items():
        print(f"{name:{width}}  {load_scenario(path, options.workspace.data).title}")
    return 0


def _name(path: Path) -> str:
    """Return the name by which every command knows a shipped file."""
    return path.relative_to(SCENARIOS).with_suffix("").as_posix()
