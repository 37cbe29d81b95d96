"""The main job: Hallingdal's five models, the pilots and proposals, through the command line."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from planner.cli import main
from planner.workspace import Workspace
from tests.support.paths import ROOT

HALLINGDAL = ROOT / "scenarios" / "hallingdal"

GROUPS = {
    "a": ["Flå", "Nesbyen", "Gol Hemsedal", "Ål", "Hol"],
    "b": ["Flå", "Nesbyen", "Gol Hemsedal", "Ål Hol"],
    "c": ["Gol Hemsedal Nesbyen Flå", "Ål", "Hol"],
    "d": ["Nesbyen Flå", "Gol Hemsedal", "Ål", "Hol"],
    "e": ["Gol Flå Nesbyen Hemsedal Ål Hol"],
}  # the first of each is the host


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


def planner(*arguments: str | Path, workspace: Workspace | None = None) -> Done:
    """Run a command in this process: starting another for each costs seconds."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([str(argument) for argument in arguments], workspace)
    return Done(code, out.getvalue(), err.getvalue())


def document(*arguments: str | Path) -> dict[str, Any]:
    done = planner(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("letter", GROUPS)
def test_hallingdal_models(letter: str) -> None:
    found = document("run", HALLINGDAL / f"modell-{letter}.yaml")
    expected = {names.split()[0]: set(names.split()) for names in GROUPS[letter]}
    assert {group["host"]: set(group["members"]) for group in found["groups"]} == expected
    assert sum(group["population"] for group in found["groups"]) == 20711
    assert found["total_fte"] == pytest.approx(36.35)
    assert found["regional_fte"] == pytest.approx(6.0)
    assert sum(group["fte"] for group in found["groups"]) == pytest.approx(30.35)
    assert found["outcome"] is None  # drawn by people, nothing was solved


def test_hol_to_fla_is_the_length_that_the_report_gives() -> None:
    found = document("run", HALLINGDAL / "modell-e.yaml")
    km = {row["name"]: row["km"] for row in found["municipalities"]}
    assert km["Hol"] + km["Flå"] == pytest.approx(102, rel=0.05)


def test_model_b_has_the_host_that_is_better_for_inhabitants(tmp_path: Path) -> None:
    shutil.copy(HALLINGDAL / "modell-a.yaml", tmp_path)
    text = (HALLINGDAL / "modell-b.yaml").read_text(encoding="utf-8")
    turned = text.replace("host: Ål", "host: Hol").replace("members: [Hol]", "members: [Ål]")
    turned = turned.replace("locations: {Hol:", "locations: {Ål:")
    assert turned.count("Hol") != text.count("Hol")
    (tmp_path / "modell-b.yaml").write_text(turned, encoding="utf-8")
    means = [
        document("run", folder / "modell-b.yaml")["indicators"]["access.mean_min"]["value"]
        for folder in (HALLINGDAL, tmp_path)
    ]
    assert means[0] < means[1]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        done = planner("run", HALLINGDAL / "modell-e.yaml", "--out", tmp_path / folder)
        assert done.returncode == 0, done.stderr
    names = {path.name for path in (tmp_path / "one").iterdir()}
    assert names == {
        "result.json",
        "plan.geojson",
        "municipalities.csv",
        "municipalities.xlsx",
        "plan.gpkg",
        "map.html",
        "manifest.json",
    }
    for name in names - {"manifest.json"}:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    page = (tmp_path / "one" / "map.html").read_text(encoding="utf-8")
    assert "https://cdn" not in page
    assert "Hemsedal" in page


def test_compare_sets_the_models_side_by_side() -> None:
    files = [HALLINGDAL / f"modell-{letter}.yaml" for letter in GROUPS]
    found = document("compare", *files)["scenarios"]
    offices = [one["indicators"]["structure.offices"] for one in found]
    assert [one["value"] for one in offices] == [5, 4, 3, 4, 1]
    assert [one["change"] for one in offices] == [0, -1, -2, -1, -4]
    table = planner("compare", *files).stdout
    assert "Modell E" in table
    assert "Reisetid til vertskontoret, lengste" in table


def test_nordland_with_at_most_18_offices_is_proved() -> None:
    found = document("propose", ROOT / "scenarios" / "nordland" / "forslag-18-kontorer.yaml")
    assert found["outcome"] == "optimal"
    assert found["relative_gap"] == 0
    assert found["bound"] == pytest.approx(found["objective"])
    assert len(found["groups"]) <= 18
    members = [name for group in found["groups"] for name in group["members"]]
    assert len(members) == len(set(members)) == 41
    assert all(group["host"] in group["members"] for group in found["groups"])


def test_closing_the_bridge_lengthens_only_what_depends_on_it() -> None:
    folder = ROOT / "scenarios" / "ofoten"
    with_bridge = document("run", folder / "kommunesammenslaing-2020.yaml")
    without = document("run", folder / "uten-halogalandsbrua.yaml")
    before, after = (
        {row["name"]: row["minutes_centre"] for row in found["municipalities"]}
        for found in (with_bridge, without)
    )
    assert 10 <= after["Gratangen"] - before["Gratangen"] <= 40
    assert 10 <= after["Evenes"] - before["Evenes"] <= 40
    assert after["Narvik"] == before["Narvik"] == 0
    for key in (
        "structure.offices",
        "structure.least_group_fte",
        "structure.least_group_population",
    ):
        assert with_bridge["indicators"][key]["value"] == without["indicators"][key]["value"]


@pytest.mark.parametrize(
    "path",
    [  # proposals of 2026 are run in tests/integration/test_shipped_scenarios.py
        path
        for path in sorted((ROOT / "scenarios").glob("*/*.yaml"))
        if path.stem not in {"i-dag-2026", "forslag-2026"}
    ],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_every_shipped_scenario_runs(path: Path) -> None:
    found = document("run", path)
    assert found["groups"]
    assert set(found["indicators"]) >= {"access.mean_min", "commuting.severed_share"}


def test_an_infeasible_request_says_what_is_infeasible(tmp_path: Path) -> None:
    path = tmp_path / "umulig.yaml"
    path.write_text(
        "schema: 1\n"
        "title: Umulig\n"
        "region: {council: Hallingdal}\n"
        "propose:\n"
        "  constraints: {min_fte: 100, exempt: never}\n",
        encoding="utf-8",
    )
    done = planner("propose", path, "--json")
    assert done.returncode == 3
    found = json.loads(done.stdout)
    assert found["outcome"] == "infeasible"
    assert found["groups"] == []
    assert "100" in " ".join(found["warnings"])
    assert "Traceback" not in done.stderr


def test_a_limit_that_some_cannot_meet_exempts_them(tmp_path: Path) -> None:
    path = tmp_path / "unntak.yaml"
    path.write_text(
        "schema: 1\n"
        "title: Unntak\n"
        "region: {council: Hallingdal}\n"
        "propose:\n"
        "  constraints: {min_fte: 12, max_travel_minutes: 35}\n",
        encoding="utf-8",
    )
    found = document("propose", path)
    assert found["outcome"] == "optimal"
    assert any(group["exempt"] for group in found["groups"])
    assert all(group["exempt"] or group["fte"] >= 12 for group in found["groups"])
    assert all(row["minutes"] <= 35 for row in found["municipalities"])


def test_the_readme_main_job_in_a_process_of_its_own() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command = readme.split("<!-- main -->")[1].split("```sh\n")[1].split("\n```")[0]
    assert command.startswith(".venv/bin/planner compare ")
    arguments = command.removeprefix(".venv/bin/planner ")
    done = subprocess.run(
        ["bash", "-c", f'"$0" -m planner.cli {arguments}', sys.executable],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    assert "Modell A" in done.stdout
    assert "Modell E" in done.stdout


def test_json_is_alone_on_standard_output_and_faults_on_standard_error(tmp_path: Path) -> None:
    path = tmp_path / "feil.yaml"
    path.write_text("schema: 1\ntitel: x\n", encoding="utf-8")
    done = planner("run", path, "--json")
    assert done.returncode == 2
    assert done.stdout == ""
    assert f"{path}:2  titel: " in done.stderr
    assert "title" in done.stderr
    assert "Traceback" not in done.stderr
