"""Plans as a chart and as a table, and the one that is picked on a map beside them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from planner.app.proposal.base import Base
from planner.app.proposal.saving import show_saving
from planner.app.shell import address, widgets
from planner.app.shell.links import link_to
from planner.app.shell.map_view import show_drawing
from planner.app.shell.widgets import note, plain
from planner.assess.scorecard import Score
from planner.pipeline.result import Result
from planner.present.maps.drawing import plan_drawing
from planner.present.plans.charts import PICK, plan_chart
from planner.present.plans.points import (
    BASELINE,
    PlanPoint,
    PlanPoints,
    group_lines,
    heading,
    points_table,
)
from planner.present.result.key_figures import KEY_FIGURES
from planner.present.words.limits import broken_sentence
from planner.present.words.text import text
from planner.scenario.vocabulary import DerivedFrom

MAP_HEIGHT_PX = 420
TABLE_HEIGHT_PX, FEW_ROWS = 420, 10
DEFAULT_AXES = ("access.mean_min", "commuting.severed_share")
_PICKED = "plans-picked"


def show_points(base: Base, points: PlanPoints, axes: Sequence[str]) -> None:
    """Show plans; drawn alone while the reader looks around among them.

    Parameters
    ----------
    base : the scenario whose figures they have.
    points : the plans.
    axes : indicators that may be the chart's axes; with two, these are.
    """
    x, y, colour = _choose_axes(points, axes)
    if x == y:
        st.warning(text("plan_space.same_axes"))
        return
    picked = _picked(points)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.header(text("plan_space.chart"))
        _show_chart(points, x, y, colour, picked.name)
    with right:
        _show_plan(base, points, picked)
    st.header(text("plan_space.table"))
    _show_table(points, x, y, colour)


def _choose_axes(points: PlanPoints, axes: Sequence[str]) -> tuple[str, str, str]:
    units, (x, y) = points.units(), points.axes or DEFAULT_AXES
    columns = st.columns(1 if points.axes else 3)
    if not points.axes:
        x = _choose("x", columns[0], axes, x, units)
        y = _choose("y", columns[1], axes, y, units)
    colour = _choose("colour", columns[-1], ["", *units], "", units)
    return x, y, colour


def _choose(
    name: str,
    column: DeltaGenerator,
    offered: Sequence[str],
    default: str,
    units: dict[str, str],
) -> str:
    known = list(offered)
    chosen = column.selectbox(
        text(f"plan_space.axis.{name}"),
        known,
        index=known.index(address.chosen(name, known, default)),
        format_func=lambda key: heading(key, units[key]) if key else text("plan_space.by_standing"),
        key=f"plans-{name}",
    )
    address.remember(**{name: chosen})
    return chosen


def _picked(points: PlanPoints) -> PlanPoint:
    """Return the plan that the reader picked, or the address names; else one to begin with."""
    by_name = {one.name: one for one in points.points}
    drawn = [one.name for one in points.points if one.title and one.title != BASELINE]
    first = drawn[0] if drawn and points.every_plan else points.points[0].name
    name = st.session_state.get(_PICKED, "")
    if name not in by_name:
        name = address.chosen("plan", list(by_name), first)
    st.session_state[_PICKED] = name
    address.remember(plan=name)
    return by_name[name]


def _show_chart(points: PlanPoints, x: str, y: str, colour: str, picked: str) -> None:
    standings = points.standings(x, y)
    note(
        text(
            "plan_space.chart_summary",
            plans=sum(not one.title for one in points.points),
            front=sum(
                standing == "front" and not one.title
                for one, standing in zip(points.points, standings, strict=True)
            ),
            named=sum(bool(one.title) for one in points.points),
        )
    )
    # A pick in the chart itself is marked there; only one from elsewhere draws the chart anew.
    ringed = st.session_state.setdefault(_ring(x, y, colour), picked)
    key = f"plans-chart-{x}-{y}-{colour}"
    st.altair_chart(
        plan_chart(points, x, y, colour, picked=ringed),
        key=key,
        on_select=lambda: _pick_in_chart(key),
        selection_mode=[PICK],
    )


def _ring(x: str, y: str, colour: str) -> str:
    return f"plans-ring-{x}-{y}-{colour}"


def _pick_in_chart(key: str) -> None:
    rows = st.session_state[key].selection.get(PICK) or []
    if rows:
        st.session_state[_PICKED] = str(rows[0]["name"])


def _show_table(points: PlanPoints, x: str, y: str, colour: str) -> None:
    note(text("plan_space.table_note"))
    keys = dict.fromkeys([x, y, *([colour] if colour else []), *KEY_FIGURES])
    frame = points_table(points, list(keys), x, y)
    units = points.units()
    figures = st.column_config.NumberColumn(format="localized")
    key = f"plans-table-{x}-{y}-{colour}"
    st.dataframe(
        frame,
        hide_index=True,
        height="content" if len(frame) <= FEW_ROWS else TABLE_HEIGHT_PX,
        column_config={heading(key, units[key]): figures for key in keys},
        key=key,
        on_select=lambda: _pick_in_table(points, key, _ring(x, y, colour)),
        selection_mode="single-row",
    )


def _pick_in_table(points: PlanPoints, key: str, ring: str) -> None:
    rows = st.session_state[key].selection.rows
    if rows:
        name = points.points[rows[0]].name
        st.session_state[_PICKED] = st.session_state[ring] = name


def _show_plan(base: Base, points: PlanPoints, picked: PlanPoint) -> None:
    instance, plan = points.instance, picked.plan
    st.subheader(plain(text("plan_space.chosen", plan=picked.label)))
    show_drawing(plan_drawing(instance, plan), key="plans", height_px=MAP_HEIGHT_PX)
    before = next(one for one in points.points if one.title == BASELINE).indicators
    scores = {key: Score(one, before[key]) for key, one in picked.indicators.items()}
    widgets.show_key_figures(Result(base.scenario, instance, plan, scores=scores))
    st.markdown("\n".join(f"- {plain(one)}" for one in group_lines(plan, instance.names)))
    if picked.broken:
        st.markdown(plain(text("plan_space.breaks")))
        told = [broken_sentence(one, instance.names) for one in picked.broken]
        st.markdown("\n".join(f"- {plain(one)}" for one in told))
    region = base.path.parent.name
    derived = DerivedFrom(request=base.start, outcome="listed", plan=plan.mark)
    with st.expander(text("plan_space.save")):
        texts = {"plan": lambda title: base.plan_text(plan, title, derived)}
        show_saving(base, region, texts, key=f"plans-save-{picked.name}")
    scenario = f"{region}/{base.path.stem}"
    link_to("proposal", text("plan_space.open_proposal"), region=region, scenario=scenario)
