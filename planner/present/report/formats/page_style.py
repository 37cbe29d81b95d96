"""How a case document looks, in every format alike: sizes, colours, widths."""

from __future__ import annotations

from collections.abc import Sequence

from planner.present.maps.picture import Picture
from planner.present.report.blocks import Column

PAGE_MM, MARGIN_MM = (210.0, 297.0), 20.0
BODY_PT, TABLE_PT, SMALL_PT = 10.5, 8.5, 8.0
#: Colours in hexadecimal. Words in them have a contrast over 7:1, quiet ones over 5:1.
INK, QUIET, RULE, HEAD, BLANK, WARNING = "1B1F24", "51585F", "B7BEC5", "E9EEF1", "FFF3C4", "B3541E"
PICTURE_SHARE, MOST_PICTURE_MM = 0.86, 150.0


def picture_width_mm(picture: Picture, text_width_mm: float) -> float:
    """Return how wide a picture stands: within the text, and not so high that it fills a page."""
    by_height = MOST_PICTURE_MM * picture.width_px / picture.height_px
    return min(PICTURE_SHARE * text_width_mm, by_height)


def widths_share(columns: Sequence[Column]) -> list[float]:
    """Return each column's share (0-1) of its table's width."""
    total = sum(column.width for column in columns)
    return [column.width / total for column in columns]
