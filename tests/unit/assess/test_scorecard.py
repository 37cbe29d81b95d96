"""The scorecard sets every indicator beside the baseline's."""

from planner.assess.scorecard import FAMILIES, assess, difference, scorecard
from planner.model.plan import Plan
from planner.present.words.text import keys
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


def test_every_indicator_has_family_unit_formula_and_texts() -> None:
    found = assess(three_fjords(), PLAN)
    assert {key.split(".")[0] for key in found} == set(FAMILIES)
    for key, indicator in found.items():
        assert indicator.formula
        assert f"indicator.{key}" in keys()
        assert f"formula.{key}" in keys()
        assert indicator.unit == "share" or f"unit.{indicator.unit}" in keys()


def test_the_order_of_hosts_and_members_does_not_matter() -> None:
    other = Plan.from_groups({"0004": ["0006", "0005"], "0001": ["0003", "0002"]})
    instance = three_fjords()
    assert {key: one.value for key, one in assess(instance, PLAN).items()} == {
        key: one.value for key, one in assess(instance, other).items()
    }
