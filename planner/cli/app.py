"""The command that opens the app: `planner app`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from planner.cli.shared import FAULTY


def add_app_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `app`."""
    app = commands.add_parser("app", help="open the app in a browser")
    app.add_argument("--port", type=int, default=8501)
    app.add_argument(
        "--read-only", action="store_true", help="nothing can be edited or saved: for councils"
    )
    app.add_argument(
        "--scenarios",
        type=Path,
        metavar="DIR",
        help="whose folders, one a region, hold the scenario files; left out, the shipped ones",
    )
    app.set_defaults(command=_app)


def _app(options: argparse.Namespace) -> int:
    if options.scenarios and not options.scenarios.is_dir():
        print(f"planner: {options.scenarios} is not a folder", file=sys.stderr)
        return FAULTY
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "planner.app.serve", str(options.port)]
    return subprocess.run(  # noqa: S603 - our own interpreter, no shell
        command,
        check=False,
        cwd=root,
        env=os.environ | _settings(options),
    ).returncode


def _settings(options: argparse.Namespace) -> dict[str, str]:
    """Return what the app reads in `planner.app.shell.settings`."""
    folder = {"KONTORPLAN_SCENARIOS": str(options.scenarios.resolve())} if options.scenarios else {}
    return folder | ({"KONTORPLAN_READ_ONLY": "1"} if options.read_only else {})
