"""What python-docx has not: places in a Word document, and what leads to them."""

from __future__ import annotations

from collections.abc import Sequence

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

#: Headings of the first level, as links; Word writes their pages when the reader updates the list.
CONTENTS = 'TOC \\o "1-1" \\h \\z \\u'


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Make a paragraph a place that links lead to; the number is the bookmark's alone."""
    start = _element("w:bookmarkStart", {"w:id": str(number), "w:name": name})
    paragraph._p.insert(1, start)  # noqa: SLF001
    paragraph._p.append(_element("w:bookmarkEnd", {"w:id": str(number)}))  # noqa: SLF001


def add_link(paragraph: Paragraph, words: str, address: str) -> None:
    """Write words that lead to an address."""
    found = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    _add_hyperlink(paragraph, words, {"r:id": found})


def add_contents(entries: Sequence[tuple[Paragraph, str, str]]) -> None:
    """Write a list of contents that Word can renew: paragraph, words and bookmark of each entry."""
    for place, (paragraph, words, bookmark) in enumerate(entries):
        if place == 0:
            _add_field_part(paragraph, "begin")
            instruction = _element("w:instrText", {})
            instruction.text = CONTENTS
            paragraph.add_run()._r.append(instruction)  # noqa: SLF001
            _add_field_part(paragraph, "separate")
        _add_hyperlink(paragraph, words, {"w:anchor": bookmark})
        paragraph.paragraph_format.space_after = 0
        if place == len(entries) - 1:
            _add_field_part(paragraph, "end")


def keep_words_whole(paragraph: Paragraph) -> None:
    """Have Word divide no word of a paragraph."""
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001
        _element("w:suppressAutoHyphens", {}),
        "w:spacing",
        "w:ind",
        "w:jc",
        "w:rPr",
    )


def _add_hyperlink(paragraph: Paragraph, words: str, target: dict[str, str]) -> None:
    link = _element("w:hyperlink", target)
    run = paragraph.add_run(words)
    run.underline = True
    link.append(run._r)  # noqa: SLF001
    paragraph._p.append(link)  # noqa: SLF001


def _add_field_part(paragraph: Paragraph, kind: str) -> None:
    paragraph.add_run()._r.append(_element("w:fldChar", {"w:fldCharType": kind}))  # noqa: SLF001


def _element(name: str, attributes: dict[str, str]) -> BaseOxmlElement:
    made: BaseOxmlElement = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key), value)
    return made
