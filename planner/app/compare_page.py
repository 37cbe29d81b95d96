"""Two scenarios of one region, side by side."""

from __future__ import annotations

import streamlit as st

from planner.app import widgets
from planner.app.library import result_of
from planner.present.text import text
from planner.result import Result


def show() -> None:
    """Show the page."""
    with st.sidebar:
        region = widgets.choose_region("compare-region")
    results: list[Result] = []
    for place, column in enumerate(st.columns(2, gap="medium")):
        with column:
            label = text("app.scenario_number", number=place + 1)
            entry = widgets.choose_scenario(label, f"compare-{place}", region, default=place * 4)
            if entry is None:
                st.info(text("app.no_scenarios"))
                continue
            with st.spinner(text("app.working")):
                result = result_of(entry)
            if isinstance(result, str):
                widgets.show_faults(result)
            elif result.plan is None:
                widgets.show_unsolved(result)
            else:
                widgets.show_map(result, f"compare-map-{place}", height_px=460)
                results.append(result)
    if results:
        st.subheader(text("report.indicators"))
        st.dataframe(widgets.indicator_frame(results), hide_index=True, height="content")
