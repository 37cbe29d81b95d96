"""Time limits and Ctrl-C through the command line: the best plan found is kept and called so."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from planner.io.tables.municipalities import read_municipalities
from tests.integration.test_main_job import ROOT, planner
from tests.support.data import DATA

ALL_TERMS = "{travel: 1, severed: 0.5, office: 0.2, staff: 0.1, council: 0.1, change: 0.05}"


def request(folder: Path, region: str, constraints: str, solver: str = "") -> Path:
    path = folder / "forslag.yaml"
    lines = [
        "schema: 1",
        "title: Vanskelig",
        f"region: {region}",
        "baseline: own_office",
        f"propose:\n  weights: {ALL_TERMS}\n  constraints: {constraints}\n{solver}",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def hard_for_a_county(folder: Path) -> Path:
    """Ask for more offices than have staff: which of them must be exempted takes minutes."""
    return request(folder, "{county: Nordland}", "{min_fte: 12, offices: {min: 20}}")


def test_a_time_limit_gives_the_best_plan_found_and_its_gap(tmp_path: Path) -> None:
    codes = ", ".join(f'"{code}"' for code in read_municipalities(DATA).index)
    solver = "  solver: {time_limit_seconds: 0.01}\n"  # too little on any machine
    path = request(tmp_path, f"{{municipalities: [{codes}]}}", "{min_fte: 40}", solver)
    done = planner("propose", path, "--json")
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert found["outcome"] == "feasible"
    assert sum(len(group["members"]) for group in found["groups"]) == len(codes.split())
    gap = (found["objective"] - found["bound"]) / found["objective"]
    assert found["relative_gap"] == pytest.approx(gap, abs=1e-5)
    assert gap > 0.01
    assert "Søket ble stoppet før det var ferdig." in found["warnings"][0]
    assert found["warnings"][0] in done.stderr


def test_nothing_found_in_time_is_said_and_is_no_success(tmp_path: Path) -> None:
    constraints = "{max_travel_minutes: 150, offices: {max: 9}, exempt: never}"
    solver = "  solver: {time_limit_seconds: 0.001}\n"
    done = planner("propose", request(tmp_path, "{county: Nordland}", constraints, solver))
    assert done.returncode == 3
    assert "Søket ble stoppet før noen plan var funnet." in done.stderr


def interrupted(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Start a command, press Ctrl-C once it tells of a plan, and wait for its end."""
    command = [sys.executable, "-m", "planner.cli", *map(str, arguments)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stderr is not None
        said = b""
        while b"best=" not in said and (more := os.read(process.stderr.fileno(), 4096)):
            said += more
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    return subprocess.CompletedProcess(
        command, process.returncode, out.decode(), (said + err).decode()
    )


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_keeps_the_best_plan_found(tmp_path: Path) -> None:
    done = interrupted("propose", hard_for_a_county(tmp_path), "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["outcome"] == "feasible"
    assert len(found["groups"]) >= 20
    assert found["relative_gap"] > 0


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_ends_a_front_in_good_order(tmp_path: Path) -> None:
    keys = ["--x", "access.mean_min", "--y", "commuting.severed_share"]
    done = interrupted("pareto", hard_for_a_county(tmp_path), *keys, "--json")
    assert "Traceback" not in done.stderr
    assert not json.loads(done.stdout)["complete"]
