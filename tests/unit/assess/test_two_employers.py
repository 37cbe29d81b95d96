"""Only the state's staff are gathered: what stays at home, and what moves."""

from dataclasses import replace

import numpy as np
import pytest

from planner.assess.competence.advisers import man_functions
from planner.assess.competence.indicators import assess_competence
from planner.assess.economy.costs import ANNUAL, prices, quantities
from planner.assess.economy.sharing import cost_sharing
from planner.assess.findings import way_findings
from planner.assess.law import agreement_checklist, law_findings
from planner.assess.scorecard import assess
from planner.assess.services import harmonisation
from planner.assess.two_employers import (
    jobs_fte,
    moved_fte,
    moving_fte,
    municipal_plan,
    staff_parts,
    teams_at_home,
)
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.scenario.vocabulary import Agreement
from tests.support.factories import three_fjords

TWO = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005", "0006"]})
STATE_ONLY = replace(TWO, form="state_only")


def with_parts() -> Instance:
    """Give Aga six state FTE of its eight; nothing is known about the others."""
    instance = three_fjords()
    unknown = [np.nan] * 5
    table = instance.municipalities.assign(state_fte=[6, *unknown], municipal_fte=[2, *unknown])
    return replace(instance, municipalities=table)


def test_parts_are_the_known_ones_else_the_regions() -> None:
    state, municipal = staff_parts(with_parts())
    assert state.tolist() == [6, 1, 2, 3, 0.5, 1.5]
    assert municipal.tolist() == [2, 1, 2, 3, 0.5, 1.5]


def test_municipal_tasks_stay_in_the_offices_of_the_baseline() -> None:
    joint = Plan.from_groups({"0001": ["0002"], **{f"000{n}": [] for n in range(3, 7)}})
    instance = replace(three_fjords(), baseline=joint)
    home = municipal_plan(instance, STATE_ONLY)
    assert home.groups == joint.groups
    assert home.teams["0003"] == "0001"
    assert {home.teams["0005"], home.teams["0006"]} == {"0004"}
    assert municipal_plan(instance, TWO) is TWO
    assert municipal_plan(replace(instance, baseline=STATE_ONLY), STATE_ONLY).hosts == tuple(
        instance.codes
    )


def test_a_team_is_named_by_an_office_that_is_there() -> None:
    home = Plan.from_groups({"0002": ["0001"], "0003": []})
    assert teams_at_home(Plan.from_groups({"0001": ["0002", "0003"]}), home) == {
        "0002": "0002",
        "0003": "0002",
    }


def test_only_the_states_staff_move() -> None:
    instance = with_parts()
    assert moved_fte(instance, STATE_ONLY).tolist() == [0, 1, 2, 0, 0.5, 1.5]
    assert moved_fte(instance, TWO).tolist() == [0, 2, 4, 0, 1, 3]
    assert moving_fte(instance, STATE_ONLY, ["0002", "0003"]) == 3
    assert jobs_fte(instance, STATE_ONLY).tolist() == [2 + 9, 1, 2, 3 + 5, 0.5, 1.5]
    assert assess(instance, STATE_ONLY)["equity.jobs_moved_fte"].value == 5
    told = {one.about[0]: one.fields.get("fte") for one in way_findings(instance, STATE_ONLY)}
    assert told["0003"].value == 2


def test_municipal_staff_come_home_when_only_the_state_was_gathered_before() -> None:
    own = Plan({code: code for code in three_fjords().codes})
    instance = replace(with_parts(), baseline=STATE_ONLY)
    assert moved_fte(instance, own).tolist() == [0, 1, 2, 0, 0.5, 1.5]


def test_municipal_functions_are_manned_at_home_and_the_states_together() -> None:
    instance = three_fjords()
    manning, before = (man_functions(instance, one) for one in (STATE_ONLY, instance.baseline))
    together = man_functions(instance, TWO)
    assert manning.hosts == tuple(instance.codes)
    debt, follow_up = (manning.functions.index(name) for name in ("debt_counselling", "follow_up"))
    assert (manning.municipalities[:, debt] == before.municipalities[:, debt]).all()
    assert manning.uncovered_days[0, follow_up] == manning.uncovered_days[1, follow_up]
    assert manning.uncovered_days[1, follow_up] < before.uncovered_days[1, follow_up]
    state = instance.figure("fte") / 2
    np.testing.assert_allclose(manning.fte[:, follow_up], state)
    assert together.hosts == TWO.hosts


def test_a_groups_figure_is_the_mean_over_its_inhabitants() -> None:
    instance = three_fjords()
    days = {one.key: one for one in assess_competence(instance, STATE_ONLY)}[
        "competence.uncovered_days"
    ]
    own, people = days.by_municipality, {"0001": 4000, "0002": 1000, "0003": 2000}
    mean = sum(own[code] * count for code, count in people.items()) / 7000
    assert days.by_group["0001"] == pytest.approx(mean)
    assert own["0001"] != own["0002"]


def test_offices_and_leaders_stay_and_nothing_is_harmonised() -> None:
    instance = three_fjords()
    for name in ("premises_nok", "leaders_nok"):
        part = ANNUAL[name]
        given = prices(instance, "central", part.parameters)
        cost, before = (
            part.cost(quantities(instance, plan), given, "central").sum()
            for plan in (STATE_ONLY, instance.baseline)
        )
        assert cost == pytest.approx(before)
    assert not harmonisation(instance, STATE_ONLY)
    assert harmonisation(instance, TWO)
    assert (cost_sharing(instance, STATE_ONLY)["host"] == instance.codes).all()


def test_the_law_asks_for_shared_offices_and_no_agreement_is_needed() -> None:
    told = {one.key: one for one in law_findings(with_parts(), STATE_ONLY)}
    assert told["law.state_only"].about == ("0004",)
    assert told["law.state_only_shared_office"].about == ("0001", "0004")
    first = next(one for one in law_findings(with_parts(), STATE_ONLY) if one.about == ("0001",))
    assert (first.fields["state"].value, first.fields["municipal"].value) == (9, 5)
    assert not {"law.transfer", "law.least_notice"} & set(told)
    assert agreement_checklist(STATE_ONLY, Agreement()) == ()
