"""The examples run from any folder, and say what is so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from planner import load_scenario, run
from planner.shipped import SCENARIOS
from tests.support.paths import ROOT


def said_by(name: str, folder: Path) -> list[str]:
    command = [sys.executable, ROOT / "examples" / name]
    utf8 = os.environ | {"PYTHONUTF8": "1"}
    done = subprocess.run(
        command, cwd=folder, env=utf8, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_best_hosts_of_hallingdal(tmp_path: Path) -> None:
    _, *lines = said_by("fewest_minutes.py", tmp_path)
    instance = run(load_scenario(SCENARIOS / "hallingdal" / "modell-a.yaml")).instance
    codes = {name: code for code, name in instance.names.items()}
    people = instance.municipalities["population"]
    for count, line in enumerate(lines, start=1):
        offices, minutes, hosts = line.split(maxsplit=2)
        chosen = [codes[host] for host in hosts.split(", ")]
        assert int(offices) == len(chosen) == count
        nearest = instance.travel.minutes[chosen].min(axis=1)
        mean = (nearest * people).sum() / people.sum()
        assert float(minutes) == pytest.approx(mean, abs=0.05)
    alone = instance.travel.minutes.mul(people, axis=0).sum() / people.sum()
    assert float(lines[0].split()[1]) == pytest.approx(alone.min(), abs=0.05)
    assert len(lines) == len(people)
