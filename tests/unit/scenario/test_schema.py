"""The JSON Schema that editors use is the vocabulary's, and agrees with what is accepted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from planner.scenario.schema import FILE, scenario_schema, scenario_shape, schema_text
from planner.scenario.vocabulary import Scenario
from planner.yamlfile.parse import read_lines

jsonschema = pytest.importorskip("jsonschema", reason="the editor's validator is not installed")

MINIMAL: dict[str, Any] = {
    "schema": 1,
    "title": "Modell",
    "region": {"council": "Hallingdal"},
    "groups": [{"host": "Gol"}],
}
SCENARIOS = sorted(FILE.parent.glob("*/*.yaml"))


def test_the_file_is_the_vocabulary_s() -> None:
    message = "run 'python -m planner.scenario.schema', which writes the schema anew"
    assert FILE.read_text(encoding="utf-8") == schema_text(), message


def test_null_is_never_offered() -> None:
    assert "null" not in schema_text()


def test_references_can_be_replaced() -> None:
    assert "$ref" not in json.dumps(scenario_shape())


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_shipped_scenarios_are_valid_in_an_editor(path: Path) -> None:
    root = read_lines(path.read_text(encoding="utf-8")).root
    assert root is not None
    plain = json.loads(json.dumps(root.plain(), default=str))
    jsonschema.Draft7Validator(scenario_schema()).validate(plain)


@pytest.mark.parametrize(
    "change",
    [
        {"form_": "today"},
        {"title": 3},
        {"title": ""},
        {"schema": 2},
        {"form": "merger"},
        {"groups": []},
        {"groups": [{"host": "Gol", "hosts": 1}]},
        {"groups": [{"host": "Gol", "locations": {"Ål": 6}}]},
        {"municipalities": {"Gol": {"population": -1}}},
        {"network": {"close": [["Gol"]]}},
        {"network": {"close": [{"link": ["Gol", "Ål"], "rod": "Rv7"}]}},
        {"workshop": {"risk": {"17": {"likelihood": 1, "consequence": 1}}}},
        {"workshop": {"risk": {"11": {"likelihood": 6, "consequence": 1}}}},
        {"agreement": {"notice_months": 11}},
        {"agreement": {"information": ""}},
        {"region": {"council": ""}},
        {"rest": "today"},
    ],
)
def test_editor_and_program_refuse_the_same(change: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(scenario_schema()).validate(MINIMAL | change)
    with pytest.raises(ValidationError):
        Scenario.model_validate(_with_whole_keys(MINIMAL | change))


@pytest.mark.parametrize(
    "change",
    [
        {"network": {"close": [["Gol", "Ål"], {"link": ["Gol", "Ål"], "road": "Rv7"}]}},
        {"workshop": {"risk": {"16": {"likelihood": 5, "consequence": 1}}}},
        {"municipalities": {"3041": {"population": 4584, "fte": 11.5}}},
        {"agreement": {"notice_months": 12, "settlement": "users", "authority": "joint_board"}},
    ],
)
def test_editor_and_program_accept_the_same(change: dict[str, Any]) -> None:
    jsonschema.Draft7Validator(scenario_schema()).validate(MINIMAL | change)
    Scenario.model_validate(_with_whole_keys(MINIMAL | change))


@pytest.mark.parametrize(
    "change", [{"region": {}}, {"region": {"council": "A", "county": "B"}}, {"propose": {}}]
)
def test_an_editor_tells_what_excludes_one_another(change: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(scenario_schema()).validate(MINIMAL | change)


def _with_whole_keys(plain: dict[str, Any]) -> dict[str, Any]:
    """Read keys of risk factors as YAML reads them."""
    if "workshop" in plain:
        risk = {int(number): score for number, score in plain["workshop"]["risk"].items()}
        return plain | {"workshop": {"risk": risk}}
    return plain
