"""The few figures that matter most to a county director, and which changes are for the better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from planner.assess.indicator import JUDGED
from planner.assess.scorecard import Score
from planner.present.words.text import amount, signed_amount, text

KEY_FIGURES = (
    "structure.offices",
    "access.mean_min",
    "access.max_min",
    "structure.least_group_fte",
    "commuting.severed_share",
)

Judgement = Literal["better", "worse", "changed", "unchanged"]


def judged(key: str, change: float | None, unit: str, provenance: str = "") -> Judgement:
    """Say whether a change of an indicator is for the better.

    Only where `planner.assess.indicator` says so; a larger group, for one, is not better, nor are
    fewer offices, which have a price. What rounds to nothing is unchanged.
    """
    if not signed_amount(change, unit, provenance):
        return "unchanged"
    if key not in JUDGED:
        return "changed"
    rises = (change or 0.0) > 0
    return "better" if rises == (JUDGED[key] == "more") else "worse"


def judged_amount(
    key: str, change: float | None, unit: str, before: str = "", provenance: str = ""
) -> str:
    """Write a change with its sign and a word for better or worse; nothing where it has no value.

    Such as «+19,3: verre», or «+19,3 fra 3,4: verre» where it is said what was before.
    """
    if change is None:
        return ""
    judgement = judged(key, change, unit, provenance)
    if judgement == "unchanged":
        return text("app.unchanged")
    moved = signed_amount(change, unit, provenance)
    if before:
        moved = text("app.change_from", change=moved, before=before)
    return text(f"judged.{judgement}", change=moved)


@dataclass(frozen=True)
class KeyFigure:
    """A key figure in words.

    Attributes
    ----------
    label : short, with the unit.
    before, value : the baseline's figure and the plan's, without the unit.
    change : signed, with a word for better or worse; empty where it is not defined.
    change_from : the same, and what the baseline has.
    judgement : of the change.
    provenance : as a word.
    """

    key: str
    label: str
    before: str
    value: str
    change: str
    change_from: str
    judgement: Judgement
    provenance: str


def key_figures(scores: Mapping[str, Score]) -> tuple[KeyFigure, ...]:
    """Write the key figures of a plan, each with its change from the baseline."""
    return tuple(_key_figure(key, scores[key]) for key in KEY_FIGURES)


def _key_figure(key: str, score: Score) -> KeyFigure:
    unit, basis = score.indicator.unit, score.indicator.provenance
    before = amount(score.baseline.value, unit, basis)
    return KeyFigure(
        key,
        text(f"key_figure.{key}"),
        before,
        amount(score.indicator.value, unit, basis),
        judged_amount(key, score.change, unit, provenance=basis),
        judged_amount(key, score.change, unit, before, basis),
        judged(key, score.change, unit, basis),
        text(f"provenance.{basis}"),
    )
