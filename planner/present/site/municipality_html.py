"""The page of one municipality as HTML, for the app and for the static site alike."""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from planner.io.bundle import Bundle
from planner.present.maps.drawing import municipality_drawing
from planner.present.maps.picture import Picture, picture
from planner.present.municipality.page import Chapter, Fact, MunicipalityPage
from planner.present.rendering import render
from planner.present.words.text import text
from planner.provenance import PROVENANCES, Provenance


@dataclass(frozen=True)
class HtmlRow:
    """One figure in every scenario that has a plan."""

    key: str
    facts: tuple[Fact, ...]
    provenances: str


def municipality_html(page: MunicipalityPage, bundle: Bundle) -> Markup:
    """Lay out a municipality's page below its heading: in short, side by side, in detail."""
    everywhere = [
        warning
        for warning in page.chapters[0].warnings
        if all(warning in chapter.warnings for chapter in page.chapters)
    ]
    return Markup(  # noqa: S704 - the template escapes every field
        render(
            "municipality_content.html",
            page=page,
            chapters=[_laid_out(page, chapter, everywhere, bundle) for chapter in page.chapters],
            rows=_rows(page.chapters),
            warnings=everywhere,
        )
    )


def _laid_out(
    page: MunicipalityPage, chapter: Chapter, told_above: Collection[str], bundle: Bundle
) -> dict[str, object]:
    result = chapter.result
    shown = ""
    if result.plan is not None:
        words = " ".join(line.text for line in chapter.summary[:1])
        alternative = text("municipality.map", name=page.name, title=chapter.title, summary=words)
        drawing = municipality_drawing(result.instance, result.plan, page.code, alternative)
        shown = image(picture(drawing, page.name, bundle))
    return {
        **vars(chapter),
        "map": shown,
        "warnings": [warning for warning in chapter.warnings if warning not in told_above],
        "provenances": _named(line.provenance for line in chapter.summary),
    }


def image(drawn: Picture) -> Markup:
    """Embed a picture as an image of its own: pages that clean their markup keep it."""
    content = base64.b64encode(drawn.svg.encode()).decode()
    return Markup(
        '<img class="small-map" alt="{}" width="{:g}" height="{:g}" '
        'src="data:image/svg+xml;base64,{}">'
    ).format(drawn.alternative, drawn.width_px, drawn.height_px, content)


def _rows(chapters: Sequence[Chapter]) -> list[HtmlRow]:
    columns = [chapter.facts for chapter in chapters if chapter.facts]
    return [
        HtmlRow(facts[0].key, facts, _named(fact.provenance for fact in facts))
        for facts in zip(*columns, strict=True)
    ]


def _named(provenances: Iterable[Provenance | None]) -> str:
    """Name provenances, each once, from strongest to weakest."""
    found = set(provenances)
    return ", ".join(text(f"provenance.{one}") for one in PROVENANCES if one in found)
