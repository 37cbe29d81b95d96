"""One municipality in every scenario of its region: one screen, and a print of two sheets."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from planner.app.shell import address, choosers, paper, settings, widgets
from planner.app.shell.library import entries, result_of
from planner.errors import PlannerError
from planner.pipeline.result import Result
from planner.present.municipality.page import (
    MunicipalityPage,
    municipalities_of,
    municipality_page,
)
from planner.present.rendering import style
from planner.present.site.municipality_html import municipality_html
from planner.present.words.text import text

ALTERNATIVE = "alternativ"
STYLE = """
.st-key-choosers > div { flex: 1 1 12rem; min-width: 0; }
.stMainBlockContainer h1 { padding: 0 0 .4rem; font-size: 2rem; }
.stMainBlockContainer > .stVerticalBlock { gap: .6rem; }
"""


def show() -> None:
    """Show the page."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="choosers"):
        region = choosers.choose_region()
        places = st.container(), st.container()
    results, faults = _results(region)
    names = municipalities_of(list(results.values()))
    if names:
        with places[0]:
            code = choosers.choose_municipality(
                text("municipality.pick"), choosers.MUNICIPALITY, names
            )
        st.title(widgets.plain(names[code]), anchor=False)
        page = municipality_page(list(results.values()), code)
        with places[1]:
            shown = _choose_alternative(page, results)
        with st.spinner(text("app.working")):
            content = municipality_html(page, settings.bundle(), results[shown])
        styles = f"{STYLE}{style('stack.css')}{style('municipality.css')}"
        st.html(f"<style>{styles}</style>{content}")
        paper.describe_sheets(names[code], region=region, kommune=code, alternativ=shown)
    for fault in faults:
        widgets.show_faults(fault)


def _results(region: str) -> tuple[dict[str, Result], list[PlannerError]]:
    """Return the results of a region's scenarios by name, and what is wrong with the others."""
    shown = choosers.choose_some(entries(region))
    with st.spinner(text("app.working")):
        found = {entry.name: result_of(entry) for entry in shown}
    results = {name: one for name, one in found.items() if isinstance(one, Result)}
    return results, [one for one in found.values() if isinstance(one, PlannerError)]


def _choose_alternative(page: MunicipalityPage, results: Mapping[str, Result]) -> str:
    """Let the reader choose whose map, losses and gains are shown; return its name."""
    inside = [one.result for one in page.chapters]
    names = [name for name, result in results.items() if result in inside]
    usual = next(name for name in names if results[name] is page.chapter_of().result)
    name = st.selectbox(
        text("municipality.shown"),
        names,
        index=names.index(address.chosen(ALTERNATIVE, names, usual)),
        format_func=lambda one: results[one].scenario.title,
    )
    address.remember(**{ALTERNATIVE: name})
    return name
