from __future__ import annotations

from planner.model.plan import Plan
from planner.model.reassign import changed, joined, moved_host, own_offices

#: 1 hosts 2 and 3; 4 hosts 5; 6 is alone.
PLAN = Plan.from_groups({"1": ["2", "3"], "4": ["5"], "6": []}, locations={"2": 2, "5": 1})


def hosts(plan: Plan) -> str:
    return "".join(plan.host_of.values())


def test_a_member_moves_alone_and_keeps_its_days() -> None:
    after = joined(PLAN, {"2"}, "4")
    assert hosts(after) == "141446"
    assert after.locations == {"2": 2, "5": 1}
    assert changed(PLAN, after) == {"2"}


def test_a_host_takes_its_members_along() -> None:
    after = joined(PLAN, {"4"}, "1", days_left=3)
    assert hosts(after) == "111116"
    assert after.locations == {"2": 2, "4": 3, "5": 1}
    assert "4" not in joined(PLAN, {"4"}, "1").locations


def test_a_new_host_leaves_its_group_with_those_who_join_it() -> None:
    after = joined(PLAN, {"6", "5"}, "2")
    assert hosts(after) == "121422"
    assert after.locations == {"5": 1}


def test_the_office_moves_within_its_group() -> None:
    after = moved_host(PLAN, "2", days_left=1)
    assert hosts(after) == "222446"
    assert after.locations == {"1": 1, "5": 1}
    assert moved_host(PLAN, "1").host_of == PLAN.host_of


def test_an_office_of_their_own() -> None:
    after = own_offices(PLAN, {"2", "4", "5"})
    assert hosts(after) == "121456"
    assert after.locations == {}


def test_the_first_plan_stays_as_it_was() -> None:
    joined(PLAN, {"1", "4"}, "6")
    assert hosts(PLAN) == "111446"
