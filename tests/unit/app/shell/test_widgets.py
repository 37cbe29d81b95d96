"""Words on pages: only text, and figures that say how they are counted."""

from __future__ import annotations

from planner.app.shell.widgets import basis, plain


def test_nothing_in_a_title_turns_the_words_after_it() -> None:
    assert plain("Modell \u202eA\u2066 og B") == "Modell A og B"


def test_a_figure_says_how_it_is_counted_and_what_it_rests_on() -> None:
    told = basis("structure.offices", "observert")
    assert "antall vertskommuner" in told
    assert told.endswith("Grunnlag\\: observert\\.")
