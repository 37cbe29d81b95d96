"""What the text field completes by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from planner.app.edit.completion import NAMED, completion
from planner.scenario.load import known_in
from planner.scenario.schema import scenario_shape
from tests.support.data import DATA
from tests.support.paths import SCENARIOS

#: Keys whose texts are the planner's own, or that name what no list knows.
OWN_WORDS = {"title", "description", "information", "dissolution", "other", "from_date", "date",
             "case_system", "road", "regional_staff", "risk", "plan"}  # fmt: skip


@pytest.fixture(scope="module")
def offered() -> dict[str, Any]:
    return completion(SCENARIOS / "hallingdal" / "modell-e.yaml", known_in(DATA))


def free_texts(node: dict[str, Any], key: str = "") -> Iterator[str]:
    """List keys whose value, members or keys may be any text."""
    if node.get("type") == "string" and "enum" not in node and "const" not in node:
        yield key
    if isinstance(node.get("additionalProperties"), dict):
        yield key
        yield from free_texts(node["additionalProperties"], key)
    for name, below in node.get("properties", {}).items():
        yield from free_texts(below, name)
    for part in (node.get("items"), *node.get("oneOf", ()), *node.get("anyOf", ())):
        if isinstance(part, dict):
            yield from free_texts(part, key)


def test_every_key_that_takes_names_is_told_which() -> None:
    assert set(free_texts(dict(scenario_shape()))) == NAMED.keys() | OWN_WORDS


def test_names_are_those_that_a_scenario_may_use(offered: dict[str, Any]) -> None:
    names, gazetteer = offered["names"], known_in(DATA).gazetteer
    assert names.keys() == set(NAMED.values())
    codes = [gazetteer.resolve(name) for name in names["municipality"]]
    assert len(set(codes)) == len(codes) == 356
    assert "Hallingdal" in names["council"]
    assert "Nordland" in names["county"]
    assert all("#" not in name and ": " not in name for kind in names.values() for name in kind)


def test_a_baseline_is_a_word_or_a_file_beside(offered: dict[str, Any]) -> None:
    baselines = offered["names"]["baseline"]
    assert baselines[:2] == ["today", "own_office"]
    assert "modell-a.yaml" in baselines
    assert "modell-e.yaml" not in baselines


def test_a_folder_that_is_gone_has_no_baselines() -> None:
    names = completion(Path("nowhere/new.yaml"), known_in(DATA))["names"]
    assert names["baseline"] == ["today", "own_office"]
