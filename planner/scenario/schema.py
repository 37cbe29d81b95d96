"""JSON Schema of scenario files: editors complete and check keys by it, faults are worded by it.

``python -m planner.scenario.schema`` writes it beside the scenarios.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from typing import Final

from planner.scenario.vocabulary import Scenario
from planner.shipped import SCENARIOS
from planner.yamlfile.schema import WrittenSchema
from planner.yamlfile.wording import JsonSchema, dereferenced

FILE: Final = SCENARIOS / "scenario.schema.json"


@cache
def scenario_schema() -> JsonSchema:
    """Return the JSON Schema of a scenario, in the draft that YAML editors support (7)."""
    schema = Scenario.model_json_schema(by_alias=True, schema_generator=WrittenSchema)
    return {"$schema": "http://json-schema.org/draft-07/schema#"} | schema


@cache
def scenario_shape() -> JsonSchema:
    """Return the JSON Schema of a scenario without references, for wording faults."""
    return dict(dereferenced(scenario_schema()))


def schema_text() -> str:
    """Return the JSON Schema as it stands in its file."""
    return json.dumps(scenario_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    FILE.write_text(schema_text(), encoding="utf-8")
    sys.stdout.write(f"written: {FILE.name}\n")
