"""What people must settle: premises and ICT, communication, agreement, milestones, and advice."""

from __future__ import annotations

from collections.abc import Iterator

from planner.assess.law import agreement_checklist
from planner.present.report.blanks import blanks
from planner.present.report.blocks import (
    Blank,
    Block,
    Bullets,
    Column,
    DocumentTable,
    Heading,
    Paragraph,
    TableCell,
)
from planner.present.report.case import Alternative, ReportCase
from planner.present.report.tables import family_keys, indicator_table
from planner.present.words.findings import sentences
from planner.present.words.text import day, text

#: Of an establishment, in the order in which it goes.
MILESTONES = (
    "mandate",
    "involvement",
    "hearing",
    "decision",
    "agreement",
    "transfer",
    "start",
    "evaluation",
)
#: Findings about whole groups; those about each municipality stand in an appendix.
OF_GROUPS = (
    "withdrawal.minimum",
    "withdrawal.stands",
    "withdrawal.depends",
    "withdrawal.too_small",
)
LEGAL = ("law.", "network.")


def premises(_case: ReportCase) -> Iterator[Block]:
    """Leave room for ICT, telephony and property."""
    yield Paragraph(text("report_document.premises"))
    yield from blanks("ict", "telephony", "property")


def communication(_case: ReportCase) -> Iterator[Block]:
    """Leave room for the plan of communication."""
    yield from blanks("communication", "user_involvement")


def agreement(case: ReportCase) -> Iterator[Block]:
    """Set out the law, what the agreement must settle, and what happens if somebody says no."""
    if case.is_single:
        told = case.alternatives[0].told(*LEGAL)
        yield from [Bullets(tuple(told))] if told else []
    checklist = case.together(_checklist)
    yield checklist if checklist.rows else Paragraph(text("report_document.no_agreement"))
    yield Paragraph(text("report_document.agreements"))
    yield from blanks("partnership", "operating")
    yield Heading(2, text("topic.withdrawal"))
    keys = family_keys(case, "withdrawal")
    if keys:
        yield indicator_table(case, text("report_document.table.withdrawal"), keys)
    if case.is_single:
        yield from _withdrawal(case.alternatives[0])
    yield Paragraph(text("report_document.withdrawal_appendix"), "note")


def _checklist(one: Alternative, title: str) -> DocumentTable:
    """Set out what the agreement must settle; no rows where no agreement is needed."""
    columns = (
        Column(text("report_document.column.item"), width=1.4),
        Column(text("report_document.column.settled"), width=3.0),
    )
    rows: list[tuple[TableCell, ...]] = []
    for item in agreement_checklist(one.plan, one.result.scenario.agreement):
        settled = " ".join(sentences(item.settled, one.instance))
        blank = Blank(text(f"report_document.agreement_blank.{item.key}"))
        rows.append((text(f"law.item.{item.key}"), settled or blank))
    basis = text("provenance.scenario")
    return DocumentTable(
        text("report_document.table.agreement", title=title), columns, tuple(rows), basis
    )


def _withdrawal(one: Alternative) -> Iterator[Block]:
    told = one.told(*OF_GROUPS)
    yield Bullets(tuple(told)) if told else Paragraph(text("report_document.nobody_shares"))


def milestones(case: ReportCase) -> Iterator[Block]:
    """Set out the milestones; known is at most when the tasks pass to the host."""
    yield from blanks("mandate", "roles", "leaders")
    starts = {one.result.scenario.agreement.from_date for one in case.alternatives}
    known = starts.pop() if len(starts) == 1 else None
    columns = (
        Column(text("report_document.column.milestone"), width=2.6),
        Column(text("report_document.column.when"), width=1.6),
        Column(text("report_document.column.who"), width=1.6),
    )
    rows: list[tuple[TableCell, ...]] = []
    for name in MILESTONES:
        when = (
            day(known) if known and name == "start" else Blank(text("report_document.blank.when"))
        )
        who = Blank(text("report_document.blank.who"))
        rows.append((text(f"report_document.milestone.{name}"), when, who))
    yield DocumentTable(text("report_document.table.milestones"), columns, tuple(rows))


def recommendation(_case: ReportCase) -> Iterator[Block]:
    """Leave the advice to people."""
    yield Paragraph(text("report_document.recommendation"))
    yield from blanks("recommendation", "signature")
