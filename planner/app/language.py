"""The reader's language: bokmål, nynorsk or English, kept in the address."""

from __future__ import annotations

import streamlit as st

from planner.app import address
from planner.present.text import LANGUAGES, Language, speak, text

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
    language = next(one for one in LANGUAGES if one == asked)
    speak(language)
    with st.sidebar:
        st.segmented_control(
            text("app.language"),
            LANGUAGES,
            default=language,
            format_func=lambda one: NAMES[one],
            key=KEY,
            required=True,
        )
    address.remember(**{KEY: language})
    _PAGE_LANGUAGE(data=language, key="page-language", height=1)
