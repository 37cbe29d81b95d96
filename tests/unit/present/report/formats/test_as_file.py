"""The same document in four formats: read back, safe, and the same bytes each time."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree as ET

import openpyxl
import pypdf
import pytest
from docx import Document
from docx.oxml.ns import qn

from planner.pipeline.result import Result
from planner.present.report.blocks import (
    CaseDocument,
    DocumentTable,
    Heading,
    Pictures,
    format_cell,
)
from planner.present.report.content.chapters import case_document
from planner.present.report.formats.as_file import FORMATS, MEDIA_TYPES, DocumentFormat, as_file
from planner.present.words.text import speaking
from tests.support.data import DATA
from tests.unit.present.report.conftest import ran

MOST_PAGES = 15


def heading_words(document: CaseDocument, level: int) -> list[str]:
    return [b.words for b in document.blocks if isinstance(b, Heading) and b.level == level]


def drawn(document: CaseDocument) -> list[Pictures]:
    return [block for block in document.blocks if isinstance(block, Pictures)]


@pytest.fixture(scope="module")
def files(hostile_document: CaseDocument) -> dict[DocumentFormat, bytes]:
    return {kind: as_file(hostile_document, kind) for kind in FORMATS}


def test_every_format_has_a_media_type() -> None:
    assert set(MEDIA_TYPES) == set(FORMATS)


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_document_gives_the_same_bytes(
    kind: DocumentFormat, files: dict[DocumentFormat, bytes], hostile: Result
) -> None:
    assert as_file(case_document([hostile], DATA), kind) == files[kind]


# Word


def test_word_has_the_headings_and_tables(
    files: dict[DocumentFormat, bytes], hostile_document: CaseDocument
) -> None:
    word = Document(BytesIO(files["docx"]))
    for level in (1, 2):
        found = [p.text for p in word.paragraphs if p.style and p.style.name == f"Heading {level}"]
        own = [one for one in found if one != "Innhold"]
        assert own == heading_words(hostile_document, level)
    tables = [one for one in hostile_document.tables() if not one.apart]
    assert len(word.tables) == len(tables)
    for made, given in zip(word.tables[:6], tables[:6], strict=True):
        columns, rows = given.shown()
        assert [cell.text for cell in made.rows[0].cells] == [column.title for column in columns]
        last = [format_cell(cell, column) for cell, column in zip(rows[-1], columns, strict=True)]
        assert [cell.text for cell in made.rows[-1].cells] == last


def test_word_is_accessible(
    files: dict[DocumentFormat, bytes], hostile_document: CaseDocument
) -> None:
    word = Document(BytesIO(files["docx"]))
    for table in word.tables:
        assert table.rows[0]._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None
    alternatives = [one._inline.docPr.get("descr") for one in word.inline_shapes]
    pictures = [one for row in drawn(hostile_document) for one in (*row.each, row.legend)]
    assert alternatives == [one.alternative for one in pictures]
    languages = {one.get(qn("w:val")) for one in word.styles.element.iter(qn("w:lang"))}
    assert languages == {"nb-NO"}


def test_word_leads_to_its_sections(
    files: dict[DocumentFormat, bytes], hostile_document: CaseDocument
) -> None:
    word = Document(BytesIO(files["docx"]))
    places = [one.get(qn("w:name")) for one in word.element.iter(qn("w:bookmarkStart"))]
    links = [one.get(qn("w:anchor")) for one in word.element.iter(qn("w:hyperlink"))]
    assert links == places
    assert len(places) == len(heading_words(hostile_document, 1))


def test_no_name_is_divided(files: dict[DocumentFormat, bytes], hostile: Result) -> None:
    word = Document(BytesIO(files["docx"]))
    cells = [cell for table in word.tables for row in table.rows for cell in row.cells]
    names = hostile.instance.names.values()
    named = [p for c in cells for p in c.paragraphs if any(name in p.text for name in names)]
    assert named
    assert all(p._p.pPr.find(qn("w:suppressAutoHyphens")) is not None for p in named)
    pages = pypdf.PdfReader(BytesIO(files["pdf"])).pages
    told = "".join(page.extract_text() for page in pages)
    parts = [(name[:at], name[at:]) for name in names for at in range(1, len(name))]
    assert not [one for one in parts for sign in "-\u2010" if f"{sign}\n".join(one) in told]


def test_word_has_a_title_a_date_and_no_author(
    files: dict[DocumentFormat, bytes], hostile: Result, hostile_document: CaseDocument
) -> None:
    word = Document(BytesIO(files["docx"]))
    assert word.core_properties.title == hostile.scenario.title[:255]
    assert word.core_properties.author == ""
    created = word.core_properties.created
    assert created is not None
    assert created.date() == hostile_document.made
    assert word.paragraphs[0].text == hostile.scenario.title
    assert word.paragraphs[0].style is not None
    assert word.paragraphs[0].style.name == "Title"


def test_word_is_in_the_order_of_its_schema(files: dict[DocumentFormat, bytes]) -> None:
    """Word refuses files whose elements stand in another order; python-docx does not look."""
    word = Document(BytesIO(files["docx"]))
    expected = ["tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblCaption"]
    for table in word.tables:
        assert [
            local(one.tag) for one in table._tbl.tblPr if local(one.tag) != "tblStyle"
        ] == expected
    settings = [local(one.tag) for one in word.settings.element]
    assert settings.index("autoHyphenation") == settings.index("defaultTabStop") + 1


def local(tag: str) -> str:
    return tag.rpartition("}")[2]


def test_word_marks_blanks(files: dict[DocumentFormat, bytes]) -> None:
    word = Document(BytesIO(files["docx"]))
    blanks = [p for p in word.paragraphs if p.text.startswith("[Skriv her: ")]
    assert len(blanks) > 15
    for paragraph in blanks:
        assert paragraph.runs[0]._r.find(qn("w:rPr")).find(qn("w:shd")) is not None


# PDF


def test_pdf_is_tagged_titled_and_of_its_language(
    files: dict[DocumentFormat, bytes], hostile: Result
) -> None:
    reader = pypdf.PdfReader(BytesIO(files["pdf"]))
    assert reader.metadata is not None
    assert reader.metadata.title == hostile.scenario.title
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "nb-NO"
    xmp = root["/Metadata"].get_object().get_data()
    assert b"pdfuaid:part" in xmp


def test_pdf_has_the_headings_as_bookmarks(
    files: dict[DocumentFormat, bytes], hostile_document: CaseDocument
) -> None:
    reader = pypdf.PdfReader(BytesIO(files["pdf"]))
    found = [one.title for one in reader.outline if not isinstance(one, list)]
    assert [plain(title) for title in found] == heading_words(hostile_document, 1)


def test_pdf_says_when_it_was_made_and_where_its_sections_are(
    files: dict[DocumentFormat, bytes], hostile_document: CaseDocument
) -> None:
    reader = pypdf.PdfReader(BytesIO(files["pdf"]))
    assert reader.metadata is not None
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == hostile_document.made
    pages = [plain(page.extract_text()) for page in reader.pages]
    listed = next(page for page in pages if "Innhold" in page)
    for number, page in enumerate(pages, start=1):
        for section in heading_words(hostile_document, 1)[1:]:
            if page != listed and re.search(rf"^{re.escape(section)}$", page, re.MULTILINE):
                assert re.search(rf"{re.escape(section)}[ .]*{number}\b", listed), section
    assert f"1 / {len(pages)}" in pages[0]


def test_pdf_shows_a_hostile_title_as_words(files: dict[DocumentFormat, bytes]) -> None:
    first = plain(pypdf.PdfReader(BytesIO(files["pdf"])).pages[0].extract_text())
    assert "<script>alert(1)</script>" in first
    assert "import *b* $x$ =SUM(A1) {title} {0}" in " ".join(first.split())


def plain(words: str) -> str:
    return words.replace("\u200b", "")


# HTML


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] == ["h1"] and not self.heading:
            self.heading = data


@pytest.fixture(scope="module")
def page(files: dict[DocumentFormat, bytes]) -> _Page:
    found = _Page()
    found.feed(files["html"].decode())
    return found


def test_html_runs_nothing_and_fetches_nothing(page: _Page, hostile: Result) -> None:
    assert not {"script", "img", "link", "iframe", "object"} & set(page.tags)
    handlers = [name for _, given in page.attributes for name in given if name.startswith("on")]
    assert handlers == []
    assert page.heading == hostile.scenario.title
    links = [str(given.get("href") or given.get("src")) for _, given in page.attributes]
    assert [one for one in links if one != "None" and not one.startswith("#")] == []


def test_html_is_semantic(page: _Page, hostile_document: CaseDocument) -> None:
    assert page.tags.count("h1") == 1
    assert page.tags.count("h2") == len(heading_words(hostile_document, 1))
    tables = [block for block in hostile_document.pages() if isinstance(block, DocumentTable)]
    assert page.tags.count("table") == page.tags.count("caption") == len(tables)
    assert ("html", {"lang": "nb"}) in page.attributes
    drawings = [given for tag, given in page.attributes if tag == "svg"]
    assert all(given["role"] == "img" and given["aria-label"] for given in drawings)
    scrolling = [given for _, given in page.attributes if given.get("class") == "wide"]
    assert all(given["tabindex"] == "0" and given["aria-label"] for given in scrolling)
    named = [given["id"] for _, given in page.attributes if "id" in given]
    assert len(named) == len(set(named))


# Excel


def test_excel_has_a_sheet_a_table_with_numbers_as_numbers(
    files: dict[DocumentFormat, bytes], hostile_document: CaseDocument, hostile: Result
) -> None:
    book = openpyxl.load_workbook(BytesIO(files["xlsx"]))
    tables = list(hostile_document.tables())
    index, *sheets = book.worksheets
    assert [sheet["A1"].value for sheet in sheets] == [one.title for one in tables]
    linked = [cell for (cell,) in index.iter_rows(max_col=1) if cell.hyperlink]
    assert [cell.value for cell in linked] == [one.title for one in tables]
    places = [cell.hyperlink.location for cell in linked]
    assert places == [f"'{sheet.title.replace(chr(39), chr(39) * 2)}'!A1" for sheet in sheets]
    first = sheets[0]
    assert first["A1"].value == tables[0].title
    assert first.freeze_panes == "B3"
    score = hostile.scores["access.max_min"]
    row = next(row for row in first.iter_rows(min_row=3) if "lengste" in str(row[0].value))
    assert row[2].value == pytest.approx(score.indicator.value)
    assert row[2].number_format == "#,##0.0"
    headings = [cell.value for cell in first[2]]
    assert row[headings.index("Enhet")].value == "min"
    assert row[headings.index("Grunnlag")].value == "modellert"


def test_excel_gives_before_and_after_a_column_each(
    files: dict[DocumentFormat, bytes], hostile: Result
) -> None:
    book = openpyxl.load_workbook(BytesIO(files["xlsx"]))
    sheet = next(one for one in book.worksheets if "Hver kommune før" in one.title)
    headings = [cell.value for cell in sheet[2]]
    before = headings.index("Ansatt i kommunen (årsverk), før")
    after = headings.index("Ansatt i kommunen (årsverk), etter")
    fte = dict(zip(hostile.instance.names.values(), hostile.instance.figure("fte"), strict=True))
    found = {row[0]: row for row in sheet.iter_rows(min_row=3, values_only=True)}
    assert found["Ål"][before] == pytest.approx(fte["Ål"])
    assert found["Ål"][after] == 0
    assert found["Gol"][after] == pytest.approx(sum(fte.values()))


def test_excel_never_reads_words_as_formulas(files: dict[DocumentFormat, bytes]) -> None:
    book = openpyxl.load_workbook(BytesIO(files["xlsx"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert any(cell.value == '=HYPERLINK("http://x")' for cell in cells)


def test_excel_gives_compared_figures_and_changes_a_column_each(comparison: CaseDocument) -> None:
    book = openpyxl.load_workbook(BytesIO(as_file(comparison, "xlsx")))
    first = book.worksheets[1]
    assert [cell.value for cell in first[2]][:6] == [
        "Indikator",
        "Utgangspunkt",
        "Alternativ 1, verdi",
        "Alternativ 1, endring",
        "Alternativ 2, verdi",
        "Alternativ 2, endring",
    ]
    assert [cell.value for cell in first[3]][1:6] == [5, 4, -1, 1, -4]


# All


def test_drawings_are_well_formed_and_show_every_municipality(document: CaseDocument) -> None:
    for row in drawn(document):
        for one in (*row.each, row.legend):
            ET.fromstring(one.svg)  # noqa: S314 - our own
            assert re.search(r"nan|inf", one.svg) is None
        for one in row.each:
            assert all(f">{name}<" in one.svg for name in ("Flå", "Gol", "Hol", "Ål"))


def test_a_small_region_and_a_county_have_at_most_fifteen_pages(document: CaseDocument) -> None:
    names = ("forslag-18-kontorer", "forslag-2026", "forslag-34-kontorer", "tjenesteomrader-2018")
    county = case_document([ran(f"nordland/{name}") for name in names], DATA)
    for one in (document, county):
        assert len(pypdf.PdfReader(BytesIO(as_file(one, "pdf"))).pages) <= MOST_PAGES


def test_english_is_english_throughout(model_e: Result) -> None:
    scenario = model_e.scenario.model_copy(update={"description": ""})  # its author's own words
    with speaking("en"):
        content = as_file(
            case_document([replace(model_e, scenario=scenario)], DATA), "html"
        ).decode()
    assert '<html lang="en">' in content
    assert "[Write here: " in content
    for norwegian in ("Skriv her", "Grunnlag", "vertskontoret", "gruppen"):
        assert norwegian not in content
