"""A case document as one page of HTML that needs nothing else, for screen and print."""

from __future__ import annotations

from markupsafe import Markup, escape

from planner.present.maps.picture import Picture
from planner.present.rendering import render
from planner.present.report.blocks import Blank, CaseDocument, format_cell
from planner.present.report.formats import page_style as look

STYLE = f"""
body {{ max-width: 48rem; margin: 2rem auto; padding: 0 1rem; color: #{look.INK};
  font: 16px/1.55 "Liberation Sans", Arial, sans-serif; overflow-wrap: break-word; }}
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
nav ul {{ columns: 2; padding-left: 1.2rem; }}
.pictures {{ display: grid; gap: 1rem;
  grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); }}
figure {{ margin: 1rem 0 0; }}
svg {{ max-width: 100%; height: auto; max-height: 80vh; }}
@page {{ size: A4; margin: {look.MARGIN_MM:g}mm; }}
@media print {{
  body {{ margin: 0; max-width: none; padding: 0; font-size: {look.BODY_PT:g}pt; }}
  table {{ font-size: {look.TABLE_PT:g}pt; }}
  h2, h3, caption {{ break-after: avoid; }}
  tr, figure {{ break-inside: avoid; }}
  .blank, thead th, svg {{ print-color-adjust: exact; }}
}}
"""


def html(document: CaseDocument) -> str:
    """Write a document as HTML; all words are escaped, and it holds no script."""
    return render(
        "case.html",
        document=document,
        blocks=[(type(block).__name__, block) for block in document.pages()],
        places=_places(document),
        style=Markup(STYLE),  # noqa: S704 - our own
        format_cell=format_cell,
        is_blank=lambda cell: isinstance(cell, Blank),
        drawing=_drawing,
    )


def _places(document: CaseDocument) -> dict[str, str]:
    """Return the sections with what each is called in addresses."""
    return {words: f"s{place}" for place, words in enumerate(document.sections())}


def _drawing(block: Picture, place: list[int | str]) -> Markup:
    """Give a drawing a description, and names of its own, since one page holds them all."""
    own = "-".join(str(part) for part in ["p", *place])
    svg = block.svg.replace('id="', f'id="{own}-').replace("url(#", f"url(#{own}-")
    described = f'<svg role="img" aria-label="{escape(block.alternative)}" '
    return Markup(svg.replace("<svg ", described, 1))  # noqa: S704 - drawn and escaped by us
