"""What a forced host costs, in words."""

from dataclasses import replace

from planner.assess.presence_rule import with_presence
from planner.model.request import Range, Request
from planner.optimise import propose
from planner.present.words.diagnosis import forcing_report
from planner.present.words.text import number
from tests.support.factories import three_fjords

RULE = {
    "presence_least_minutes": 30.0,
    "presence_persons_per_day": 1000.0,
    "presence_visits_per_day": 20.0,
    "must_keep_least_days": 1.0,
}


def test_days_of_presence_that_change_are_told() -> None:
    instance = replace(three_fjords(), assumptions={**three_fjords().assumptions, **RULE})
    free = with_presence(instance, propose(instance, Request(offices=Range(2, 2))), keep=True)
    assert free.plan is not None
    days = sum(free.plan.locations.values())
    told = forcing_report(instance, free, free, {"0005": "0004"})
    assert "til stede" not in told
    bare = replace(free, plan=replace(free.plan, locations={}))
    told = forcing_report(instance, free, bare, {"0005": "0004"})
    assert told.endswith(f"utenfor vertskontorene: {number(days, 'days')} før, 0,0 nå.")
