"""The page of one municipality as HTML, for the app and for the static site alike."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from planner.io.bundle import Bundle
from planner.pipeline.result import Result
from planner.present.maps.drawing import municipality_drawing
from planner.present.maps.picture import Picture, picture
from planner.present.municipality.page import Chapter, Fact, MunicipalityPage
from planner.present.rendering import render
from planner.present.words.text import text
from planner.provenance import PROVENANCES, Provenance

#: Losses and gains that stand on the first screen.
MOST_TOLD = 3
#: Figures of an alternative that stand on its line.
LINE = ("host", "minutes", "presence_days", "jobs_fte")
#: Small maps follow a dark scheme: light and dark change places, colours keep their hue.
DARK = (
    "<style>@media (prefers-color-scheme: dark) "
    "{ svg { filter: invert(.88) hue-rotate(180deg) } }</style>"
)


@dataclass(frozen=True)
class HtmlRow:
    """One figure in every scenario that has a plan, with the scenario's title."""

    key: str
    facts: tuple[tuple[str, Fact], ...]
    provenances: str


def municipality_html(
    page: MunicipalityPage, bundle: Bundle, shown: Result | None = None
) -> Markup:
    """Lay out a municipality's page below its heading: on one screen first, the rest folded.

    Parameters
    ----------
    page : what is told.
    bundle : whose borders the map shows.
    shown : whose map, losses and gains are on the first screen; left out, the usual one's.
    """
    everywhere = [
        warning
        for warning in page.chapters[0].warnings
        if all(warning in chapter.warnings for chapter in page.chapters)
    ]
    focus = page.chapter_of(shown)
    return Markup(  # noqa: S704 - the template escapes every field
        render(
            "municipality_content.html",
            page=page,
            focus=focus,
            map=_map(page, focus, bundle),
            rows=_rows(page.chapters),
            most=MOST_TOLD,
            line=LINE,
            warnings=everywhere,
        )
    )


def _map(page: MunicipalityPage, chapter: Chapter, bundle: Bundle) -> Markup:
    plan = chapter.result.plan
    if plan is None:
        return Markup()
    words = " ".join(line.text for line in chapter.summary[:1])
    alternative = text("municipality.map", name=page.name, title=chapter.title, summary=words)
    drawing = municipality_drawing(chapter.result.instance, plan, page.code, alternative)
    return image(picture(drawing, page.name, bundle))


def image(drawn: Picture) -> Markup:
    """Embed a picture as an image of its own: pages that clean their markup keep it."""
    svg = drawn.svg.replace(">", f">{DARK}", 1)
    content = base64.b64encode(svg.encode()).decode()
    return Markup(
        '<img class="small-map" alt="{}" width="{:g}" height="{:g}" '
        'src="data:image/svg+xml;base64,{}">'
    ).format(drawn.alternative, drawn.width_px, drawn.height_px, content)


def _rows(chapters: Sequence[Chapter]) -> list[HtmlRow]:
    shown = [chapter for chapter in chapters if chapter.facts]
    titles = [chapter.title for chapter in shown]
    return [
        HtmlRow(
            facts[0].key,
            tuple(zip(titles, facts, strict=True)),
            _named(fact.provenance for fact in facts),
        )
        for facts in zip(*(chapter.facts for chapter in shown), strict=True)
    ]


def _named(provenances: Iterable[Provenance | None]) -> str:
    """Name provenances, each once, from strongest to weakest."""
    found = set(provenances)
    return ", ".join(text(f"provenance.{one}") for one in PROVENANCES if one in found)
