"""Shipped scenarios: known by name from any folder, and copied to be changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.cli.shared import scenario_file
from planner.shipped import SCENARIOS
from tests.integration.test_main_job import planner


def test_every_shipped_scenario_is_listed_by_a_name_that_commands_know() -> None:
    lines = planner("scenarios").stdout.splitlines()
    files = {scenario_file(line.split()[0]) for line in lines}
    assert files == set(SCENARIOS.glob("*/*.yaml"))
    assert any(line.endswith("Modell E – én felles vertskommune") for line in lines)


def test_a_file_of_ones_own_goes_before_a_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert scenario_file("hallingdal/modell-e") == SCENARIOS / "hallingdal" / "modell-e.yaml"
    assert scenario_file("no/such") == Path("no/such")
    (tmp_path / "hallingdal").mkdir()
    (tmp_path / "hallingdal" / "modell-e").touch()
    assert scenario_file("hallingdal/modell-e") == Path("hallingdal/modell-e")


def test_a_copy_is_complete_and_overwrites_nothing(tmp_path: Path) -> None:
    copy = tmp_path / "mine"
    done = planner("scenarios", "--copy", copy)
    assert done.stdout == f"{copy}\n"
    assert planner("validate", *sorted(copy.glob("*/*.yaml"))).returncode == 0
    done = planner("scenarios", "--copy", copy)
    assert done.returncode == 2
    assert "finnes fra før" in done.stderr
