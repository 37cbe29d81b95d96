"""How a case document looks, in every format alike: sizes, colours, widths."""

from __future__ import annotations

from collections.abc import Sequence

from planner.present.maps.picture import Picture
from planner.present.report.blocks import Column

PAGE_MM, MARGIN_MM = (210.0, 297.0), 20.0
BODY_PT, TABLE_PT, SMALL_PT = 10.5, 8.5, 8.0
#: Colours in hexadecimal. Words in them have a contrast over 7:1, quiet ones over 5:1.
INK, QUIET, RULE, HEAD, BLANK, WARNING = "1B1F24", "51585F", "B7BEC5", "E9EEF1", "FFF3C4", "B3541E"
TEXT_WIDTH_MM = PAGE_MM[0] - 2 * MARGIN_MM
#: Of all pictures, so that their letters are equally large: two abreast fill the text's width.
MM_PER_PX = 0.215


def picture_width_mm(picture: Picture) -> float:
    """Return how wide a picture stands."""
    return picture.width_px * MM_PER_PX


def widths_share(columns: Sequence[Column]) -> list[float]:
    """Return each column's share (0-1) of its table's width."""
    total = sum(column.width for column in columns)
    return [column.width / total for column in columns]
