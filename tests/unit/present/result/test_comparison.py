"""Results side by side, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.assess.scorecard import scorecard
from planner.model.plan import Plan
from planner.pipeline.result import Result
from planner.present.result.comparison import (
    agreement_counts,
    column_heads,
    comparison_rows,
    gains_and_losses,
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


def test_heads_are_numbered_and_short(results: list[Result]) -> None:
    first, second = column_heads(results)
    assert first == "1 Hver for seg"
    assert second.startswith("2 Alle sammen")
    assert second.endswith("…")
    assert len(second) <= len("2 ") + 36


def test_rows_by_family_with_changes_and_differences(results: list[Result]) -> None:
    found = comparison_rows(results)
    rows = {row.key: row for family in found.values() for row in family}
    assert set(rows) == set(results[0].scores)
    assert all(row.key.startswith(f"{family}.") for family, all_ in found.items() for row in all_)
    offices = rows["structure.offices"]
    count = len(results[0].instance.codes)
    assert [cell.value for cell in offices.cells] == [str(count), "1"]
    assert [cell.change for cell in offices.differences] == [f"−{count - 1}"]
    assert offices.differences[0].judgement == "changed"
    assert offices.differs
    way = rows["access.max_min"]
    assert way.cells[0].value == "0,0"
    assert way.differences[0].judgement == "worse"


def test_a_figure_that_one_of_them_lacks(results: list[Result]) -> None:
    fewer = {key: score for key, score in results[0].scores.items() if key != "access.max_min"}
    found = comparison_rows([replace(results[0], scores=fewer), results[1]], ["access.max_min"])
    (row,) = found["access"]
    assert row.cells[0].value == "–"
    assert row.differences[0].change == ""


def test_gains_and_losses_are_not_added_up(results: list[Result]) -> None:
    found = gains_and_losses(results[1])
    host, *others = results[1].instance.codes
    assert "Årsverk ansatt +" in found[host][0]
    assert all("Minutter til vertskontoret +" in found[code][1] for code in others)
    assert all("Eget vertskontor" in found[code][1] for code in others)


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


def test_items_of_the_agreement(results: list[Result]) -> None:
    assert agreement_counts(results[0]) == (0, 0)
    assert agreement_counts(results[1]) == (9, 8)  # only the participants are settled
    assert agreement_counts(replace(results[1], plan=None)) == (0, 0)
