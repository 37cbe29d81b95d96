"""The scenario files that the app offers, and their results, kept while the files are unchanged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from planner.errors import PlannerError
from planner.io.registry import DEFAULT_FOLDER
from planner.io.scenario_file import load_scenario
from planner.pipeline import run
from planner.result import Result

SCENARIO_FOLDER = DEFAULT_FOLDER.parent / "scenarios"


@dataclass(frozen=True)
class Entry:
    """One scenario file: its name inside the library, such as ``hallingdal/modell-e``."""

    name: str
    path: Path

    @property
    def region(self) -> str:
        """Folder of the file, which gathers the scenarios of one region."""
        return self.path.parent.name


def entries() -> list[Entry]:
    """List all scenario files, sorted by folder and name."""
    paths = sorted(SCENARIO_FOLDER.glob("*/*.yaml"))
    return [Entry(f"{path.parent.name}/{path.stem}", path) for path in paths]


def title_of(entry: Entry) -> str:
    """Return a scenario's title; the file's name while it cannot be read."""
    return _title(entry.path, _version(entry.path))


def result_of(entry: Entry) -> Result | str:
    """Run a scenario, or return the text of its faults."""
    return _result(entry.path, _version(SCENARIO_FOLDER))


def _version(path: Path) -> tuple[int, ...]:
    """When a file, or any file of a folder, was last written: a baseline may be another file."""
    files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    return tuple(file.stat().st_mtime_ns for file in files)


@st.cache_data(max_entries=200, show_spinner=False)
def _title(path: Path, version: tuple[int, ...]) -> str:  # noqa: ARG001 - part of the cache key
    try:
        return load_scenario(path).title
    except PlannerError:
        return path.stem


@st.cache_resource(max_entries=60, show_spinner=False)
def _result(path: Path, version: tuple[int, ...]) -> Result | str:  # noqa: ARG001 - likewise
    try:
        return run(load_scenario(path))
    except PlannerError as error:
        return str(error)
