"""The scorecard sets every indicator beside the baseline's."""

import pytest

from planner.assess.indicator import INDICATORS
from planner.assess.plans.space import MODELLED
from planner.assess.risk.measures import MEASURES
from planner.assess.scorecard import FAMILIES, assess, difference, scorecard
from planner.model.limits import TERMS
from planner.model.plan import Plan
from planner.present.words.text import LANGUAGES, Language, keys, speaking
from tests.support.factories import three_fjords

PLAN = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005", "0006"]})


def test_change_is_the_value_less_the_baseline() -> None:
    scores = scorecard(three_fjords(), PLAN)
    assert scores["structure.offices"].change == 2 - 6
    assert scores["commuting.severed_share"].change == 150 / 400 - 1


def test_undefined_figures_have_no_change() -> None:
    assert difference(None, 1) is None
    assert difference(1, None) is None
    assert difference(3, 1) == 2


def test_every_indicator_is_declared_once_and_computed_by_its_family() -> None:
    instance = three_fjords()
    found = [*assess(instance, PLAN), *(key for key in MODELLED if key.startswith("objective."))]
    assert [*found, *(key for key in MEASURES if key not in found)] == list(INDICATORS)
    for name, family in FAMILIES.items():
        assert {one.key.split(".")[0] for one in family(instance, PLAN)} == {name}


def test_every_term_of_a_request_is_an_indicator() -> None:
    assert sorted(one.term for one in INDICATORS.values() if one.term) == sorted(TERMS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_indicator_has_its_texts_and_a_better_end_that_is_said(language: Language) -> None:
    with speaking(language):
        for key, declared in INDICATORS.items():
            own = {f"indicator.{key}", f"formula.{key}"}
            if key in MEASURES and key.startswith("risk."):  # in the risk matrix alone
                own = {f"risk_measure.{key.removeprefix('risk.')}"}
            if key.startswith("objective."):  # among the lists of all plans alone
                own = {f"indicator.{key}"}
            assert own <= keys(), key
            assert declared.unit == "share" or f"unit.{declared.unit}" in keys(), key
            if declared.better is not None:
                assert {f"plan_space.{declared.better}"} <= keys()


def test_the_order_of_hosts_and_members_does_not_matter() -> None:
    other = Plan.from_groups({"0004": ["0006", "0005"], "0001": ["0003", "0002"]})
    instance = three_fjords()
    assert {key: one.value for key, one in assess(instance, PLAN).items()} == {
        key: one.value for key, one in assess(instance, other).items()
    }
