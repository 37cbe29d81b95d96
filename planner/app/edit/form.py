"""The common fields of a scenario as a form, which writes them into the same text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as Date  # noqa: N812 - as in the vocabulary
from typing import get_args

import streamlit as st

from planner.app.edit.draft import Draft
from planner.app.edit.fields import FormFields
from planner.app.edit.map import LOCKED, write_plan
from planner.app.edit.reading import instance_of, spelling_of
from planner.app.proposal.request_form import RequestForm
from planner.app.shell import address, library, widgets
from planner.model.limits import LIMITS
from planner.model.plan import Plan
from planner.model.reassign import joined, moved_host, own_offices
from planner.pipeline.result import Result
from planner.present.words.dated import baseline_words, form_words
from planner.present.words.text import text
from planner.scenario import BASELINES, Form, Propose, Scenario
from planner.yamlfile.text_file import files_beside

FIRST_DATE, LAST_DATE = Date(1990, 1, 1), Date(2100, 12, 31)
OFFICE = "edit-office"
DAYS_PX = 150


def show_scenario_form(draft: Draft, scenario: Scenario, result: Result | None) -> None:
    """Show the fields of a scenario without faults.

    Parameters
    ----------
    draft : takes the changed text.
    scenario : what its text says.
    result : the plan that it draws; None for a request.
    """
    fields = FormFields(draft)
    st.subheader(text("edit.about"))
    _show_about(draft, scenario, fields)
    if scenario.propose is not None:
        st.subheader(text("edit.request"))
        _show_request(scenario, scenario.propose, fields)
    elif result is not None and result.plan is not None:
        st.subheader(text("edit.one_office"))
        _show_office(draft, result, result.plan)


def _show_about(draft: Draft, scenario: Scenario, fields: FormFields) -> None:
    st.text_input(
        text("edit.title"),
        max_chars=300,
        **fields.bind(("title",), scenario.title, lambda words: words.strip() or scenario.title),
    )
    st.text_area(
        text("edit.description"),
        max_chars=5000,
        height=130,
        **fields.bind(("description",), scenario.description, lambda words: words.strip() or None),
    )
    left, right = st.columns(2)
    with left:
        st.date_input(
            text("edit.date"),
            min_value=FIRST_DATE,
            max_value=LAST_DATE,
            format="DD.MM.YYYY",
            help=text("edit.date_help"),
            **fields.bind(("date",), scenario.date),
        )
        st.selectbox(
            text("edit.form"),
            get_args(Form),
            format_func=lambda one: form_words(one, scenario.date),
            **fields.bind(("form",), scenario.form),
        )
    with right:
        st.selectbox(
            text("edit.baseline"),
            [*BASELINES, *files_beside(draft.path)],
            format_func=lambda one: _baseline_name(draft, one, scenario.date),
            **fields.bind(("baseline",), scenario.baseline),
        )
        if scenario.groups is not None:
            st.selectbox(
                text("edit.rest"),
                ("", "baseline", "own_office"),
                format_func=lambda one: text(f"edit.rest_is.{one or 'named'}"),
                **fields.bind(("rest",), scenario.rest or "", lambda one: one or None),
            )


def _show_request(scenario: Scenario, asked: Propose, fields: FormFields) -> None:
    """Show weights and limits, municipalities by the names that the file writes."""
    spelling = spelling_of(scenario)
    names = [spelling.name(code) for code in instance_of(scenario).codes]
    form = RequestForm(asked, fields, dict(zip(names, names, strict=True)))
    widgets.note(text("proposal.weights_help"))
    form.weights()
    form.presence()
    form.limits(sets=False)
    form.travel_of()
    form.alternatives()
    if any(asked.limit(limit.key) for limit in LIMITS if limit.kind == "sets"):
        widgets.note(text("edit.only_in_text"))


def _baseline_name(draft: Draft, name: str, date: Date | None) -> str:
    if name in BASELINES:
        return baseline_words(name, date)
    return f"{library.title_of(draft.path.parent / name)} ({name})"


def _show_office(draft: Draft, result: Result, plan: Plan) -> None:
    """Show one office at a time: a county has too many for one form."""
    names = result.instance.names
    locked = address.chosen_many(LOCKED, result.instance.codes, ())
    if st.session_state.get(OFFICE) not in plan.hosts:
        st.session_state[OFFICE] = plan.hosts[0]
    host = st.selectbox(
        text("edit.office"), plan.hosts, format_func=lambda code: names[code], key=OFFICE
    )
    members = [code for code in plan.groups[host] if code != host]

    def write(after: Plan, *chosen: str) -> None:
        write_plan(draft, result, after, locked=locked, chosen=chosen)

    def rehost() -> None:
        new = st.session_state["edit-office-host"]
        write(moved_host(plan, new), new, host)
        if not (draft.event and draft.event.refused):
            st.session_state[OFFICE] = new

    def regroup() -> None:
        wanted = set(st.session_state["edit-office-members"])
        left, came = set(members) - wanted, wanted - set(members)
        after = own_offices(plan, left) if left else plan
        write(joined(after, came, host) if came else after, *left, *came)

    st.session_state["edit-office-host"] = host
    st.session_state["edit-office-members"] = members
    st.selectbox(
        text("edit.office_host"),
        [host, *members],
        format_func=lambda code: names[code],
        key="edit-office-host",
        on_change=rehost,
        disabled=not members,
    )
    st.multiselect(
        text("edit.office_members"),
        [code for code in plan.municipalities if code != host],
        format_func=lambda code: names[code],
        key="edit-office-members",
        on_change=regroup,
        help=text("edit.office_members_help"),
        placeholder=text("edit.select_help"),
    )
    if members:
        st.markdown(f"**{widgets.plain(text('edit.days'))}**", help=text("edit.days_help"))
        with st.container(horizontal=True):
            for code in members:
                _show_days(plan, code, names[code], write)


def _show_days(plan: Plan, code: str, name: str, write: Callable[..., None]) -> None:
    key = f"edit-days-{code}"

    def set_days() -> None:
        days = {**plan.locations, code: float(st.session_state[key])}
        write(Plan(plan.host_of, days, plan.form, risk_scores=plan.risk_scores), code)

    st.session_state[key] = float(plan.locations.get(code, 0.0))
    st.number_input(
        widgets.plain(name),
        0.0,
        5.0,
        step=0.5,
        format="%g",
        key=key,
        on_change=set_days,
        width=DAYS_PX,
    )
