"""What a reader must know before using the figures, as data."""

from dataclasses import replace

import numpy as np
import pytest

from planner.assess.caveats import Caveat, caveats_about
from planner.model.plan import Plan
from planner.optimise.proposal import LimitFact, Proposal
from planner.optimise.solver.outcome import Outcome, Solve
from tests.support.factories import three_fjords

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
