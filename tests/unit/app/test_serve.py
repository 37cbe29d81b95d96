"""The start of the server: it waits for no scenario, and listens where it is told."""

from __future__ import annotations

import sys
from threading import Event
from typing import Any

import pytest
import streamlit as st

from planner.app import serve
from planner.app.shell import rights
from planner.app.shell.language import SAID
from planner.present.words.text import LANGUAGES, Language, speaking, text
from planner.yamlfile.parse import MOST_CHARACTERS


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the server would have been started with: options, and arguments of its gate."""
    told: list[Any] = []

    class App:
        def __init__(self, script: object, middleware: list[Any]) -> None:
            assert script == serve.SCRIPT
            told.extend((middleware[0].args, middleware[0].kwargs))

        def run(self, config: dict[str, object]) -> None:
            told.append(config)

    monkeypatch.setattr(st, "App", App)
    monkeypatch.setattr(sys, "argv", ["planner"])
    return told


def test_it_listens_before_any_scenario_has_been_run(
    started: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    held, ended = Event(), Event()

    def long() -> None:
        held.wait(60)
        ended.set()

    monkeypatch.setattr(serve, "_run_first_region", long)
    serve.main(8510, "127.0.0.1", ["kontorplan.example.no"])
    assert not ended.is_set()
    assert started[-1] == {"server.port": 8510, "server.address": "127.0.0.1"}
    assert started[0] == (["kontorplan.example.no", "127.0.0.1"],)
    held.set()
    assert ended.wait(60)


def test_readers_send_no_files(started: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "_run_first_region", lambda: None)
    monkeypatch.setenv(rights.READ_ONLY, "1")
    serve.main(8510, "0.0.0.0")  # noqa: S104 - nothing listens here
    assert started[0] == ([],)  # a wildcard is nobody's name
    assert started[1] == {"takes_files": False}


def test_a_failing_scenario_stops_nothing(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "_run_first_region", lambda: 1 / 0)
    serve._get_ready()
    assert "getting ready failed" in caplog.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_limit_of_uploads_is_told_and_no_more_is_sent(language: Language) -> None:
    line = serve.SCRIPT.with_name(".streamlit") / "config.toml"
    assert "maxUploadSize = 1\n" in line.read_text(encoding="utf-8")  # in MB, the least there is
    most = f"{MOST_CHARACTERS // 1000} kB"
    with speaking(language):
        told = ("edit.upload_help", "edit.upload_large", f"{SAID}* per file")
        assert all(most in text(key) for key in told)
