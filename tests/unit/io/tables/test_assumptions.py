"""Parameters: each with unit, range and source; faults named by line."""

from pathlib import Path

import pytest

from planner.errors import DataError
from planner.io.bundle import COLUMNS, Bundle, seal, write_register
from planner.io.tables.assumptions import load_assumptions
from tests.support.data import DATA

GOOD = """\
speed_kmh:
  unit: km/h
  default: 55
  low: 40
  high: 75
  provenance: assumed
  source: chosen
  meaning: mean speed
"""


def bundle(folder: Path, text: str) -> Bundle:
    (folder / "assumptions.yaml").write_text(text, encoding="utf-8")
    values = dict.fromkeys(COLUMNS, "x") | {"id": "assumptions", "table": "assumptions.yaml"}
    write_register(folder / "sources.csv", [values | {"provenance": "assumed", "sha256": ""}])
    seal(folder)
    return Bundle(folder)


def test_the_shipped_parameters_are_complete() -> None:
    found = load_assumptions(DATA)
    assert found["local_detour_factor"].default == 1.3
    assert all(entry.low <= entry.default <= entry.high for entry in found.values())


def test_a_parameter_is_read(tmp_path: Path) -> None:
    assert load_assumptions(bundle(tmp_path, GOOD))["speed_kmh"].high == 75


def test_a_scenario_may_set_more_than_the_range_where_the_table_says_so(tmp_path: Path) -> None:
    assert load_assumptions(bundle(tmp_path, GOOD))["speed_kmh"].allowed == (40, 75)
    wider = GOOD.replace("high: 75", "high: 75\n  least: 5\n  most: 110")
    (tmp_path / "wider").mkdir()
    assert load_assumptions(bundle(tmp_path / "wider", wider))["speed_kmh"].allowed == (5, 110)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("default: 55", "default: fast", "assumptions.yaml:1  speed_kmh.default: "),
        ("default: 55", "default: 90", "outside its own range 40.0 to 75.0"),
        ("  source: chosen\n", "", "speed_kmh.source: Field required"),
        ("unit: km/h", "unit: km/h\n  unti: x", "speed_kmh.unti: "),
        ("provenance: assumed", "provenance: guessed", "speed_kmh.provenance: "),
        ("default: 55", "default: .nan", "speed_kmh.default: "),
        ("high: 75", "high: 75\n  most: 70", "is outside what is allowed, 40.0 to 70.0"),
    ],
)
def test_faults_name_the_parameter(tmp_path: Path, old: str, new: str, expected: str) -> None:
    with pytest.raises(DataError) as caught:
        load_assumptions(bundle(tmp_path, GOOD.replace(old, new)))
    assert expected in str(caught.value)


@pytest.mark.parametrize("text", ["", "- a\n", "a: [\n", "a: 1\na: 2\n"])
def test_not_a_list_of_parameters(tmp_path: Path, text: str) -> None:
    with pytest.raises(DataError, match=r"assumptions\.yaml"):
        load_assumptions(bundle(tmp_path, text))
