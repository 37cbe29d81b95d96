"""Findings as sentences: one whole text of the catalogue each, with its fields filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import groupby
from typing import Any

from planner.assess.finding import Amount, Day, Field, Finding, Places
from planner.assess.findings import findings
from planner.assess.labour_market import labour_market_findings
from planner.assess.law import ChecklistItem, agreement_checklist, law_findings
from planner.assess.withdrawal.findings import withdrawal_findings
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.pipeline.result import Result
from planner.present.words.text import day, enumeration, spoken, text
from planner.provenance import Provenance


def finding_sentence(finding: Finding, names: Mapping[str, str]) -> str:
    """Write one finding.

    Such as «Hemsedal: 31 min til Gol, uendret; ingen årsverk flyttes.»

    Parameters
    ----------
    finding : its key is ``finding.<key>`` in the catalogue.
    names : code -> name, for every municipality that it names.

    Raises
    ------
    KeyError : the catalogue has no such text, or the text has a field that the finding lacks.
    """
    fields = {
        name: _written(field, names, finding.provenance) for name, field in finding.fields.items()
    }
    return text(f"finding.{finding.key}", **fields)


def sentences(told: Iterable[Finding], instance: Instance) -> list[str]:
    """Write findings about a region, in their order."""
    names = all_names(instance)
    return [finding_sentence(finding, names) for finding in told]


def findings_document(result: Result) -> list[dict[str, Any]]:
    """Return the findings about a result's plan as plain data; none without a plan."""
    if result.plan is None:
        return []
    names = all_names(result.instance)
    return [
        {
            "key": finding.key,
            "about": [names[code] for code in finding.about],
            "provenance": finding.provenance,
            "text": finding_sentence(finding, names),
        }
        for finding in findings(result.instance, result.plan)
    ]


def agreement_document(result: Result) -> list[dict[str, Any]]:
    """Return what agreements must settle, and what is settled; none where none is needed."""
    return [
        {"item": item.key, "name": text(f"law.item.{item.key}"), "settled": settled}
        for item, settled in _agreement(result)
    ]


def findings_report(result: Result) -> str:
    """Write the findings about a result's plan, topic by topic, and the agreement's checklist."""
    if result.plan is None:
        return ""
    parts = [result.scenario.title]
    for topic, told in findings_by_topic(result):
        parts.append("\n".join([topic.upper(), *(f"  {one}" for one in told)]))
    items = [f"  {item}: {settled}" for item, settled in agreement_rows(result)]
    if items:
        parts.append("\n".join([text("law.agreement").upper(), *items]))
    return "\n\n".join(parts)


def findings_by_topic(result: Result) -> list[tuple[str, list[str]]]:
    """Return the topics about a result's plan, each with its sentences; none without a plan."""
    if result.plan is None:
        return []
    told = findings(result.instance, result.plan)
    return [
        (text(f"topic.{topic}"), sentences(members, result.instance))
        for topic, members in groupby(told, key=lambda finding: finding.topic)
    ]


def agreement_rows(result: Result) -> list[tuple[str, str]]:
    """Return what agreements must settle, and what is settled or that it is open."""
    return [
        (text(f"law.item.{item.key}"), " ".join(settled) or text("law.open"))
        for item, settled in _agreement(result)
    ]


def labour_market_notes(instance: Instance, plan: Plan) -> list[str]:
    """Say which labour-market regions groups lie in, and whom each municipality leans to."""
    return sentences(labour_market_findings(instance, plan), instance)


def withdrawal_notes(instance: Instance, plan: Plan) -> list[str]:
    """Say what happens if a council says no."""
    return sentences(withdrawal_findings(instance, plan), instance)


def law_notes(instance: Instance, plan: Plan) -> list[str]:
    """Say what the law does not allow in a plan, and what it asks for."""
    return sentences(law_findings(instance, plan), instance)


def _agreement(result: Result) -> list[tuple[ChecklistItem, list[str]]]:
    if result.plan is None:
        return []
    items = agreement_checklist(result.plan, result.scenario.agreement)
    return [(item, sentences(item.settled, result.instance)) for item in items]


@lru_cache(maxsize=8)
def all_names(instance: Instance) -> Mapping[str, str]:
    """Return code -> name of the region's municipalities, and of those that surround it."""
    around = instance.surroundings
    outside = {} if around is None else dict(around.municipalities["name"])
    return {**outside, **instance.names}


def _written(field: Field, names: Mapping[str, str], provenance: Provenance) -> str:
    if isinstance(field, Amount):
        return spoken(field.value, field.unit, provenance)
    if isinstance(field, Places):
        return enumeration([names[code] for code in field.codes], field.joined_by)
    if isinstance(field, Day):
        return day(field.date)
    return enumeration(field.texts)
