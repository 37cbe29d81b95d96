"""Results side by side, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.assess.scorecard import scorecard
from planner.model.plan import Plan
from planner.pipeline.result import Result
from planner.present.result.comparison import (
    column_heads,
    comparison_rows,
    counted_from,
    group_sentences,
    host_changes,
    no_sentences,
)
from planner.scenario.vocabulary import Scenario
from tests.support.factories import three_fjords


@pytest.fixture(scope="module")
def results() -> list[Result]:
    """Two plans of one region: everybody alone, and everybody with Aga."""
    instance = three_fjords()
    alone = Plan({code: code for code in instance.codes}, form="today")
    together = Plan(dict.fromkeys(instance.codes, instance.codes[0]), form="host_municipality")
    return [made(alone, "Hver for seg"), made(together, "Alle " + "sammen " * 10)]


def made(plan: Plan, title: str) -> Result:
    instance = three_fjords()
    groups = [{"host": "Aga", "members": ["Bru"]}]  # the plan is what is measured
    scenario = Scenario.model_validate(
        {"schema": 1, "title": title, "region": {"council": "X"}, "groups": groups}
    )
    return Result(scenario, instance, plan, scores=scorecard(instance, plan))


def test_heads_are_numbered_titles(results: list[Result]) -> None:
    first, second = column_heads(results)
    assert first == "1 Hver for seg"
    assert second == f"2 {results[1].scenario.title}"


def test_rows_by_family_with_changes_and_differences(results: list[Result]) -> None:
    found = comparison_rows(results)
    rows = {row.key: row for family in found.values() for row in family}
    assert set(rows) == set(results[0].scores)
    assert all(row.key.startswith(f"{family}.") for family, all_ in found.items() for row in all_)
    offices = rows["structure.offices"]
    count = len(results[0].instance.codes)
    assert [cell.value for cell in offices.cells] == [str(count), "1"]
    assert [cell.change for cell in offices.differences] == ["uendret", f"−{count - 1}"]
    assert offices.differences[1].judgement == "changed"
    (back,) = comparison_rows(results, ["structure.offices"], base=1)["structure"]
    assert [cell.change for cell in back.differences] == [f"+{count - 1}", "uendret"]
    assert offices.differs
    way = rows["access.max_min"]
    assert way.cells[0].value == "0,0"
    assert way.differences[1].judgement == "worse"


def test_a_figure_that_one_of_them_lacks(results: list[Result]) -> None:
    fewer = {key: score for key, score in results[0].scores.items() if key != "access.max_min"}
    found = comparison_rows([replace(results[0], scores=fewer), results[1]], ["access.max_min"])
    (row,) = found["access"]
    assert row.cells[0].value == "–"
    assert [cell.change for cell in row.differences] == ["", ""]


def test_counted_from_another_plan_of_the_same_municipalities(results: list[Result]) -> None:
    alone, together = results
    counted = counted_from(together, alone)
    assert counted.instance.baseline is alone.plan
    assert counted.plan is together.plan
    assert counted_from(together, alone) is counted  # kept: figures are remembered by object
    assert counted_from(together, replace(alone, plan=None)) is together


def test_who_changes_host(results: list[Result]) -> None:
    assert host_changes(*results) == results[0].instance.codes[1:]
    assert host_changes(results[0], results[0]) == []
    assert host_changes(results[0], replace(results[1], plan=None)) == []


def test_if_one_says_no(results: list[Result]) -> None:
    alone, together = results
    names = together.instance.names
    last = together.instance.codes[-1]
    assert group_sentences(alone) == []
    assert no_sentences(alone, last)[0].startswith(f"{names[last]} har eget kontor alene")
    assert any(names[together.instance.codes[0]] in one for one in group_sentences(together))
    assert no_sentences(together, last)[0].startswith(f"Sier {names[last]} nei")
