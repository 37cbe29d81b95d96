"""Measurements in words: dearer, as good, cheaper but not allowed, unproved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.model.plan import Plan
from planner.model.request import Range, Request
from planner.optimise.explain.distance_to_best import Measurement, Move, Moves, measure
from planner.present.plans.distance import measured_document, measured_report
from planner.present.words.text import LANGUAGES, Language, speaking
from tests.support.factories import three_fjords

AGA, BRU, DAL, EID, FET, GOL = (f"000{number}" for number in range(1, 7))
NAMES = three_fjords().names
TWO = Plan.from_groups({AGA: [BRU, DAL], EID: [FET, GOL]})
TWO_OFFICES = Request(offices=Range(2, 2))


def measured(plan: Plan = TWO, request: Request = TWO_OFFICES) -> Measurement:
    return measure(three_fjords(), request, plan)


def test_dearer_than_the_best() -> None:
    lines = measured_report(measured(), NAMES).splitlines()
    assert lines[0] == "Målt mot den beste planen med de samme kravene og vektene (travel 1)"
    assert lines[1].startswith("Poengsummen er 18,54 minutter, den beste planens 14,3")  # 14.375
    assert lines[1].endswith(" (bevist best).")
    assert lines[2] == "Planen er 29,0\u00a0% dyrere enn den beste mulige."
    assert lines[3] == "Den beste planen: Aga+Bru | Eid+Dal+Fet+Gol"
    assert lines[4].startswith("De færreste enkeltendringene")
    assert lines[5:] == ["  1. Dal fra Aga til Eid (−4,17)"]


def test_as_good_as_the_best() -> None:
    best = Plan.from_groups({AGA: [BRU], EID: [DAL, FET, GOL]})
    lines = measured_report(measured(best), NAMES).splitlines()
    assert lines[2] == "Planen er like god som den beste mulige."
    assert len(lines) == 4


def test_cheaper_but_not_allowed() -> None:
    everywhere = Plan({code: code for code in NAMES})
    lines = measured_report(measured(everywhere), NAMES).splitlines()
    assert lines[2] == (
        "Planen er 100,0\u00a0% billigere enn den beste som oppfyller kravene, men bryter dem selv."
    )
    assert lines[3:5] == [
        "Krav som planen bryter:",
        "  6\u00a0kontorer, kravet er høyst 2\u00a0kontorer",
    ]
    assert "  1. Bru legger ned kontoret og går til Aga (+1,67)" in lines


def test_a_best_that_costs_nothing_is_told_in_minutes() -> None:
    lines = measured_report(measured(TWO, Request()), NAMES).splitlines()
    assert lines[2] == "Planen er 18,54 minutter dyrere enn den beste mulige."


def test_a_best_that_is_not_proved_leaves_a_range() -> None:
    found = measured()
    solve = replace(found.best.solve, outcome="feasible", bound=12.0, relative_gap=0.17)
    unproved = replace(found, best=replace(found.best, solve=solve))
    assert "minst 29,0\u00a0% og høyst 54,5\u00a0% dyrere" in measured_report(unproved, NAMES)


def test_nothing_to_measure_by() -> None:
    found = measured(TWO, Request(fte=Range(25), exempt="never"))
    lines = measured_report(found, NAMES).splitlines()
    assert lines[1] == "ingen plan oppfyller kravene"
    assert lines[3] == "  Aga: 14,00\u00a0årsverk, kravet er minst 25,00\u00a0årsverk"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_move_is_told_in_every_language(language: Language) -> None:
    moves = (
        Move("other_host", DAL, AGA, EID, 1.0),
        Move("other_host", DAL, DAL, EID, -1.0),
        Move("own_office", DAL, AGA, DAL, 0.5),
        Move("host_change", BRU, AGA, BRU, None),
    )
    found = replace(measured(), moves=Moves(moves, shortest=False, plan=TWO))
    with speaking(language):
        lines = measured_report(found, NAMES).splitlines()[-4:]
    assert [line.strip()[:2] for line in lines] == ["1.", "2.", "3.", "4."]
    assert len({line[4:] for line in lines}) == 4
    assert lines[3].strip().endswith("Aga")


def test_document() -> None:
    document = measured_document(measured(), NAMES)
    assert document["objective"] == pytest.approx(222_500 / 12_000, abs=1e-6)
    assert document["gap_share"] == pytest.approx(50_000 / 172_500, abs=1e-6)
    assert document["best"]["outcome"] == "optimal"
    assert document["best"]["groups"][0] == {
        "host": "Aga",
        "members": ["Aga", "Bru"],
        "exempt": False,
        "presence_days": {"Aga": 5.0, "Bru": 0.0},
    }
    assert document["moves"] == [
        {
            "kind": "other_host",
            "municipality": "Dal",
            "from_host": "Aga",
            "to_host": "Eid",
            "saving": pytest.approx(50_000 / 12_000, abs=1e-6),
        }
    ]
    assert document["shortest"]
    assert document["groups_after_moves"][1]["members"] == ["Dal", "Eid", "Fet", "Gol"]
    assert document["broken"] == []
