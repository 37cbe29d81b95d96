"""Broken limits as sentences."""

from __future__ import annotations

import re

import pytest

from planner.model.limits import SIZES
from planner.model.request import Range, Request
from planner.optimise.grouping.conflict import limits_of
from planner.optimise.judge import BrokenLimit
from planner.optimise.proposal import LimitFact
from planner.present.words.limits import broken_sentence, conflict_sentence
from planner.present.words.text import LANGUAGES, Language, speaking

NAMES = {"1": "Gol", "2": "Hol", "3": "Ål"}
NBSP = "\u00a0"

EVERY_LIMIT = [
    BrokenLimit("unreachable", "1", ("2",)),
    BrokenLimit("max_travel_minutes", "1", ("2",), 93.25, 75.0),
    *(BrokenLimit(limit.key, "1", (), 9.5, 12.0) for limit in SIZES),
    BrokenLimit("contiguous", "1", ("2", "3")),
    BrokenLimit("together", None, ("1", "2")),
    BrokenLimit("keep_baseline_groups", None, ("1", "2")),
    BrokenLimit("apart", "1", ("1", "2")),
    BrokenLimit("within", "1", ("1", "2")),
    BrokenLimit("exempt", None, ("1", "2"), 2.0, 0.0),
    BrokenLimit("offices.min", None, (), 2.0, 3.0),
    BrokenLimit("offices.max", None, (), 4.0, 3.0),
    BrokenLimit("hosts.fixed", "1", ("2",)),
    BrokenLimit("hosts.allowed", "1"),
    BrokenLimit("hosts.forbidden", "1"),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("broken", EVERY_LIMIT, ids=lambda broken: broken.limit)
def test_every_limit_is_a_sentence_about_whom_it_concerns(
    broken: BrokenLimit, language: Language
) -> None:
    with speaking(language):
        written = broken_sentence(broken, NAMES)
    for code in broken.municipalities:
        assert NAMES[code] in written
    assert "{" not in written
    assert "  " not in written


def test_figures_carry_their_units() -> None:
    assert broken_sentence(EVERY_LIMIT[1], NAMES) == (
        f"Gol: Hol har 93,2{NBSP}min, kravet er høyst 75,0{NBSP}min"
    )
    assert broken_sentence(BrokenLimit("min_fte", "3", (), 5.8, 11.0), NAMES) == (
        f"Ål: 5,80{NBSP}årsverk, kravet er minst 11,00{NBSP}årsverk"
    )
    with speaking("en"):
        english = broken_sentence(BrokenLimit("offices.max", None, (), 4.0, 1.0), NAMES)
    assert english == (f"4{NBSP}offices, at most 1{NBSP}office is asked for")


def conflict_facts() -> list[LimitFact]:
    """Every limit that a scenario can ask for, and every kind of fact about one."""
    request = Request(
        offices=Range(2, 3),
        max_travel_min=60.5,
        fte=Range(12, 40),
        population=Range(3500, 20_000),
        max_members=4,
        contiguous=True,
        hosts_fixed=frozenset({"1"}),
        hosts_allowed=frozenset({"1", "2"}),
        hosts_forbidden=frozenset({"3"}),
        together=(frozenset({"1", "2"}),),
        apart=(frozenset({"2", "3"}),),
        keep_baseline_groups=True,
        within="council",
        terms_at_most=(("travel", 10.0),),
    )
    return [
        *(limit.fact for limit in limits_of(request)),
        LimitFact("within", "county"),
        LimitFact("min_fte", 900.0, whole_region=30.35),
        LimitFact("min_population", 3500.0, within_reach=(("1", 1200.0), ("3", 3400.0))),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fact", conflict_facts(), ids=lambda fact: fact.key)
def test_every_limit_of_a_conflict_can_be_said(fact: LimitFact, language: Language) -> None:
    with speaking(language):
        told = conflict_sentence([fact], NAMES)
    assert not re.search(r"[a-z]_[a-z]|council\b(?!s)|None", told)


def test_what_cannot_hold_together() -> None:
    far = LimitFact("max_travel_minutes", 30.0)
    low = LimitFact("min_fte", 12.0, within_reach=(("1", 4.0), ("3", 10.5)))
    assert conflict_sentence([low, far], NAMES) == (
        "Disse kravene kan ikke holdes samtidig: «Minst årsverk per kontor: 12» (innenfor de andre "
        f"kravene høyst: Gol 4{NBSP}årsverk og Ål 10,5{NBSP}årsverk) og «Lengste reise, minutter: "
        "30»."
    )
    assert conflict_sentence([LimitFact("within", "county"), far], NAMES) == (
        "Disse kravene kan ikke holdes samtidig: «Grensen mellom regionråd eller fylker: "
        "fylkesgrensen» og «Lengste reise, minutter: 30»."
    )
    assert conflict_sentence([], NAMES) == ""


def test_a_limit_that_cannot_hold_alone() -> None:
    low = LimitFact("min_fte", 900.0, whole_region=30.35)
    with speaking("nn"):
        assert conflict_sentence([low], NAMES) == (
            "Dette kravet kan ikkje haldast: «Minst årsverk per kontor: 900» (heile regionen har "
            f"30,35{NBSP}årsverk)."
        )
    with speaking("en"):
        assert conflict_sentence([LimitFact("contiguous")], NAMES) == (
            "This limit cannot hold: “Groups must hang together”."
        )
