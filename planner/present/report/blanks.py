"""What people must write themselves in a case document."""

from __future__ import annotations

from collections.abc import Iterator

from planner.present.report.blocks import Blank
from planner.present.words.text import text


def blanks(*names: str) -> Iterator[Blank]:
    """Yield a blank for each name under ``report_document.blank`` of the catalogue."""
    for name in names:
        yield Blank(text(f"report_document.blank.{name}"))
