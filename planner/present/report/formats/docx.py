"""A case document as Word: real headings, tables with repeated headings, alternative texts."""

from __future__ import annotations

from functools import singledispatchmethod
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from planner.present.maps.picture import Picture
from planner.present.repack_zip import repacked
from planner.present.report.blocks import (
    Blank,
    Block,
    Bullets,
    CaseDocument,
    Column,
    Contents,
    DocumentTable,
    Heading,
    Link,
    Paragraph,
    Pictures,
    TableCell,
    format_cell,
)
from planner.present.report.formats.page_style import (
    BLANK,
    BODY_PT,
    HEAD,
    INK,
    MARGIN_MM,
    PAGE_MM,
    QUIET,
    RULE,
    SMALL_PT,
    TABLE_PT,
    TEXT_WIDTH_MM,
    WARNING,
    picture_width_mm,
    widths_share,
)
from planner.present.report.formats.pdf import png
from planner.present.report.formats.word_links import (
    add_bookmark,
    add_contents,
    add_link,
    keep_words_whole,
)
from planner.present.words.text import LOCALES, day, text

FONT = "Arial"  # Liberation Sans of the PDF has the same letter widths
CELL = "Table Cell"
CELL_MARGIN_TWIPS = 70  # 1.2 mm
HEADINGS_PT = {"Title": 22, "Subtitle": 13, "Heading 1": 16, "Heading 2": 12.5}
BEFORE_PT = {"Heading 1": 20, "Heading 2": 12, "Caption": 8, CELL: 1}
AFTER_PT = {"Caption": 4, "List Bullet": 4, CELL: 1}
ABREAST = 2  # pictures


def docx(document: CaseDocument) -> bytes:
    """Write a document as .docx; the same document gives the same bytes."""
    word = Document()
    writer = _Writer(word, document)
    writer.set_up(document)
    word.add_paragraph(shown_cell(document.title), style="Title")
    word.add_paragraph(shown_cell(document.subtitle), style="Subtitle")
    for block in document.pages():
        writer.write(block)
    buffer = BytesIO()
    word.save(buffer)
    return repacked(buffer.getvalue(), document.made)


def shown_cell(words: str) -> str:
    """Leave out what XML cannot hold: control characters."""
    return "".join(letter for letter in words if letter >= " " or letter in "\t\n")


class _Writer:
    def __init__(self, word: WordDocument, document: CaseDocument) -> None:
        self.word, self.document = word, document
        self.places = {words: f"_section{n}" for n, words in enumerate(document.sections())}

    def set_up(self, document: CaseDocument) -> None:
        """Set page, styles, language, footer and properties."""
        self._set_page()
        self.word.styles.add_style(CELL, WD_STYLE_TYPE.PARAGRAPH)
        for name in ("Normal", *HEADINGS_PT, "List Bullet", "Caption", CELL):
            self._set_style(name)
        tag = LOCALES[document.language].replace("_", "-")
        for language in self.word.styles.element.iter(qn("w:lang")):
            language.set(qn("w:val"), tag)
        self._set_footer(document)
        properties = self.word.core_properties
        properties.title, properties.author = shown_cell(document.title)[:255], ""
        properties.comments, properties.language = "", tag
        properties.last_modified_by, properties.revision = "", 1
        self._hyphenate()

    def _hyphenate(self) -> None:
        """Let Word divide long words: columns are narrow, and Norwegian words are not."""
        before = self.word.settings.element.find(qn("w:defaultTabStop"))
        if before is not None:  # the schema wants it there
            before.addnext(OxmlElement("w:autoHyphenation"))

    def _set_page(self) -> None:
        section = self.word.sections[0]
        section.page_width, section.page_height = Mm(PAGE_MM[0]), Mm(PAGE_MM[1])
        section.left_margin = section.right_margin = Mm(MARGIN_MM)
        section.top_margin = section.bottom_margin = Mm(MARGIN_MM)

    def _set_style(self, name: str) -> None:
        style = self.word.styles[name]
        if not isinstance(style, ParagraphStyle):
            return
        style.font.name = FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:cs"), FONT)
        for spacing in style.element.iter(qn("w:spacing")):
            if spacing.getparent().tag == qn("w:rPr"):  # the template spaces the subtitle's letters
                spacing.getparent().remove(spacing)
                break
        style.font.color.rgb = RGBColor.from_string(INK)
        style.font.italic = False
        style.font.size = Pt(
            HEADINGS_PT.get(name, TABLE_PT if name in {"Caption", CELL} else BODY_PT)
        )
        style.font.bold = name in {"Title", "Heading 1", "Heading 2", "Caption"}
        space = style.paragraph_format
        space.line_spacing = 1.0 if name == CELL else 1.15
        space.space_after = Pt(AFTER_PT.get(name, 6))
        space.space_before = Pt(BEFORE_PT.get(name, 0))
        space.keep_with_next = name.startswith("Heading") or name == "Caption"
        for border in style.element.iter(qn("w:pBdr")):  # the template underlines titles
            border.getparent().remove(border)
            break

    def _set_footer(self, document: CaseDocument) -> None:
        paragraph = self.word.sections[0].footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        made = f"{document.subtitle} · {day(document.made)} · "
        _look(paragraph.add_run(shown_cell(made)), QUIET, SMALL_PT)
        for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.text = words
            run = paragraph.add_run()
            _look(run, QUIET, SMALL_PT)
            run._r.append(element)  # noqa: SLF001 - python-docx has no fields

    @singledispatchmethod
    def write(self, block: Block) -> None:
        """Write one block."""
        raise TypeError(block)

    @write.register
    def _(self, block: Heading) -> None:
        heading = self.word.add_heading(shown_cell(block.words), level=block.level)
        if block.level == 1:
            add_bookmark(heading, self.places[block.words], list(self.places).index(block.words))

    @write.register
    def _(self, block: Paragraph) -> None:
        paragraph = self.word.add_paragraph()
        run = paragraph.add_run(shown_cell(block.words))
        self._keep_names_whole(paragraph)
        if block.kind == "note":
            _look(run, QUIET, TABLE_PT)
        elif block.kind == "warning":
            _set_apart(paragraph, WARNING)

    @write.register
    def _(self, block: Bullets) -> None:
        for item in block.items:
            self._keep_names_whole(self.word.add_paragraph(shown_cell(item), style="List Bullet"))

    @write.register
    def _(self, block: Blank) -> None:
        paragraph = self.word.add_paragraph()
        _shade(paragraph.add_run(shown_cell(block.written)))

    @write.register
    def _(self, block: Contents) -> None:
        self.word.add_heading(shown_cell(block.words), level=2)
        shown = {shown_cell(words): place for words, place in self.places.items()}
        add_contents([(self.word.add_paragraph(), *one) for one in shown.items()])

    @write.register
    def _(self, block: Link) -> None:
        add_link(self.word.add_paragraph(), shown_cell(block.words), block.address)

    @write.register
    def _(self, block: Pictures) -> None:
        for first in range(0, len(block.each), ABREAST):
            abreast = block.each[first : first + ABREAST]
            self._draw(*abreast)
            for one in abreast:
                caption = self.word.add_paragraph(shown_cell(one.title), style="Caption")
                caption.paragraph_format.keep_with_next = True
        self._draw(block.legend)

    def _draw(self, *abreast: Picture) -> None:
        paragraph = self.word.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        for one in abreast:
            width = Mm(picture_width_mm(one))
            drawn = paragraph.add_run().add_picture(BytesIO(png(one)), width=width)
            about = drawn._inline.docPr  # noqa: SLF001 - python-docx has no alternative texts
            about.set("descr", shown_cell(one.alternative))
            about.set("name", shown_cell(one.title)[:80])

    def _keep_names_whole(self, paragraph: WordParagraph) -> None:
        if self.document.names_in(paragraph.text):
            keep_words_whole(paragraph)

    @write.register
    def _(self, block: DocumentTable) -> None:
        self.word.add_paragraph(shown_cell(block.title), style="Caption")
        columns, rows = block.shown()
        table = self.word.add_table(1 + len(rows), len(columns))
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        _describe(table, block.title)
        widths = [Mm(share * TEXT_WIDTH_MM) for share in widths_share(columns)]
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        head, *others = table.rows
        _repeat(head._tr)  # noqa: SLF001 - python-docx has no repeated headings
        for cell, column, width in zip(head.cells, columns, widths, strict=True):
            cell.width = width
            _fill(cell, HEAD)
            self._write_cell(cell, column.title, column, bold=True)
        for row, values in zip(others, rows, strict=True):
            _keep_together(row._tr)  # noqa: SLF001 - nor rows that stay whole
            for cell, value, column, width in zip(row.cells, values, columns, widths, strict=True):
                cell.width = width
                self._write_cell(cell, value, column)
        note = self.word.add_paragraph()
        if isinstance(block.provenance, str) and block.provenance:
            words = f"{text('table.provenance')}: {block.provenance}."
            _look(note.add_run(shown_cell(words)), QUIET, SMALL_PT)

    def _write_cell(
        self, cell: WordCell, value: TableCell, column: Column, *, bold: bool = False
    ) -> None:
        paragraph = cell.paragraphs[0]
        # python-docx would look the style up by its name, for every cell
        paragraph._p.get_or_add_pPr().style = CELL.replace(" ", "")  # noqa: SLF001
        if column.kind != "text":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(shown_cell(format_cell(value, column)))
        run.bold = bold or None
        self._keep_names_whole(paragraph)
        if isinstance(value, Blank):
            _shade(run)


def _look(run: Run, colour: str, size_pt: float) -> None:
    run.font.color.rgb, run.font.size = RGBColor.from_string(colour), Pt(size_pt)


def _shade(run: Run) -> None:
    """Mark a place to write in: by colour, and by the brackets of its words."""
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), BLANK)
    run._r.get_or_add_rPr().append(shading)  # noqa: SLF001 - python-docx has no shading


def _set_apart(paragraph: WordParagraph, colour: str) -> None:
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no borders
    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "24"), ("space", "8"), ("color", colour)):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    paragraph.paragraph_format.left_indent = Mm(4)


def _describe(table: WordTable, title: str) -> None:
    """Rule a table lightly, and say to those who do not see it what it is."""
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no borders of tables
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", RULE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties.append(borders)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(CELL_MARGIN_TWIPS))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.append(margins)
    look = properties.find(qn("w:tblLook"))
    if look is not None:  # the schema wants it after the borders and margins
        properties.remove(look)
        properties.append(look)
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), shown_cell(title))
    properties.append(caption)


def _fill(cell: WordCell, colour: str) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shading)  # noqa: SLF001 - python-docx has no shading


def _repeat(row) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - an element of lxml
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_together(row) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
