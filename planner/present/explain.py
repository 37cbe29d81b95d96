"""Where a figure comes from: its formula, its inputs, and the rows of the tables behind it."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable

from planner.assess.scorecard import Score
from planner.errors import PlannerError
from planner.io.assumptions import load_assumptions
from planner.io.registry import Bundle
from planner.present.data_words import parameter_meaning
from planner.present.effects import cost_sharing_report, harmonisation_report, winners_report
from planner.present.findings import labour_market_report, law_report, withdrawal_report
from planner.present.risk import risk_report
from planner.present.tables import aligned
from planner.present.text import change, figure, span, text
from planner.result import Result

#: Columns that name a municipality, in any of the tables.
CODE_COLUMNS = ("code", "code_a", "code_b", "host", "home", "workplace", "municipality_code_2020")
MOST_ROWS = 60
#: Family -> what stands behind its figures, municipality by municipality.
REPORTS = {
    "commuting": labour_market_report,
    "services": harmonisation_report,
    "economy": cost_sharing_report,
    "equity": winners_report,
    "risk": risk_report,
    "withdrawal": withdrawal_report,
    "law": law_report,
}


class UnknownIndicatorError(PlannerError, LookupError):
    """No indicator has this key."""


def explain(result: Result, key: str, bundle: Bundle | None = None) -> str:
    """Explain one indicator of a result.

    Parameters
    ----------
    result : with a plan.
    key : such as ``access.mean_min``.
    bundle : the data that the result was computed from.

    Raises
    ------
    UnknownIndicatorError : the result has no such indicator; the nearest keys are offered.
    """
    bundle = bundle or Bundle()
    if key not in result.scores:
        near = difflib.get_close_matches(key, result.scores, n=3, cutoff=0.4)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        msg = f"no indicator has the key {key!r}.{hint}"
        raise UnknownIndicatorError(msg)
    score = result.scores[key]
    parts = [_headline(result, key, score), _parts(result, score)]
    if result.plan and (report := REPORTS.get(key.split(".", 1)[0])):
        parts.append(report(result.instance, result.plan))
    parts += [_input(result, name, bundle) for name in score.indicator.inputs]
    return "\n\n".join(part for part in parts if part)


def _headline(result: Result, key: str, score: Score) -> str:
    indicator, unit = score.indicator, score.indicator.unit
    rows = [
        [text("explain.key"), key],
        [text("table.value"), figure(indicator.value, unit)],
        [
            text("table.range"),
            span(indicator.low, indicator.high, unit) or text("figure.undefined"),
        ],
        [text("table.baseline"), figure(score.baseline.value, unit)],
        [text("table.change"), change(score.change, unit)],
        [text("table.provenance"), text(f"provenance.{indicator.provenance}")],
        [text("explain.formula"), text(f"formula.{key}")],
    ]
    name = text(f"indicator.{key}")
    return f"{name} – {result.scenario.title}\n{aligned(rows, left=2)}"


def _parts(result: Result, score: Score) -> str:
    """Write the figure of every group and municipality, beside the baseline's."""
    names, unit = result.instance.names, score.indicator.unit
    written = []
    for heading, own, before in (
        ("host", score.indicator.by_group, score.baseline.by_group),
        ("municipality", score.indicator.by_municipality, score.baseline.by_municipality),
    ):
        if own:
            headings = [text(f"table.{name}") for name in (heading, "value", "baseline")]
            rows = [
                [
                    names[code],
                    figure(value, unit),
                    figure(before.get(code), unit),
                ]
                for code, value in own.items()
            ]
            written.append(aligned([headings, *rows]))
    return "\n\n".join(written)


def _input(result: Result, name: str, bundle: Bundle) -> str:
    """Write where a table or a parameter comes from, and a table's rows about the region."""
    if name in result.instance.assumptions:
        return _parameter(result, name, bundle)
    if not bundle.has(name):
        return text("explain.no_table", name=name)
    source = bundle.source(name)
    provenance = text(f"provenance.{source.provenance}")
    head = f"{source.table} ({source.vintage}, {provenance}, {source.licence}): {source.source}"
    if not source.table.endswith(".csv"):
        return head
    path = bundle.path(name)
    with path.open(encoding="utf-8", newline="") as handle:
        header, *rows = list(csv.reader(handle))
    about = list(_about(header, rows, set(result.instance.codes)))
    lines = [f"  {source.table}:{line}  {', '.join(row)}" for line, row in about[:MOST_ROWS]]
    if len(about) > MOST_ROWS:
        lines.append("  " + text("explain.more", count=len(about) - MOST_ROWS))
    return "\n".join([head, f"  {', '.join(header)}", *lines]) if lines else head


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
