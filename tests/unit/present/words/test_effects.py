"""What a plan asks and means, in words."""

from dataclasses import replace

import pandas as pd
import pytest

from planner.io.tables.presence import Keep, read_sami_areas
from planner.model.plan import Plan
from planner.present.words.effects import (
    cost_sharing_report,
    harmonisation_notes,
    harmonisation_report,
    keep_reason,
    winners_report,
)
from planner.present.words.text import LANGUAGES, Language, speaking, text
from tests.support.data import DATA
from tests.support.factories import three_fjords

PLAN = Plan.from_groups(
    {"0001": ["0002", "0003"], "0004": ["0005", "0006"]}, locations={"0003": 2, "0006": 1}
)
NBSP = "\u00a0"


def test_what_must_be_harmonised_and_what_is_unknown() -> None:
    catalogues = pd.DataFrame({"Startlån": [True, False]}, index=["0001", "0002"])
    instance = replace(
        three_fjords(),
        services=catalogues,
        case_systems={"0001": "ACOS", "0003": "Visma"},
        opening_hours={"0001": "to timer"},
    )
    lines = harmonisation_report(instance, PLAN).splitlines()
    assert lines[:7] == [
        "NAV Aga",
        "  Startlån: tilbys av Aga, ikke av Bru",
        "  Fagsystem ACOS: Aga",
        "  Fagsystem Visma: Dal",
        "  Åpningstid i Aga: to timer",
        "  Tjenestekatalogen er ikke kjent: Dal",
        "  Fagsystemet er ikke kjent: Bru",
    ]
    assert "  Tjenestekatalogen er ikke kjent: Eid, Fet og Gol" in lines


def test_the_same_as_notes_stands_without_layout() -> None:
    told = harmonisation_notes(three_fjords(), PLAN)
    assert told == [
        line.strip() for line in harmonisation_report(three_fjords(), PLAN).split("\n") if line
    ]


def test_nothing_to_harmonise_is_said() -> None:
    instance = three_fjords()
    assert harmonisation_notes(instance, instance.baseline) == [
        harmonisation_report(instance, instance.baseline)
    ]
    assert "ingenting må samordnes" in harmonisation_report(instance, instance.baseline)


def test_every_key_stands_side_by_side() -> None:
    written = cost_sharing_report(three_fjords(), PLAN)
    heading, bru = written.splitlines()[1], written.splitlines()[3]
    assert heading.split() == [
        "Kommune",
        "Vert",
        "Gruppen",
        "Likt",
        "Innbyggere",
        "Årsverk",
        "Brukere",
    ]
    assert f"906{NBSP}000" in bru  # 905 500
    assert f"(33,3{NBSP}%)" in bru
    assert f"(14,3{NBSP}%)" in bru
    assert "anslått ut fra innbyggerne" in written


def test_gains_and_losses_side_by_side_and_what_must_be_kept() -> None:
    instance = replace(
        three_fjords(),
        keep_presence=(
            Keep("0002", "presence", "Øy", "a report"),
            Keep("0003", "presence", "Øy", "a report"),
            Keep("0003", "sami_language", "Språk", "a report"),
        ),
    )
    written = winners_report(instance, PLAN)
    dal = next(line for line in written.splitlines() if line.startswith("Dal "))
    assert "Dal → Aga" in dal
    assert "0,0 → 50,0" in dal
    assert "5,0 → 2,0" in dal
    assert dal.index("dager uten dekning") < dal.index(
        "eget vertskontor, minutter til vertskontoret"
    )
    assert "Grunnlag: Minutter til vertskontoret modellert," in written
    assert "Bru: TAPES. Øy. Dager i uka før 5,0, nå 0,0" in written
    assert "Dal: beholdes. Øy. Dager i uka før 5,0, nå 2,0" in written
    assert "Dal: ikke kjent om det beholdes. Språk." in written


def test_why_something_must_be_kept_names_category_and_language() -> None:
    area = {"keeps": "sami_area", "reason": "", "category": "", "language": ""}
    assert keep_reason(area) == "Samisk forvaltningsområde"
    of_2024 = {**area, "category": "språkutviklingskommune", "language": "North"}
    assert keep_reason(of_2024) == "Samisk forvaltningsområde (språkutviklingskommune, nordsamisk)"
    assert keep_reason({**area, "language": "Lule"}) == "Samisk forvaltningsområde (lulesamisk)"
    assert keep_reason({**area, "reason": "Lovt i 2014"}) == "Lovt i 2014"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_category_and_language_of_the_table_has_words(language: Language) -> None:
    areas = read_sami_areas(DATA)
    with speaking(language):
        for name in ("category", "language"):
            for one in areas[name].dropna().unique():
                assert not one or text(f"effects.{one.lower()}")
