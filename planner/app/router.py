"""Which pages the app has, and which one is shown."""

from __future__ import annotations

import streamlit as st

from planner.app import compare_page, scenario_page
from planner.present.text import text


def main() -> None:
    """Show the page that the address asks for."""
    st.set_page_config(page_title="Kontorplan", page_icon=":material/map:", layout="wide")
    pages = [
        st.Page(
            scenario_page.show,
            title=text("app.scenario_page"),
            icon=":material/map:",
            url_path="scenario",
            default=True,
        ),
        st.Page(
            compare_page.show,
            title=text("app.compare_page"),
            icon=":material/compare:",
            url_path="sammenlign",
        ),
    ]
    st.navigation(pages, position="top").run()
