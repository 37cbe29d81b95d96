"""Proposals in words: what was proved, what it weighs, what else there is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.model.plan import Plan
from planner.model.request import Range, Request
from planner.model.weights import Weights
from planner.optimise import propose
from planner.optimise.explain.diagnose import Diagnosis
from planner.optimise.explain.limit_change import LimitChange
from planner.optimise.explain.why import OtherHost
from planner.optimise.proposal import Proposal
from planner.optimise.solver.outcome import Progress, Solve
from planner.present.plans import proposal as words
from planner.scenario.vocabulary import Constraints, Offices, Propose
from tests.support.factories import three_fjords

AGA, BRU, DAL, EID, FET, GOL = (f"000{number}" for number in range(1, 7))
TWO = Request(offices=Range(2, 2), alternatives=2)
OPTIMAL = Solve("optimal", 14.375, 14.375, 0.0, 0.5, "HiGHS", "1.0")
NBSP = "\u00a0"


def sentences(solve: Solve, *, stopped: bool = False, gap: float = 0.0) -> str:
    return " ".join(words.proof_sentences(solve, asked_gap=gap, stopped=stopped))


def test_best_is_said_only_with_a_proof() -> None:
    assert sentences(OPTIMAL).startswith("Bevist best")
    feasible = replace(OPTIMAL, outcome="feasible", bound=14.0, relative_gap=0.026)
    told = sentences(feasible)
    assert "ikke bevist" in told
    assert f"2,6{NBSP}%" in told
    assert told.endswith("Tidsgrensen stoppet søket.")
    assert sentences(feasible, stopped=True).endswith("Du stoppet søket.")
    unbounded = replace(feasible, bound=None, relative_gap=None)
    assert "ikke kjent" in sentences(unbounded)


def test_a_plan_within_the_gap_asked_for_is_not_called_best() -> None:
    told = sentences(replace(OPTIMAL, bound=14.3, relative_gap=0.005), gap=0.01)
    assert told.startswith("Bevist god nok")
    assert f"0,5{NBSP}%" in told


def test_no_plan_is_told_apart_from_none_found() -> None:
    none = replace(OPTIMAL, objective=None, bound=None, relative_gap=None)
    assert "bevist at ingen plan" in sentences(replace(none, outcome="infeasible"))
    told = sentences(replace(none, outcome="no_solution_in_time"))
    assert "Det er ikke bevist" in told


def test_the_proof_as_a_table() -> None:
    frame = words.proof_frame(OPTIMAL)
    assert dict(frame.itertuples(index=False)) == {
        "Resultat": "bevist best",
        "Poengsum": "14,38",
        "Bevist nedre grense": "14,38",
        "Avstand": f"0,0{NBSP}%",
        "Tid": "0,5 sekunder",
        "Program": "HiGHS 1.0",
    }


def test_progress_tells_figures_only_of_the_plan_itself() -> None:
    told = words.progress_sentence(Progress("plan", 3.0, 16.5, 16.0, 0.03), 3.4)
    assert told == (
        "Beste plan så langt: poengsum 16,50. Bevist nedre grense 16,00, "
        f"avstand 3,0{NBSP}%. 3 sekunder."
    )
    begun = "Søker etter den første planen. 3 sekunder."
    assert words.progress_sentence(Progress("exemptions", 3.0, 2.0, 1.0), 3.4) == begun
    assert words.progress_sentence(None, 3.4) == begun
    others = words.progress_sentence(Progress("alternatives", 3.0, 17.0, found=3), 3.4, 20)
    assert others == "Den beste planen er funnet. Leter etter andre planer: 3 av 20. 3 sekunder."


def test_terms_add_up_to_the_objective() -> None:
    instance = three_fjords()
    found = propose(instance, TWO)
    assert found.plan is not None
    frame = words.terms_frame(instance, found.plan, Weights())
    assert frame["Gir i poengsummen"][0].startswith("14,3")  # 14.375
    assert set(frame["Gir i poengsummen"][1:]) == {"0,00"}
    assert frame["Plan"][2] == f"2{NBSP}kontorer"
    assert frame["Plan"][1].endswith("%")


def test_alternatives_tell_how_much_worse_and_what_differs() -> None:
    instance = three_fjords()
    found = propose(instance, TWO)
    frame = words.alternatives_frame(instance, found)
    assert list(frame["Plan"]) == ["Forslaget", "Alternativ 1", "Alternativ 2"]
    assert frame["Dårligere med"][0] == ""
    assert all(one.startswith("+") for one in frame["Dårligere med"][1:])
    assert frame["Hva som er annerledes enn i forslaget"][0] == ""
    assert ":" in frame["Hva som er annerledes enn i forslaget"][1]


def test_moves_in_words() -> None:
    instance = three_fjords()
    first = Plan.from_groups({AGA: [BRU], EID: [DAL, FET, GOL]})
    second = Plan.from_groups({AGA: [BRU, DAL, EID], FET: [GOL]})
    assert words.moves_sentence(instance, first, second) == (
        "Dal: hos Aga, ikke Eid; Eid: hos Aga, ikke eget kontor; "
        "Fet: eget kontor, ikke hos Eid; Gol: hos Fet, ikke Eid"
    )


@pytest.mark.parametrize(
    ("asked", "stopped", "outcome", "told"),
    [
        (2, False, "optimal", ""),
        (9, False, "optimal", "Det finnes bare 2 andre"),
        (9, True, "optimal", "Søket stoppet etter 2 av 9"),
        (9, False, "feasible", "Andre planer blir først søkt"),
    ],
)
def test_why_there_are_fewer_alternatives(
    asked: int, stopped: bool, outcome: str, told: str
) -> None:
    found = propose(three_fjords(), TWO)
    found = replace(found, solve=replace(found.solve, outcome=outcome))
    note = words.alternatives_note(found, asked, stopped=stopped, time_up=False)
    assert note.startswith(told)
    assert bool(note) == bool(told)


def test_the_baseline_beside_the_proposal() -> None:
    instance = three_fjords()
    sentence, broken = words.baseline_sentences(instance, TWO, propose(instance, TWO))
    assert sentence.startswith("Utgangspunktet har poengsum ")
    assert [one.limit for one in broken] == ["offices.max"]
    nothing = Proposal(None, replace(OPTIMAL, outcome="infeasible", objective=None))
    sentence, _ = words.baseline_sentences(instance, TWO, nothing)
    assert sentence == "Utgangspunktet kan ikke måles mot forslaget."


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (LimitChange("max_travel_minutes", 60.0, 83.0), "Lengste reise, minutter: 60 → 83"),
        (
            LimitChange("min_fte", 12.0, 9.4, frozenset({AGA})),
            "Minst årsverk per kontor: 12 → 9,4, for Aga",
        ),
        (LimitChange("min_fte", 12.0, None), "Ta bort kravet: Minst årsverk per kontor"),
        (LimitChange("contiguous", True, False), "Ta bort kravet: Gruppene må henge sammen"),
        (
            LimitChange("exempt", "never", frozenset({AGA, BRU})),
            "La disse ha et kontor under minstekravet: Aga og Bru",
        ),
        (
            LimitChange("hosts.fixed", frozenset({AGA, BRU}), frozenset({AGA})),
            "Skal være vertskommune: ta ut Bru",
        ),
    ],
)
def test_changes_name_limits_as_the_form_does(change: LimitChange, told: str) -> None:
    assert words.change_sentence(three_fjords().names, change) == told


def test_limits_in_the_way_are_named() -> None:
    (named,) = words.named_limits([OtherHost(AGA, 10.0, "limits", ("offices.max",))])
    assert named.limits == ("Flest kontorer",)


def test_headings_of_diagnoses() -> None:
    names = three_fjords().names
    single = Diagnosis(frozenset(), (LimitChange("min_fte", 2.0, 1.0),), (), complete=True)
    assert words.diagnosis_heading(names, single).startswith("Hver av disse")
    spared = replace(single, exempted=frozenset({AGA}))
    assert "Aga" in words.diagnosis_heading(names, spared)
    none = replace(single, singles=(), complete=False)
    assert words.diagnosis_heading(names, none).endswith("Tiden tok slutt før alle krav var prøvd.")


def test_contradictions_that_cannot_be_meant() -> None:
    crossed = Constraints(offices=Offices(min=3, max=2), min_fte=5.0, max_fte=5.0)
    assert words.contradictions(Propose(constraints=crossed)) == [
        "«Færrest kontorer» er større enn «Flest kontorer»."
    ]
    assert words.contradictions(Propose(weights=Weights(travel=0.0))) == [
        "Alle vektene er null. Sett minst én over null."
    ]
