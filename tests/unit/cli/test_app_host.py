"""Who reaches the app: this machine alone, unless its keeper asks for more."""

from __future__ import annotations

import os

import pytest

from planner.app import serve
from planner.app.shell import rights
from tests.integration.test_main_job import planner

EVERYBODY = "0.0.0.0"  # noqa: S104 - nothing listens here


@pytest.fixture
def hosts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses on which the app would have listened."""
    found: list[str] = []
    monkeypatch.setattr(serve, "main", lambda _port, host, _names: found.append(host))
    monkeypatch.setattr(os, "environ", dict(os.environ))
    monkeypatch.delenv(rights.READ_ONLY, raising=False)
    return found


def test_it_listens_to_this_machine_alone_and_may_edit(hosts: list[str]) -> None:
    done = planner("app")
    assert hosts == ["127.0.0.1"]
    assert done.stderr == ""
    assert not rights.read_only()


def test_whoever_else_reaches_it_only_reads(hosts: list[str]) -> None:
    done = planner("app", "--host", EVERYBODY)
    assert hosts == [EVERYBODY]
    assert rights.read_only()
    assert "EVERYBODY who reaches 0.0.0.0, port 8501, can read" in done.stderr


@pytest.mark.usefixtures("hosts")
def test_editing_by_everybody_must_be_asked_for_and_is_said_loudly() -> None:
    done = planner("app", "--host", EVERYBODY, "--edit")
    assert not rights.read_only()
    assert "WARNING: EVERYBODY" in done.stderr
    assert "EDIT AND SAVE" in done.stderr


@pytest.mark.usefixtures("hosts")
def test_reading_and_editing_are_not_asked_for_together() -> None:
    with pytest.raises(SystemExit) as ended:
        planner("app", "--edit", "--read-only")
    assert ended.value.code == 2
