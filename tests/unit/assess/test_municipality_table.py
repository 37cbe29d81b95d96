"""Where each municipality of a plan is served, how far that is, and its staff."""

import pytest

from planner.assess.municipality_table import municipality_table
from planner.model.plan import Plan
from tests.support.factories import three_fjords

PLAN = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005", "0006"]}, locations={"0003": 2})


def test_the_table_of_municipalities_is_labelled() -> None:
    table = municipality_table(three_fjords(), PLAN)
    assert list(table.index) == three_fjords().codes
    assert table.loc["0006", "host"] == "Eid"
    assert table.loc["0006", "minutes"] == pytest.approx(55)
