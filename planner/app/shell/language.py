"""The reader's language: bokmål, nynorsk or English, kept in the address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from planner.app.browser import bundled
from planner.app.shell import address
from planner.app.shell.guard import guarded
from planner.present.words.text import LANGUAGES, Language, keys, language, speak, text

Given = ParamSpec("Given")

NAMES: dict[Language, str] = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
KEY = "lang"
#: Texts by what Streamlit says in English.
SAID = "app.said."
# Screen readers take the language, and so the voice, from the page itself. Only another page is a
# step in the browser's history; see `planner.app.shell.address`.
_PAGE = st.components.v2.component("page", js=bundled("page"))


def choose_language() -> None:
    """Let the reader choose a language, and write the page in it."""
    asked = st.session_state.get(KEY) or address.chosen(KEY, LANGUAGES, LANGUAGES[0])
    spoken = next(one for one in LANGUAGES if one == asked)
    speak(spoken)
    st.segmented_control(
        text("app.language"),
        LANGUAGES,
        default=spoken,
        format_func=lambda one: NAMES[one],
        key=KEY,
        required=True,
        label_visibility="collapsed",
    )
    address.remember(**{KEY: spoken})


def tell_browser() -> None:
    """Tell the browser the page's language, its words for Streamlit's, and the address once."""
    english = [key.removeprefix(SAID) for key in keys() if key.startswith(SAID)]
    said = {phrase: text(f"app.said.{phrase}") for phrase in english}
    _PAGE(data={"language": language(), "said": said, **address.first()}, key="page", height=1)


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
