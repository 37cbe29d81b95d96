"""Broken limits as sentences."""

from __future__ import annotations

import pytest

from planner.optimise.judge import BrokenLimit
from planner.present.words.limits import broken_document, broken_sentence
from planner.present.words.text import LANGUAGES, Language, speaking
from planner.scenario.limits import SIZES

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


def test_document_names_municipalities() -> None:
    assert broken_document(BrokenLimit("exempt", None, ("1", "3"), 2.0, 0.0), NAMES) == {
        "limit": "exempt",
        "host": None,
        "municipalities": ["Gol", "Ål"],
        "value": 2.0,
        "allowed": 0.0,
    }
