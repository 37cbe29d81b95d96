"""Results as text for the terminal."""

from dataclasses import replace

from planner.optimise.proposal import Proposal
from planner.optimise.solver.outcome import Solve
from planner.present.words.terminal import aligned, comparison_report, report
from tests.unit.present.result.test_document import PLAN, make_result

NBSP = "\u00a0"


def test_columns_line_up() -> None:
    assert aligned([["a", "bb"], ["ccc", "1"]]) == "a    bb\nccc   1"
    assert aligned([["a", "b"], ["ccc", "1"]], left=2) == "a    b\nccc  1"


def test_a_report_names_offices_municipalities_and_changes() -> None:
    written = report(make_result())
    assert "To kontorer" in written
    assert "Planen er laget av en arbeidsgruppe" in written
    assert "I alt 26,50 årsverk, av dem 2,50 i regionale enheter" in written
    assert "Bru, Dal" in written
    assert f"−4{NBSP}kontorer" in written


def test_a_report_of_a_proposal_shows_bound_and_gap() -> None:
    solve = Solve("feasible", 12.5, 10.0, 0.2, 1.0, "HiGHS", "1.2")
    written = report(make_result(Proposal(replace(PLAN, exempt=frozenset({"0004"})), solve)))
    assert "beste funn, ikke bevist best" in written
    assert "12.5000" in written
    assert "20.0000%" in written


def test_a_report_without_a_plan() -> None:
    solve = Solve("infeasible", None, None, None, 1.0, "HiGHS", "1.2")
    written = report(replace(make_result(Proposal(None, solve)), plan=None, scores={}))
    assert "ingen plan oppfyller kravene" in written


def test_a_comparison_brackets_changes_and_leaves_out_none() -> None:
    result = make_result()
    lines = comparison_report([result, result]).splitlines()
    offices = next(line for line in lines if line.startswith("Kontorer med"))
    assert offices.split()[-4:] == ["2", "(−4)", "2", "(−4)"]
    unreachable = next(line for line in lines if line.startswith("Innbyggere uten vei"))
    assert "(" not in unreachable
