"""The content of a case document, section by section.

The headings are those of the checklist for host-municipality cooperation (KS and the Directorate,
February 2024): what a basis for the councils' decision contains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from planner.io.bundle import Bundle
from planner.pipeline.result import Result
from planner.present.report.blocks import (
    Blank,
    Block,
    Bullets,
    CaseDocument,
    Contents,
    DocumentTable,
    Heading,
    Link,
    Paragraph,
    numbered_blocks,
)
from planner.present.report.case import ReportCase
from planner.present.report.content.decision import (
    agreement,
    communication,
    milestones,
    premises,
    recommendation,
)
from planner.present.report.content.effects import economy, goals, risk, services, staff
from planner.present.report.content.plan import locations, proposal, situation
from planner.present.report.content.sources import findings_appendix, sources_appendix
from planner.present.report.content.summary import summary_chapter, without_plan
from planner.present.words.sender import sender
from planner.present.words.text import enumeration, language, text
from planner.today import today

_Section = Callable[[ReportCase], Iterable[Block]]
#: Heading -> what fills the section, in the order of the document.
SECTIONS: Mapping[str, _Section] = {
    "situation": situation,
    "proposal": proposal,
    "goals": goals,
    "services": services,
    "locations": locations,
    "staff": staff,
    "economy": economy,
    "risk": risk,
    "premises": premises,
    "communication": communication,
    "agreement": agreement,
    "milestones": milestones,
    "recommendation": recommendation,
}
#: The sections that stand where no plan was found: nothing is there to be decided.
WITHOUT_PLAN = ("situation",)


def case_document(results: Sequence[Result], bundle: Bundle, address: str = "") -> CaseDocument:
    """Make a case document in the current language.

    Parameters
    ----------
    results : of one scenario, which stands beside its baseline, or of two to four, side by side;
        of one region.
    bundle : the data that they were computed from.
    address : where the same figures can be seen, if anywhere.

    Raises
    ------
    CaseError : none, more than four, or of different regions.
    DataError : the register of the data, or its parameters, cannot be read.
    """
    case = ReportCase.of(results, bundle)
    return CaseDocument(
        title=_title(case),
        subtitle=text("report_document.subtitle", region=_region(case)),
        language=language(),
        made=today(),
        names=tuple(case.instance.names.values()),
        blocks=_with_list_of_appendices(numbered_blocks(_blocks(case, address))),
    )


def _blocks(case: ReportCase, address: str) -> Iterator[Block]:
    has_plan = bool(case.alternatives)
    yield Paragraph(sender(case.bundle), "note")
    if address:
        yield Link(text("report_document.link"), address)
    yield Blank(text("report_document.blank.case"))
    yield Heading(1, text("report_document.heading.summary"), counted=False)
    yield from summary_chapter(case) if has_plan else without_plan(case)
    yield Contents(text("report_document.heading.contents"))
    for name in SECTIONS if has_plan else WITHOUT_PLAN:
        yield Heading(1, text(f"report_document.heading.{name}"))
        yield from SECTIONS[name](case)
    yield Heading(1, text("report_document.heading.appendices"), counted=False)
    yield Paragraph(text("report_document.appendices"))
    if has_plan:
        yield findings_appendix(case)
    yield from sources_appendix(case)


def _with_list_of_appendices(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Close a document with what its appendices are called."""
    given = tuple(blocks)
    apart = [one.title for one in given if isinstance(one, DocumentTable) and one.apart]
    return (*given, Bullets(tuple(apart)))


def _title(case: ReportCase) -> str:
    if len(case.results) == 1:
        return " ".join(case.results[0].scenario.title.split())
    return text("report_document.comparison", region=_region(case))


def _region(case: ReportCase) -> str:
    """Name the region as the scenario does: its council, its counties, or its municipalities."""
    region = case.results[0].scenario.region
    named = region.council or region.county or enumeration(region.counties or [])
    return named or enumeration(list(case.instance.names.values()))
