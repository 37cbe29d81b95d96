"""One municipality in every scenario of its region, on a page that prints."""

from __future__ import annotations

import streamlit as st

from planner.app.shell import settings, widgets
from planner.app.shell.library import entries, result_of
from planner.pipeline.result import Result
from planner.present.municipality.page import municipalities_of, municipality_page
from planner.present.rendering import style
from planner.present.site.municipality_html import municipality_html
from planner.present.words.text import text

PAGE_STYLE = "@page { size: A4; margin: 14mm; }"


def show() -> None:
    """Show the page."""
    with st.sidebar:
        region = widgets.choose_region()
    results, faults = _results(region)
    names = municipalities_of(results)
    if names:
        with st.sidebar:
            code = widgets.choose_municipality(text("municipality.pick"), "kommune", names)
        st.title(widgets.plain(names[code]))
        with st.spinner(text("app.working")):
            content = municipality_html(municipality_page(results, code), settings.bundle())
        st.html(f"<style>{PAGE_STYLE}{style('municipality.css')}</style>{content}")
    for fault in faults:
        widgets.show_faults(fault)


def _results(region: str) -> tuple[list[Result], list[str]]:
    """Return the results of a region's scenarios, and what is wrong with the others."""
    with st.spinner(text("app.working")):
        found = [result_of(entry) for entry in entries(region)]
    results = [one for one in found if isinstance(one, Result)]
    return results, [one for one in found if isinstance(one, str)]
