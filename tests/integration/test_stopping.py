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


def hard_for_the_country(folder: Path, solver: str = "") -> Path:
    """Ask for large groups of all municipalities, which takes minutes to prove the best."""
    codes = ", ".join(f'"{code}"' for code in read_municipalities(DATA).index)
    return request(folder, f"{{municipalities: [{codes}]}}", "{min_fte: 40}", solver)


def test_a_time_limit_gives_the_best_plan_found_and_its_gap(tmp_path: Path) -> None:
    path = hard_for_the_country(tmp_path, "  solver: {time_limit_seconds: 0.01}\n")
    done = planner("propose", path, "--json")
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert found["outcome"] == "feasible"
    members = sum(len(group["members"]) for group in found["groups"])
    assert members == len(read_municipalities(DATA))
    gap = (found["objective"] - found["bound"]) / found["objective"]
    assert gap > 0.01
    if found["exempt"] == found["exempt_bound"]:
        assert found["relative_gap"] == pytest.approx(gap, abs=1e-5)
    else:
        assert found["relative_gap"] is None
    assert "Søket ble stoppet før det var ferdig." in found["warnings"][0]
    assert found["warnings"][0] in done.stderr


def test_weights_of_next_to_nothing_give_the_plan_of_their_proportions(tmp_path: Path) -> None:
    answers = []
    for scale in ("", "e-7"):
        path = tmp_path / f"forslag{scale}.yaml"
        weights = f"{{travel: 1.0{scale}, office: 0.2{scale}, severed: 0.1{scale}}}"
        path.write_text(
            "schema: 1\ntitle: Små vekter\nregion: {council: Hallingdal}\nbaseline: own_office\n"
            f"propose:\n  weights: {weights}\n  constraints: {{}}\n",
            encoding="utf-8",
        )
        done = planner("run", path, "--json")
        assert done.returncode == 0, done.stderr
        answers.append(json.loads(done.stdout))
    one, tiny = answers
    assert tiny["groups"] == one["groups"]
    assert tiny["outcome"] == one["outcome"] == "optimal"
    for key in ("objective", "bound"):
        assert tiny[key] == pytest.approx(1e-7 * one[key], rel=1e-5)


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
    done = interrupted("propose", hard_for_the_country(tmp_path), "--json")
    assert done.returncode == 130, done.stderr
    found = json.loads(done.stdout)
    assert found["outcome"] == "feasible"
    assert found["exempt"] == found["exempt_bound"] == 0
    assert found["relative_gap"] > 0


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_ends_a_front_in_good_order(tmp_path: Path) -> None:
    keys = ["--x", "access.mean_min", "--y", "commuting.severed_share"]
    done = interrupted("pareto", hard_for_the_country(tmp_path), *keys, "--json")
    assert "Traceback" not in done.stderr
    assert not json.loads(done.stdout)["complete"]
