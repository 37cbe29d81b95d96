"""A plan measured by the best one, as plain text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from babel.numbers import format_decimal

from planner.model.limits import TERMS
from planner.optimise.explain.distance_to_best import CLOSED_SHARE, Measurement, Move
from planner.optimise.tolerances import resolution
from planner.present.plans.lists import group_document, written_groups
from planner.present.result.document import broken_document, rounded, rounded_cost
from planner.present.words.limits import broken_sentence
from planner.present.words.text import LOCALES, MINUS, language, number, text

_Names = Mapping[str, str]


def measured_report(found: Measurement, names: _Names) -> str:
    """Say how far a plan is from the best, which limits it breaks, and what would help most.

    Parameters
    ----------
    found : the measurement.
    names : code -> name.
    """
    sentences, moves = nearest_moves(found, names)
    said = len(sentences) - bool(moves)
    lines = [text("measured.heading", weights=_weights(found)), *sentences[:said]]
    if found.broken:
        lines.append(text("measured.broken"))
        lines += [f"  {broken_sentence(broken, names)}" for broken in found.broken]
    if found.best.plan is not None:
        best = written_groups(found.best.plan, names)
        lines.append(text("measured.best", groups=best))
    numbered = [f"  {place}. {move}" for place, move in enumerate(moves, start=1)]
    return "\n".join([*lines, *sentences[said:], *numbered])


def nearest_moves(found: Measurement, names: _Names) -> tuple[list[str], list[str]]:
    """Say how far a plan is from the best, and list the changes that would help most.

    Parameters
    ----------
    found, names : as for `measured_report`.

    Returns
    -------
    Sentences, and the changes in their order; none where none is needed or was found.
    """
    sentences, moves = list(_gap(found)), found.moves
    if moves.moves:
        key = "measured.moves" if moves.shortest else "measured.moves_unproved"
        sentences.append(text(key, share=number(CLOSED_SHARE, "share")))
    return sentences, [_move(move, names) for move in moves.moves]


def measured_document(found: Measurement, names: _Names) -> dict[str, Any]:
    """Return a measurement as JSON, municipalities by name."""
    best, moves = found.best, found.moves
    return {
        "weights": {name: getattr(found.request.weights, name) for name in TERMS},
        "objective": rounded_cost(found.objective),
        "gap": rounded(found.gap),
        "gap_share": rounded(found.gap_share),
        "most_gap_share": rounded(found.most_gap_share),
        "broken": [broken_document(broken, names) for broken in found.broken],
        "best": {
            "outcome": best.solve.outcome,
            "objective": rounded_cost(best.solve.objective),
            "bound": rounded_cost(best.solve.bound),
            "relative_gap": rounded(best.solve.relative_gap),
            "groups": group_document(best.plan, names) if best.plan else [],
        },
        "moves": [
            {
                "kind": move.kind,
                "municipality": names[move.municipality],
                "from_host": names[move.from_host],
                "to_host": names[move.to_host],
                "saving": rounded(move.saving),
            }
            for move in moves.moves
        ],
        "shortest": moves.shortest,
        "groups_after_moves": group_document(moves.plan, names) if moves.plan else [],
    }


def _weights(found: Measurement) -> str:
    weights = {name: getattr(found.request.weights, name) for name in TERMS}
    return ", ".join(f"{name} {weight:g}" for name, weight in weights.items() if weight)


def _gap(found: Measurement) -> Iterator[str]:
    solve = found.best.solve
    if solve.objective is None:
        yield text(f"outcome.{solve.outcome}")
        return
    yield text(
        "measured.objective",
        objective=_minutes(found.objective),
        best=_minutes(solve.objective),
        outcome=text(f"outcome.{solve.outcome}"),
    )
    gap = found.gap
    if gap is None:
        return
    share = found.gap_share
    much = _minutes(abs(gap)) if share is None else number(abs(share), "share")
    if abs(gap) <= resolution(solve.objective):
        yield text("measured.equal")
    elif gap < 0:
        yield text("measured.cheaper", gap=much)
    elif share is None:
        yield text("measured.dearer_min", gap=much)
    elif solve.outcome == "optimal":
        yield text("measured.dearer", gap=much)
    else:
        most = number(found.most_gap_share, "share")
        yield text("measured.dearer_between", gap=much, most=most)


def _move(move: Move, names: _Names) -> str:
    closes = move.kind == "other_host" and move.from_host == move.municipality
    written = text(
        "measured.move.closing" if closes else f"measured.move.{move.kind}",
        name=names[move.municipality],
        before=names[move.from_host],
        after=names[move.to_host],
    )
    if move.saving is None:
        return written
    sign = MINUS if move.saving > 0 else "+"
    return f"{written} ({sign}{_minutes(abs(move.saving))})"


def _minutes(value: float | None) -> str:
    """Write an objective: minutes of mean travel, with two decimals."""
    if value is None:
        return text("figure.undefined")
    return format_decimal(round(value, 2), "#,##0.00", locale=LOCALES[language()])
