"""Two scenarios of one region, side by side."""

from __future__ import annotations

import streamlit as st

from planner.app import widgets
from planner.app.library import result_of
from planner.present import frames
from planner.present.text import text
from planner.result import Result

MAP_HEIGHT_PX = 480


def show() -> None:
    """Show the page."""
    with st.sidebar:
        region = widgets.choose_region()
    st.title(text("page.compare"))
    results: list[Result] = []
    for number, column in enumerate(st.columns(2, gap="medium"), start=1):
        with column:
            result = _choose(number, region)
            if result is not None:
                widgets.show_map(result, f"compare-map-{number}", MAP_HEIGHT_PX)
                results.append(result)
    if len(results) == 2:  # noqa: PLR2004 - both sides have a plan
        _show_differences(results)


def _choose(number: int, region: str) -> Result | None:
    label = text("app.scenario_number", number=number)
    entry = widgets.choose_scenario(label, f"scenario{number}", region, last=number > 1)
    if entry is None:
        return None
    with st.spinner(text("app.working")):
        result = result_of(entry)
    if isinstance(result, str):
        widgets.show_faults(result)
        return None
    if result.plan is None:
        widgets.show_warnings(result)
        return None
    return result


def _show_differences(results: list[Result]) -> None:
    moved = frames.moved_frame(*results)
    st.subheader(text("app.moved"))
    if moved.empty:
        st.text(text("app.none_moved"))
    else:
        st.dataframe(moved, hide_index=True, height="content")
    st.subheader(text("report.indicators"))
    st.caption(text("report.brackets_none"))
    st.dataframe(frames.indicator_frame(results), hide_index=True, height="content")
    for result in results:
        widgets.show_warnings(result)
