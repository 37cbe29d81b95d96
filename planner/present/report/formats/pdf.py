"""A case document as tagged PDF (PDF/UA-1), and pictures as PNG, set by Typst.

Words reach Typst as data, never as markup. Its fonts come with Kontorplan, so that the same
document gives the same bytes on every machine.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, time
from functools import lru_cache, singledispatch
from importlib import resources
from typing import TYPE_CHECKING, Any

from planner.present.maps.picture import Picture
from planner.present.report.blocks import (
    Blank,
    Block,
    Bullets,
    CaseDocument,
    Contents,
    DocumentTable,
    Heading,
    Link,
    Paragraph,
    Pictures,
    format_cell,
)
from planner.present.report.formats import page_style as look
from planner.present.words.text import LOCALES, day, text

if TYPE_CHECKING:
    import typst

FONTS = ("Liberation Sans", "DejaVu Sans Mono", "Libertinus Serif")
STANDARD = "ua-1"
PICTURE_PPI = 220
#: Stands for a letter that no font has.
UNKNOWN = "□"
LONGEST_WORD = 24
#: After these a long word may be divided, without a hyphen; elsewhere only if it is very long.
JOINTS = re.compile(r"(?<=[_/.\-])(?=\w)")
NOWHERE_ELSE = re.compile(rf"(\w{{{LONGEST_WORD}}})(?=\w{{8}})")
ZERO_WIDTH = "\u200b"
PICTURE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width_mm) * 1mm)"""


def pdf(document: CaseDocument) -> bytes:
    """Write a document as PDF; the same document gives the same bytes."""
    language, region = LOCALES[document.language].split("_")
    given = {
        "plain_title": _without_control(document.title),
        "title": _fit(document.title),
        "subtitle": _fit(document.subtitle),
        "made": day(document.made),
        "whole": "|".join(re.escape(name) for name in sorted(document.names, reverse=True)),
        "language": language,
        "region": region,
        "fonts": FONTS,
        "look": {name.lower(): getattr(look, name) for name in _LOOK}
        | {name.lower(): f"#{getattr(look, name)}" for name in _COLOURS},
        "blocks": [_block(block) for block in document.pages()],
    }
    template = resources.files(__package__).joinpath("case_document.typ").read_bytes()
    midnight = datetime.combine(document.made, time(), UTC)
    return _compiled(
        template,
        {"document": json.dumps(given)},
        pdf_standards=[STANDARD],
        timestamp=int(midnight.timestamp()),
    )


def png(picture: Picture) -> bytes:
    """Draw a picture as PNG, as fine as print needs at its width in a document."""
    width_mm = look.picture_width_mm(picture)
    given = {"svg": picture.svg, "width_mm": f"{width_mm:.3f}"}
    return _compiled(PICTURE, given, format="png", ppi=PICTURE_PPI)


_LOOK = ("PAGE_MM", "MARGIN_MM", "BODY_PT", "TABLE_PT", "SMALL_PT")
_COLOURS = ("INK", "QUIET", "RULE", "HEAD", "BLANK", "WARNING")


@singledispatch
def _block(block: Block) -> dict[str, Any]:
    raise TypeError(block)


@_block.register
def _(block: Heading) -> dict[str, Any]:
    return {"kind": "heading", "level": block.level, "words": _fit(block.words)}


@_block.register
def _(block: Paragraph) -> dict[str, Any]:
    return {"kind": block.kind, "words": _fit(block.words)}


@_block.register
def _(block: Bullets) -> dict[str, Any]:
    return {"kind": "bullets", "items": [_fit(item) for item in block.items]}


@_block.register
def _(block: Blank) -> dict[str, Any]:
    return {"kind": "blank", "words": _fit(block.written)}


@_block.register
def _(block: Contents) -> dict[str, Any]:
    return {"kind": "contents", "words": _fit(block.words)}


@_block.register
def _(block: Link) -> dict[str, Any]:
    return {"kind": "link", "words": _fit(block.words), "address": block.address}


@_block.register
def _(block: Pictures) -> dict[str, Any]:
    each = [_picture(one) for one in block.each]
    return {"kind": "pictures", "each": each, "legend": _picture(block.legend)}


def _picture(one: Picture) -> dict[str, Any]:
    return {
        "svg": one.svg,
        "width_mm": look.picture_width_mm(one),
        "title": _fit(one.title),
        "alternative": _without_control(one.alternative),
    }


@_block.register
def _(block: DocumentTable) -> dict[str, Any]:
    columns, rows = block.shown()
    basis = block.provenance if isinstance(block.provenance, str) else ""
    return {
        "kind": "table",
        "title": _fit(block.title),
        "widths": look.widths_share(columns),
        "figures": [column.kind != "text" for column in columns],
        "headings": [_fit(column.title) for column in columns],
        "rows": [
            [
                {"words": _fit(format_cell(cell, column)), "blank": isinstance(cell, Blank)}
                for cell, column in zip(row, columns, strict=True)
            ]
            for row in rows
        ],
        "note": _fit(f"{text('table.provenance')}: {basis}.") if basis else "",
    }


def _fit(words: str) -> str:
    """Make words fit to be set: letters that a font has, and joints in words of any length."""
    known = "".join(
        letter if letter.isascii() or _can_show(letter) else UNKNOWN
        for letter in _without_control(words)
    )
    return NOWHERE_ELSE.sub(rf"\1{ZERO_WIDTH}", JOINTS.sub(ZERO_WIDTH, known))


def _without_control(words: str) -> str:
    return "".join(letter for letter in words if letter.isprintable() or letter in " \u00a0")


@lru_cache(maxsize=4096)
def _can_show(letter: str) -> bool:
    """Ask Typst whether any of the fonts has a letter: the standard forbids one that none has."""
    import typst  # noqa: PLC0415 - large, and only documents need it

    try:
        _compiled(
            b"#set document(title: [a])\n#sys.inputs.letter",
            {"letter": letter},
            pdf_standards=[STANDARD],
        )
    except typst.TypstError:
        return False
    return True


def _compiled(template: bytes, given: dict[str, str], **options: Any) -> bytes:  # noqa: ANN401 - Typst's
    import typst  # noqa: PLC0415 - large, and only documents need it

    options = {"timestamp": 0} | options
    made = typst.compile(template, font_paths=_fonts(), sys_inputs=given, **options)
    if not isinstance(made, bytes):
        msg = "typst gave no bytes, or several pages where one was meant"
        raise TypeError(msg)
    return made


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    import typst  # noqa: PLC0415 - large, and only documents need it

    folder = str(resources.files(__package__).joinpath("fonts"))
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])
