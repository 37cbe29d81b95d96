"""Where a figure comes from: its formula, its inputs, and the rows of the tables behind it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from planner.assess.scorecard import Score
from planner.errors import PlannerError
from planner.io.bundle import Bundle
from planner.io.tables.assumptions import load_assumptions
from planner.messages.message import Message
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.pipeline.result import Result
from planner.present.result.risk import risk_report, risk_rows
from planner.present.words.data_words import parameter_meaning
from planner.present.words.effects import (
    cost_sharing_notes,
    cost_sharing_report,
    cost_sharing_rows,
    harmonisation_notes,
    harmonisation_report,
    winners_notes,
    winners_report,
    winners_rows,
)
from planner.present.words.findings import labour_market_notes, law_notes, withdrawal_notes
from planner.present.words.terminal import aligned
from planner.present.words.text import change, figure, span, text
from planner.spelling import did_you_mean, shown

_Rows = list[list[str]]
RowsOf = Callable[[Instance, Plan], _Rows]
NotesOf = Callable[[Instance, Plan], list[str]]
ReportOf = Callable[[Instance, Plan], str]

#: Columns that name a municipality, in any of the tables.
CODE_COLUMNS = ("code", "code_a", "code_b", "host", "home", "workplace", "municipality_code_2020")
MOST_ROWS = 60
#: Family -> sentences about what stands behind its figures, municipality by municipality.
NOTES: Mapping[str, NotesOf] = {
    "commuting": labour_market_notes,
    "services": harmonisation_notes,
    "economy": cost_sharing_notes,
    "equity": winners_notes,
    "withdrawal": withdrawal_notes,
    "law": law_notes,
}
#: Family -> the table behind its figures, as rows with headings first.
TABLES: Mapping[str, RowsOf] = {
    "economy": cost_sharing_rows,
    "equity": winners_rows,
    "risk": risk_rows,
}
#: Family -> how table and sentences stand in the terminal; the others have only sentences.
REPORTS: Mapping[str, ReportOf] = {
    "services": harmonisation_report,
    "economy": cost_sharing_report,
    "equity": winners_report,
    "risk": risk_report,
}


class UnknownIndicatorError(PlannerError, LookupError):
    """No indicator has this key."""


@dataclass(frozen=True)
class Input:
    """A table or a parameter that a figure is computed from.

    Attributes
    ----------
    head : what it is, how it is known, and its source, in a sentence.
    table : name of the file; empty for a parameter.
    rows : line in the file and cells of the rows about the region, headings first as line 1;
        empty where the table has no codes of municipalities.
    """

    head: str
    table: str = ""
    rows: tuple[tuple[int, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Explanation:
    """Where one figure comes from.

    Attributes
    ----------
    title : the indicator's name and the scenario's.
    facts : label and figure: value, range, baseline, change, provenance, formula.
    parts : the figure of every group, and of every municipality; rows with headings first.
    details : what stands behind the figures of the family, likewise; empty where sentences do.
    notes : sentences about it.
    inputs : tables and parameters.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[_Rows, ...]
    details: _Rows
    notes: tuple[str, ...]
    inputs: tuple[Input, ...]


def explain(result: Result, key: str, bundle: Bundle) -> str:
    """Explain one indicator of a result as text for the terminal.

    Parameters
    ----------
    result : with a plan.
    key : such as ``access.mean_min``.
    bundle : the data that the result was computed from.

    Raises
    ------
    UnknownIndicatorError : the result has no such indicator; the nearest keys are offered.
    """
    score = _score(result, key)
    facts = aligned([list(fact) for fact in _facts(key, score)], left=2)
    parts = [f"{_title(result, key)}\n{facts}"]
    parts.append("\n\n".join(aligned(rows) for rows in _parts(result, score)))
    if result.plan:
        parts.append(_report(_family(key), result.instance, result.plan))
    parts += [_written(_input(result, name, bundle)) for name in score.indicator.inputs]
    return "\n\n".join(part for part in parts if part)


def explanation(result: Result, key: str, bundle: Bundle) -> Explanation:
    """Explain one indicator of a result, for a page to lay out; arguments as for `explain`."""
    score, family, details, notes = _score(result, key), _family(key), [], []
    if result.plan and family in TABLES:
        details = TABLES[family](result.instance, result.plan)
    if result.plan and family in NOTES:
        notes = NOTES[family](result.instance, result.plan)
    return Explanation(
        _title(result, key),
        _facts(key, score),
        _parts(result, score),
        details,
        tuple(notes),
        tuple(_input(result, name, bundle) for name in score.indicator.inputs),
    )


def _report(family: str, instance: Instance, plan: Plan) -> str:
    """Write what stands behind the figures of a family; nothing where nothing is to be said."""
    if family in REPORTS:
        return REPORTS[family](instance, plan)
    return "\n".join(NOTES[family](instance, plan)) if family in NOTES else ""


def _family(key: str) -> str:
    return key.split(".", 1)[0]


def _score(result: Result, key: str) -> Score:
    if key not in result.scores:
        hint = did_you_mean(key, result.scores, most=3)
        raise UnknownIndicatorError(Message.of("option.no_indicator", hint, key=shown(key)))
    return result.scores[key]


def _title(result: Result, key: str) -> str:
    return f"{text(f'indicator.{key}')} – {result.scenario.title}"


def _facts(key: str, score: Score) -> tuple[tuple[str, str], ...]:
    indicator, unit = score.indicator, score.indicator.unit
    return (
        (text("explain.key"), key),
        (text("table.value"), figure(indicator.value, unit)),
        (
            text("table.range"),
            span(indicator.low, indicator.high, unit) or text("figure.undefined"),
        ),
        (text("table.baseline"), figure(score.baseline.value, unit)),
        (text("table.change"), change(score.change, unit)),
        (text("table.provenance"), text(f"provenance.{indicator.provenance}")),
        (text("explain.formula"), text(f"formula.{key}")),
    )


def _parts(result: Result, score: Score) -> tuple[_Rows, ...]:
    """Return the figure of every group and municipality, beside the baseline's."""
    names, unit = result.instance.names, score.indicator.unit
    written = []
    for heading, own, before in (
        ("host", score.indicator.by_group, score.baseline.by_group),
        ("municipality", score.indicator.by_municipality, score.baseline.by_municipality),
    ):
        if own:
            headings = [text(f"table.{name}") for name in (heading, "value", "baseline")]
            rows = [
                [names[code], figure(value, unit), figure(before.get(code), unit)]
                for code, value in own.items()
            ]
            written.append([headings, *rows])
    return tuple(written)


def _input(result: Result, name: str, bundle: Bundle) -> Input:
    """Say where a table or a parameter comes from; with a table's rows about the region."""
    if name in result.instance.assumptions:
        return Input(_parameter(result, name, bundle))
    if not bundle.has(name):
        return Input(text("explain.no_table", name=name))
    source = bundle.source(name)
    provenance = text(f"provenance.{source.provenance}")
    head = f"{source.table} ({source.vintage}, {provenance}, {source.licence}): {source.source}"
    if not source.table.endswith(".csv"):
        return Input(head, source.table)
    with bundle.path(name).open(encoding="utf-8", newline="") as handle:
        header, *rows = list(csv.reader(handle))
    about = [(line, tuple(row)) for line, row in _about(header, rows, set(result.instance.codes))]
    return Input(head, source.table, ((1, tuple(header)), *about) if about else ())


def _written(one: Input) -> str:
    """Write an input for the terminal, its first rows indented."""
    if not one.rows:
        return one.head
    (_, header), *about = one.rows
    lines = [f"  {one.table}:{line}  {', '.join(row)}" for line, row in about[:MOST_ROWS]]
    if len(about) > MOST_ROWS:
        lines.append("  " + text("explain.more", count=len(about) - MOST_ROWS))
    return "\n".join([one.head, f"  {', '.join(header)}", *lines])


def _parameter(result: Result, name: str, bundle: Bundle) -> str:
    """Write a parameter's value, its range unless the scenario sets it, meaning and source.

    A scenario sets it among its assumptions, or by a limit of its request.
    """
    entry, value = load_assumptions(bundle)[name], result.instance.assumptions[name]
    own = name in result.scenario.assumptions or value != entry.default
    provenance = text(f"provenance.{'scenario' if own else entry.provenance}")
    return text(
        "explain.parameter",
        name=name,
        value=f"{value:.12g}",
        unit=entry.unit,
        basis=provenance if own else f"{entry.low:.12g}–{entry.high:.12g}, {provenance}",
        meaning=parameter_meaning(name, entry.meaning),
        source=entry.source,
    )


def _about(
    header: list[str], rows: Iterable[list[str]], codes: set[str]
) -> Iterable[tuple[int, list[str]]]:
    """Yield the rows, with their lines, whose every municipality is of the region."""
    places = [position for position, name in enumerate(header) if name in CODE_COLUMNS]
    for line, row in enumerate(rows, start=2):
        if places and all(row[position] in codes for position in places):
            yield line, row
