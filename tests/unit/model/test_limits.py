"""Every limit and weight of the table is known wherever a planner, or a solver, meets it."""

from __future__ import annotations

import inspect
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from planner.model.limits import (
    FIGURES,
    LIMIT,
    LIMITS,
    MEASURES,
    MOST_WEIGHT,
    RANGES,
    TERMS,
    WEIGHTS,
    Limit,
    LimitValue,
    let_serve,
)
from planner.model.plan import Plan
from planner.model.request import Request
from planner.model.weights import Weights
from planner.optimise import propose
from planner.optimise.explain.limit_change import LimitChange
from planner.optimise.explain.relaxations import relaxations
from planner.optimise.grouping.conflict import limits_of
from planner.optimise.grouping.constraints import FAMILIES
from planner.optimise.grouping.objective import term_tables
from planner.optimise.judge import BrokenLimit, LimitJudge
from planner.pipeline.sweep import KEYS
from planner.present.editor.request_codec import read_request, write_request
from planner.present.words.diagnosis import change_text
from planner.present.words.limits import broken_sentence, limit_label, limit_name
from planner.present.words.text import LANGUAGES, keys, speaking
from planner.present.words.weights import exchange_sentence
from planner.scenario.schema import scenario_shape
from planner.scenario.value_types import Strict
from planner.scenario.vocabulary import Constraints, Propose
from tests.support.factories import three_fjords

GOLDEN = Path(__file__).parents[2] / "golden" / "grouping"
AGA, BRU, DAL, EID, FET, GOL = CODES = [f"000{number}" for number in range(1, 7)]
TWO = Plan.from_groups({AGA: [BRU, DAL], EID: [FET, GOL]})
TORN = Plan.from_groups({AGA: [BRU, EID], DAL: [FET, GOL]})
FREE = Request(contiguous=False, exempt="never")

#: Limit -> a value that a plan breaks, the plan, and the rows, or choices, that keep it.
BROKEN: dict[str, tuple[LimitValue, Plan, str]] = {
    "max_travel_minutes": (45.0, TWO, "assignment"),
    "min_fte": (11.0, TWO, "least_size"),
    "max_fte": (13.0, TWO, "largest_size"),
    "min_population": (6000.0, TWO, "least_size"),
    "max_population": (6500.0, TWO, "largest_size"),
    "max_members": (2.0, TWO, "largest_size"),
    "offices.min": (3.0, TWO, "offices"),
    "offices.max": (1.0, TWO, "offices"),
    "hosts.fixed": (frozenset({GOL}), TWO, "fixed_hosts"),
    "hosts.allowed": (frozenset({AGA, BRU}), TWO, "assignment"),
    "hosts.forbidden": (frozenset({AGA}), TWO, "assignment"),
    "together": ((frozenset({DAL, EID}),), TWO, "together"),
    "apart": ((frozenset({AGA, DAL}),), TWO, "apart"),
    "contiguous": (True, TORN, "cuts"),
    "keep_baseline_groups": (True, TORN, "together"),
    "within": ("county", TWO, "apart"),
}
#: Limits that only loosen others -> what they loosen, a value that helps, and the same test.
LOOSENED: dict[str, tuple[dict[str, LimitValue], LimitValue]] = {
    "crossing_allowed": ({"within": "county"}, frozenset({GOL})),
    "exempt": ({"min_fte": 11.0}, frozenset({EID})),
}


def with_baseline() -> Any:
    return replace(three_fjords(), baseline=TWO)


def broken(request: Request, plan: Plan) -> set[str]:
    return {one.limit for one in LimitJudge(with_baseline(), request).of_plan(plan)}


def constraint_keys(part: type[Strict], above: str = "") -> set[str]:
    found = set()
    for name, field in part.model_fields.items():
        inner = field.annotation
        if inspect.isclass(inner) and issubclass(inner, Strict):
            found |= constraint_keys(inner, f"{above}{name}.")
        else:
            found.add(above + name)
    return found


def shape(*path: str) -> dict[str, Any]:
    """What the JSON Schema says of a part of a request."""
    asked = scenario_shape()["properties"]["propose"]
    asked = next((one for one in asked.get("anyOf", []) if "properties" in one), asked)
    return reduce(lambda node, name: node["properties"][name], path, asked)


def test_the_vocabulary_has_every_limit_and_weight_and_no_other() -> None:
    # how far is measured is no limit of its own
    assert constraint_keys(Constraints) - {"max_travel_of"} == set(LIMIT)
    assert tuple(Weights.model_fields) == TERMS
    assert len(LIMIT) == len(LIMITS)


def test_every_limit_and_weight_is_described_to_editors() -> None:
    for limit in LIMITS:
        assert shape("constraints", *limit.key.split("."))["description"].endswith("."), limit.key
    for term in TERMS:
        assert shape("weights", term)["description"].endswith(".")


@pytest.mark.parametrize("limit", FIGURES, ids=lambda limit: limit.key)
def test_a_figure_may_be_as_little_and_as_much_as_its_measure(limit: Limit) -> None:
    measure = MEASURES[limit.measure]
    for bound, beyond in ((measure.least, measure.least - 1), (measure.most, measure.most * 2)):
        assert Propose().with_limit(limit.key, bound).limit(limit.key) == bound
        with pytest.raises(ValidationError):
            Propose().with_limit(limit.key, beyond)


def test_ranges_have_a_least_and_a_most_of_the_same() -> None:
    pairs = [(least.key, most.key) for least, most in RANGES]
    assert sorted(pairs) == [
        ("min_fte", "max_fte"),
        ("min_population", "max_population"),
        ("offices.min", "offices.max"),
    ]


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.key)
def test_a_limit_is_set_and_read_by_its_key(limit: Limit) -> None:
    value = BROKEN[limit.key][0] if limit.key in BROKEN else LOOSENED[limit.key][1]
    request = Request().with_limit(limit.key, value)
    assert request.limit(limit.key) == value
    names = {code for part in value for code in part} if isinstance(value, tuple) else value
    assert request.municipalities == (names if isinstance(names, frozenset | set) else frozenset())
    asked = Propose().with_limit(limit.key, value)
    back = read_request(write_request(asked), CODES)
    assert back == asked


def test_every_limit_is_kept_by_some_rows_that_have_been_reviewed() -> None:
    assert set(BROKEN) | set(LOOSENED) == set(LIMIT)
    rows = {family.__name__ for family in FAMILIES} | {"cuts"}
    for key, (_, _, golden) in BROKEN.items():
        assert golden in rows, key
        assert (GOLDEN / f"{golden}.lp").exists(), key


@pytest.mark.parametrize("key", BROKEN)
def test_a_limit_is_judged_and_no_proposal_breaks_it(key: str) -> None:
    value, plan, _ = BROKEN[key]
    request = FREE.with_limit(key, value)
    assert key not in broken(FREE, plan)
    assert broken(request, plan) == {key}
    found = propose(with_baseline(), request).plan
    assert found is None or not broken(request, found)


@pytest.mark.parametrize("key", LOOSENED)
def test_what_loosens_a_limit_loosens_it(key: str) -> None:
    tight = FREE
    for other, value in LOOSENED[key][0].items():
        tight = tight.with_limit(other, value)
    assert broken(tight, TWO) == set(LOOSENED[key][0])
    assert not broken(tight.with_limit(key, LOOSENED[key][1]), TWO)


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.key)
def test_a_limit_can_give_way_and_be_blamed(limit: Limit) -> None:
    instance, key = with_baseline(), limit.key
    if key in BROKEN:
        request = FREE.with_limit(key, BROKEN[key][0])
        assert key in {one.fact.key for one in limits_of(request)}
    else:
        request = FREE
        for other, value in LOOSENED[key][0].items():
            request = request.with_limit(other, value)
    (way,) = (one for one in relaxations(instance, request) if one.key == key)
    assert key not in broken(request.with_limit(key, way.whole), BROKEN.get(key, (None, TWO))[1])
    told = change_text(instance.names, LimitChange(key, request.limit(key), way.whole))
    assert told.startswith(key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_limit_and_weight_has_its_texts(language: Any) -> None:
    with speaking(language):
        for limit in LIMITS:
            assert limit_name(limit.key)
            assert limit_label(limit.key)
            for word in limit.words:
                assert f"limit.is.{limit.key}.{word}" in keys()
            if limit.key != "crossing_allowed":  # it forbids nothing
                one = BrokenLimit(limit.key, AGA, (BRU,), 1.0, 2.0)
                assert "{" not in broken_sentence(one, three_fjords().names)
        everything = Weights(**dict.fromkeys(TERMS, 1.0))
        for term in TERMS:
            assert {f"weight.name.{term}", f"weight.term.{term}"} <= keys()
            assert exchange_sentence(term, everything) != exchange_sentence(
                term, Weights(travel=0.0)
            )


def test_every_figure_and_weight_can_be_swept() -> None:
    assert {f"constraints.{limit.key}" for limit in FIGURES} < set(KEYS)
    assert {f"weights.{term}" for term in TERMS} < set(KEYS)


@pytest.mark.parametrize("term", TERMS)
def test_a_weight_has_bounds_an_address_and_a_term(term: str) -> None:
    assert Weights(**{term: MOST_WEIGHT})
    with pytest.raises(ValidationError):
        Weights(**{term: MOST_WEIGHT * 2})
    asked = Propose(weights=Weights(**{"travel": 0.0, term: 2.5}))
    assert read_request(write_request(asked), CODES) == asked
    assert term in term_tables(three_fjords()).of(np.array([0, 0, 0, 3, 3, 3]))
    assert 0 < WEIGHTS[term].step < 1


def test_letting_a_host_serve_is_the_same_by_name_and_by_code() -> None:
    asked = let_serve(Propose(), {DAL: GOL, AGA: AGA})
    assert asked.limit("hosts.fixed") == [AGA, GOL]
    assert asked.limit("together") == [[DAL, GOL]]
    request = let_serve(Request(), {DAL: GOL, AGA: AGA})
    assert request.hosts_fixed == {AGA, GOL}
    assert request.together == (frozenset({DAL, GOL}),)
    assert let_serve(request, {DAL: GOL}) == request
