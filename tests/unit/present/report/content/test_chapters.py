"""What a case document says: the checklist's headings, true figures, blanks, nothing set off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from planner.pipeline.result import Result
from planner.present.report.blocks import (
    Blank,
    Bullets,
    CaseDocument,
    CellFigure,
    DocumentTable,
    Heading,
    Link,
    Paragraph,
    Pictures,
    format_cell,
)
from planner.present.report.case import CaseError
from planner.present.report.content.chapters import case_document
from planner.present.words.text import LANGUAGES, change, figure, keys, speaking, text
from tests.support.data import DATA
from tests.unit.present.report.conftest import ran

#: What a basis for the councils' decision contains, by the checklist of 2024.
CHECKLIST = (
    "Risikoanalyse",
    "Nåsituasjon",
    "Effektmål",
    "Tjenester som skal inngå",
    "Milepæler",
    "Økonomiske konsekvenser",
    "arbeidsmiljø",
    "Lokalisering og tjenesteyting",
    "Kommunikasjon",
    "IKT, telefoni og eiendom",
    "Innstilling",
)


def headings(document: CaseDocument, level: int = 1) -> list[str]:
    return [b.words for b in document.blocks if isinstance(b, Heading) and b.level == level]


def section(document: CaseDocument, name: str) -> list[object]:
    """Return the blocks of the section whose heading has this name in it."""
    found: list[object] = []
    inside = False
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            inside = name in block.words
        if inside:
            found.append(block)
    assert found, name
    return found


def table(document: CaseDocument, name: str) -> DocumentTable:
    return next(one for one in document.tables() if name in one.title)


def rows(one: DocumentTable) -> list[list[str]]:
    columns, values = one.shown()
    return [[format_cell(v, c) for v, c in zip(row, columns, strict=True)] for row in values]


def words(document: CaseDocument) -> Iterator[str]:
    """Yield headings, paragraphs and items, with plain spaces."""
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            yield block.words.replace("\u00a0", " ")
        elif isinstance(block, Bullets):
            yield from (item.replace("\u00a0", " ") for item in block.items)


def test_it_has_the_headings_of_the_checklist(document: CaseDocument) -> None:
    found = headings(document)
    assert [name for name in CHECKLIST if not any(name in one for one in found)] == []
    assert found[0] == "Sammendrag"
    assert found[1].startswith("1. ")
    assert found[-1] == "Vedlegg"


def test_the_summary_says_what_is_proposed_and_for_whom(document: CaseDocument) -> None:
    told = "\n".join(words(document))
    assert "gir 1 kontor for 6 kommuner med til sammen 20 711 innbyggere" in told
    assert "«Modell A – dagens organisering», har 5 kontorer" in told
    # 1074 + 3357 + 4719 + 4535 inhabitants of those who lose their office, by the report of 2017
    assert "Lengre vei til nærmeste åpne sted: Flå, Nesbyen, Ål og Hol (13 685" in told
    assert "Flere ansatt i egen kommune: Gol (4 584 innbyggere)." in told


def test_key_figures_are_the_results_with_change_and_provenance(
    document: CaseDocument, model_e: Result
) -> None:
    for row in rows(table(document, "Fem nøkkeltall")):
        key = next(key for key in model_e.scores if text(f"indicator.{key}") == row[0])
        score = model_e.scores[key]
        unit = score.indicator.unit
        assert row[1:4] == [
            figure(score.baseline.value, unit),
            figure(score.indicator.value, unit),
            change(score.change, unit),
        ]
        assert row[-1] == text(f"provenance.{score.indicator.provenance}")
    verdicts = {row[0]: row[4] for row in rows(table(document, "Fem nøkkeltall"))}
    assert verdicts["Reisetid til vertskontoret, snitt per innbygger"] == "Dårligere"
    assert verdicts["Kontorer med vertskommune"] == "Endret"  # fewer offices are not better


def test_warnings_stand_before_the_figures(document: CaseDocument) -> None:
    kinds = [
        "warning"
        if isinstance(block, Paragraph) and block.kind == "warning"
        else type(block).__name__
        for block in document.blocks
    ]
    assert kinds.index("warning") < kinds.index("DocumentTable")
    assert "Pendlingen er fra 2022, mer enn tre år fra scenarioets dato." in list(words(document))


def test_gains_and_drawbacks_are_apart_and_never_set_off(
    document: CaseDocument, model_e: Result
) -> None:
    gains = {row[1] for row in rows(table(document, "Gevinstrealiseringsplan"))}
    drawbacks = {row[1] for row in rows(table(document, "Ulemper som må følges opp"))}
    assert gains
    assert drawbacks
    assert not gains & drawbacks
    assert text("indicator.access.max_min") in drawbacks
    assert text("indicator.competence.youth_team_share") in gains
    # the sum of costs that rise and fall is among all indicators alone, where formulas are
    netted = text("indicator.economy.annual_nok")
    named = [one.title for one in document.tables() if any(netted in row for row in rows(one))]
    assert [title.split(". ", 1)[1] for title in named] == ["Alle indikatorer", "Formlene"]
    assert model_e.scores["economy.annual_nok"].change


def test_gains_plan_has_figures_and_leaves_names_and_dates_blank(
    document: CaseDocument, model_e: Result
) -> None:
    one = table(document, "Gevinstrealiseringsplan")
    for row in one.rows:
        key = next(key for key in model_e.scores if text(f"indicator.{key}") == row[1])
        score, (before, after) = model_e.scores[key], row[2:4]
        assert isinstance(before, CellFigure)
        assert isinstance(after, CellFigure)
        assert (before.value, after.value) == (score.baseline.value, score.indicator.value)
        assert all(isinstance(cell, Blank) for cell in row[4:])
    assert "[Skriv her: navn og dato]" in rows(one)[0]


@pytest.mark.parametrize(
    "name",
    ["Nåsituasjon", "Effektmål", "Tjenester", "Risiko", "IKT", "Kommunikasjon", "Innstilling"],
)
def test_people_are_told_where_and_what_to_write(document: CaseDocument, name: str) -> None:
    blanks = [block for block in section(document, name) if isinstance(block, Blank)]
    assert blanks
    assert all(one.written == f"[Skriv her: {one.words}]" for one in blanks)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Avtale", "driftsavtalen"),
        ("Avtale", "partnerskapsavtalen"),
        ("Milepæler", "mandatet"),
        ("Kompetanse", "medbestemmelse på statlig side"),
        ("Kompetanse", "medbestemmelse i hver kommune"),
        ("Kompetanse", "felles medbestemmelse"),
        ("Kompetanse", "omstillingsavtale"),
        ("Økonomiske", "statlig budsjett"),
        ("Økonomiske", "kommunalt budsjett"),
    ],
)
def test_the_checklist_of_2024_has_a_place(document: CaseDocument, name: str, words: str) -> None:
    blanks = [block.words for block in section(document, name) if isinstance(block, Blank)]
    assert any(blank.startswith(words) for blank in blanks)


def test_the_agreement_shows_what_is_settled_and_what_is_open(
    document: CaseDocument, hostile_document: CaseDocument
) -> None:
    open_items = table(document, "Hva avtalen må fastsette").rows
    assert len(open_items) == 9
    assert open_items[0][1] == "Gol er vertskommune for Flå, Nesbyen, Hemsedal, Ål og Hol."
    assert all(isinstance(settled, Blank) for _, settled in open_items[1:])
    settled = rows(table(hostile_document, "Hva avtalen må fastsette"))
    assert ["Tidspunkt for overføringen", "Oppgaver og myndighet overføres 1. januar 2027."] in [
        row[:2] for row in settled
    ]
    start = rows(table(hostile_document, "Milepæler"))[-2]
    assert start[1] == "1. januar 2027"


def test_every_figure_has_its_provenance(document: CaseDocument) -> None:
    without = [
        one.title.split(". ", 1)[1]
        for one in document.tables()
        if any(isinstance(cell, CellFigure) for row in one.rows for cell in row)
        and not one.provenance
    ]
    assert without == []


def test_the_appendix_has_every_formula_table_and_checksum(
    document: CaseDocument, model_e: Result
) -> None:
    formulas = {row[0]: row[1] for row in rows(table(document, "Formlene"))}
    assert set(formulas) == {text(f"indicator.{key}") for key in model_e.scores}
    assert all(f"formula.{key}" in keys() for key in model_e.scores)
    sources = {row[0]: row for row in rows(table(document, "Datatabellene"))}
    for one in DATA.sources.values():
        assert one.sha256.startswith(sources[one.table][4])
        assert sources[one.table][3] == one.licence
    assert any("modell-e.yaml" in row[1] for row in rows(table(document, "laget med")))


def test_ranges_stand_beside_costs(document: CaseDocument, model_e: Result) -> None:
    costs = {row[0]: row for row in rows(table(document, "Kostnader som følger"))}
    row = costs[text("indicator.economy.premises_nok")]
    one = model_e.scores["economy.premises_nok"].indicator
    assert one.low is not None
    assert row[3].startswith(figure(one.low, "nok").removesuffix("\u00a0kr"))


def test_maps_have_alternatives_in_words(document: CaseDocument) -> None:
    pictures = [one for row in document.blocks if isinstance(row, Pictures) for one in row.each]
    assert [one.title.split(".")[0] for one in pictures] == ["Figur 1", "Figur 2", "Figur 3"]
    assert "Gol: Flå, Nesbyen, Gol, Hemsedal, Ål og Hol." in pictures[1].alternative


def test_several_stand_side_by_side(comparison: CaseDocument, model_b: Result) -> None:
    one = table(comparison, "Fem nøkkeltall")
    assert [column.title for column in one.columns][1:4] == [
        "Utgangspunkt",
        "Alternativ 1",
        "Alternativ 2",
    ]
    offices = rows(one)[0]
    assert offices[1:4] == [
        "5\u00a0kontorer",
        "4\u00a0kontorer (−1)",
        "1\u00a0kontor (−4)",
    ]
    assert f"Alternativ 1: {model_b.scenario.title}" in headings(comparison, 2)
    losers = {row[0]: row[1:3] for row in rows(table(comparison, "Hva som blir dårligere"))}
    assert losers["Ikke lenger eget vertskontor"] == [
        "Hol (4\u00a0535 innbyggere)",
        "Flå, Nesbyen, Ål og Hol (13\u00a0685 innbyggere)",
    ]


def test_what_is_unknown_is_said_once_of_all_groups(comparison: CaseDocument) -> None:
    told = rows(table(comparison, "Hva som er kjent om tjenester"))
    assert [row[:2] for row in told if "Fagsystemet er ikke kjent" in row[1]] == [
        ["Alternativ 1", "Fagsystemet er ikke kjent: Gol, Hemsedal, Ål og Hol"],
        ["Alternativ 2", "Fagsystemet er ikke kjent: Flå, Nesbyen, Gol, Hemsedal, Ål og Hol"],
    ]


def test_alternatives_with_other_baselines_are_not_given_one(model_e: Result) -> None:
    today = planner_with_baseline_today(model_e)
    document = case_document([model_e, today], DATA)
    assert text("report_document.own_baselines") in list(words(document))
    columns = [column.title for column in table(document, "Fem nøkkeltall").columns]
    assert "Utgangspunkt" not in columns


def planner_with_baseline_today(result: Result) -> Result:
    import planner  # noqa: PLC0415 - one test

    scenario = result.scenario.model_copy(update={"baseline": "own_office"})
    return planner.run(scenario)


def test_a_proposal_says_what_is_proved() -> None:
    told = list(words(case_document([ran("hallingdal/forslag")], DATA)))
    assert any("er bevist å være den beste etter vektene og kravene" in one for one in told)


def test_a_request_without_an_answer_says_so_and_no_more(infeasible: Result) -> None:
    document = case_document([infeasible], DATA)
    told = list(words(document))
    assert "«Ett kontor innen 20 minutter»: ingen plan oppfyller alle kravene i scenarioet." in told
    assert headings(document) == ["Sammendrag", "1. Nåsituasjon", "Vedlegg"]


def test_one_without_an_answer_is_named_beside_the_others(
    infeasible: Result, model_e: Result
) -> None:
    told = list(words(case_document([model_e, infeasible], DATA)))
    assert any("ingen plan oppfyller" in one for one in told)
    assert any("«Modell E – én felles vertskommune», gir 1 kontor" in one for one in told)


def test_results_that_cannot_stand_together(model_e: Result) -> None:
    with pytest.raises(CaseError, match="1 to 4"):
        case_document([], DATA)
    with pytest.raises(CaseError, match="1 to 4"):
        case_document([model_e] * 5, DATA)
    with pytest.raises(CaseError, match="different regions"):
        case_document([model_e, ran("sor-salten/vertskommune")], DATA)


def test_every_language_has_the_whole_document(model_e: Result) -> None:
    written_in = {}
    for language in LANGUAGES:
        with speaking(language):
            written_in[language] = case_document([model_e], DATA)
    shapes = [[type(block) for block in one.blocks] for one in written_in.values()]
    assert shapes[0] == shapes[1] == shapes[2]
    assert [headings(one)[0] for one in written_in.values()] == [
        "Sammendrag",
        "Samandrag",
        "Summary",
    ]


def test_a_title_is_only_words(hostile_document: CaseDocument, hostile: Result) -> None:
    assert hostile_document.title == hostile.scenario.title


def test_the_situation_is_told_once(comparison: CaseDocument, model_e: Result) -> None:
    told = [one for one in words(comparison) if "sammenlignet med utgangspunktet" in one]
    assert len(told) == 1
    assert [one.title for one in comparison.tables() if "Kommunene i utgangspunktet" in one.title]
    today = planner_with_baseline_today(model_e)
    of_each = [
        one.split(" er ")[0]
        for one in words(case_document([model_e, today], DATA))
        if "sammenlignet med utgangspunktet" in one
    ]
    assert of_each == ["Alternativ 1", "Alternativ 2"]


def test_no_sums_of_files_stand_on_the_pages(document: CaseDocument) -> None:
    sums = [one.sha256[:16] for one in DATA.sources.values()]
    pages = str(list(document.pages()))
    assert not [one for one in sums if one in pages]
    assert any(one in str(document.blocks) for one in sums)


def test_details_of_several_are_one_appendix_that_says_whose_they_are(
    comparison: CaseDocument,
) -> None:
    one = table(comparison, "Hver kommune før og etter")
    assert one.apart
    assert [row[:2] for row in rows(one)][::6] == [["Alternativ 1", "Flå"], ["Alternativ 2", "Flå"]]
    hosts = {row[0]: row[1:4] for row in rows(table(comparison, "Vertskontor og minutter dit"))}
    assert hosts["Gol"] == ["Gol 6,0", "Gol 6,0", "Gol 6,0"]
    assert hosts["Flå"][2].startswith("Gol\u00a0* ")


def test_the_last_page_lists_the_appendices(document: CaseDocument) -> None:
    last = document.blocks[-1]
    assert isinstance(last, Bullets)
    assert list(last.items) == [one.title for one in document.tables() if one.apart]
    assert last.items[0].startswith("Vedlegg 1. ")


def test_a_link_back_stands_near_the_top(model_e: Result) -> None:
    assert not any(isinstance(one, Link) for one in case_document([model_e], DATA).blocks)
    address = "http://localhost:8501/scenario?scenario=hallingdal%2Fmodell-e"
    (link,) = (
        one for one in case_document([model_e], DATA, address).blocks if isinstance(one, Link)
    )
    assert link.address == address


def test_it_bears_the_day_that_the_environment_gives(
    model_e: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KONTORPLAN_TODAY", "2026-11-30")
    assert case_document([model_e], DATA).made.isoformat() == "2026-11-30"
    assert any("30. november 2026" in one for one in words(case_document([model_e], DATA)))
