"""What stands on standard output with `--json`: one JSON document and nothing else.

Each command runs in a process of its own: a library that writes past Python, and only at its
first use, is seen too.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys

import pytest

from planner.cli import command_line
from tests.support.paths import ROOT

FRONT = ("--x", "access.mean_min", "--y", "structure.offices")
COMMANDS = {
    ("run",): ("hallingdal/forslag",),
    ("propose",): ("hallingdal/forslag", "--without", "Hol"),
    ("compare",): ("hallingdal/modell-a", "hallingdal/forslag"),
    ("enumerate",): ("sor-salten/vertskommune",),
    ("pareto",): ("hallingdal/forslag", *FRONT),
    ("data", "status"): (),
}


def commands_with_json(
    parser: argparse.ArgumentParser, path: tuple[str, ...] = ()
) -> set[tuple[str, ...]]:
    """Find the commands, and commands of commands, that know `--json`."""
    found = {path} if "--json" in parser._option_string_actions else set()
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                found |= commands_with_json(inner, (*path, name))
    return found


def test_every_command_with_json_is_tried_here() -> None:
    assert commands_with_json(command_line._parser()) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_standard_output_is_json_in_utf_8_alone(command: tuple[str, ...]) -> None:
    line = [sys.executable, "-m", "planner.cli", *command, *COMMANDS[command], "--json"]
    ascii_only = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(line, cwd=ROOT, env=ascii_only, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert isinstance(json.loads(done.stdout.decode("utf-8")), dict)
