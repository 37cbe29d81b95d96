"""What must be said beside a result."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from planner.assess.caveats import Caveat, caveats_about, doubted, old_figures, projected_year
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.optimise.proposal import LimitFact, Proposal
from planner.optimise.solver.outcome import Outcome, Solve
from tests.support.factories import three_fjords


def dated(on: date | None, **years: int) -> Instance:
    return replace(three_fjords(), date=on, table_years=years)


def test_a_figure_more_than_three_years_away_is_told_by_table() -> None:
    assert old_figures(dated(date(2026, 1, 1), commuting=2022)) == {"commuting": 2022}
    assert old_figures(dated(date(2025, 12, 31), commuting=2022)) == {}
    assert old_figures(dated(date(2018, 1, 1), commuting=2022)) == {"commuting": 2022}


def test_without_a_date_nothing_is_far_from_it() -> None:
    assert old_figures(dated(None, commuting=1999)) == {}


def test_a_table_without_rows_of_the_region_is_not_told() -> None:
    instance = dated(date(2026, 1, 1), case_systems=2018)
    assert old_figures(instance) == {}
    known = replace(instance, case_systems={"0001": "Vinje"})
    assert old_figures(known) == {"case_systems": 2018}


def test_of_figures_of_several_years_the_furthest_counts() -> None:
    instance = dated(date(2026, 1, 1))
    years = [2026, 2017, 2026, 2024, 2026, 2026]
    instance = replace(instance, municipalities=instance.municipalities.assign(fte_year=years))
    assert old_figures(instance) == {"staff": 2017}


def test_a_projected_population_is_told_with_its_year() -> None:
    instance = three_fjords()
    assert projected_year(instance) is None
    table = instance.municipalities.assign(population_year=2030, population_provenance="modelled")
    assert projected_year(replace(instance, municipalities=table)) == 2030


def test_doubts_of_the_baseline_and_of_the_plan() -> None:
    own = {code: code for code in three_fjords().codes}
    instance = replace(three_fjords(), baseline=Plan(own, doubts={"0002": "window"}))
    plan = Plan(own, doubts={"0001": "unlisted", "0003": "window"})
    assert doubted(instance, plan, "window") == ["0002", "0003"]
    assert doubted(instance, plan, "unlisted") == ["0001"]
    assert doubted(instance, None, "unlisted") == []


PLAN = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005", "0006"]}, locations={"0003": 2})
LATE = Solve("feasible", 12.5, 10.0, 0.2, 1.0, "HiGHS", "1")


def test_the_law_comes_as_findings() -> None:
    plan = replace(PLAN, form="close_cooperation")
    keys = [caveat.key for caveat in caveats_about(three_fjords(), plan, None)]
    assert keys == ["law.close_cooperation", "law.cross_county"]


def test_unreachable_municipalities() -> None:
    instance = three_fjords()
    minutes = instance.travel.minutes.copy()
    minutes.loc[["0005", "0006"], "0004"] = np.inf
    travel = replace(instance.travel, minutes=minutes)
    found = list(caveats_about(replace(instance, travel=travel), PLAN, None))
    assert Caveat("unreachable", ("0005", "0006")) in found


def test_estimated_staff_and_modelled_commuting() -> None:
    instance = three_fjords()
    table = instance.municipalities.copy()
    table.loc["0001", "fte_provenance"] = "estimated"
    instance = replace(instance, municipalities=table, commuters_provenance="modelled")
    staff, commuting = caveats_about(instance, None, None)
    assert isinstance(staff, Caveat)
    assert staff.share == pytest.approx(4000 / 12_000)
    assert commuting == Caveat("modelled_commuting")


@pytest.mark.parametrize(
    ("outcome", "gap", "caveat"),
    [
        ("feasible", 0.2, Caveat("time_limit", share=0.2)),
        ("feasible", None, Caveat("exemptions_unproved")),
        ("no_solution_in_time", None, Caveat("nothing_in_time")),
        ("cancelled", None, Caveat("nothing_in_time")),
    ],
)
def test_what_a_solve_did_not_prove(outcome: Outcome, gap: float | None, caveat: Caveat) -> None:
    proposal = Proposal(None, replace(LATE, outcome=outcome, relative_gap=gap))
    assert list(caveats_about(three_fjords(), None, proposal)) == [caveat]


def test_exemptions_and_conflicts() -> None:
    proved = replace(LATE, outcome="optimal", relative_gap=0.0)
    exempt = replace(PLAN, exempt=frozenset({"0004"}))
    assert Caveat("exempt", ("0004",)) in caveats_about(
        three_fjords(), exempt, Proposal(exempt, proved)
    )
    never = Proposal(None, replace(proved, outcome="infeasible"), conflict=(LimitFact("max_fte"),))
    (found,) = caveats_about(three_fjords(), None, never)
    assert found == Caveat("infeasible", conflict=(LimitFact("max_fte"),))


def test_what_must_be_kept_and_is_lost_comes_first() -> None:
    instance = replace(three_fjords(), islands=frozenset({"0002", "0003"}))
    first, *_ = caveats_about(instance, PLAN, Proposal(PLAN, LATE))
    assert first == Caveat("must_keep_lost", ("0002",))
