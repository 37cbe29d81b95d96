"""The page that says how accessible the app is, and whom to tell."""

from __future__ import annotations

import pytest

from planner.cli.app import _settings
from planner.cli.command_line import _parser
from tests.app.test_pages import opened


def written(*, mail: str = "", statement: str = "", monkeypatch: pytest.MonkeyPatch) -> str:
    options = ["app"]
    options += ["--contact", mail] if mail else []
    options += ["--accessibility", statement] if statement else []
    for name, value in _settings(_parser().parse_args(options)).items():
        monkeypatch.setenv(name, value)
    app = opened("accessibility")
    assert not app.exception
    return "\n".join(one.value for one in app.markdown)


def test_whom_to_tell_is_told_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    told = written(monkeypatch=monkeypatch)
    assert "dem som har gitt deg adressen" in told
    assert "må ha sin egen tilgjengelighetserklæring" in told
    told = written(mail="a@b.no", statement="https://b.no/erklaring", monkeypatch=monkeypatch)
    assert "](mailto:a@b.no) om noe" in told
    assert "](https://b.no/erklaring)" in told
