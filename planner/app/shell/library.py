"""The scenario files that the app offers, and their results, kept while the files are unchanged."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock, Thread

from planner.app.shell.settings import workspace
from planner.errors import PlannerError
from planner.io.bundle import REGISTER
from planner.pipeline.result import Result
from planner.pipeline.run_scenario import run
from planner.present.words.text import text
from planner.scenario.load import load_scenario

MOST_KEPT = 60
_RESULTS: dict[tuple[Path, tuple[int, ...]], Future[Result | str]] = {}
_PREPARING: set[str] = set()
_LOCK = Lock()
PROPOSALS = "forslag"
FIRST_REGION = "hallingdal"


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


def first_region(offered: Sequence[str]) -> str:
    """Return which of some regions a reader sees first."""
    return FIRST_REGION if FIRST_REGION in offered else offered[0]


def title_of(path: Path) -> str:
    """Return a scenario's title; the file's name while it cannot be read."""
    return _title(path, _version(path))


def result_of(entry: Entry) -> Result | str:
    """Run a scenario, or return the text of its faults.

    The region's other scenarios are run meanwhile, so that choosing one of them shows it at once.
    """
    try:
        return _kept(entry.path)
    except Exception:
        with _LOCK:  # what nobody foresaw is tried again when the reader asks again
            _RESULTS.pop(_key(entry.path), None)
        raise
    finally:
        prepare(entry.region)


def result_so_far(entry: Entry) -> Result | str | None:
    """Return what `result_of` would, if that is known by now."""
    with _LOCK:
        future = _RESULTS.get(_key(entry.path))
    if future is None or not future.done():
        return None
    return text("app.failed") if future.exception() else future.result()


def prepare(region: str) -> None:
    """Run a region's scenarios in a thread, in their order, unless that is done or under way."""
    waiting = [one.path for one in entries(region) if result_so_far(one) is None]
    with _LOCK:
        if not waiting or region in _PREPARING:
            return
        _PREPARING.add(region)
    Thread(target=_prepare, args=(region, waiting), daemon=True).start()


def _prepare(region: str, paths: list[Path]) -> None:
    try:
        for path in paths:
            try:
                _kept(path)
            except Exception:
                logging.getLogger(__name__).exception("%s failed", path)
    finally:
        with _LOCK:
            _PREPARING.discard(region)


def _kept(path: Path) -> Result | str:
    """Run a scenario unless that is done or under way, and wait for the result."""
    key = _key(path)
    with _LOCK:
        mine = key not in _RESULTS
        future = _RESULTS.setdefault(key, Future())
        while len(_RESULTS) > MOST_KEPT:
            _RESULTS.pop(next(iter(_RESULTS)))
    if mine:
        try:
            future.set_result(_run(path))
        except PlannerError as error:
            future.set_result(str(error))
        except BaseException as error:
            future.set_exception(error)
            raise
    return future.result()


def _run(path: Path) -> Result:
    data = workspace().data
    return run(load_scenario(path, data), bundle=data)


def _key(path: Path) -> tuple[Path, tuple[int, ...]]:
    """Name a result; a scenario depends on the files beside it, of which its baseline is one."""
    return path, _version(path.parent)


def _files() -> list[Path]:
    return sorted(workspace().scenarios.glob("*/*.yaml"))


def _in(path: Path, region: str) -> bool:
    return path.parent.name == region


def _is_today(entry: Entry) -> bool:
    return entry.path.stem.startswith("dagens")


def _version(path: Path) -> tuple[int, ...]:
    """Return when a file, or any file of a folder or of the data, was last written."""
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    return tuple(file.stat().st_mtime_ns for file in [*files, workspace().data.folder / REGISTER])


@lru_cache(maxsize=200)
def _title(path: Path, version: tuple[int, ...]) -> str:  # noqa: ARG001 - part of the cache key
    try:
        return load_scenario(path, workspace().data).title
    except PlannerError:
        return path.stem


def stamp(entry: Entry) -> tuple[object, ...]:
    """Name the state of a scenario's file, of those beside it, and of the data."""
    return _key(entry.path)
