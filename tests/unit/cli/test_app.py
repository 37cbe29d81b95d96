"""How the app is started: what it refuses, and what it tells the pages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from planner.app import serve
from planner.app.shell import rights, settings
from planner.cli import app
from tests.integration.test_main_job import planner


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Ports on which the app would have been served."""
    ports: list[int] = []
    monkeypatch.setattr(serve, "main", lambda port, _host, _names: ports.append(port))
    monkeypatch.setattr(os, "environ", dict(os.environ))
    monkeypatch.delenv(rights.READ_ONLY, raising=False)
    return ports


@pytest.mark.parametrize("port", ["0", "99999", "-1", "http", "8501.0"])
def test_a_port_that_no_machine_has_is_refused(served: list[int], port: str) -> None:
    with pytest.raises(SystemExit) as ended:
        planner("app", f"--port={port}")
    assert ended.value.code == 2
    assert served == []


def test_a_folder_that_is_not_there_is_refused(served: list[int], tmp_path: Path) -> None:
    done = planner("app", "--scenarios", tmp_path / "none")
    assert done.returncode == 2
    assert "is not a folder" in done.stderr
    assert served == []


def test_the_pages_are_told_what_was_asked_for(served: list[int], tmp_path: Path) -> None:
    assert planner("app", "--port", "8510").returncode == 0
    assert not rights.read_only()
    assert planner("app", "--read-only", "--scenarios", tmp_path).returncode == 0
    assert rights.read_only()
    assert settings.workspace().scenarios == tmp_path.resolve()
    assert served == [8510, 8501]


@pytest.mark.usefixtures("served")
def test_what_an_installed_package_ships_is_only_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(app, "INSTALLED", True)
    assert "planner scenarios --copy" not in planner("app", "--scenarios", tmp_path).stderr
    assert not rights.read_only()
    assert "planner scenarios --copy" in planner("app").stderr
    assert rights.read_only()
