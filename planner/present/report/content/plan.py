"""The situation today, the plan, and where people would meet the service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from planner.io.bundle import Bundle
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.present.maps.drawing import Drawing, difference_drawing, plan_drawing
from planner.present.maps.picture import ABREAST, ACROSS, legend_picture, picture
from planner.present.report.blocks import Blank, Block, Bullets, Heading, Paragraph, Pictures
from planner.present.report.case import Alternative, ReportCase, baseline_name
from planner.present.report.content.summary import proof
from planner.present.report.municipality_tables import (
    effects_of_all,
    groups_table,
    hosts_table,
    minutes_tables,
    must_keep_table,
    presence_table,
    situation_table,
)
from planner.present.report.tables import family_keys, indicator_table
from planner.present.words.text import enumeration, number, text

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
    """Draw and set out what the plans are compared with, each baseline once."""
    results = [one.result for one in case.alternatives] or [case.results[0]]
    kept = {(baseline_name(one), one.instance.date): one for one in results}
    for (name, date), result in kept.items():
        total, regional = (
            number(fte, "fte") for fte in (result.total_fte, result.instance.regional_fte)
        )
        key = "total" if result.instance.regional_fte else "total_without_regional"
        told = text(f"report.{key}", total=total, regional=regional)
        numbers = [
            str(one.number)
            for one in case.alternatives
            if (baseline_name(one.result), one.instance.date) == (name, date)
        ]
        about = (
            text("report_document.situation", baseline=name)
            if len(kept) == 1
            else text("report_document.situation_of", number=enumeration(numbers), baseline=name)
        )
        yield Paragraph(f"{about} {told}.")
    if not case.is_single:  # whose map stands beside the plan's
        title = text("report_document.picture.situation")
        yield _maps(
            {
                title if len(kept) == 1 else f"{title}: {name}": _plan_drawing(
                    one.instance, one.instance.baseline
                )
                for (name, _), one in kept.items()
            },
            case.bundle,
        )
    title = text("report_document.table.situation")
    if case.alternatives:
        yield case.together(lambda one, _title: situation_table(one.result, title))
    else:
        yield situation_table(results[0], title)
    if not any(len(one.instance.visits) for one in results):
        yield Paragraph(text("report_document.no_visits"), "note")
    yield Blank(text("report_document.blank.situation"))
    yield Blank(text("report_document.blank.experience"))


def proposal(case: ReportCase) -> Iterator[Block]:
    """Draw and set out each plan."""
    drawn = {
        _figure_title("plan", case, one): _plan_drawing(one.instance, one.plan)
        for one in case.alternatives
    }
    if case.is_single:
        instance = case.instance
        today = {
            text("report_document.picture.situation"): _plan_drawing(instance, instance.baseline)
        }
        drawn = today | drawn
    yield _maps(drawn, case.bundle)
    yield from case.each(_described)
    yield case.together(
        lambda one, title: groups_table(one, text("report_document.table.groups", title=title))
    )
    yield Blank(text("report_document.blank.proposal"))


def _described(one: Alternative) -> Iterator[Block]:
    description = " ".join(one.result.scenario.description.split())
    told = [text("report_document.described", description=description)] if description else []
    yield Paragraph(" ".join([*told, proof(one.result)]))


def locations(case: ReportCase) -> Iterator[Block]:
    """Set out ways and presence, who must keep an office, and where people commute."""
    yield Paragraph(text("report_document.locations"))
    yield indicator_table(case, text("report_document.table.access"), ACCESS)
    drawn = {
        _figure_title("difference", case, one): _difference_drawing(case, one)
        for one in case.alternatives
    }
    yield _maps(drawn, case.bundle)
    if not case.is_single:
        yield hosts_table(case)
        yield from minutes_tables(case)
        yield presence_table(case)
    yield effects_of_all(case)
    yield from must_keep_table(case)
    yield Heading(2, text("report_document.heading.commuting"))
    yield indicator_table(
        case, text("report_document.table.commuting"), family_keys(case, "commuting")
    )
    if case.is_single:
        yield from _labour_markets(case.alternatives[0])
    yield Blank(text("report_document.blank.presence"))
    yield Blank(text("report_document.blank.opening_hours"))


def _labour_markets(one: Alternative) -> Iterator[Block]:
    told = one.told("labour_market.one_region", "labour_market.several_regions")
    if told:
        yield Bullets(tuple(told))


def _plan_drawing(instance: Instance, plan: Plan) -> Drawing:
    """Draw a plan whose legend has no colours: each host is named on its own group."""
    drawing = plan_drawing(instance, plan)
    return replace(drawing, legend=tuple(one for one in drawing.legend if one.mark != "area"))


def _difference_drawing(case: ReportCase, one: Alternative) -> Drawing:
    """Draw who has another host; beside others, where there is little room, without figures."""
    drawing = difference_drawing(one.instance, one.instance.baseline, one.plan)
    if case.is_single:
        return drawing
    return replace(drawing, labels={code: lines[:1] for code, lines in drawing.labels.items()})


def _figure_title(what: str, case: ReportCase, one: Alternative) -> str:
    if case.is_single:
        return text(f"report_document.picture.{what}", title=one.title)
    return text(f"report_document.picture.{what}_of", label=case.label(one), title=one.title)


def _maps(drawings: Mapping[str, Drawing], bundle: Bundle) -> Pictures:
    """Draw maps under their titles, with one legend for all of them."""
    form = ACROSS if len(drawings) == 1 else ABREAST
    entries = [entry for drawing in drawings.values() for entry in drawing.legend]
    made = (
        picture(replace(drawing, legend=()), title, bundle, form)
        for title, drawing in drawings.items()
    )
    legend = legend_picture(tuple(dict.fromkeys(entries)), text("map.legend"))
    return Pictures(tuple(made), legend)
