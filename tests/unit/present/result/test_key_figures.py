"""Key figures in words, and which changes are for the better."""

from __future__ import annotations

import pytest

from planner.assess.indicator import Indicator
from planner.assess.scorecard import Score
from planner.present.result.key_figures import (
    KEY_FIGURES,
    Judgement,
    judged,
    judged_amount,
    key_figures,
)
from planner.present.words.text import speaking


@pytest.mark.parametrize(
    ("key", "change", "unit", "expected"),
    [
        ("access.mean_min", 19.3, "min", "worse"),
        ("access.mean_min", -19.3, "min", "better"),
        ("access.within_30_share", 0.2, "share", "better"),
        ("access.within_30_share", -0.2, "share", "worse"),
        ("structure.least_group_fte", 20.0, "fte", "changed"),  # larger is not better
        ("structure.offices", -4.0, "offices", "changed"),  # nor is an office that closes
        ("commuting.severed_share", -0.9, "share", "changed"),  # with one office nobody is cut off
        ("access.mean_min", 0.04, "min", "unchanged"),  # less than a tenth of a minute
        ("access.mean_min", None, "min", "unchanged"),
    ],
)
def test_judgements(key: str, change: float | None, unit: str, expected: Judgement) -> None:
    assert judged(key, change, unit) == expected


def test_a_judgement_is_a_sign_and_a_word() -> None:
    assert judged_amount("access.mean_min", 19.3, "min") == "+19,3: verre"
    assert judged_amount("access.mean_min", -2.0, "min", "5,0") == "−2,0 fra 5,0: bedre"
    assert judged_amount("structure.offices", -4.0, "offices") == "−4"
    assert judged_amount("access.mean_min", 0.0, "min") == "uendret"
    assert judged_amount("access.mean_min", None, "min") == ""
    with speaking("en"):
        assert judged_amount("access.mean_min", 19.3, "min", "3.4") == "+19.3 from 3.4: worse"


def test_five_figures_with_their_basis() -> None:
    scores = {
        key: Score(
            Indicator(key, 0.5, "modelled"),
            Indicator(key, 0.75, "observed"),
        )
        for key in KEY_FIGURES
    }
    told = key_figures(scores)
    assert [one.key for one in told] == list(KEY_FIGURES)
    severed = told[-1]
    assert (severed.value, severed.change, severed.judgement) == ("50,0", "−25,0", "changed")
    assert severed.change_from == "−25,0 fra 75,0"
    assert severed.provenance == "modellert"
