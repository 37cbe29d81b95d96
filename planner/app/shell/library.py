"""The scenario files that the app offers, and their results, kept while the files are unchanged."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock, Thread

from planner.app.shell.settings import workspace
from planner.app.shell.worker import Worker
from planner.errors import PlannerError
from planner.io.bundle import REGISTER
from planner.io.gazetteer import Gazetteer
from planner.pipeline.result import Result
from planner.pipeline.run_scenario import must_solve, run
from planner.present.words.text import text
from planner.scenario.head import Head, read_head
from planner.scenario.load import load_scenario

Key = tuple[Path, tuple[int, ...]]
#: So many scenarios are shown at a time where a region has more.
MOST_SHOWN = 12
MOST_KEPT = 5 * MOST_SHOWN
_RESULTS: dict[Key, Future[Result | PlannerError]] = {}
_PREPARING: set[Key] = set()
_LOCK = Lock()
#: Solves the proposals that files ask for, beside those that readers ask for.
_SOLVER, _SOLVING = Worker(), Lock()
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


def regions_with(code: str) -> list[str]:
    """List the folders with a scenario of a region that a municipality belongs to."""
    found = {path.parent.name for path in _files() if code in _head(path, _version(path)).codes}
    return sorted(found)


def regions_of(codes: Collection[str]) -> list[str]:
    """List the folders with a scenario of exactly these municipalities."""
    wanted = frozenset(codes)
    found = {path.parent.name for path in _files() if _head(path, _version(path)).codes == wanted}
    return sorted(found)


def title_of(path: Path) -> str:
    """Return a scenario's title; the file's name while it cannot be read."""
    return _head(path, _version(path)).title


def result_of(entry: Entry) -> Result | PlannerError:
    """Run a scenario, or return what is wrong with it."""
    try:
        return _kept(_key(entry.path))
    except Exception:
        with _LOCK:  # what nobody foresaw is tried again when the reader asks again
            _RESULTS.pop(_key(entry.path), None)
        raise


def result_so_far(entry: Entry) -> Result | PlannerError | None:
    """Return what `result_of` would, if that is known by now."""
    with _LOCK:
        future = _RESULTS.get(_key(entry.path))
    if future is None or not future.done():
        return None
    return PlannerError(text("app.failed")) if future.exception() else future.result()


def prepare(wanted: Sequence[Entry]) -> None:
    """Run scenarios that are looked at in a thread, in their order, unless that is under way."""
    keys = [_key(one.path) for one in wanted]
    with _LOCK:
        waiting = [key for key in keys if key not in _RESULTS and key not in _PREPARING]
        _PREPARING.update(waiting)
    if waiting:
        Thread(target=_prepare, args=(waiting,), daemon=True).start()


def _prepare(waiting: Sequence[Key]) -> None:
    for key in waiting:
        try:
            _kept(key)
        except Exception:
            logging.getLogger(__name__).exception("%s failed", key[0])
        finally:
            with _LOCK:
                _PREPARING.discard(key)


def _kept(key: Key) -> Result | PlannerError:
    """Run a scenario unless that is done or under way, and wait for the result.

    Of what is done, the results that were asked for longest ago are dropped.
    """
    with _LOCK:
        mine = key not in _RESULTS
        future = _RESULTS.pop(key) if key in _RESULTS else Future()
        _RESULTS[key] = future  # the last one now
        done = [one for one, other in _RESULTS.items() if other.done() and one != key]
        for one in done[: max(0, len(_RESULTS) - MOST_KEPT)]:
            del _RESULTS[one]
    if mine:
        try:
            future.set_result(_run(key[0]))
        except PlannerError as error:
            future.set_result(error)
        except BaseException as error:
            future.set_exception(error)
            raise
    return future.result()


def _run(path: Path) -> Result:
    data = workspace().data
    scenario = load_scenario(path, data)
    if not must_solve(scenario, data):
        return run(scenario, bundle=data)
    with _SOLVING:
        found: Result = _SOLVER(
            lambda hear: run(scenario, bundle=data, progress=hear), lambda: True, lambda _: None
        )
    return found


def _key(path: Path) -> Key:
    """Name a result; a scenario depends on its baseline's file, which may on another's."""
    files: list[Path] = []
    found = path
    while found not in files and found.is_file():
        files.append(found)
        found = found.parent / Path(_head(found, _version(found)).baseline).name
    return path, tuple(time for file in files for time in _version(file))


def _files() -> list[Path]:
    return sorted(workspace().scenarios.glob("*/*.yaml"))


def _in(path: Path, region: str) -> bool:
    return path.parent.name == region


def _is_today(entry: Entry) -> bool:
    return entry.path.stem.startswith("dagens")


def _version(*files: Path) -> tuple[int, ...]:
    """Return when some files, or the data, were last written."""
    register = workspace().data.folder / REGISTER
    return tuple(file.stat().st_mtime_ns for file in (*files, register))


@lru_cache(maxsize=5000)
def _head(path: Path, version: tuple[int, ...]) -> Head:  # noqa: ARG001 - part of the cache key
    return read_head(path, Gazetteer.from_bundle(workspace().data))


def stamp(entry: Entry) -> tuple[object, ...]:
    """Name the state of a scenario's file, of those beside it, and of the data."""
    return entry.path, _version(*sorted(entry.path.parent.glob("*.yaml")))
