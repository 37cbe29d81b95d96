"""Findings as sentences, whole in every case."""

import string
from dataclasses import replace
from datetime import date

import pytest

from planner.assess.finding import Amount, Day, Field, Finding, Places, Words, place
from planner.assess.findings import findings
from planner.model.plan import Plan
from planner.pipeline.result import Result
from planner.present.words.findings import (
    agreement_document,
    all_names,
    finding_sentence,
    findings_document,
    findings_report,
    sentences,
)
from planner.present.words.text import LANGUAGES, Language, _catalogue, speaking
from planner.scenario.vocabulary import Scenario
from tests.support.factories import three_fjords

NAMES = {"1": "Flå", "2": "Gol", "3": "Hemsedal"}
NBSP = "\u00a0"


def finding(key: str, **fields: Field) -> Finding:
    return Finding(key, (), "observed", fields)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            finding(
                "way.as_before",
                municipality=place("3"),
                minutes=Amount(31.2, "min"),
                host=place("2"),
            ),
            f"Hemsedal: 31{NBSP}min i snitt til Gol, uendret; ingen årsverk flyttes.",
        ),
        (
            finding(
                "way.from_own_with_staff",
                municipality=place("3"),
                minutes=Amount(30.5, "min"),
                host=place("2"),
                fte=Amount(2.0, "fte"),
            ),
            f"Hemsedal: 30{NBSP}min i snitt til Gol, mot eget kontor før; 2{NBSP}årsverk flyttes.",
        ),
        (
            finding("withdrawal.depends", host=place("2"), decisive=Places(("1", "2", "3"), "or")),
            "Kontoret i Gol kommer under minstekravet hvis Flå, Gol eller Hemsedal sier nei.",
        ),
        (
            finding(
                "presence.changed",
                municipality=place("1"),
                days=Amount(1, "days"),
                before=Amount(2.5, "days"),
            ),
            f"Flå: tilstedeværelse 1{NBSP}dag i uka, mot 2,5{NBSP}dager før.",
        ),
        (
            finding("law.settled_start", day=Day(date(2027, 1, 1))),
            "Oppgaver og myndighet overføres 1. januar 2027.",
        ),
        (
            finding("law.settled_tasks", tasks=Words(("Bostøtte", "Gjeldsrådgivning"))),
            "Vertskommunen overtar: Bostøtte og Gjeldsrådgivning.",
        ),
        (
            finding("withdrawal.minimum_population", population=Amount(12_000)),
            (
                f"Minstekravet til en gruppe er her 12{NBSP}000 innbyggere. "
                "Det er valgt; det finnes ikke noe nasjonalt krav."
            ),
        ),
    ],
)
def test_sentences(told: Finding, expected: str) -> None:
    assert finding_sentence(told, NAMES) == expected


def test_sentences_of_other_languages() -> None:
    told = finding(
        "way.from_own_with_staff",
        municipality=place("3"),
        minutes=Amount(30.5, "min"),
        host=place("2"),
        fte=Amount(2.0, "fte"),
    )
    with speaking("nn"):
        nynorsk = finding_sentence(told, NAMES)
    assert nynorsk == (
        f"Hemsedal: 30{NBSP}min i snitt til Gol, mot eige kontor før; 2{NBSP}årsverk blir flytte."
    )
    with speaking("en"):
        english = finding_sentence(told, NAMES)
    assert english == (
        f"Hemsedal: 30{NBSP}min on average to Gol, instead of its own office; "
        f"staff moved: 2{NBSP}FTE."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_findings_of_a_plan_can_be_told(language: Language) -> None:
    instance = three_fjords()
    plan = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005", "0006"]})
    with speaking(language):
        told = sentences(findings(instance, plan), instance)
    assert all(one.endswith(".") for one in told)
    assert len(told) == len(set(told))
    assert not [one for one in told if "{" in one or "  " in one]


def test_a_sentence_has_exactly_the_fields_of_its_finding() -> None:
    instance = three_fjords()
    plan = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005", "0006"]})
    for told in findings(instance, plan):
        parts = string.Formatter().parse(_catalogue("nb")[f"finding.{told.key}"])
        assert {name for _, name, _, _ in parts if name} == set(told.fields), told.key


def test_names_reach_beyond_the_region() -> None:
    assert all_names(three_fjords())["0009"] == "Hav"


RESULT = Result(
    Scenario.model_validate(
        {
            "schema": 1,
            "title": "Fjordene",
            "region": {"county": "Vestland"},
            "groups": [{"host": "Aga"}],
            "agreement": {"notice_months": 12},
        }
    ),
    three_fjords(),
    Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005", "0006"]}),
)


def test_a_report_is_ordered_by_topic_and_ends_with_the_agreement() -> None:
    parts = findings_report(RESULT).split("\n\n")
    heads = [part.splitlines()[0] for part in parts]
    assert heads == [
        "Fjordene",
        "VEI TIL KONTORET",
        "TILSTEDEVÆRELSE",
        "BO- OG ARBEIDSMARKED",
        "HVIS NOEN SIER NEI",
        "LOV OG AVTALE",
        "HVA AVTALEN MÅ FASTSETTE",
    ]
    checklist = parts[-1].splitlines()
    assert f"  Oppsigelse og uttreden: Oppsigelsesfristen er 12{NBSP}måneder." in checklist
    assert "  Økonomisk oppgjør: åpent" in checklist


def test_findings_and_agreement_as_data() -> None:
    found = findings_document(RESULT)
    assert found[1] == {
        "key": "way.from_own_with_staff",
        "about": ["Bru"],
        "provenance": "modelled",
        "text": f"Bru: 20{NBSP}min i snitt til Aga, mot eget kontor før; 2{NBSP}årsverk flyttes.",
    }
    agreement = {item["item"]: item["settled"] for item in agreement_document(RESULT)}
    assert agreement["notice"] == [f"Oppsigelsesfristen er 12{NBSP}måneder."]
    assert agreement["tasks"] == []
    assert len(agreement["participants"]) == 2


def test_no_plan_has_no_findings() -> None:
    none = replace(RESULT, plan=None)
    assert findings_report(none) == ""
    assert findings_document(none) == agreement_document(none) == []
