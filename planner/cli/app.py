"""The command that opens the app: `planner app`."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path

from planner.cli.shared import FAULTY, add_publisher
from planner.shipped import INSTALLED

MOST_PORT = 65_535
OWN_MACHINE = "127.0.0.1"


def add_app_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `app`."""
    app = commands.add_parser("app", help="open the app in a browser")
    app.add_argument("--port", type=_port, default=8501)
    app.add_argument(
        "--host",
        default=OWN_MACHINE,
        metavar="ADDRESS",
        help="address to listen on; left out, only this machine reaches the app",
    )
    app.add_argument(
        "--name",
        action="append",
        default=[],
        help="name by which readers ask for it, such as that of a web server in front of it",
    )
    rights = app.add_mutually_exclusive_group()
    rights.add_argument(
        "--read-only", action="store_true", help="nothing can be edited or saved: for councils"
    )
    rights.add_argument(
        "--edit",
        action="store_true",
        help="whoever reaches --host may edit and save, without a login",
    )
    app.add_argument(
        "--scenarios",
        type=Path,
        metavar="DIR",
        help="whose folders, one a region, hold the scenario files; left out, the shipped ones",
    )
    add_publisher(app)
    app.set_defaults(command=_app, workspace=None)


def _port(written: str) -> int:
    if not written.isdecimal() or not 1 <= int(written) <= MOST_PORT:
        message = f"got {written!r}. A whole number from 1 to {MOST_PORT} is expected."
        raise argparse.ArgumentTypeError(message)
    return int(written)


def _app(options: argparse.Namespace) -> int:
    """Serve the app in this process, so that a signal to it ends the app."""
    if options.scenarios and not options.scenarios.is_dir():
        print(f"planner: {options.scenarios} is not a folder", file=sys.stderr)
        return FAULTY
    if INSTALLED and not options.scenarios:  # what is saved there goes with the next version
        options.read_only, options.edit = True, False
        told = "planner: the shipped scenarios are for reading. To edit, take a copy: "
        print(f"{told}planner scenarios --copy DIR; planner app --scenarios DIR", file=sys.stderr)
    if not import_module("planner.app.gate").is_own_machine(options.host):
        options.read_only = not options.edit
        print(f"planner: {_warning(options)}", file=sys.stderr)
    os.environ.update(_settings(options))
    serve = import_module("planner.app.serve")  # no other command knows the app
    serve.main(options.port, options.host, options.name)
    return 0


def _warning(options: argparse.Namespace) -> str:
    reached = f"EVERYBODY who reaches {options.host}, port {options.port},"
    if options.edit:
        return f"WARNING: {reached} can EDIT AND SAVE the scenarios. There is no login."
    return f"{reached} can read the scenarios, without a login. Nothing can be saved: see --edit."


def _settings(options: argparse.Namespace) -> dict[str, str]:
    """Return what the app reads in `planner.app.shell.settings`."""
    told: dict[str, str | None] = {
        "KONTORPLAN_SCENARIOS": str(options.scenarios.resolve()) if options.scenarios else "",
        "KONTORPLAN_READ_ONLY": "1" if options.read_only else "",
        "KONTORPLAN_CONTACT": options.contact,
        "KONTORPLAN_ACCESSIBILITY": options.accessibility,
    }
    return {name: value for name, value in told.items() if value}
