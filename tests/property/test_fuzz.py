"""Whatever is changed in a shipped scenario or table, there is a result or there are sentences.

Never a traceback, a figure that JSON has no word for, a key that is ignored, or a long wait.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import resource
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from planner.errors import DataError, Fault, PlannerError
from planner.io.bundle import Bundle, seal
from planner.io.tables.assumptions import load_assumptions
from planner.io.tables.land import read_borders
from planner.io.tables.municipalities import read_aliases, read_municipalities
from planner.io.tables.offices import read_office_members, read_office_units, read_offices
from planner.io.tables.population import read_population
from planner.io.tables.presence import read_sami_areas
from planner.io.tables.roads import read_roads
from planner.io.tables.services import service_catalogues
from planner.io.tables.staff import read_staff
from planner.pipeline.run_scenario import run
from planner.present.result.document import as_document
from planner.present.words.faults import fault_words
from planner.present.words.text import LANGUAGES, speaking
from planner.scenario.load import check_scenario, known_in
from planner.yamlfile.parse import read_lines
from tests.support.data import DATA
from tests.support.paths import SCENARIOS

FILES = (
    "hallingdal/modell-b.yaml",
    "hallingdal/modell-e.yaml",
    "hallingdal/forslag.yaml",
    "ofoten/uten-halogalandsbrua.yaml",
)
#: Seconds of processor time, which other programs do not use up; the first run reads the data.
MOST_S = 2.0
MOST_BYTES = 1_000_000_000
FEW = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
FIGURES = (0, 1, -1, 0.5, 1e-300, 1e5, 1e9, 10_000_000, float("nan"), float("inf"), 2**70)
WORDS = ("", " ", "Gol", "Oslo", "Ballangen", "Nes", "0617", "today", "x" * 400, "\u200b", "=1+1")
STRANGE = st.sampled_from(
    (*FIGURES, *WORDS, True, None, [], {}, [["Gol"]], dt.date(1990, 1, 1), dt.date(2100, 12, 31))
)


def peak_bytes() -> int:
    """Most memory that this process has had so far; it never falls."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


@cache
def shipped(file: str) -> dict[str, Any]:
    root = read_lines((SCENARIOS / file).read_text(encoding="utf-8")).root
    assert root is not None
    plain = root.plain()
    assert isinstance(plain, dict)
    return plain


@cache
def parameters() -> list[tuple[str, float]]:
    """Every parameter at both ends of what a scenario may set."""
    known = load_assumptions(DATA)
    return [(name, end) for name, entry in sorted(known.items()) for end in entry.allowed]


def paths(part: object, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every key and place of a list under a part."""
    below: list[tuple[Any, object]] = []
    if isinstance(part, dict | list):
        below = list(part.items() if isinstance(part, dict) else enumerate(part))
    return [path for name, one in below for path in ((*here, name), *paths(one, (*here, name)))]


@st.composite
def changed_scenarios(draw: st.DrawFn) -> tuple[str, str]:
    """A shipped file and its text after a few changes."""
    file = draw(st.sampled_from(FILES))
    text = io.StringIO()
    tree = json.loads(json.dumps(shipped(file), default=lambda day: f"date {day}"))
    for _ in range(draw(st.integers(1, 3))):
        _change(draw, tree)
    YAML(typ="safe", pure=True).dump(_with_dates(tree), text)
    words = text.getvalue()
    if draw(st.integers(0, 4)) == 0:  # a slip of the hand in the text itself
        place = draw(st.integers(0, len(words)))
        slip = draw(st.sampled_from(["", "\n", ":", " ", "]", "\t", "'", "...\n"]))
        words = words[:place] + slip + words[place + draw(st.integers(0, 2)) :]
    return file, words


def _change(draw: st.DrawFn, tree: dict[str, Any]) -> None:
    kind = draw(st.sampled_from(["value", "value", "gone", "renamed", "own", "assumed", "limit"]))
    if kind == "own":
        name = draw(st.sampled_from(["Gol", "Ål", "Narvik", "Hemsedal"]))
        own = {key: draw(STRANGE) for key in draw(st.sets(st.sampled_from(["population", "fte"])))}
        tree["municipalities"] = {name: own}
    elif kind == "assumed":
        tree["assumptions"] = dict([draw(st.sampled_from(parameters()))])
    elif kind == "limit":
        limit = draw(st.sampled_from(["min_fte", "max_fte", "max_members", "max_travel_minutes"]))
        propose = tree.get("propose")
        if isinstance(propose, dict):
            propose["constraints"] = {limit: draw(st.sampled_from(FIGURES))}
    elif found := paths(tree):
        *above, name = draw(st.sampled_from(found))
        parent: Any = tree
        for step in above:
            parent = parent[step]
        if kind == "value":
            parent[name] = draw(STRANGE)
        elif kind == "renamed" and isinstance(parent, dict):
            parent[f"{name}{draw(st.sampled_from('sx '))}"] = parent.pop(name)
        else:
            del parent[name]


def _with_dates(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _with_dates(child) for name, child in part.items()}
    if isinstance(part, list):
        return [_with_dates(child) for child in part]
    is_date = isinstance(part, str) and part.startswith("date ")
    return dt.date.fromisoformat(part[5:]) if is_date else part


def keys_of(part: object) -> list[tuple[Any, ...]]:
    return [path for path in paths(part) if not isinstance(path[-1], int)]


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """Read the data, and everything that a run imports, before anything is timed."""
    for file in FILES:
        scenario, faults = check_scenario(_text(file), SCENARIOS / file, known_in(DATA))
        assert scenario is not None, faults
        run(scenario, bundle=DATA)


def _text(file: str) -> str:
    return (SCENARIOS / file).read_text(encoding="utf-8")


@FEW
@given(changed_scenarios())
def test_a_changed_scenario_gives_a_result_or_sentences(given_: tuple[str, str]) -> None:
    file, text = given_
    start, peak = time.process_time(), peak_bytes()
    scenario, faults = check_scenario(text, SCENARIOS / file, known_in(DATA))
    if scenario is None:
        assert faults
        for language in LANGUAGES:
            with speaking(language):
                assert all(fault_words(fault).endswith((".", "?")) for fault in faults)
    else:
        root = read_lines(text).root
        assert root is not None
        kept = scenario.model_dump(by_alias=True, exclude_unset=True)
        assert set(keys_of(root.plain())) == set(keys_of(kept))  # no key is ignored
        with suppress(PlannerError):
            result = run(scenario, bundle=DATA)
            json.dumps(as_document(result), allow_nan=False)
    assert time.process_time() - start < MOST_S
    assert peak_bytes() - peak < MOST_BYTES


#: Table -> what reads it.
READERS: dict[str, Callable[[Bundle], object]] = {
    "municipalities": read_municipalities,
    "aliases": lambda bundle: read_aliases(bundle, read_municipalities(bundle)),
    "places": read_roads,
    "links": read_roads,
    "borders": read_borders,
    "offices": read_offices,
    "office_members": read_office_members,
    "office_units": read_office_units,
    "population": read_population,
    "staff": read_staff,
    "sami_areas": read_sami_areas,
    "services": service_catalogues,
}
CELLS = ("", "-1", "0", "inf", "nan", "1e400", "1e11", "x", "9999", "0301", '"', ",", "\x00", "2.5")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("data") / "data"
    shutil.copytree(DATA.folder, target)
    return target


@FEW
@given(st.data())
def test_a_changed_table_is_read_or_refused_in_sentences(folder: Path, data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(sorted(READERS)))
    path = folder / f"{table}.csv"
    whole = path.read_bytes()
    try:
        path.write_text(_spoilt(data, path), encoding="utf-8")
        if data.draw(st.booleans()):
            seal(folder)
        start, peak = time.process_time(), peak_bytes()
        for fault in _refused(READERS[table], Bundle(folder)):
            assert fault_words(fault).endswith((".", "?"))
        assert time.process_time() - start < MOST_S
        assert peak_bytes() - peak < MOST_BYTES
    finally:
        path.write_bytes(whole)
        seal(folder)


def _refused(read: Callable[[Bundle], object], bundle: Bundle) -> tuple[Fault, ...]:
    try:
        read(bundle)
    except DataError as error:
        return tuple(error.faults)
    return ()


def _spoilt(data: st.DataObject, path: Path) -> str:
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    line = data.draw(st.integers(0, min(len(rows) - 1, 400)))
    row = rows[line]
    kind = data.draw(st.sampled_from(["cell", "cell", "more", "fewer", "twice", "gone", "half"]))
    if kind == "cell":
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(st.sampled_from(CELLS))
    elif kind == "more":
        row.append(data.draw(st.sampled_from(CELLS)))
    elif kind == "fewer":
        row.pop()
    elif kind == "twice":
        rows.insert(line, list(row))
    elif kind == "gone":
        rows.pop(line)
    else:
        del rows[max(1, len(rows) // 2) :]
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue()
