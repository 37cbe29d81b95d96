"""The scenario files that the app offers, and their results, kept while the files are unchanged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from planner.errors import PlannerError
from planner.io.registry import DEFAULT_FOLDER, REGISTER
from planner.io.scenario_file import load_scenario
from planner.pipeline import run
from planner.result import Result

SCENARIO_FOLDER = DEFAULT_FOLDER.parent / "scenarios"
PROPOSALS = "forslag"


@dataclass(frozen=True)
class Entry:
    """One scenario file.

    Attributes
    ----------
    path : the file; its folder gathers the scenarios of one region.
    title : as the file says; the file's name while it cannot be read.
    """

    path: Path
    title: str

    @property
    def name(self) -> str:
        """Name inside the library, such as ``hallingdal/modell-e``."""
        return f"{self.region}/{self.path.stem}"

    @property
    def region(self) -> str:
        """Name of the folder."""
        return self.path.parent.name

    @property
    def is_proposal(self) -> bool:
        """Whether the file asks for a plan, as its name says."""
        return self.path.stem.startswith(PROPOSALS)


def entries(region: str) -> list[Entry]:
    """List a region's scenario files: plans drawn by people, today's first, then proposals."""
    found = [Entry(path, title_of(path)) for path in _files() if _in(path, region)]
    return sorted(found, key=lambda one: (one.is_proposal, not _is_today(one), one.path.stem))


def regions() -> list[str]:
    """List the folders that hold scenario files."""
    return sorted({path.parent.name for path in _files()})


def title_of(path: Path) -> str:
    """Return a scenario's title; the file's name while it cannot be read."""
    return _title(path, _version(path))


def result_of(entry: Entry) -> Result | str:
    """Run a scenario, or return the text of its faults."""
    return _result(entry.path, _version(SCENARIO_FOLDER))


def _files() -> list[Path]:
    return sorted(SCENARIO_FOLDER.glob("*/*.yaml"))


def _in(path: Path, region: str) -> bool:
    return path.parent.name == region


def _is_today(entry: Entry) -> bool:
    return entry.path.stem.startswith("dagens")


def _version(path: Path) -> tuple[int, ...]:
    """Return when a file, or any file of a folder or of the data, was last written."""
    files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    return tuple(file.stat().st_mtime_ns for file in [*files, DEFAULT_FOLDER / REGISTER])


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
