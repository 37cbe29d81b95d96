"""Tables of indicators: a plan beside its baseline, or several plans side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from planner.assess.indicator import JUDGED
from planner.assess.scorecard import Score
from planner.present.report.blocks import CellFigure, Column, DocumentTable, TableCell
from planner.present.report.case import ReportCase
from planner.present.result.key_figures import judged
from planner.present.words.text import text
from planner.provenance import weakest


def indicator_table(case: ReportCase, title: str, wanted: Iterable[str]) -> DocumentTable:
    """Set indicators out: of one plan beside the baseline's, of several side by side.

    Parameters
    ----------
    wanted : keys; those that no plan has are left out.
    """
    scores = [one.result.scores for one in case.alternatives]
    keys = [key for key in wanted if any(key in own for own in scores)]
    if case.is_single:
        return _beside_baseline(title, {key: scores[0][key] for key in keys})
    return _side_by_side(case, title, keys)


def family_keys(case: ReportCase, *families: str) -> list[str]:
    """Return the keys of families of indicators, in the scorecard's order."""
    found = dict.fromkeys(key for one in case.alternatives for key in one.result.scores)
    return [key for key in found if key.split(".")[0] in families]


def _beside_baseline(title: str, scores: Mapping[str, Score]) -> DocumentTable:
    with_range = any(score.indicator.low is not None for score in scores.values())
    columns = (
        Column(text("table.indicator"), width=2.7 if with_range else 3.0),
        Column(text("table.baseline"), "level", width=1.75 if with_range else 1.5),
        Column(text("report_document.the_proposal"), "level", width=1.5),
        *([Column(text("table.range"), "range", width=1.9)] if with_range else []),
        Column(text("table.change"), "change", width=2.0),
        Column(text("report_document.judgement"), width=1.35),
    )
    rows: list[tuple[TableCell, ...]] = []
    for key, score in scores.items():
        one, unit = score.indicator, score.indicator.unit
        basis = one.provenance
        rows.append(
            (
                text(f"indicator.{key}"),
                CellFigure(score.baseline.value, unit, provenance=basis),
                CellFigure(one.value, unit, provenance=basis),
                *([CellFigure(one.low, unit, one.high, basis)] if with_range else []),
                CellFigure(score.change, unit, provenance=basis),
                _judgement(key, score),
            )
        )
    bases = tuple(text(f"provenance.{score.indicator.provenance}") for score in scores.values())
    return DocumentTable(title, columns, tuple(rows), bases)


def _side_by_side(case: ReportCase, title: str, keys: Sequence[str]) -> DocumentTable:
    shared = case.shares_baseline
    columns = (
        Column(text("table.indicator"), width=3.0),
        *([Column(text("table.baseline"), "level", width=1.7)] if shared else []),
        *(Column(case.label(one), "compared", width=1.7) for one in case.alternatives),
        Column(text("report_document.column.better_is"), width=1.1),
    )
    rows: list[tuple[TableCell, ...]] = []
    bases = []
    for key in keys:
        scores = [one.result.scores.get(key) for one in case.alternatives]
        known = [score for score in scores if score is not None]
        unit = known[0].indicator.unit
        weak = weakest(score.indicator.provenance for score in known)
        cells = [
            CellFigure(score.indicator.value, unit, score.change, weak)
            if score
            else CellFigure(None, unit)
            for score in scores
        ]
        before = [CellFigure(known[0].baseline.value, unit, provenance=weak)] if shared else []
        rows.append((text(f"indicator.{key}"), *before, *cells, _better_end(key)))
        bases.append(text(f"provenance.{weak}"))
    return DocumentTable(title, columns, tuple(rows), tuple(bases))


def _better_end(key: str) -> str:
    """Say which end of an indicator is better, where nobody would argue about it."""
    if key not in JUDGED:
        return ""
    return text(f"report_document.better_end.{JUDGED[key]}")


def _judgement(key: str, score: Score) -> str:
    if score.change is None:
        return ""
    verdict = judged(key, score.change, score.indicator.unit)
    return text(f"report_document.judged.{verdict}")
