"""A proposal from weights and limits that the reader chooses, with its proof."""

from __future__ import annotations

import streamlit as st

from planner.app.proposal import state as states
from planner.app.proposal.base import Base, base_of
from planner.app.proposal.form import show_form
from planner.app.proposal.show_answer import show_answer
from planner.app.proposal.state import ProposalState
from planner.app.shell import choosers, waiting, widgets
from planner.app.shell.language import fragment
from planner.app.shell.map_view import show_drawing
from planner.app.shell.solving import Job
from planner.errors import ScenarioError
from planner.pipeline.result import Result
from planner.present.maps.drawing import plan_drawing
from planner.present.plans.proposal import contradictions, progress_sentence
from planner.present.words.text import text

MAP_HEIGHT_PX = 520


def show() -> None:
    """Show the page."""
    st.title(text("page.proposal"))
    st.markdown(widgets.plain(text("proposal.intro")))
    with st.container(horizontal=True, vertical_alignment="bottom", key="choosers"):
        region = choosers.choose_region()
        entry = choosers.choose_scenario(
            text("proposal.start"),
            region,
            choosers.first_request,
            help=text("proposal.start_help"),
            key="proposal-start",
        )
    if entry is None:
        return
    with st.spinner(text("app.working")):
        base = base_of(entry)
    state = states.state_of(base)
    left, right = st.columns([2, 3], gap="large")
    with left:
        fragment(_show_request)(base, state)
    with right:
        _show_answer(base, state)


def _show_request(base: Base, state: ProposalState) -> None:
    """Show the controls, which are drawn alone while the reader turns them."""
    state.asked = show_form(base, state)
    states.remember_request(state.asked)
    faults = contradictions(state.asked)
    for fault in faults:
        st.warning(widgets.plain(fault))
    job = states.job_of(base, state.asked)
    found = job is not None and job.state == "done" and state.wanted == state.asked
    label = text("proposal.find_again" if found else "proposal.find")
    if st.button(label, type="primary", disabled=bool(faults), width="stretch"):
        _find(base, state)
    elif job is not None and state.wanted != state.asked:
        state.wanted = state.asked  # its answer is known, so it is shown at once
        st.rerun()
    elif state.wanted is not None and state.wanted != state.asked:
        st.info(text("proposal.changed", find=text("proposal.find")))


def _find(base: Base, state: ProposalState) -> None:
    try:
        states.find(base, state)
    except ScenarioError as error:
        widgets.show_faults(error)
    else:
        st.rerun()


def _show_answer(base: Base, state: ProposalState) -> None:
    wanted = state.wanted
    job = None if wanted is None else states.job_of(base, wanted)
    st.header(text("proposal.answer"))
    if job is not None and job.state != "done":
        waiting.follow(job, "proposal", _words, keeps=True)
    result = job.result() if job is not None and job.state == "done" else None
    if job is None or wanted is None or result is None:
        if job is not None and job.stopped and job.state == "done":
            st.info(text("proposal.proof.stopped"))
        _show_baseline(base)
        return
    show_answer(base, state, wanted, result, stopped=job.stopped)


def _show_baseline(base: Base) -> None:
    instance = base.instance
    title = widgets.baseline_title(Result(base.scenario, instance, instance.baseline))
    widgets.note(text("proposal.before", baseline=title))
    show_drawing(plan_drawing(instance, instance.baseline), key="proposal", height_px=MAP_HEIGHT_PX)


def _words(job: Job) -> str:
    return progress_sentence(job.progress, job.seconds)
