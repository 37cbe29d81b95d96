"""Which pages the app has, in which language, and which one is shown."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path

import streamlit as st

from planner.app import (
    compare_page,
    data_page,
    edit_page,
    municipality_page,
    overview_page,
    plans_page,
    proposal_page,
    scenario_page,
)
from planner.app.language import choose_language
from planner.app.settings import read_only
from planner.app.widgets import show_faults
from planner.errors import PlannerError
from planner.present.text import text

FAVICON = Path(__file__).with_name("favicon.png")
STYLE = """
<style>
.stMainBlockContainer { padding-top: 3.5rem; }
@media print {
  header, [data-testid="stSidebar"], .stAppToolbar { display: none !important; }
  .stMainBlockContainer { padding: 0 !important; }
  .stApp, .stMain { position: static !important; overflow: visible !important; }
}
</style>
"""


@dataclass(frozen=True)
class Page:
    """A page: its key in the texts, its place in the address, and what draws it."""

    key: str
    path: str
    show: Callable[[], None]
    edits: bool = False


PAGES = (
    Page("overview", "oversikt", overview_page.show),
    Page("scenario", "scenario", scenario_page.show),
    Page("compare", "sammenlign", compare_page.show),
    Page("municipality", "kommune", municipality_page.show),
    Page("proposal", "forslag", proposal_page.show),
    Page("plans", "alle-mulige", plans_page.show),
    Page("edit", "rediger", edit_page.show, edits=True),
    Page("data", "data", data_page.show),
)


def main() -> None:
    """Show the page that the address asks for."""
    st.set_page_config(page_title="Kontorplan", page_icon=str(FAVICON), layout="wide")
    st.html(STYLE)
    choose_language()
    shown = [page for page in PAGES if not (page.edits and read_only())]
    st.navigation(
        [
            st.Page(
                guarded(page),
                title=text(f"page.{page.key}"),
                url_path=page.path,
                default=page is PAGES[0],
            )
            for page in shown
        ],
        position="top",
    ).run()


def guarded(page: Page) -> Callable[[], None]:
    """Turn whatever goes wrong into a sentence: readers never see a traceback."""

    @wraps(page.show)
    def guarded() -> None:
        try:
            page.show()
        except PlannerError as error:
            show_faults(str(error))
        except Exception:
            logging.getLogger(__name__).exception("the page failed")
            st.error(text("app.failed"))

    # Streamlit tells pages apart by the function's name, and all are called `show`.
    guarded.__name__ = page.key
    return guarded
