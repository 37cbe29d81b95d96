"""The wheel alone: installed, and used from a folder that has nothing to do with the checkout."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import urllib.error
import urllib.request
import venv
from importlib.util import find_spec
from pathlib import Path

import pytest

from bench.server import app_server
from planner.shipped import SCENARIOS
from tests.support.data import DATA as BUNDLE
from tests.support.paths import ROOT

pytestmark = pytest.mark.skipif(
    find_spec("hatchling") is None, reason="hatchling, which builds the wheel, is not installed"
)


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An interpreter that has the built wheel, and this one's libraries but not its checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    home = folder / "environment"
    venv.create(home, symlinks=True, with_pip=False)
    own = Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}))
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*install, "--target", own, wheel], check=True, capture_output=True)
    libraries = sysconfig.get_path("purelib")  # as a path alone: its .pth files are not read
    (own / "libraries.pth").write_text(libraries, encoding="utf-8")
    return home / Path(sys.executable).relative_to(sys.prefix)


def planner(python: Path, folder: Path, *arguments: str) -> str:
    command = [python, "-m", "planner.cli", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_data_scenarios_and_types_travel(python: Path, tmp_path: Path) -> None:
    script = "import planner.shipped as s; print(s.INSTALLED, s.DATA, s.SCENARIOS, sep='\\n')"
    command = [python, "-c", script]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    installed, *folders = done.stdout.splitlines()
    data, scenarios = map(Path, folders)
    assert installed == "True"
    assert not data.is_relative_to(ROOT)
    assert {source.table for source in BUNDLE.sources.values()} <= {
        path.name for path in data.iterdir()
    }
    assert {path.relative_to(SCENARIOS) for path in SCENARIOS.glob("*/*.yaml")} == {
        path.relative_to(scenarios) for path in scenarios.glob("*/*.yaml")
    }
    assert (data.parents[1] / "py.typed").is_file()


def test_a_shipped_scenario_is_run_by_its_name(python: Path, tmp_path: Path) -> None:
    listed = planner(python, tmp_path, "scenarios")
    names = [line.split()[0] for line in listed.splitlines()]
    assert "hallingdal/modell-e" in names
    found = json.loads(planner(python, tmp_path, "run", "hallingdal/modell-e", "--json"))
    assert found["total_fte"] == pytest.approx(36.35)
    found = json.loads(planner(python, tmp_path, "propose", "hallingdal/forslag", "--json"))
    assert found["outcome"] == "optimal"


def test_a_report_is_written(python: Path, tmp_path: Path) -> None:
    planner(python, tmp_path, "report", "hallingdal/modell-e", "--out", "sak.docx")
    assert (tmp_path / "sak.docx").read_bytes().startswith(b"PK")


def test_the_app_answers_until_it_is_told_to_end(python: Path, tmp_path: Path) -> None:
    log = tmp_path / "app.log"
    with app_server(log=log, python=str(python), cwd=tmp_path) as address:
        health = f"{address}/_stcore/health"
        with urllib.request.urlopen(health, timeout=20) as answer:  # noqa: S310 - our own server
            assert answer.read() == b"ok"
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(health, timeout=20)  # noqa: S310 - our own server
    assert "take a copy" in log.read_text(encoding="utf-8")
