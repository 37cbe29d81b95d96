"""What a reader must know before using the figures, in sentences."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import numpy as np

from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.optimise.proposal import LimitFact, Proposal
from planner.optimise.solver.outcome import Solve
from planner.pipeline.result import Result
from planner.present.words.caveats import warnings_about, warnings_beside
from planner.present.words.text import speaking
from planner.scenario.vocabulary import Propose
from tests.support.factories import three_fjords
from tests.unit.present.result.test_document import PLAN, make_scenario


def about(
    plan: Plan | None, proposal: Proposal | None = None, instance: Instance | None = None
) -> tuple[str, ...]:
    result = Result(make_scenario(), instance or three_fjords(), plan, proposal)
    return warnings_about(result)


def test_results_of_other_municipalities_and_dates_are_told() -> None:
    def result(codes: list[str], date: dt.date | None) -> Result:
        whole, dated = three_fjords(), make_scenario().model_copy(update={"date": date})
        part = SimpleNamespace(codes=codes, names={code: whole.names[code] for code in codes})
        return Result(dated, part, None)  # type: ignore[arg-type]

    one, same = result(["0001", "0002"], None), result(["0001", "0002"], None)
    assert warnings_beside([one, same]) == ()
    other = result(["0002", "0003"], dt.date(2018, 1, 1))
    municipalities, dates = warnings_beside([one, other])
    assert "Ikke i alle: Aga og Dal." in municipalities
    assert "uten dato (dagens nett) og 1. januar 2018" in dates
    assert "ingen kommuner felles" in warnings_beside([one, result(["0003"], None)])[0]


def test_a_group_across_the_county_border() -> None:
    assert about(PLAN) == ("Eid: gruppen går over fylkesgrensen (Vestland og Østland).",)


def test_close_cooperation_is_said_not_to_be_lawful() -> None:
    assert any("enkeltvedtak" in one for one in about(replace(PLAN, form="close_cooperation")))


def test_unreachable_municipalities_are_named() -> None:
    instance = three_fjords()
    minutes = instance.travel.minutes.copy()
    minutes.loc[["0006", "0005"], "0004"] = np.inf
    travel = replace(instance.travel, minutes=minutes)
    found = " ".join(about(PLAN, instance=replace(instance, travel=travel)))
    assert "Uten vei eller ferje til vertskontoret: Fet og Gol." in found


def test_estimated_staff_and_modelled_commuting() -> None:
    instance = three_fjords()
    table = instance.municipalities.copy()
    table.loc["0001", "fte_provenance"] = "estimated"
    instance = replace(instance, municipalities=table, commuters_provenance="modelled")
    found = " ".join(about(Plan.from_groups({"0001": instance.codes}), instance=instance))
    assert "33,3" in found  # Aga has 4 000 of 12 000 inhabitants
    assert "modellert" in found


def test_what_a_solve_did_not_prove() -> None:
    def said(solve: Solve, plan: Plan | None, *conflict: LimitFact) -> str:
        return " ".join(about(plan, Proposal(plan, solve, conflict=conflict)))

    late = Solve("feasible", 12.5, 10.0, 0.2, 1.0, "HiGHS", "1")
    assert "høyst 20,0" in said(late, PLAN)
    exempt = replace(PLAN, exempt=frozenset({"0004"}))
    assert "unntatt fra det: Eid" in said(replace(late, outcome="optimal"), exempt)
    none = replace(late, outcome="no_solution_in_time", objective=None, relative_gap=None)
    assert "før noen plan var funnet" in said(none, None)
    never = replace(none, outcome="infeasible")
    assert said(never, None) == "Ingen plan oppfyller kravene."
    assert said(never, None, LimitFact("min_fte", 100.0, whole_region=24.0)) == (
        "Ingen plan oppfyller kravene. Dette kravet kan ikke holdes: «Minst årsverk per kontor: "
        "100» (hele regionen har 24\u00a0årsverk)."
    )


def test_the_same_result_is_told_in_the_language_of_the_moment() -> None:
    result = Result(make_scenario(), three_fjords(), replace(PLAN, form="close_cooperation"))
    assert warnings_about(result)[0].startswith("Nært samarbeid uten vertskommune gir ikke")
    with speaking("nn"):
        told = warnings_about(result)
    assert told[0].startswith("Nært samarbeid utan vertskommune gir ikkje høve")


def test_presence_switched_off_is_said_first() -> None:
    asked = Propose(keep_presence=False)
    scenario = make_scenario().model_copy(update={"groups": None, "propose": asked})
    first, *_ = warnings_about(Result(scenario, three_fjords(), PLAN))
    assert "slått av" in first
