"""What stands on every printed sheet of a page: what it is, who says so, where, and its number."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import streamlit as st

from planner.app.shell.language import KEY as LANGUAGE
from planner.app.shell.settings import bundle
from planner.present.words.sender import sender
from planner.present.words.text import language, text

#: What could end a string of a style sheet, or the sheet itself.
UNSAFE = re.compile(r'[\\"<\n\r]')
MOST_ADDRESS = 110  # letters that a sheet has room for


def frame_sheets(title: str, *, size: str = "A4", **choices: str) -> None:
    """Have every printed sheet tell title, sender, address and its number.

    Parameters
    ----------
    title : of the page.
    size : of the sheets, as style sheets say it.
    choices : what the address must say so that others see the same.
    """
    where = f"{st.context.url or ''}?{urlencode({LANGUAGE: language(), **choices}, safe='/,')}"
    corners = {
        "top-left": _quoted(f"NAV – {title}"),
        "top-right": _quoted(where[:MOST_ADDRESS]),
        "bottom-left": _quoted(f"{sender(bundle())} {text('map.source')}"),
        "bottom-right": f'{_quoted(text("paper.sheet"))} " " counter(page) "/" counter(pages)',
    }
    boxes = "".join(
        f"@{corner} {{ content: {words}; font: 7pt sans-serif; white-space: normal; "
        f"text-align: {corner.rpartition('-')[2]}; width: {_width(corner)} }}"
        for corner, words in corners.items()
    )
    st.html(
        f"<style>@page {{ size: {size}; margin: 16mm 14mm 18mm; {boxes} }}"
        "@media print { .kontorplan-foot { display: none } }</style>"
    )


def _width(corner: str) -> str:
    return {"bottom-left": "85%", "bottom-right": "15%"}.get(corner, "50%")


def _quoted(words: str) -> str:
    """Write words as a string of a style sheet."""
    safe = UNSAFE.sub(lambda found: f"\\{ord(found[0]):x} ", words)
    return f'"{safe}"'
