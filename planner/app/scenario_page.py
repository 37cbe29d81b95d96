"""One scenario: its map, its key figures beside the baseline, and its municipalities."""

from __future__ import annotations

import streamlit as st

from planner.app import widgets
from planner.app.library import result_of
from planner.present.text import figure, number, text
from planner.result import Result


def show() -> None:
    """Show the page."""
    with st.sidebar:
        region = widgets.choose_region("scenario-region")
        entry = widgets.choose_scenario(text("app.scenario"), "scenario", region)
    if entry is None:
        st.info(text("app.no_scenarios"))
        return
    with st.spinner(text("app.working")):
        result = result_of(entry)
    if isinstance(result, str):
        widgets.show_faults(result)
        return
    st.title(result.scenario.title)
    st.caption(_facts(result))
    if result.plan is None:
        widgets.show_unsolved(result)
        return
    widgets.show_key_figures(result)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        widgets.show_map(result, "scenario-map")
        st.caption(text("app.map_legend"))
    with right:
        _show_details(result)
    with st.expander(text("app.all_indicators")):
        st.dataframe(widgets.indicator_frame([result]), hide_index=True, height="content")


def _show_details(result: Result) -> None:
    if result.scenario.description:
        st.markdown(f"**{text('app.about')}**")
        st.text(result.scenario.description)
    st.dataframe(
        widgets.municipality_frame(result),
        hide_index=True,
        column_config={
            text("table.minutes"): st.column_config.NumberColumn(format="%.0f"),
            text("table.minutes_nearest"): st.column_config.NumberColumn(format="%.0f"),
            text("table.presence_days"): st.column_config.NumberColumn(format="%.1f"),
            text("table.population"): st.column_config.NumberColumn(format="localized"),
            text("table.fte"): st.column_config.NumberColumn(format="%.2f"),
        },
    )
    for warning in result.warnings:
        st.warning(warning, icon=":material/info:")


def _facts(result: Result) -> str:
    facts = [text(f"form.{result.scenario.form}"), figure(result.total_fte, "fte")]
    if result.solve is not None:
        facts.append(text(f"outcome.{result.solve.outcome}"))
        if result.solve.relative_gap is not None:
            gap = number(result.solve.relative_gap, "share")
            facts.append(text("app.gap", gap=gap))
    return " · ".join(facts)
