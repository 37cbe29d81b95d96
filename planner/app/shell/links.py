"""Links from page to page that carry choices in their address."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.navigation.page import Page

from planner.app.shell.language import KEY as LANGUAGE
from planner.present.words.text import language

KEPT = "pages"


def offer(pages: Mapping[str, Page]) -> None:
    """Say which pages can be linked to, by key; a hidden page is none of them."""
    st.session_state[KEPT] = dict(pages)


def link_to(page: str, label: str, **choices: str) -> None:
    """Show a link to a page with choices in its address; nothing where the page is hidden.

    Parameters
    ----------
    page : key of the page, such as ``scenario``.
    label : plain text, escaped by `planner.app.shell.widgets.plain` where it comes from a file.
    choices : what the address says, such as ``region``.
    """
    offered = _offered().get(page)
    if offered is not None:
        st.page_link(offered, label=label, query_params={LANGUAGE: language(), **choices})


def go_to(page: str, **choices: str) -> None:
    """Open a page with choices in its address; stay where the page is hidden."""
    offered = _offered().get(page)
    if offered is not None:
        st.switch_page(offered, query_params={LANGUAGE: language(), **choices})


def _offered() -> dict[str, Page]:
    offered: dict[str, Page] = st.session_state.get(KEPT, {})
    return offered
