"""One municipality in every scenario: the figures of the run, in the words of a council."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from planner.pipeline.result import Result
from planner.pipeline.run_scenario import run
from planner.present.municipality.page import Chapter, Fact, municipalities_of, municipality_page
from planner.present.result.document import DECIMALS, as_document
from planner.present.site.municipality_html import municipality_html
from planner.present.words.text import speaking
from planner.scenario.load import load_scenario
from tests.support.data import DATA
from tests.support.paths import SCENARIOS

HALLINGDAL = {"Flå": "3039", "Nesbyen": "3040", "Gol": "3041", "Hemsedal": "3042", "Ål": "3043",
              "Hol": "3044"}  # fmt: skip
RODOY, TRAENA, HEROY, HAMAROY, GRATANGEN = "1836", "1835", "1818", "1875", "5414"


@cache
def result_of(name: str) -> Result:
    return run(load_scenario(SCENARIOS / f"{name}.yaml"))


@cache
def chapter(name: str, code: str) -> Chapter:
    return municipality_page([result_of(name)], code).chapters[0]


def fact(name: str, code: str, key: str) -> Fact:
    return next(one for one in chapter(name, code).facts if one.key == key)


def short(name: str, code: str) -> str:
    return " ".join(line.text for line in chapter(name, code).summary).replace("\u00a0", " ")


def told(name: str, code: str, section: str) -> str:
    found = [one for one in chapter(name, code).sections if one.key == section]
    return " ".join(line.text for one in found for line in one.lines).replace("\u00a0", " ")


@pytest.mark.parametrize(
    "name", ["hallingdal/modell-b", "hallingdal/modell-e", "nordland/tjenesteomrader-2018"]
)
def test_figures_are_those_of_the_run(name: str) -> None:
    document: dict[str, Any] = as_document(result_of(name))
    sizes = {
        member: (group["host"], len(group["members"]))
        for group in document["groups"]
        for member in group["members"]
    }
    for row in document["municipalities"][::3]:
        facts = {one.key: one for one in chapter(name, row["code"]).facts}
        assert facts["host"].written == row["host"] == sizes[row["name"]][0]
        assert facts["members"].value == sizes[row["name"]][1]
        for key, own in (("minutes", "minutes"), ("minutes_nearest", "minutes_nearest"),
                         ("presence_days", "presence_days"), ("own_fte", "fte")):  # fmt: skip
            value = facts[key].value
            assert value is not None
            assert round(value, DECIMALS) == row[own], (row["name"], key)


def test_shares_of_costs_and_inhabitants_add_up_in_the_group() -> None:
    shares = [
        fact("hallingdal/modell-e", code, "group_share").value for code in HALLINGDAL.values()
    ]
    assert sum(value or 0.0 for value in shares) == pytest.approx(1.0)
    for key in ("equal", "inhabitants", "staff", "users"):
        costs = [
            fact("hallingdal/modell-e", code, f"cost_{key}_nok").value
            for code in HALLINGDAL.values()
        ]
        equal = fact("hallingdal/modell-e", HALLINGDAL["Gol"], "cost_equal_nok").value or 0.0
        assert sum(value or 0.0 for value in costs) == pytest.approx(6 * equal)


def test_a_municipality_that_loses_its_office() -> None:
    """Hol in model E; staff and days are the scenario's, minutes those of the road."""
    name, hol = "hallingdal/modell-e", HALLINGDAL["Hol"]
    assert short(name, hol).startswith(
        "Hol har ikke lenger eget vertskontor. Gol blir vertskommune, og vertskontoret ligger "
        "i snitt 51 min unna."
    )
    assert "2 dager i uka, mot 5 dager før" in short(name, hol)
    assert "5,95 årsverk flyttes fra Hol til Gol." in short(name, hol)
    assert (fact(name, hol, "leaving_fte").value, fact(name, hol, "jobs_fte").value) == (5.95, 0.0)
    judged = {one.key: one.judgement for one in chapter(name, hol).facts}
    assert judged["host"] == judged["minutes"] == judged["jobs_fte"] == "worse"
    assert judged["uncovered_days"] == "better"
    assert judged["cost_staff_nok"] == "changed"  # money is neither: the office is another


def test_the_host() -> None:
    name, gol = "hallingdal/modell-e", HALLINGDAL["Gol"]
    assert "18,85 årsverk flyttes til Gol fra Flå, Nesbyen, Ål og Hol." in short(name, gol)
    assert "er vertskommune" in short(name, gol)
    assert fact(name, gol, "arriving_fte").value == pytest.approx(2.0 + 5.1 + 5.8 + 5.95)
    assert "blir Ål vertskommune" in told(name, gol, "own_no")
    assert told(name, gol, "host_no") == ""


def test_a_municipality_without_staff() -> None:
    """All who work for Hemsedal are employed in Gol, says the report."""
    name, hemsedal = "hallingdal/modell-e", HALLINGDAL["Hemsedal"]
    assert "Årsverkene til Hemsedal er i tallgrunnlaget regnet med i Gol" in short(name, hemsedal)
    assert fact(name, hemsedal, "leaving_fte").value == 0
    assert "Hemsedal får da kontor i Ål, i snitt 55 min unna." in told(name, hemsedal, "host_no")


def test_who_shares_with_nobody() -> None:
    name, aal = "hallingdal/modell-d", HALLINGDAL["Ål"]
    assert short(name, aal) == (
        "Ål har eget kontor, som før. Nærmeste åpne sted er i snitt 7 min unna, som før. "
        "Ingen årsverk flyttes til eller fra Ål."
    )
    assert "ingen avtale å si nei til" in told(name, aal, "own_no")
    assert fact(name, aal, "decisive").written == "deler ikke kontor"


def test_islands_and_what_must_be_kept() -> None:
    county = "nordland/tjenesteomrader-2018"
    assert "bruker ferje eller båt" in told(county, TRAENA, "office")
    assert "Øy: fysisk tilstedeværelse i enhver modell» er oppfylt" in told(county, TRAENA, "keep")
    assert "Samisk forvaltningsområde (lulesamisk)» er oppfylt" in told(
        "indre-salten/vertskommune-fauske", HAMAROY, "keep"
    )


def test_a_group_across_the_county_border_and_an_unknown_council() -> None:
    name = "ofoten/kommunesammenslaing-2020"
    influence = told(name, GRATANGEN, "influence")
    assert "fylkesgrensen (Nordland og Troms)" in influence
    assert "For de andre er regionrådet ikke kjent." in influence
    about = [line.text for line in municipality_page([result_of(name)], GRATANGEN).about]
    assert about[1] == "Troms"


def test_a_cooperation_without_a_host_takes_nobodys_employer() -> None:
    name = "sor-salten/naert-samarbeid"
    assert "Ingen er vertskommune." in short(name, RODOY)
    assert fact(name, RODOY, "host").written == "ingen; samordnes fra Meløy"
    assert fact(name, RODOY, "leaving_fte").value == 0
    assert fact(name, RODOY, "jobs_fte").value is None
    assert "enkeltvedtak" in told(name, RODOY, "influence")


def test_every_figure_and_every_sentence_with_a_figure_has_a_provenance() -> None:
    found = chapter("nordland/tjenesteomrader-2018", TRAENA)
    assert all(line.provenance for line in found.summary)
    assert all(one.provenance for one in found.facts)
    for section in found.sections:
        for line in section.lines:
            has_figure = any(letter.isdigit() for letter in line.text)
            assert line.provenance or not has_figure, line.text
    assert fact("nordland/tjenesteomrader-2018", TRAENA, "own_fte").provenance == "estimated"


def test_only_scenarios_that_have_the_municipality() -> None:
    results = [result_of("hallingdal/modell-b"), result_of("sor-salten/naert-samarbeid")]
    assert len(municipality_page(results, RODOY).chapters) == 1
    assert list(municipalities_of(results).values())[:2] == ["Flå", "Gildeskål"]
    with pytest.raises(KeyError):
        municipality_page(results, "0301")


def test_a_request_without_an_answer_is_a_chapter_that_says_so(tmp_path: Path) -> None:
    path = tmp_path / "umulig.yaml"
    path.write_text(
        "schema: 1\ntitle: <script>alert(1)</script>\nregion: {council: Hallingdal}\n"
        "propose: {constraints: {min_fte: 900, exempt: never}}\n",
        encoding="utf-8",
    )
    results = [result_of("hallingdal/modell-b"), run(load_scenario(path))]
    html = municipality_html(municipality_page(results, HALLINGDAL["Hol"]), DATA)
    assert "Ingen plan oppfyller kravene i dette scenarioet." in html
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_what_a_municipality_has_is_the_newest_organisation_in_force() -> None:
    names = ["hallingdal/felles-kontor-2026", "hallingdal/modell-a", "hallingdal/modell-e"]
    results = [result_of(name) for name in names]
    facts = dict(municipality_page(results, HALLINGDAL["Hol"]).now.facts)
    assert facts["NAV-kontoret ligger i"] == "Gol"  # as in 2026; in 2018 it was Hol
    assert facts["Deler kontor med"] == "Flå, Nesbyen, Gol, Hemsedal og Ål"
    assert facts["Folk på plass i uka"] == "5\u00a0dager"
    older = municipality_page(results[1:], HALLINGDAL["Hol"]).now
    assert older.heading == "Dette hadde Hol 1. januar 2018"
    assert dict(older.facts)["NAV-kontoret ligger i"] == "Hol"
    from_baseline = municipality_page(results[2:], HALLINGDAL["Hol"]).now
    assert from_baseline == older


def test_losses_and_gains_have_figures_the_most_missed_first() -> None:
    found = chapter("hallingdal/modell-e", HALLINGDAL["Hol"]).trade_offs
    said = [one.words.replace("\u00a0", " ") for one in found.losses]
    assert said[:3] == [
        "Folk på plass 2 dager i uka, mot 5 dager før",
        "Ikke lenger eget vertskontor; det ligger i Gol",
        "51 min til vertskontoret, mot 10 min før",
    ]
    assert said[-1].endswith("av innbyggerne i gruppen er herfra, mot 100 % før")
    assert [one.provenance for one in found.losses[:2]] == ["assumed", "scenario"]
    assert not found.unkept


def test_the_usual_alternative_changes_something_and_is_drawn_by_people() -> None:
    names = ["hallingdal/felles-kontor-2026", "hallingdal/modell-a", "hallingdal/modell-b"]
    page = municipality_page([result_of(name) for name in names], HALLINGDAL["Hol"])
    assert page.chapter_of().title.startswith("Modell B")
    assert page.chapter_of(result_of(names[1])).title.startswith("Modell A")


def test_the_html_has_every_figure_and_a_map_with_words() -> None:
    names = ["hallingdal/modell-b", "hallingdal/modell-e"]
    page = municipality_page([result_of(name) for name in names], HALLINGDAL["Hol"])
    html = municipality_html(page, DATA)
    for one in page.chapters[1].facts:
        assert f"</span>{one.written}" in html
    assert html.count('<img class="small-map" alt="Kart over Hol i «Modell E') == 1
    other = municipality_html(page, DATA, page.chapters[0].result)
    assert other.count('<img class="small-map" alt="Kart over Hol i «Modell B') == 1
    with speaking("en"):
        english = municipality_html(
            municipality_page([result_of(name) for name in names], "3044"), DATA
        )
    assert "Minutes to the host office" in english
