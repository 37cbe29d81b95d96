"""Whatever plan is written into a scenario, the file draws it, and the rest stays as it was."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.io.gazetteer import Gazetteer
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.model.reassign import joined, moved_host, own_offices
from planner.pipeline.run_scenario import make_instance, make_plan
from planner.scenario.edit import DrawnOffices, Spelling, with_offices
from planner.scenario.load import check_scenario, known_in
from planner.scenario.vocabulary import Scenario
from tests.support.data import DATA

PATH = Path("modell.yaml")
TEXT = """\
# før
schema: 1
title: Hallingdal   # navn
region: {council: Hallingdal}
baseline: own_office
groups:   # tegnet
  # dalen
  - host: Gol # vert
    members: [Flå, Nesbyen]   # to
    locations: {Flå: 1}
  - members:
      - Hol # vest
    # mellom
    host: Ål
rest: own_office
# tall
municipalities: {Flå: {fte:   2.00}}   # egne
"""
HEAD, TAIL = TEXT.partition("groups:")[0], TEXT.partition("rest:")[2]


@cache
def instance() -> Instance:
    return make_instance(read(TEXT), DATA)


def read(text: str) -> Scenario:
    scenario, faults = check_scenario(text, PATH, known_in(DATA))
    assert scenario is not None, faults
    return scenario


def drawn(text: str) -> Plan:
    plan, _ = make_plan(read(text), instance(), DATA)
    assert plan is not None
    return plan


steps = st.lists(
    st.tuples(
        st.sampled_from([joined, moved_host, own_offices]),
        st.sets(st.integers(0, 5), min_size=1, max_size=3),
        st.integers(0, 5),
        st.sampled_from([0, 1.5, 2]),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=40, deadline=None)
@given(steps)
def test_the_file_draws_the_plan_that_was_written_into_it(steps: list) -> None:  # type: ignore[type-arg]
    gazetteer = Gazetteer.from_bundle(DATA)
    spelling = Spelling(partial(gazetteer.resolve, near=instance().codes), gazetteer.unique_name)
    codes, text, plan = instance().codes, TEXT, drawn(TEXT)
    for move, places, place, days in steps:
        movers = {codes[one] for one in places}
        if move is joined:
            after = joined(plan, movers, codes[place], days_left=days)
        elif move is moved_host:
            after = moved_host(plan, codes[place], days_left=days)
        else:
            after = own_offices(plan, movers)
        text = with_offices(
            text,
            DrawnOffices(plan.host_of, plan.locations),
            DrawnOffices(after.host_of, after.locations),
            spelling,
        )
        plan = drawn(text)
        assert plan.host_of == after.host_of
        assert {code: plan.presence_days(code) for code in codes} == {
            code: after.presence_days(code) for code in codes
        }
    assert text.startswith(HEAD)
    assert text.endswith(TAIL)
    for comment in ("# tegnet", "# dalen", "# vert", "# to", "# vest", "# mellom"):
        assert text.count(comment) == 1
