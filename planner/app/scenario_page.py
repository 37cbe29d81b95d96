"""One scenario: its map, its key figures beside the baseline, and its municipalities."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from planner.app import widgets
from planner.app.library import result_of, title_of
from planner.present import frames
from planner.present.explain import explain
from planner.present.findings import findings_report
from planner.present.text import figure, number, text
from planner.result import Result
from planner.scenario import BASELINES

MAP_HEIGHT_PX = 560


def show() -> None:
    """Show the page."""
    with st.sidebar:
        region = widgets.choose_region()
        entry = widgets.choose_scenario(text("app.scenario"), "scenario", region, last=True)
    if entry is None:
        return
    with st.spinner(text("app.working")):
        result = result_of(entry)
    if isinstance(result, str):
        widgets.show_faults(result)
        return
    st.title(widgets.plain(result.scenario.title))
    st.caption(_facts(result))
    if result.plan is None:
        widgets.show_warnings(result)
        return
    widgets.show_key_figures(result)
    left, right = st.columns([5, 2], gap="medium")
    with left:
        widgets.show_map(result, "scenario-map", MAP_HEIGHT_PX)
    with right:
        if result.scenario.description:
            st.subheader(text("app.about"))
            st.text(result.scenario.description)
        widgets.show_warnings(result)
    st.subheader(text("app.municipalities"))
    st.dataframe(frames.municipality_frame(result), hide_index=True, height="content")
    with st.expander(text("app.findings")):
        st.code(findings_report(result), language=None, wrap_lines=True)
    with st.expander(text("app.all_indicators")):
        st.dataframe(frames.indicator_frame([result]), hide_index=True, height="content")
        key = st.selectbox(
            text("app.explain"),
            list(result.scores),
            format_func=lambda one: text(f"indicator.{one}"),
        )
        st.code(explain(result, key), language=None, wrap_lines=True)


def _facts(result: Result) -> str:
    scenario, solve = result.scenario, result.solve
    facts = [text(f"form.{scenario.form}"), figure(result.total_fte, "fte")]
    if solve is None:
        facts.append(text("app.drawn"))
    else:
        facts.append(text(f"outcome.{solve.outcome}"))
        if solve.relative_gap:
            facts.append(text("app.gap", gap=number(solve.relative_gap, "share")))
    facts.append(text("app.compared_with", baseline=_baseline(result)))
    return widgets.plain(" · ".join(facts))


def _baseline(result: Result) -> str:
    name = result.scenario.baseline
    if name in BASELINES:
        return text(f"baseline.{name}")
    folder = result.scenario.path.parent if result.scenario.path else Path()
    return title_of(folder / name)
