"""The situation today, the plan, and where people would meet the service."""

from __future__ import annotations

from collections.abc import Iterator

from planner.assess.equity import must_keep
from planner.io.bundle import Bundle
from planner.pipeline.result import Result
from planner.present.maps.drawing import difference_drawing, plan_drawing
from planner.present.maps.picture import picture
from planner.present.report.blocks import Blank, Block, Bullets, Heading, Paragraph
from planner.present.report.case import Alternative, ReportCase, baseline_name
from planner.present.report.content.summary import proof
from planner.present.report.municipality_tables import (
    effects_table,
    groups_table,
    minutes_tables,
    presence_table,
    situation_table,
)
from planner.present.report.tables import family_keys, indicator_table
from planner.present.words.effects import kept_lines
from planner.present.words.text import number, text

ACCESS = (
    "access.nearest_mean_min",
    "access.nearest_max_min",
    "access.mean_min",
    "access.p90_min",
    "access.max_min",
    "access.within_30_share",
    "access.within_60_share",
    "access.ferry_share",
    "access.visits_affected",
    "equity.worst_off_added_min",
    "equity.farther_persons",
    "equity.nearer_persons",
    "equity.fewer_presence_days_municipalities",
    "equity.presence_lost_municipalities",
)


def situation(case: ReportCase) -> Iterator[Block]:
    """Draw and set out what the plans are compared with."""
    if case.shares_baseline or not case.alternatives:
        yield from _situation(case.results[0], case.bundle)
    else:
        yield from case.each(lambda one: _situation(one.result, case.bundle))
    yield Blank(text("report_document.blank.situation"))
    yield Blank(text("report_document.blank.experience"))


def _situation(result: Result, bundle: Bundle) -> Iterator[Block]:
    instance, name = result.instance, baseline_name(result)
    yield Paragraph(text("report_document.situation", baseline=name))
    title = text("report_document.picture.situation")
    yield picture(plan_drawing(instance, instance.baseline), title, bundle)
    yield situation_table(result, text("report_document.table.situation"))
    total, regional = number(result.total_fte, "fte"), number(instance.regional_fte, "fte")
    key = "total" if instance.regional_fte else "total_without_regional"
    yield Paragraph(f"{text(f'report.{key}', total=total, regional=regional)}.")
    if not len(instance.visits):
        yield Paragraph(text("report_document.no_visits"), "note")


def proposal(case: ReportCase) -> Iterator[Block]:
    """Draw and set out each plan."""
    if case.is_single:
        yield from _plan(case.alternatives[0], case.bundle)
    else:
        yield from case.each(lambda one: _plan(one, case.bundle))
    yield Blank(text("report_document.blank.proposal"))


def _plan(one: Alternative, bundle: Bundle) -> Iterator[Block]:
    description = " ".join(one.result.scenario.description.split())
    if description:
        yield Paragraph(text("report_document.described", description=description))
    yield Paragraph(proof(one.result))
    title = text("report_document.picture.plan", title=one.title)
    yield picture(plan_drawing(one.instance, one.plan), title, bundle)
    yield groups_table(one, text("report_document.table.groups", title=one.title))


def locations(case: ReportCase) -> Iterator[Block]:
    """Set out ways and presence, who must keep an office, and where people commute."""
    yield Paragraph(text("report_document.locations"))
    yield indicator_table(case, text("report_document.table.access"), ACCESS)
    if not case.is_single:
        yield from minutes_tables(case)
        yield presence_table(case)
    yield from case.each(lambda one: _ways(one, case.bundle))
    yield Heading(2, text("report_document.heading.commuting"))
    yield indicator_table(
        case, text("report_document.table.commuting"), family_keys(case, "commuting")
    )
    yield from case.each(_labour_markets)
    yield Blank(text("report_document.blank.presence"))
    yield Blank(text("report_document.blank.opening_hours"))


def _ways(one: Alternative, bundle: Bundle) -> Iterator[Block]:
    drawing = difference_drawing(one.instance, one.instance.baseline, one.plan)
    title = text("report_document.picture.difference", title=one.title)
    yield picture(drawing, title, bundle)
    yield effects_table(one, text("report_document.table.effects", title=one.title))
    kept = tuple(kept_lines(must_keep(one.instance, one.plan)))
    if kept:
        yield Paragraph(text("report_document.must_keep"))
        yield Bullets(kept)


def _labour_markets(one: Alternative) -> Iterator[Block]:
    told = one.told("labour_market.one_region", "labour_market.several_regions")
    if told:
        yield Bullets(tuple(told))
