"""The page `municipality`."""

from __future__ import annotations

import streamlit as st

from planner.present.text import text


def show() -> None:
    """Show the page."""
    st.title(text("page.municipality"))
