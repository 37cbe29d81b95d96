"""A case document as one page of HTML that needs nothing else, for screen and print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import singledispatch
from html import escape

from planner.present.maps.picture import Picture
from planner.present.report.blocks import (
    Blank,
    Block,
    Bullets,
    CaseDocument,
    Cell,
    Column,
    Heading,
    PageBreak,
    Paragraph,
    Table,
    written,
)
from planner.present.report.formats import page_style as look
from planner.present.words.text import text

STYLE = f"""
body {{ max-width: 48rem; margin: 2rem auto; padding: 0 1rem; color: #{look.INK};
  font: 16px/1.55 "Liberation Sans", Arial, sans-serif; overflow-wrap: anywhere; hyphens: auto; }}
h1 {{ font-size: 2rem; line-height: 1.2; margin: 0 0 .25rem; }}
h2 {{ font-size: 1.5rem; margin: 2.5rem 0 .5rem; }}
h3 {{ font-size: 1.15rem; margin: 1.75rem 0 .5rem; }}
.subtitle, .note, .basis {{ color: #{look.QUIET}; }}
.note, .basis {{ font-size: .85rem; }}
.warning {{ border-left: 4px solid #{look.WARNING}; padding: .1rem 0 .1rem .8rem; }}
.blank {{ background: #{look.BLANK}; }}
.wide {{ overflow-x: auto; }}
table {{ border-collapse: collapse; width: 100%; font-size: .85rem; line-height: 1.35;
  margin: 1rem 0 .25rem; overflow-wrap: normal; }}
caption, figcaption {{ text-align: left; font-weight: bold; font-size: .9rem; padding: .25rem 0; }}
th, td {{ text-align: left; vertical-align: top; padding: .3rem .45rem;
  border-bottom: 1px solid #{look.RULE}; font-weight: normal; }}
thead th {{ background: #{look.HEAD}; font-weight: bold; }}
.figure {{ text-align: right; font-variant-numeric: tabular-nums; }}
figure {{ margin: 1.25rem 0; }}
figure svg {{ width: 100%; height: auto; max-height: 80vh; }}
@page {{ size: A4; margin: {look.MARGIN_MM:g}mm; }}
@media print {{
  body {{ margin: 0; max-width: none; padding: 0; font-size: {look.BODY_PT:g}pt; }}
  table {{ font-size: {look.TABLE_PT:g}pt; }}
  h2, h3, caption {{ break-after: avoid; }}
  tr, figure {{ break-inside: avoid; }}
  .page {{ break-before: page; }}
  .blank, thead th, svg {{ print-color-adjust: exact; }}
}}
"""


def html(document: CaseDocument) -> str:
    """Write a document as HTML; all words are escaped, and it holds no script."""
    title = escape(document.title)
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{document.language}">',
            '<head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title><style>{STYLE}</style></head>",
            "<body><main>",
            f'<h1 dir="auto">{title}</h1>',
            f'<p class="subtitle">{escape(document.subtitle)}</p>',
            *(_block(block) for block in _apart(document.blocks)),
            "</main></body></html>",
            "",
        ]
    )


def _apart(blocks: Iterable[Block]) -> Iterable[Block]:
    """Give every drawing names of its own, since one page holds them all."""
    for number, block in enumerate(blocks):
        if isinstance(block, Picture):
            svg = block.svg.replace('id="', f'id="p{number}-').replace("url(#", f"url(#p{number}-")
            yield Picture(svg, block.width_px, block.height_px, block.title, block.alternative)
        else:
            yield block


@singledispatch
def _block(block: Block) -> str:
    raise TypeError(block)


@_block.register
def _(block: Heading) -> str:
    name = f"h{block.level + 1}"
    return f'<{name} dir="auto">{escape(block.words)}</{name}>'


@_block.register
def _(block: Paragraph) -> str:
    return f'<p class="{block.kind}" dir="auto">{escape(block.words)}</p>'


@_block.register
def _(block: Bullets) -> str:
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in block.items) + "</ul>"


@_block.register
def _(block: Blank) -> str:
    return f'<p><span class="blank">{escape(block.written)}</span></p>'


@_block.register
def _(_block_of_pages: PageBreak) -> str:
    return '<div class="page"></div>'


@_block.register
def _(block: Picture) -> str:
    described = f'<svg role="img" aria-label="{escape(block.alternative)}" '
    drawn = block.svg.replace("<svg ", described, 1)
    return f"<figure>{drawn}<figcaption>{escape(block.title)}</figcaption></figure>"


@_block.register
def _(block: Table) -> str:
    columns, rows = block.shown()
    head = "".join(
        f'<th scope="col"{_class(column)}>{escape(column.title)}</th>' for column in columns
    )
    body = "\n".join(_row(row, columns) for row in rows)
    basis = block.provenance if isinstance(block.provenance, str) else ""
    note = f'<p class="basis">{escape(text("table.provenance"))}: {escape(basis)}.</p>'
    return (
        f'<div class="wide" tabindex="0" role="group" aria-label="{escape(block.title)}">'
        f"<table><caption>{escape(block.title)}</caption>"
        f"<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>"
        + (note if basis else "")
    )


def _row(row: Sequence[Cell], columns: Sequence[Column]) -> str:
    """Write a row; its first cell names it."""
    words = [_words(cell, column) for cell, column in zip(row, columns, strict=True)]
    first, *others = (f"{_class(column)}>{own}" for own, column in zip(words, columns, strict=True))
    cells = "".join(f"<td{other}</td>" for other in others)
    return f'<tr><th scope="row"{first}</th>{cells}</tr>'


def _words(cell: Cell, column: Column) -> str:
    words = escape(written(cell, column))
    return f'<span class="blank">{words}</span>' if isinstance(cell, Blank) else words


def _class(column: Column) -> str:
    return "" if column.kind == "text" else ' class="figure"'
