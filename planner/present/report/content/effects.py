"""Goals and gains, services, staff, economy and risk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from planner.assess.competence.advisers import function_table
from planner.assess.risk.matrix import risk_matrix
from planner.assess.services import Harmonisation, harmonisation
from planner.present.report.blanks import blanks
from planner.present.report.blocks import (
    Blank,
    Block,
    Bullets,
    CellFigure,
    Column,
    DocumentTable,
    Paragraph,
    TableCell,
)
from planner.present.report.case import Alternative, ReportCase
from planner.present.report.gains_plan import drawbacks_table, gains_table, verdicts_table
from planner.present.report.municipality_tables import cost_sharing_table
from planner.present.report.tables import family_keys, indicator_table
from planner.present.words.data_words import function_name, risk_factor_name
from planner.present.words.effects import known_lines, unknown_codes
from planner.present.words.text import enumeration, text

#: So many of the office's fields with the most days without cover are listed.
MOST_FIELDS = 10
#: The sum of costs that rise and that fall: its change would set one off against the other.
NETTED = "economy.annual_nok"


def goals(case: ReportCase) -> Iterator[Block]:
    """Set out the gains plan, and beside it what gets worse and must be met."""
    yield Blank(text("report_document.blank.goals"))
    if not case.is_single:
        yield verdicts_table(case, text("report_document.table.verdicts"))
        yield Paragraph(text("report_document.gains_later"), "note")
        return
    (one,) = case.alternatives
    yield Paragraph(text("report_document.gains"))
    yield gains_table(one, text("report_document.table.gains"))
    yield drawbacks_table(one, text("report_document.table.drawbacks"))


def services(case: ReportCase) -> Iterator[Block]:
    """Set out what members must make equal, and what is not known about them."""
    title = text("report_document.table.services")
    yield indicator_table(case, title, family_keys(case, "services"))
    yield case.together(harmonisation_table)
    if case.is_single:
        yield Bullets(tuple(_known_and_unknown(case.alternatives[0])))
    else:
        yield case.together(_known_and_unknown_table)
    yield Blank(text("report_document.blank.services"))
    yield Blank(text("report_document.blank.levels"))


def harmonisation_table(one: Alternative, title: str) -> DocumentTable:
    """Set out which services some members of a group offer, and others not."""
    columns = (
        Column(text("table.host"), width=1.0),
        Column(text("report_document.column.service"), width=1.8),
        Column(text("report_document.column.offered_by"), width=1.8),
        Column(text("report_document.column.not_offered_by"), width=1.8),
    )
    groups = harmonisation(one.instance, one.plan)
    rows = [row for group in groups for row in _differences(group, one.instance.names)]
    title = text("report_document.table.harmonisation", title=title)
    return DocumentTable(title, columns, tuple(rows), text("report_document.services_basis"))


def _known_and_unknown_table(one: Alternative, _title: str) -> DocumentTable:
    rows = tuple((line,) for line in _known_and_unknown(one))
    columns = (Column(text("report_document.column.finding")),)
    basis = text("report_document.services_basis")
    return DocumentTable(text("report_document.table.known_services"), columns, rows, basis)


def _known_and_unknown(one: Alternative) -> Iterator[str]:
    groups = harmonisation(one.instance, one.plan)
    if not groups:
        yield text("effects.nothing_to_harmonise")
    for group in groups:
        yield from known_lines(group, one.instance.names)
    yield from _unknown(one, groups)


def _unknown(one: Alternative, groups: Iterable[Harmonisation]) -> Iterator[str]:
    """Say what is not known, and of whom, all groups together."""
    found: dict[str, list[str]] = {}
    for group in groups:
        for what, codes in unknown_codes(group).items():
            found.setdefault(what, []).extend(codes)
    for what, unknown in found.items():
        yield text(f"effects.unknown_{what}", names=one.names(sorted(unknown)))


def _differences(group: Harmonisation, names: dict[str, str]) -> Iterator[tuple[TableCell, ...]]:
    for one in group.services:
        offered, others = (
            enumeration([names[code] for code in codes])
            for codes in (one.offered_by, one.not_offered_by)
        )
        yield (names[group.host], one.service, offered, others)


def staff(case: ReportCase) -> Iterator[Block]:
    """Set out the competence environment, and whose staff get another employer."""
    yield Paragraph(text("report_document.staff"))
    title = text("report_document.table.competence")
    keys = [*family_keys(case, "competence"), "equity.jobs_moved_fte"]
    yield indicator_table(case, title, keys)
    if any(one.instance.functions for one in case.alternatives):
        yield case.together(_thinnest_fields)
    if case.is_single:
        transfers = case.alternatives[0].told("law.transfer")
        yield from [Bullets(tuple(transfers))] if transfers else []
    yield from blanks(
        "state_involvement",
        "municipal_involvement",
        "joint_involvement",
        "transition",
        "working_environment",
    )


def _thinnest_fields(one: Alternative, title: str) -> DocumentTable:
    """List the fields of offices that are not covered on the most days; before, at its office."""
    instance = one.instance
    table = function_table(instance, one.plan).reset_index()
    thinnest = table.sort_values(
        ["uncovered_days", "host", "function"], ascending=[False, True, True], kind="stable"
    ).head(MOST_FIELDS)
    columns = (
        Column(text("table.host"), width=1.3),
        Column(text("report_document.column.function"), width=1.8),
        Column(text("report_document.column.advisers"), "level", "", 1.1),
        Column(text("table.fte"), "level", "fte"),
        Column(text("report_document.column.uncovered_days"), "level", "days", 1.3),
        Column(text("report_document.column.team"), width=1.2),
    )
    rows: list[tuple[TableCell, ...]] = [
        (
            instance.names[row["host"]],
            function_name(row["function"], instance.functions[row["function"]].name),
            CellFigure(row["advisers"], ""),
            CellFigure(row["fte"], "fte"),
            CellFigure(row["uncovered_days"], "days"),
            text(f"report_document.team.{'possible' if row['team_possible'] else 'impossible'}"),
        )
        for row in thinnest.to_dict("records")
    ]
    title = text("report_document.table.functions", title=title, count=len(rows))
    return DocumentTable(title, columns, tuple(rows), text("provenance.assumed"))


def economy(case: ReportCase) -> Iterator[Block]:
    """Set out costs with their ranges, and how they could be shared."""
    yield Paragraph(text("report_document.economy"))
    title = text("report_document.table.economy")
    keys = [key for key in family_keys(case, "economy") if key != NETTED]
    yield indicator_table(case, title, keys)
    if case.is_single:
        yield Paragraph(text("effects.shared_costs") + ".")
    yield case.together(
        lambda one, title: cost_sharing_table(
            one, text("report_document.table.cost_sharing", title=title)
        )
    )
    yield from blanks("economy", "state_budget", "municipal_budget", "cost_key")


def risk(case: ReportCase) -> Iterator[Block]:
    """Set out the risk factors, each before and after."""
    if not case.instance.risk_factors:
        yield Blank(text("report_document.blank.risk"))
        return
    yield Paragraph(text("report_document.risk"))
    yield indicator_table(case, text("report_document.table.risk"), family_keys(case, "risk"))
    yield _factors(case)
    yield Blank(text("report_document.blank.risk"))
    yield Blank(text("report_document.blank.measures"))


def _factors(case: ReportCase) -> DocumentTable:
    """Set out likelihood times consequence of every factor."""
    first = case.alternatives[0]
    before = risk_matrix(first.instance, first.instance.baseline)
    after = [risk_matrix(one.instance, one.plan) for one in case.alternatives]
    columns = (
        Column(text("risk.factor"), width=3.4),
        Column(text("risk.consequence"), "exact", "points"),
        *([Column(text("table.baseline"), "level", "points", 1.4)] if case.shares_baseline else []),
        *(Column(case.label(one), "level", "points", 1.2) for one in case.alternatives),
        Column(text("risk.scored_by"), width=1.1),
    )
    shown = [before, *after] if case.shares_baseline else after
    products = [dict(matrix["product"]) for matrix in shown]
    scored = [dict(matrix["scored_by"]) for matrix in after]
    rows: list[tuple[TableCell, ...]] = []
    for number, own in after[0].to_dict("index").items():
        scored_by = dict.fromkeys(text(f"scored_by.{one[number]}") for one in scored)
        rows.append(
            (
                f"{number}. {risk_factor_name(str(number), own['name'])}",
                CellFigure(_number(own["consequence"]), "points"),
                *(CellFigure(_number(one[number]), "points") for one in products),
                enumeration(list(scored_by)),
            )
        )
    return DocumentTable(
        text("report_document.table.factors"), columns, tuple(rows), text("provenance.assumed")
    )


def _number(value: Any) -> float | None:  # noqa: ANN401 - a number, or missing
    return None if pd.isna(value) else float(value)
