"""Structure, computed by hand on the three fjords."""

from planner.assess.structure import assess_structure, group_totals
from planner.model.plan import Plan
from tests.support.factories import three_fjords

PLAN = Plan.from_groups(
    {"0001": ["0002", "0003"], "0004": ["0005"], "0006": []}, locations={"0005": 1}
)


def test_offices_members_and_sizes_by_hand() -> None:
    values = {one.key: one.value for one in assess_structure(three_fjords(), PLAN)}
    assert values["structure.offices"] == 3
    assert values["structure.most_members"] == 3
    assert values["structure.locations"] == 4
    assert values["structure.least_group_fte"] == 3
    assert values["structure.median_group_fte"] == 7
    assert values["structure.most_group_fte"] == 14
    assert values["structure.least_group_population"] == 1500
    assert values["structure.median_group_population"] == 3500
    assert values["structure.most_group_population"] == 7000


def test_totals_are_the_region() -> None:
    instance = three_fjords()
    assert group_totals(instance, PLAN, "population").sum() == 12_000
    assert group_totals(instance, PLAN, "fte").sum() == 24
