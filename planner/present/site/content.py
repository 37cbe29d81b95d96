"""What the pages of a static site say, as fields of their templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd

from planner.io.bundle import Bundle
from planner.pipeline.result import Result
from planner.present.maps.drawing import difference_drawing, plan_drawing
from planner.present.method import method as methods
from planner.present.method.data_status import data_status, staff_sentence
from planner.present.method.road_fit import road_check_frame, road_checks
from planner.present.municipality.page import baseline_heading, municipalities_of
from planner.present.result.comparison import (
    column_heads,
    comparison_rows,
    group_sentences,
)
from planner.present.result.frames import municipality_frame
from planner.present.result.key_figures import key_figures
from planner.present.result.overview import plan_facts
from planner.present.result.trade_offs import trade_offs
from planner.present.site.regions import SiteRegion
from planner.present.words.caveats import warnings_about
from planner.present.words.findings import agreement_document, findings_document
from planner.present.words.text import number, text

TemplateFields = dict[str, Any]


@dataclass(frozen=True)
class SiteTable:
    """A table of words; the first column names the rows."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def cards(region: SiteRegion) -> list[TemplateFields]:
    """Return what the overview says of each scenario of a region."""
    return [
        {
            "key": key,
            "title": result.scenario.title,
            "facts": plan_facts(result, baseline_heading(result)),
            "figures": key_figures(result.scores) if result.plan else (),
            "summary": _summary(result),
            "warnings": warnings_about(result),
        }
        for key, result in region.results.items()
    ]


def comparison_fields(results: Mapping[str, Result]) -> TemplateFields:
    """Return what the page of comparison sets side by side; only scenarios with a plan."""
    shown = list(results.values())
    families = comparison_rows(shown) if shown else {}
    return {
        "heads": column_heads(shown),
        "columns": [
            {
                "key": key,
                "title": result.scenario.title,
                "baseline": baseline_heading(result),
                "summary": _summary(result),
                "changes": _changes(result),
                "groups": group_sentences(result),
            }
            for key, result in results.items()
        ],
        "families": {text(f"family.{family}"): rows for family, rows in families.items()},
        "effects": effects(shown, "kommune-{}.html".format),
    }


def effects(results: Sequence[Result], link: Callable[[str], str]) -> list[TemplateFields]:
    """Return what each municipality gains and loses in every plan; None where it is not in it.

    Parameters
    ----------
    results : of the columns.
    link : gives the address of a municipality's page by its code.
    """
    found = [trade_offs(one.instance, one.plan) if one.plan else {} for one in results]
    return [
        {
            "name": name,
            "link": link(code),
            "cells": [
                {
                    "host": result.instance.names[result.plan.host_of[code]],
                    "gains": own[code].gains,
                    "losses": own[code].unkept + own[code].losses,
                }
                if result.plan is not None and code in own
                else None
                for result, own in zip(results, found, strict=True)
            ],
        }
        for code, name in municipalities_of(results).items()
    ]


def scenario(result: Result) -> TemplateFields:
    """Return what the page of one scenario says."""
    about: TemplateFields = {
        "facts": plan_facts(result, baseline_heading(result)),
        "description": result.scenario.description or "",
        "warnings": warnings_about(result),
        "has_plan": result.plan is not None,
    }
    if result.plan is None:
        return about
    told = findings_document(result)
    topics = groupby(told, key=lambda one: one["key"].split(".")[0])
    families = comparison_rows([result])
    return about | {
        "figures": key_figures(result.scores),
        "summary": _summary(result),
        "changes": _changes(result),
        "municipalities": _table(municipality_frame(result), text("app.municipalities")),
        "codes": result.instance.codes,
        "topics": {text(f"topic.{topic}"): list(members) for topic, members in topics},
        "agreement": agreement_document(result),
        "families": {text(f"family.{family}"): rows for family, rows in families.items()},
    }


def method(bundle: Bundle) -> TemplateFields:
    """Return what the page about data and method says."""
    status = data_status(bundle)
    checks = road_checks(bundle)
    deviations = checks["deviation_share"].abs()
    return {
        "tables": _table(methods.table_frame(bundle), text("method.tables")),
        "parameters": _table(methods.parameter_frame(bundle), text("method.parameters")),
        "formulas": [
            _table(methods.formula_frame(family), text(f"family.{family}"))
            for family in methods.families()
        ],
        "staff": staff_sentence(status["staff"]),
        "fit": _table(methods.fit_frame(status["commuting_fit"]), text("status.commuting")),
        "travel": text(
            "method.travel_about",
            count=len(checks),
            median=number(deviations.median(), "share"),
            largest=number(deviations.max(), "share"),
        ),
        "checks": _table(road_check_frame(checks), text("method.travel")),
        "licences": [
            {
                "name": licence,
                "is_fact": licence == methods.FACTS,
                "files": ", ".join(files),
                "text": "" if licence == methods.FACTS else methods.licence_text(licence),
            }
            for licence, files in [*methods.licences(bundle).items(), ("Leaflet", ["Leaflet"])]
        ],
    }


def _summary(result: Result) -> str:
    return plan_drawing(result.instance, result.plan).summary if result.plan else ""


def _changes(result: Result) -> str:
    if result.plan is None:
        return ""
    return difference_drawing(result.instance, result.instance.baseline, result.plan).summary


def _table(frame: pd.DataFrame, caption: str) -> SiteTable:
    rows = tuple(tuple(map(str, row)) for row in frame.itertuples(index=False, name=None))
    return SiteTable(caption, tuple(map(str, frame.columns)), rows)
