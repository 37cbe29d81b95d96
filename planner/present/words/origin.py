"""Where a plan comes from, in words: nobody's drawing is called the solver's, nor the reverse."""

from __future__ import annotations

from planner.pipeline.result import Result
from planner.present.words.text import number, text


def origin_words(result: Result) -> str:
    """Say in a few words where a plan that was not solved for now comes from."""
    return text(f"origin.words.{result.origin}")


def origin_sentence(result: Result) -> str:
    """Say it in a sentence, with what was proved where it was computed; without a full stop."""
    derived, origin = result.scenario.derived_from, result.origin
    if derived is None or origin != "computed":
        return text(f"origin.sentence.{origin}")
    which = text("origin.alternative", number=derived.alternative) if derived.alternative else ""
    return text(
        f"origin.sentence.{origin}",
        which=which or text("origin.best"),
        outcome=text(f"outcome.{derived.outcome}"),
        objective=number(derived.objective, "index"),
        bound=number(derived.bound, "index"),
    )
