"""Appendices: all findings, and where every figure comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from planner._version import __version__
from planner.assess.scorecard import FAMILIES
from planner.io.bundle import checksum
from planner.io.tables.assumptions import load_assumptions
from planner.present.report.blocks import (
    CellFigure,
    Column,
    DocumentTable,
    TableCell,
)
from planner.present.report.case import Alternative, ReportCase, baseline_name
from planner.present.report.tables import family_keys, indicator_table
from planner.present.words.data_words import parameter_meaning, parameter_unit
from planner.present.words.text import text

CHECKSUM_LETTERS = 16
TOPICS = ("way", "presence", "labour_market", "withdrawal", "law", "network")


def findings_appendix(case: ReportCase) -> DocumentTable:
    """Set out the findings, topic by topic."""
    return replace(
        case.together(_findings), title=text("report_document.table.findings"), apart=True
    )


def _findings(one: Alternative, _title: str) -> DocumentTable:
    columns = (
        Column(text("report_document.column.topic")),
        Column(text("report_document.column.finding"), width=4.0),
    )
    rows = [(text(f"topic.{topic}"), told) for topic in TOPICS for told in one.told(f"{topic}.")]
    basis = text("report_document.findings_basis")
    return DocumentTable("", columns, tuple(rows), basis)


def sources_appendix(case: ReportCase) -> Iterator[DocumentTable]:
    """Set out all figures with formulas and inputs, the parameters, the tables and the versions."""
    if case.alternatives:
        title = text("report_document.table.figures")
        yield replace(indicator_table(case, title, family_keys(case, *FAMILIES)), apart=True)
        yield _formulas(case)
        yield _parameters(case)
    yield _tables(case)
    yield _versions(case)


def _formulas(case: ReportCase) -> DocumentTable:
    columns = (
        Column(text("table.indicator"), width=1.6),
        Column(text("explain.formula"), width=3.0),
        Column(text("report_document.column.inputs"), width=1.6),
    )
    rows: list[tuple[TableCell, ...]] = []
    for key in family_keys(case, *FAMILIES):
        scores = (one.result.scores.get(key) for one in case.alternatives)
        inputs = dict.fromkeys(name for score in scores if score for name in score.indicator.inputs)
        rows.append((text(f"indicator.{key}"), text(f"formula.{key}"), ", ".join(inputs)))
    return DocumentTable(text("report_document.table.formulas"), columns, tuple(rows), apart=True)


def _parameters(case: ReportCase) -> DocumentTable:
    """Set out every parameter, with the value of each alternative."""
    known = load_assumptions(case.bundle)
    columns = (
        Column(text("report_document.column.parameter"), width=2.6),
        *(Column(_value_heading(case, one), "exact", "", 0.8) for one in case.alternatives),
        Column(text("report_document.column.low"), "exact", "", 0.8),
        Column(text("report_document.column.high"), "exact", "", 0.8),
        Column(text("table.unit"), width=1.0),
        Column(text("report_document.column.source"), width=2.2),
    )
    rows: list[tuple[TableCell, ...]] = []
    bases = []
    for name, entry in known.items():
        values = [one.instance.assumptions[name] for one in case.alternatives]
        own = any(value != entry.default for value in values) or any(
            name in one.result.scenario.assumptions for one in case.alternatives
        )
        meaning = parameter_meaning(name, entry.meaning)
        rows.append(
            (
                f"{meaning} ({name})",
                *(CellFigure(value, "") for value in (*values, entry.low, entry.high)),
                parameter_unit(entry.unit),
                entry.source,
            )
        )
        bases.append(text(f"provenance.{'scenario' if own else entry.provenance}"))
    return DocumentTable(
        text("report_document.table.parameters"), columns, tuple(rows), tuple(bases), apart=True
    )


def _value_heading(case: ReportCase, one: Alternative) -> str:
    return text("table.value") if case.is_single else case.label(one)


def _tables(case: ReportCase) -> DocumentTable:
    columns = (
        Column(text("status.table"), width=1.7),
        Column(text("status.vintage"), width=1.0),
        Column(text("status.source"), width=2.6),
        Column(text("status.licence"), width=1.2),
        Column(text("report_document.column.checksum"), width=1.4),
    )
    sources = case.bundle.sources.values()
    rows: tuple[tuple[TableCell, ...], ...] = tuple(
        (one.table, one.vintage, one.source, one.licence, one.sha256[:CHECKSUM_LETTERS])
        for one in sources
    )
    bases = tuple(text(f"provenance.{one.provenance}") for one in sources)
    return DocumentTable(text("report_document.table.sources"), columns, rows, bases, apart=True)


def _versions(case: ReportCase) -> DocumentTable:
    columns = (
        Column(text("report_document.column.what"), width=1.2),
        Column(text("report_document.column.version"), width=3.0),
    )
    rows: list[tuple[TableCell, ...]] = [
        (text("report_document.program"), f"Kontorplan {__version__}")
    ]
    for result in case.results:
        path, title = result.scenario.path, " ".join(result.scenario.title.split())
        if path is not None and path.is_file():  # not so of a request that was never saved
            mark = checksum(path)[:CHECKSUM_LETTERS]
            rows.append((text("report_document.scenario_file"), f"{path.name} ({mark}): {title}"))
        rows.append((text("table.baseline"), baseline_name(result)))
        if result.solve is not None:
            rows.append(
                (text("report_document.solver"), f"{result.solve.solver} {result.solve.version}")
            )
    return DocumentTable(text("report_document.table.versions"), columns, tuple(rows), apart=True)
