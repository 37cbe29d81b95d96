"""Where a plan comes from: what people changed is theirs, what was computed is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planner.pipeline.result import Origin, Result, derivation
from planner.pipeline.run_scenario import run
from planner.present.words.origin import origin_sentence, origin_words
from planner.scenario.load import check_scenario, known_in
from planner.scenario.vocabulary import Propose, Scenario
from tests.support.data import DATA

ASKING = """\
schema: 1
title: A
region: {council: Hallingdal}
date: 2018-01-01
propose: {weights: {travel: 1}, constraints: {offices: {max: 2}}, alternatives: 1}
"""
DRAWN = ASKING.split("propose", maxsplit=1)[0]


def read(text: str) -> Scenario:
    scenario, faults = check_scenario(text, Path("a.yaml"), known_in(DATA))
    assert not faults
    assert scenario is not None
    return scenario


def computed(groups: str, plan: str, outcome: str = "optimal") -> Result:
    derived = f"{{request: {{}}, outcome: {outcome}, objective: 9.5, bound: 9.0, plan: '{plan}'}}"
    return run(read(f"{DRAWN}groups: {groups}\nderived_from: {derived}\n"), bundle=DATA)


def test_what_is_derived_names_the_answer_and_which_of_them_it_is() -> None:
    answer = run(read(ASKING), bundle=DATA)
    assert answer.origin == "proposed"
    assert answer.proposal is not None
    assert answer.plan is not None
    best, other = (derivation(Propose(), answer.proposal, place) for place in (0, 1))
    assert best is not None
    assert other is not None
    assert (best.plan, best.alternative, best.outcome) == (answer.plan.mark, None, "optimal")
    assert (other.plan, other.alternative) == (answer.proposal.alternatives[0][0].mark, 1)
    assert best.objective is not None
    assert other.objective is not None
    assert best.bound == pytest.approx(best.objective)
    assert other.objective > best.objective


GROUPS = "[{host: Gol, members: [Flå, Nesbyen, Hemsedal, Ål, Hol]}]"


def test_a_plan_is_computed_until_people_change_it() -> None:
    mark = computed(GROUPS, "?").plan.mark  # type: ignore[union-attr]
    other = GROUPS.replace(", Hol]}", "]}, {host: Hol}")
    told: dict[Origin, Result] = {
        "computed": computed(GROUPS, mark),
        "changed": computed(other, mark),
        "listed": computed(GROUPS, mark, "listed"),
        "drawn": run(read(f"{DRAWN}groups: {GROUPS}\n"), bundle=DATA),
        "in_force": run(read(f"{DRAWN}form: today\n"), bundle=DATA),
    }
    for origin, result in told.items():
        assert result.origin == origin
        by_people = re.search("mennesker|arbeidsgruppe", origin_words(result)) is not None
        assert by_people == (origin in {"drawn", "changed"})
    assert "9,50, bevist nedre grense 9,00" in origin_sentence(told["computed"])
    assert len({origin_sentence(result) for result in told.values()}) == len(told)


def test_who_is_derived_must_have_groups() -> None:
    derived = "derived_from: {request: {}, outcome: optimal, plan: x}\n"
    _, faults = check_scenario(ASKING + derived, Path("a.yaml"), known_in(DATA))
    assert [fault.key for fault in faults] == ["derived_from"]
