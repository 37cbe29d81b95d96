"""A plan as a small image, drawn once for all readers."""

from __future__ import annotations

from functools import lru_cache

from planner.app.shell.settings import bundle
from planner.pipeline.result import Result
from planner.present.maps.drawing import small_drawing
from planner.present.maps.picture import picture
from planner.present.site.municipality_html import image
from planner.present.words.text import language

MOST_KEPT = 128


def small_map(result: Result) -> str:
    """Draw a result's plan as a small image of HTML; nothing where there is no plan."""
    return _drawn(result, language())


@lru_cache(maxsize=MOST_KEPT)
def _drawn(result: Result, spoken: str) -> str:  # noqa: ARG001 - part of the cache key
    if result.plan is None:
        return ""
    drawing = small_drawing(result.instance, result.plan)
    return image(picture(drawing, result.scenario.title, bundle()))
