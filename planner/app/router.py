"""Which pages the app has, and which one is shown."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from pathlib import Path

import streamlit as st

from planner.app import compare_page, scenario_page
from planner.app.widgets import show_faults
from planner.errors import PlannerError
from planner.present.text import text

FAVICON = Path(__file__).with_name("favicon.png")
LESS_EMPTY_TOP = "<style>.stMainBlockContainer { padding-top: 3.5rem; }</style>"


def main() -> None:
    """Show the page that the address asks for."""
    st.set_page_config(page_title="Kontorplan", page_icon=str(FAVICON), layout="wide")
    st.html(LESS_EMPTY_TOP)
    pages = [
        st.Page(
            _guarded(scenario_page.show),
            title=text("app.scenario_page"),
            url_path="scenario",
            default=True,
        ),
        st.Page(_guarded(compare_page.show), title=text("app.compare_page"), url_path="sammenlign"),
    ]
    st.navigation(pages, position="top").run()


def _guarded(show: Callable[[], None]) -> Callable[[], None]:
    """Turn whatever goes wrong into a sentence: readers never see a traceback."""

    @wraps(show)
    def page() -> None:
        try:
            show()
        except PlannerError as error:
            show_faults(str(error))
        except Exception:
            logging.getLogger(__name__).exception("the page failed")
            st.error(text("app.failed"))

    # Streamlit tells pages apart by the function's name, and both are called `show`.
    page.__name__ = show.__module__.rsplit(".", 1)[-1]
    return page
