"""The main job: Hallingdal's five models, the pilots and proposals, through the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
HALLINGDAL = ROOT / "scenarios" / "hallingdal"

GROUPS = {
    "a": {"Flå": {"Flå"}, "Nesbyen": {"Nesbyen"}, "Gol": {"Gol", "Hemsedal"}, "Ål": {"Ål"}, "Hol": {"Hol"}},
    "b": {"Flå": {"Flå"}, "Nesbyen": {"Nesbyen"}, "Gol": {"Gol", "Hemsedal"}, "Ål": {"Ål", "Hol"}},
    "c": {"Gol": {"Gol", "Hemsedal", "Nesbyen", "Flå"}, "Ål": {"Ål"}, "Hol": {"Hol"}},
    "d": {"Nesbyen": {"Nesbyen", "Flå"}, "Gol": {"Gol", "Hemsedal"}, "Ål": {"Ål"}, "Hol": {"Hol"}},
    "e": {"Gol": {"Flå", "Nesbyen", "Gol", "Hemsedal", "Ål", "Hol"}},
}  # fmt: skip


def planner(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "planner.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
    )


def document(*arguments: str | Path) -> dict[str, Any]:
    done = planner(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("letter", GROUPS)
def test_hallingdal_models(letter: str) -> None:
    found = document("run", HALLINGDAL / f"modell-{letter}.yaml")
    assert {group["host"]: set(group["members"]) for group in found["groups"]} == GROUPS[letter]
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
    text = (HALLINGDAL / "modell-b.yaml").read_text(encoding="utf-8")
    assert "host: Ål" in text
    other = tmp_path / "modell-b-hol.yaml"
    turned = text.replace("host: Ål", "host: Hol").replace("members: [Hol]", "members: [Ål]")
    turned = turned.replace("baseline: modell-a.yaml", f"baseline: {HALLINGDAL / 'modell-a.yaml'}")
    turned = turned.replace("locations: {Hol:", "locations: {Ål:")
    other.write_text(turned, encoding="utf-8")
    means = [
        document("run", path)["indicators"]["access.mean_min"]["value"]
        for path in (HALLINGDAL / "modell-b.yaml", other)
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
        {row["name"]: row["minutes"] for row in found["municipalities"]}
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
    sorted((ROOT / "scenarios").glob("*/*.yaml")),
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
