"""Faults in the reader's language, and without the server's folders."""

from __future__ import annotations

import pytest

from planner.errors import Fault, PlannerError, ScenarioError, UnknownMunicipalityError
from planner.messages.message import Message
from planner.present.words.faults import error_text, fault_words
from planner.present.words.text import Language, speaking

FAULT = Fault("/srv/plan/scenarios/dal/a.yaml", 7, "titel", Message.of("key.missing"))


@pytest.mark.parametrize(
    ("language", "told"),
    [("nb", "nøkkelen mangler."), ("nn", "nøkkelen manglar."), ("en", "the key is missing.")],
)
def test_a_fault_is_told_in_the_reader_s_language(language: Language, told: str) -> None:
    with speaking(language):
        assert fault_words(FAULT) == f"titel: {told}"
        whole = error_text(ScenarioError([FAULT]))
    assert whole == f"/srv/plan/scenarios/dal/a.yaml:7  titel: {told}"


def test_a_page_names_region_and_file_alone() -> None:
    told = error_text(ScenarioError([FAULT]), by_region=True)
    assert told == "dal/a.yaml:7  titel: nøkkelen mangler."


def test_what_keepers_of_the_data_meet_stays_as_it_is() -> None:
    assert fault_words(Fault("links.csv", 2, "", "an empty line.")) == "an empty line."
    assert error_text(PlannerError("no more.")) == "no more."
    assert not error_text(ValueError())


def test_an_error_of_one_sentence_is_told_in_the_reader_s_language() -> None:
    error = UnknownMunicipalityError("Goll", ("Gol",))
    assert error_text(error) == "ingen kommune heter «Goll». Mente du «Gol»?"
    assert str(error) == "no municipality is called 'Goll'. Did you mean 'Gol'?"
