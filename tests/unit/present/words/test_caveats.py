"""What a reader must know before using the figures."""

from dataclasses import replace

import numpy as np

from planner.model.plan import Plan
from planner.optimise.solver.outcome import Proposal, Solve
from planner.present.words.caveats import warnings_about
from planner.present.words.text import speaking
from tests.support.factories import three_fjords
from tests.unit.present.result.test_document import PLAN


def test_a_group_across_the_county_border() -> None:
    found = warnings_about(three_fjords(), PLAN, None)
    assert found == ("Eid: gruppen går over fylkesgrensen (Vestland og Østland).",)


def test_close_cooperation_is_said_not_to_be_lawful() -> None:
    plan = replace(PLAN, form="close_cooperation")
    assert any("enkeltvedtak" in one for one in warnings_about(three_fjords(), plan, None))


def test_unreachable_municipalities_are_named() -> None:
    instance = three_fjords()
    minutes = instance.travel.minutes.copy()
    minutes.loc["0006", "0004"] = np.inf
    travel = replace(instance.travel, minutes=minutes)
    found = " ".join(warnings_about(replace(instance, travel=travel), PLAN, None))
    assert "Uten vei eller ferje til vertskontoret: Gol." in found


def test_estimated_staff_and_modelled_commuting() -> None:
    instance = three_fjords()
    table = instance.municipalities.copy()
    table.loc["0001", "fte_provenance"] = "estimated"
    instance = replace(instance, municipalities=table, commuters_provenance="modelled")
    found = " ".join(warnings_about(instance, Plan.from_groups({"0001": instance.codes}), None))
    assert "33,3" in found  # Aga has 4 000 of 12 000 inhabitants
    assert "modellert" in found


def test_what_a_solve_did_not_prove() -> None:
    def about(solve: Solve, plan: Plan | None, conflict: tuple[str, ...] = ()) -> str:
        proposal = Proposal(plan, solve, conflict=conflict)
        return " ".join(warnings_about(three_fjords(), plan, proposal))

    late = Solve("feasible", 12.5, 10.0, 0.2, 1.0, "HiGHS", "1")
    assert "høyst 20,0" in about(late, PLAN)
    exempt = replace(PLAN, exempt=frozenset({"0004"}))
    assert "unntatt fra det: Eid" in about(replace(late, outcome="optimal"), exempt)
    none = replace(late, outcome="no_solution_in_time", objective=None, relative_gap=None)
    assert "før noen plan var funnet" in about(none, None)
    never = replace(none, outcome="infeasible")
    assert "min_fte 100" in about(never, None, ("min_fte 100: regionen har 24",))


def test_warnings_in_nynorsk() -> None:
    plan = replace(PLAN, form="close_cooperation")
    with speaking("nn"):
        told = warnings_about(three_fjords(), plan, None)
    assert told[0].startswith("Nært samarbeid utan vertskommune gir ikkje høve")
