"""A proposal from weights and limits that the reader chooses, with its proof."""

from __future__ import annotations

from functools import partial

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
from planner.present.plans.proposal import contradictions, progress_sentence, short_answer
from planner.present.words.text import text

MAP_HEIGHT_PX = 520
FORM, BAR, OUTDATED, ANSWER = "proposal-form", "proposal-bar", "proposal-outdated", "svar"
# The answer is never far from the button: beside a pane of its own, or right below on a phone.
STYLE = f"""
<style>
[data-testid="stLayoutWrapper"]:has(> .st-key-{BAR}) {{
  position: sticky; top: 0; z-index: 42; padding: .5rem 0; background: BACKGROUND;
}}
.st-key-{OUTDATED} {{ border: 3px dashed #b45309; border-radius: .5rem; padding: .8rem; }}
.st-key-{OUTDATED} > [data-testid="stElementContainer"]:first-child {{
  position: sticky; top: 0; z-index: 41; background: BACKGROUND;
}}
@media screen and (min-width: 1100px) {{
  [data-testid="stColumn"]:has(.st-key-{FORM}) {{
    position: sticky; top: 0; max-height: 100vh; overflow-y: auto; align-self: start;
  }}
}}
</style>
"""


def show() -> None:
    """Show the page."""
    st.html(STYLE.replace("BACKGROUND", widgets.background()))
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
    with left, st.container(key=FORM):
        fragment(_show_request)(base, state)
    with right:
        _show_answer(base, state)


def _show_request(base: Base, state: ProposalState) -> None:
    """Show the controls, which are drawn alone while the reader turns them."""
    st.header(text("proposal.choices"))
    bar = st.container(key=BAR)
    state.asked = show_form(base, state)
    states.remember_request(state.asked)
    faults = contradictions(state.asked)
    for fault in faults:
        st.warning(widgets.plain(fault))
    job = states.job_of(base, state.asked)
    if job is not None and state.outdated:
        state.wanted = state.asked  # its answer is known, so it is shown at once
        st.rerun()
    with bar:
        _show_button(base, state, faulty=bool(faults))
    if state.outdated != state.marked:
        state.marked = state.outdated
        st.rerun()  # the answer is drawn apart from the controls


def _show_button(base: Base, state: ProposalState, *, faulty: bool) -> None:
    """Show what starts the search, and beside it how far the search is, or what it has proved."""
    job = None if state.wanted is None else states.job_of(base, state.wanted)
    done = job is not None and job.state == "done"
    label = text("proposal.find_again" if done and not state.outdated else "proposal.find")
    if st.button(label, type="primary", disabled=faulty, width="stretch"):
        _find(base, state)
    if job is not None and state.wanted is not None and not done:
        words = partial(_words, state.wanted.alternatives)
        waiting.follow(job, "proposal", words, keeps=True)
    elif state.outdated:
        st.markdown(widgets.plain(text("proposal.changed", find=text("proposal.find"))))
    elif job is not None and (result := job.result()) is not None:
        see = f"[{widgets.plain(text('proposal.see_answer'))}](#{ANSWER})"
        st.markdown(f"{widgets.plain(short_answer(result))} {see}")


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
    st.header(text("proposal.answer"), anchor=ANSWER)
    result = job.result() if job is not None and job.state == "done" else None
    if job is None or wanted is None or result is None:
        if job is not None and job.stopped and job.state == "done":
            st.info(text("proposal.proof.stopped"))
        _show_baseline(base)
        return
    if state.outdated:
        with st.container(key=OUTDATED):
            st.warning(text("proposal.outdated"))
            show_answer(base, state, wanted, result, stopped=job.stopped)
    else:
        show_answer(base, state, wanted, result, stopped=job.stopped)


def _show_baseline(base: Base) -> None:
    instance = base.instance
    title = widgets.baseline_title(Result(base.scenario, instance, instance.baseline))
    widgets.note(text("proposal.before", baseline=title))
    show_drawing(plan_drawing(instance, instance.baseline), key="proposal", height_px=MAP_HEIGHT_PX)


def _words(wanted: int, job: Job) -> str:
    return progress_sentence(job.progress, job.seconds, wanted)
