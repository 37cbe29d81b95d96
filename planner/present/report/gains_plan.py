"""The gains plan: what should become better for whom, and beside it what becomes worse.

Each line is one indicator whose better end nobody disputes. Gains and drawbacks stand in tables of
their own and are never set off against each other; names, dates and measures are for people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.assess.scorecard import Score
from planner.present.report.blocks import Blank, CellFigure, Column, DocumentTable, TableCell
from planner.present.report.case import Alternative, ReportCase
from planner.present.result.key_figures import Judgement, judged
from planner.present.words.text import enumeration, text

#: For whom -> the indicators of it; columns of the plan of the Nordland project report (2018).
TARGETS: Mapping[str, tuple[str, ...]] = {
    "users": (
        "access.nearest_mean_min",
        "access.nearest_max_min",
        "access.mean_min",
        "access.max_min",
        "equity.farther_persons",
        "equity.presence_lost_municipalities",
        "competence.uncovered_days",
        "competence.youth_team_share",
        "competence.debt_counselling_share",
    ),
    "staff": (
        "competence.most_uncovered_days",
        "competence.complete_teams_share",
        "economy.staff_travel_nok",
    ),
    "employers": ("commuting.severed_share", "commuting.workplace_self_containment_share"),
    "owners": (
        "economy.premises_nok",
        "economy.leaders_nok",
        "economy.one_off_transition_nok",
        "economy.one_off_case_systems_nok",
        "risk.total",
        "risk.high_factors",
        "withdrawal.secure_share",
    ),
}


def gains_table(one: Alternative, title: str) -> DocumentTable:
    """Set out what becomes better, with known figures; who follows it up and when are blank."""
    return _plan(one, title, "better", "gain")


def drawbacks_table(one: Alternative, title: str) -> DocumentTable:
    """Set out what becomes worse, and leave blank what is done about it, by whom and when."""
    return _plan(one, title, "worse", "loss")


def verdicts_table(case: ReportCase, title: str) -> DocumentTable:
    """Set out which alternatives make what better, and which worse; figures stand elsewhere."""
    found: dict[tuple[str, str], dict[Judgement, list[str]]] = {}
    for one in case.alternatives:
        for verdict in VERDICTS:
            for target, key, _score in _judged(one, verdict):
                found.setdefault((target, key), {}).setdefault(verdict, []).append(str(one.number))
    columns = (
        Column(text("report_document.column.target"), width=1.4),
        Column(text("table.indicator"), width=2.4),
        *(Column(text(f"report_document.judged.{verdict}"), width=1.3) for verdict in VERDICTS),
    )
    rows = tuple(
        (
            text(f"report_document.target.{target}"),
            text(f"indicator.{key}"),
            *(_of_alternatives(found[target, key].get(verdict, [])) for verdict in VERDICTS),
        )
        for target, keys in TARGETS.items()
        for key in keys
        if (target, key) in found
    )
    return DocumentTable(title, columns, rows)


def _of_alternatives(numbers: list[str]) -> str:
    return text("report_document.alternative", number=enumeration(numbers)) if numbers else "–"


def _plan(one: Alternative, title: str, wanted: Judgement, side: str) -> DocumentTable:
    columns = (
        Column(text("report_document.column.target"), width=1.6),
        Column(text(f"report_document.column.{side}"), width=2.4),
        Column(text("table.baseline"), "level", width=1.5),
        Column(text("report_document.column.expected"), "level", width=1.3),
        Column(text(f"report_document.column.follow_up_{side}"), width=1.5),
        Column(text("report_document.column.who_when"), width=1.7),
    )
    rows: list[tuple[TableCell, ...]] = []
    bases = []
    for target, key, score in _judged(one, wanted):
        unit = score.indicator.unit
        rows.append(
            (
                text(f"report_document.target.{target}"),
                text(f"indicator.{key}"),
                CellFigure(score.baseline.value, unit),
                CellFigure(score.indicator.value, unit),
                *(Blank(text(f"report_document.blank.{name}")) for name in _BLANKS[side]),
            )
        )
        bases.append(text(f"provenance.{score.indicator.provenance}"))
    if not rows:  # a table of nothing but blanks: people may know of what the figures do not show
        blanks = (Blank(text(f"report_document.blank.{name}")) for name in _BLANKS[side])
        rows.append((Blank(text("report_document.blank.target")), "", "", "", *blanks))
        bases.append("")
    return DocumentTable(title, columns, tuple(rows), tuple(bases))


VERDICTS: tuple[Judgement, ...] = ("better", "worse")
_BLANKS = {"gain": ("decision", "who_when"), "loss": ("measure", "who_when")}


def _judged(one: Alternative, wanted: Judgement) -> Iterator[tuple[str, str, Score]]:
    for target, keys in TARGETS.items():
        for key in keys:
            score = one.result.scores.get(key)
            if score and judged(key, score.change, score.indicator.unit) == wanted:
                yield target, key, score
