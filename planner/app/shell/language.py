"""The reader's language: bokmål, nynorsk or English, kept in the address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from planner.app.shell import address
from planner.app.shell.guard import guarded
from planner.present.words.text import LANGUAGES, Language, language, speak, text

Given = ParamSpec("Given")

NAMES: dict[Language, str] = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
KEY = "lang"
# Screen readers take the language, and so the voice, from the page itself.
_PAGE_LANGUAGE = st.components.v2.component(
    "page_language",
    js="export default ({ data }) => { document.documentElement.lang = data }",
)


def choose_language() -> None:
    """Let the reader choose a language, and write the page in it."""
    asked = st.session_state.get(KEY) or address.chosen(KEY, LANGUAGES, LANGUAGES[0])
    spoken = next(one for one in LANGUAGES if one == asked)
    speak(spoken)
    with st.sidebar:
        st.segmented_control(
            text("app.language"),
            LANGUAGES,
            default=spoken,
            format_func=lambda one: NAMES[one],
            key=KEY,
            required=True,
        )
    address.remember(**{KEY: spoken})
    _PAGE_LANGUAGE(data=spoken, key="page-language", height=1)


def fragment(
    draw: Callable[Given, None], *, run_every: float | None = None
) -> Callable[Given, None]:
    """Make a part of a page that is drawn anew by itself, in the reader's language.

    Streamlit draws it without the rest of the page, which chose the language, in a thread that
    does not know it.

    Parameters
    ----------
    draw : shows the part.
    run_every : seconds after which it is drawn again; left out, only when the reader does
        something in it.
    """
    chosen = language()

    @wraps(draw)
    def speaking(*args: Given.args, **kwargs: Given.kwargs) -> None:
        speak(chosen)
        guarded(draw)(*args, **kwargs)

    return st.fragment(speaking, run_every=run_every)
