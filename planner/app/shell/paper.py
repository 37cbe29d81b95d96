"""What stands on every printed sheet of a page: what it is, who says so, where, and its number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from planner.app.shell.language import KEY as LANGUAGE
from planner.app.shell.settings import bundle
from planner.present.words.sender import sender
from planner.present.words.text import language, text

#: What could end a string of a style sheet, or the sheet itself.
UNSAFE = re.compile(r'[\\"<\n\r]')
MOST_ADDRESS = 300  # letters that a sheet has room for
DESCRIBED = "paper"


def describe_sheets(title: str, *, size: str = "A4", **choices: str) -> None:
    """Say what the sheets of a page tell that has more to say than its name.

    Parameters
    ----------
    title : of the page.
    size : of the sheets, as style sheets say it.
    choices : what the address must say so that others see the same, the weightiest first.
    """
    st.session_state[DESCRIBED] = title, size, choices


def frame_sheets(title: str) -> None:
    """Have every printed sheet tell title, sender, address and its number.

    Parameters
    ----------
    title : of a page that `describe_sheets` said nothing of.
    """
    usual = title, "A4", st.query_params.to_dict()
    title, size, choices = st.session_state.pop(DESCRIBED, usual)
    corners = {
        "top-left": _quoted(f"NAV – {title}"),
        "top-right": _quoted(_address({LANGUAGE: language(), **choices})),
        "bottom-left": _quoted(f"{sender(bundle())} {text('map.source')}"),
        "bottom-right": f'{_quoted(text("paper.sheet"))} " " counter(page) "/" counter(pages)',
    }
    boxes = "".join(
        f"@{corner} {{ content: {words}; font: 7pt sans-serif; white-space: normal; "
        f"overflow-wrap: anywhere; text-align: {corner.rpartition('-')[2]}; "
        f"width: {_width(corner)} }}"
        for corner, words in corners.items()
    )
    st.html(
        f"<style>@page {{ size: {size}; margin: 18mm 14mm; {boxes} }}"
        "@media print { .kontorplan-foot { display: none } }</style>"
    )


def _address(choices: Mapping[str, str]) -> str:
    """Write the page's address with as many choices as there is room for, none of them cut."""
    shown = dict(choices)
    while len(written := f"{st.context.url or ''}?{urlencode(shown, safe='/,')}") > MOST_ADDRESS:
        shown.popitem()
    return written


def _width(corner: str) -> str:
    return {"top-left": "35%", "top-right": "65%", "bottom-left": "85%"}.get(corner, "15%")


def _quoted(words: str) -> str:
    """Write words as a string of a style sheet."""
    safe = UNSAFE.sub(lambda found: f"\\{ord(found[0]):x} ", words)
    return f'"{safe}"'
