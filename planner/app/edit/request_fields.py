"""The fields of a request: what a proposal weighs and what it must satisfy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from planner.app.edit.fields import Fields
from planner.app.edit.reading import instance_of, spelling_of
from planner.app.shell import widgets
from planner.optimise.grouping.objective import TERMS
from planner.present.words.text import text
from planner.scenario.vocabulary import Constraints, Scenario

#: Limits that are a figure -> its greatest value, and the step of its field.
FIGURES: dict[tuple[str, ...], tuple[float, float]] = {
    ("offices", "min"): (356, 1),
    ("offices", "max"): (356, 1),
    ("max_travel_minutes",): (6000, 5.0),
    ("max_members",): (356, 1),
    ("min_fte",): (1e6, 1.0),
    ("max_fte",): (1e6, 1.0),
    ("min_population",): (10_000_000, 500),
    ("max_population",): (10_000_000, 500),
}
HOSTS = ("fixed", "allowed", "forbidden")
#: Limits in the file that have no field here; the form leaves them alone.
ONLY_IN_TEXT = ("together", "apart", "crossing_allowed")
WITHIN = ("", "council", "county")
EXEMPT = ("minimise", "never")
FIELD_PX = 245  # two beside each other


def show_request(scenario: Scenario, fields: Fields) -> None:
    """Show the weights and limits of a request; what is empty is no limit."""
    asked = scenario.propose
    if asked is None:
        return
    widgets.note(text("edit.weights_help"))
    with st.container(horizontal=True):
        for term in TERMS:
            st.number_input(
                text(f"edit.weight.{term}"),
                0.0,
                1e6,
                step=0.1,
                format="%g",
                width=FIELD_PX,
                **fields.bind(("propose", "weights", term), float(getattr(asked.weights, term))),
            )
    widgets.note(text("edit.limits_help"))
    limits = asked.constraints
    with st.container(horizontal=True):
        for path, (most, step) in FIGURES.items():
            _show_figure(limits, path, most, step, fields)
    _show_hosts(scenario, limits, fields)
    _show_choices(limits, fields)
    st.number_input(
        text("edit.alternatives"),
        0,
        50,
        width=FIELD_PX,
        **fields.bind(("propose", "alternatives"), asked.alternatives, lambda n: n or None),
    )
    if any(getattr(limits, name) for name in ONLY_IN_TEXT):
        widgets.note(text("edit.only_in_text"))


def _show_figure(
    limits: Constraints, path: tuple[str, ...], most: float, step: float, fields: Fields
) -> None:
    value: Any = limits
    for name in path:
        value = getattr(value, name)
    kind: Callable[[float], float] = int if isinstance(step, int) else float
    st.number_input(
        text(f"edit.limit.{'_'.join(path)}"),
        kind(1) if path[0] in {"offices", "max_members"} else kind(0),
        kind(most),
        value=None,
        step=step,
        format="%d" if kind is int else "%g",
        width=FIELD_PX,
        placeholder=text("edit.no_limit"),
        **fields.bind(("propose", "constraints", *path), None if value is None else kind(value)),
    )


def _show_hosts(scenario: Scenario, limits: Constraints, fields: Fields) -> None:
    """Show who must, may and must not be host, by the names that the file writes."""
    spelling = spelling_of(scenario)
    offered = [spelling.name(code) for code in instance_of(scenario).codes]
    for name in HOSTS:
        written = getattr(limits.hosts, name) or []
        st.multiselect(
            text(f"edit.hosts.{name}"),
            list(dict.fromkeys([*written, *offered])),
            placeholder=text("edit.select_help"),
            **fields.bind(
                ("propose", "constraints", "hosts", name),
                list(written),
                lambda names: names or None,
            ),
        )


def _show_choices(limits: Constraints, fields: Fields) -> None:
    keys = ("propose", "constraints")
    st.checkbox(
        text("edit.contiguous"),
        **fields.bind((*keys, "contiguous"), limits.contiguous),
    )
    st.checkbox(
        text("edit.keep_groups"),
        **fields.bind(
            (*keys, "keep_baseline_groups"), limits.keep_baseline_groups, lambda on: on or None
        ),
    )
    left, right = st.columns(2)
    with left:
        st.selectbox(
            text("edit.within"),
            WITHIN,
            format_func=lambda one: text(f"edit.within_is.{one or 'none'}"),
            **fields.bind((*keys, "within"), limits.within or "", lambda one: one or None),
        )
    with right:
        if isinstance(limits.exempt, str):
            st.selectbox(
                text("edit.exempt"),
                EXEMPT,
                format_func=lambda one: text(f"edit.exempt_is.{one}"),
                **fields.bind((*keys, "exempt"), limits.exempt),
            )
