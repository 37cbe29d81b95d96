"""The command line: exit codes, streams, and messages for planners."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from planner.cli import command_line as cli
from planner.io.bundle import Bundle
from planner.model.population import population_on
from planner.shipped import SCENARIOS
from planner.workspace import Workspace
from tests.integration.test_main_job import HALLINGDAL, ROOT, planner
from tests.support.data import DATA


def test_validate_tells_titles_or_all_faults(tmp_path: Path) -> None:
    done = planner("validate", HALLINGDAL / "modell-a.yaml", HALLINGDAL / "modell-e.yaml")
    assert done.returncode == 0
    assert "Modell E" in done.stdout
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text("schema: 2\n", encoding="utf-8")
    done = planner(
        "validate", tmp_path / "one.yaml", HALLINGDAL / "modell-a.yaml", tmp_path / "two.yaml"
    )
    assert done.returncode == 2
    assert "one.yaml:1  schema: her står tallet 2. Her skal det stå 1." in done.stderr
    assert "two.yaml:1  schema" in done.stderr


def test_propose_needs_a_request() -> None:
    done = planner("propose", HALLINGDAL / "modell-a.yaml")
    assert done.returncode == 2
    assert "ikke noe å foreslå" in done.stderr


def test_the_best_plan_without_those_who_say_no() -> None:
    file = HALLINGDAL / "forslag.yaml"
    done = planner("propose", file, "--without", "Hol", "--json")
    assert done.returncode == 0, done.stderr
    groups = {group["host"]: group["members"] for group in json.loads(done.stdout)["groups"]}
    assert groups["Hol"] == ["Hol"]
    done = planner("propose", file, "--without", "Holl")
    assert done.returncode == 2
    assert "Hol" in done.stderr


def test_a_missing_file() -> None:
    done = planner("run", "no/such/file.yaml")
    assert done.returncode == 2
    assert "no/such/file.yaml" in done.stderr


def test_compare_may_set_the_network_beside_each() -> None:
    done = planner("compare", "--network", "--json", HALLINGDAL / "modell-e.yaml")
    assert done.returncode == 0
    own, network = json.loads(done.stdout)["scenarios"]
    assert (len(own["groups"]), len(network["groups"])) == (1, 5)
    assert network["scenario"]["form"] == "close_cooperation"


def test_explain_prints_formula_and_rows() -> None:
    done = planner("run", HALLINGDAL / "modell-e.yaml", "--explain", "structure.offices")
    assert done.returncode == 0
    assert "structure.offices" in done.stdout
    done = planner("compare", HALLINGDAL / "modell-a.yaml", "--explain", "access.meen_min")
    assert done.returncode == 2
    assert "access.mean_min" in done.stderr


def test_data_status_tells_staff_fit_and_tables() -> None:
    done = planner("data", "status")
    assert done.returncode == 0, done.stderr
    assert "0,82 per 1000" in done.stdout
    assert "municipalities.csv" in done.stdout
    found = json.loads(planner("data", "status", "--json").stdout)
    assert found["coverage"]["population"] == {"observed": 356}
    assert sum(found["coverage"]["staff"].values()) == 356
    assert found["staff"]["units"] == 243
    assert {row["region"] for row in found["commuting_fit"]} >= {"Nordland", "Agder", "Hallingdal"}


@pytest.fixture
def own(tmp_path: Path) -> Workspace:
    """A copy of the data that a test may spoil."""
    shutil.copytree(DATA.folder, tmp_path / "data")
    return Workspace(Bundle(tmp_path / "data"), SCENARIOS)


@pytest.mark.parametrize(
    "table", ["links.csv", "municipalities.csv", "population.csv", "offices.csv"]
)
def test_a_missing_table_is_named(own: Workspace, table: str) -> None:
    (own.data.folder / table).unlink()
    done = planner("run", HALLINGDAL / "modell-e.yaml", workspace=own)
    assert done.returncode == 2
    assert table in done.stderr
    assert "missing" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("table", "old", "new", "column"),
    [
        ("links.csv", ",33.5,", ",-33.5,", "km"),
        ("population.csv", "population,", "populasjon,", "population"),
        ("employment.csv", "528121", "mange", "jobs"),
    ],
)
def test_a_tampered_table_is_named_with_its_column(
    own: Workspace, table: str, old: str, new: str, column: str
) -> None:
    path = own.data.folder / table
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = planner("run", HALLINGDAL / "modell-e.yaml", workspace=own)
    assert done.returncode == 2
    assert f"{table}  sha256: " in done.stderr
    assert f"{column}: " in done.stderr


def test_a_truncated_table_is_named(own: Workspace) -> None:
    path = own.data.folder / "links.csv"
    path.write_bytes(path.read_bytes()[:5000])
    done = planner("run", HALLINGDAL / "modell-e.yaml", workspace=own)
    assert done.returncode == 2
    assert "links.csv" in done.stderr


def test_imported_commuting_becomes_observed(own: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "pendling.csv"
    employed = (
        (population_on(own.data, dt.date(2023, 1, 1))["population"] * 0.4).round().astype(int)
    )
    rows = [f"{code},{code},{workers}" for code, workers in employed.items()]
    rows += ["3042,3041,150", "3043,3041,200", "3044,3043,300"]
    file.write_text("home,workplace,workers\n" + "\n".join(rows) + "\n", encoding="utf-8")
    done = planner("data", "import", "commuting", file, workspace=own)
    assert done.returncode == 2
    assert "year" in done.stderr
    done = planner("data", "import", "commuting", file, "--year", "2023", workspace=own)
    assert done.returncode == 0, done.stderr
    assert f"{employed.sum() + 650} employed persons of 2023" in done.stdout
    assert (own.data.folder / "commuters.csv").is_file()
    found = json.loads(planner("run", HALLINGDAL / "modell-e.yaml", "--json", workspace=own).stdout)
    assert found["indicators"]["commuting.severed_persons"]["baseline"] == pytest.approx(500)
    assert found["indicators"]["commuting.severed_persons"]["provenance"] == "observed"


def test_seal_registers_an_edit(own: Workspace) -> None:
    path = own.data.folder / "visits.csv"
    path.write_text(path.read_text(encoding="utf-8").rstrip(), encoding="utf-8")
    rows = len(path.read_text(encoding="utf-8").splitlines()) - 1
    done = planner("data", "seal", workspace=own)
    assert done.returncode == 0
    assert done.stdout == f"visits: {rows} rows\n"
    assert planner("data", "seal", workspace=own).stdout == "nothing had changed\n"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(lines[: len(lines) // 2]) + "\n", encoding="utf-8")
    told = f"visits: {len(lines) // 2 - 1} rows, {rows} before. MANY ARE GONE: is the file whole?\n"
    assert planner("data", "seal", workspace=own).stdout == told
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = f"visits: {rows} rows, {len(lines) // 2 - 1} before\n"
    assert planner("data", "seal", workspace=own).stdout == told
    assert planner("run", HALLINGDAL / "modell-e.yaml", workspace=own).returncode == 0


def test_an_interrupt_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_validate", interrupted)
    done = planner("validate", ROOT / "README.md")
    assert done.returncode == 130
    assert done.stderr == "planner: interrupted\n"


def test_propose_tells_why_and_what_forcing_costs() -> None:
    file = HALLINGDAL / "forslag.yaml"
    done = planner("propose", file, "--why", "Hemsedal")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Hemsedal er hos ")
    assert "poengsummen" in done.stdout
    done = planner("propose", file, "--force", "Ål=Gol", "--force", "Hol = Hol", "--json")
    assert done.returncode == 0, done.stderr
    hosts = {row["name"]: row["host"] for row in json.loads(done.stdout)["municipalities"]}
    assert (hosts["Ål"], hosts["Hol"]) == ("Gol", "Hol")
    assert "Å kreve Ål–Gol og Hol–Hol endrer poengsummen med " in done.stderr
    for wrong, told in [("Ål", "kommune=vert"), ("Ål=Golk", "«Gol»"), ("Ål=Oslo", "region")]:
        done = planner("propose", file, "--force", wrong)
        assert done.returncode == 2
        assert told in done.stderr


def test_an_infeasible_request_is_diagnosed(tmp_path: Path) -> None:
    written = (HALLINGDAL / "forslag.yaml").read_text(encoding="utf-8")
    assert "max_travel_minutes: 75" in written
    file = tmp_path / "forslag.yaml"
    tight = written.replace("max_travel_minutes: 75", "max_travel_minutes: 20")
    file.write_text(tight.replace("baseline: modell-a.yaml", "baseline: today"), encoding="utf-8")
    done = planner("propose", file)
    assert done.returncode == 3
    assert "max_travel_minutes 20 → " in done.stderr
