"""One municipality in every scenario of its region, on a page that prints."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from planner.app.shell import choosers, settings, widgets
from planner.app.shell.library import Entry, entries, result_of
from planner.errors import PlannerError
from planner.pipeline.result import Result
from planner.present.municipality.page import municipalities_of, municipality_page
from planner.present.rendering import style
from planner.present.site.municipality_html import municipality_html
from planner.present.words.text import text

PAGE_STYLE = "@page { size: A4; margin: 14mm; }"


def show() -> None:
    """Show the page."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="choosers"):
        region = choosers.choose_region()
        place = st.container()
    results, faults = _results(choosers.choose_some(entries(region)))
    names = municipalities_of(results)
    if names:
        with place:
            code = choosers.choose_municipality(
                text("municipality.pick"), choosers.MUNICIPALITY, names
            )
        st.title(widgets.plain(names[code]))
        with st.spinner(text("app.working")):
            content = municipality_html(municipality_page(results, code), settings.bundle())
        st.html(f"<style>{PAGE_STYLE}{style('municipality.css')}</style>{content}")
    for fault in faults:
        widgets.show_faults(fault)


def _results(shown: Sequence[Entry]) -> tuple[list[Result], list[PlannerError]]:
    """Return the results of scenarios, and what is wrong with the others."""
    with st.spinner(text("app.working")):
        found = [result_of(entry) for entry in shown]
    results = [one for one in found if isinstance(one, Result)]
    return results, [one for one in found if isinstance(one, PlannerError)]
