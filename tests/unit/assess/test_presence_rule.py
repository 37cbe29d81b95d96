"""Presence of a proposal: days by the rule, and where somebody must be there."""

from dataclasses import replace

import pandas as pd
import pytest

from planner.assess.presence_rule import presence_lost, with_presence
from planner.io.tables.presence import Keep
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.optimise.proposal import Proposal
from planner.optimise.solver.outcome import Solve
from tests.support.factories import three_fjords

SOLVED = Solve("optimal", 1.0, 1.0, 0.0, 1.0, "HiGHS", "1")
#: Bru (1000 inhabitants) is 20 minutes from its host, Dal (2000) 50, Eid (3000) is host.
PLAN = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005", "0006"]})
RULE = {
    "presence_least_minutes": 25.0,
    "presence_persons_per_day": 1000.0,
    "presence_visits_per_day": 10.0,
    "must_keep_least_days": 0.5,
}


@pytest.fixture
def instance() -> Instance:
    fjords = three_fjords()
    return replace(fjords, assumptions={**fjords.assumptions, **RULE})


def days(instance: Instance, *, keep: bool = True) -> dict[str, float]:
    found = with_presence(instance, Proposal(PLAN, SOLVED), keep=keep).plan
    assert found is not None
    assert found.host_of == PLAN.host_of
    return dict(found.locations)


def test_those_far_away_get_days_by_their_inhabitants(instance: Instance) -> None:
    minutes = instance.travel.minutes
    near = [c for c, host in PLAN.host_of.items() if c != host and minutes.loc[c, host] < 25]
    found = days(instance)
    assert near == ["0002"]
    people = instance.municipalities["population"].to_dict()
    assert found == {code: max(round(people[code] / 1000), 1) for code in ("0003", "0005", "0006")}


def test_visits_count_where_they_are_known(instance: Instance) -> None:
    visits = pd.DataFrame({"visits_per_month": [130.0, 1e6]}, index=["0003", "0005"])
    found = days(replace(instance, visits=visits))
    assert found["0003"] == 3  # 30 a week, 10 a day
    assert found["0005"] == 5  # no week has more


def test_law_and_promise_are_kept_however_near(instance: Instance) -> None:
    island = replace(instance, islands=frozenset({"0002"}))
    assert days(island)["0002"] == 0.5
    assert "0002" not in days(island, keep=False)
    kept = replace(instance, keep_presence=(Keep("0002", "presence", "Vedtak", "Kilde"),))
    assert days(kept)["0002"] == 0.5
    language = replace(instance, keep_presence=(Keep("0002", "sami_language", "Språk", "Kilde"),))
    assert "0002" not in days(language)
    instance.municipalities.loc["0002", "sami_admin_area"] = True
    assert days(instance)["0002"] == 0.5


def test_what_is_lost_is_named(instance: Instance) -> None:
    island = replace(instance, islands=frozenset({"0001", "0002", "0003"}))
    assert presence_lost(island, PLAN) == ("0002", "0003")
    assert presence_lost(island, replace(PLAN, locations={"0002": 1, "0003": 2})) == ()
    assert presence_lost(instance, PLAN) == ()


def test_alternatives_get_days_too_and_no_plan_stays_none(instance: Instance) -> None:
    found = with_presence(instance, Proposal(PLAN, SOLVED, alternatives=((PLAN, 2.0),)), keep=True)
    assert found.alternatives == ((found.plan, 2.0),)
    nothing = Proposal(None, replace(SOLVED, outcome="infeasible"))
    assert with_presence(instance, nothing, keep=True) is nothing
