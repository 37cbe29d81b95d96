"""Weights in words, in the three languages."""

from __future__ import annotations

import pytest

from planner.model.limits import TERMS
from planner.model.weights import Weights
from planner.present.words.text import LANGUAGES, Language, speaking
from planner.present.words.weights import exchange_sentence, exchange_sentences, rate_figure

USUAL = Weights(travel=1.0, severed=0.1, office=0.2)


@pytest.mark.parametrize(
    ("language", "office", "severed"),
    [
        (
            "nb",
            "Ett kontor færre er verdt 0,2 min lengre snittreise for alle.",
            (
                "Ett prosentpoeng færre pendlere som får NAV i et annet område enn jobben "
                "er verdt 0,1 min lengre snittreise for alle."
            ),
        ),
        (
            "nn",
            "Eitt kontor færre er verdt 0,2 min lengre snittreise for alle.",
            (
                "Eitt prosentpoeng færre pendlarar som får NAV i eit anna område enn jobben "
                "er verdt 0,1 min lengre snittreise for alle."
            ),
        ),
        (
            "en",
            "One office fewer is worth 0.2 min longer average journey for everybody.",
            (
                "One percentage point fewer commuters cut off from the NAV office at work "
                "is worth 0.1 min longer average journey for everybody."
            ),
        ),
    ],
)
def test_what_a_unit_is_worth(language: Language, office: str, severed: str) -> None:
    with speaking(language):
        assert exchange_sentence("office", USUAL) == office
        assert exchange_sentence("severed", USUAL) == severed


def test_rates_are_measured_by_the_weight_of_travel() -> None:
    double = Weights(travel=2.0, office=0.5)
    assert "verdt 0,25 min" in exchange_sentence("office", double)


def test_without_travel_nothing_can_be_put_in_minutes() -> None:
    told = exchange_sentence("office", Weights(travel=0.0, office=3.0))
    assert told == ("Teller med vekt 3. Reisetid teller ikke, så vekten kan ikke sies i minutter.")
    assert exchange_sentence("travel", Weights(travel=0.0)) == "Reisetid teller ikke."


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_is_worded(language: Language) -> None:
    everything = Weights(**dict.fromkeys(TERMS, 1.0))
    with speaking(language):
        assert len(set(exchange_sentences(everything))) == len(TERMS)
        idle = {exchange_sentence(term, Weights(travel=0.0)) for term in TERMS}
    assert len(idle) == len(TERMS)
    assert not idle & set(exchange_sentences(everything))


@pytest.mark.parametrize(
    ("rate", "written"),
    [(0.2, "0,2"), (0.0125, "0,0125"), (40 / 3, "13,3"), (1234.5, "1\u00a0234"), (0.0, "0")],
)
def test_three_digits_count(rate: float, written: str) -> None:
    assert rate_figure(rate) == written
