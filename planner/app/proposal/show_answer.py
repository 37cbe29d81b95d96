"""The answer to a request: the plan, what is proved about it, and what else there is."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from planner.app.proposal.answer import ProposalAnswer
from planner.app.proposal.base import Base
from planner.app.proposal.more import show_helps, show_measured, show_why
from planner.app.proposal.saving import show_saving
from planner.app.proposal.state import ProposalState
from planner.app.shell import address, settings, widgets
from planner.app.shell.map_view import show_drawing
from planner.app.shell.widgets import note, plain
from planner.assess.scorecard import scorecard
from planner.model.plan import Plan
from planner.pipeline.result import Result, derivation
from planner.pipeline.run_scenario import make_request
from planner.present.maps.drawing import plan_drawing
from planner.present.plans import proposal as words
from planner.present.result.frames import municipality_frame
from planner.present.result.overview import losses
from planner.present.words.caveats import warnings_about
from planner.present.words.limits import broken_sentence, conflict_sentence
from planner.present.words.text import enumeration, text
from planner.present.words.weights import exchange_sentences
from planner.scenario.vocabulary import Propose

MAP_HEIGHT_PX = 520


def show_answer(
    base: Base, state: ProposalState, wanted: Propose, result: Result, *, stopped: bool
) -> None:
    """Show an answer; where there is no plan, what would help."""
    if result.proposal is None:
        return
    request = make_request(result.scenario, settings.bundle())
    answer = ProposalAnswer(base, state, wanted, request, result, result.proposal, stopped)
    place = _chosen_plan(answer) if result.plan is not None else 0
    _show_outcome(answer, place)
    if result.plan is None:
        if result.proposal.conflict:
            st.markdown(plain(conflict_sentence(result.proposal.conflict, result.instance.names)))
        show_helps(answer)
        return
    _show_plan(answer, place)
    _show_proof(answer)
    _show_alternatives(answer)
    if result.plan.exempt:
        show_helps(answer)
    _show_baseline(answer)
    show_why(answer)


def _show_outcome(answer: ProposalAnswer, place: int) -> None:
    """Say what is proved of the plan that is shown, unless that is an answer to another request."""
    solve, wanted = answer.proposal.solve, answer.wanted
    gap = wanted.solver.relative_gap
    told = " ".join(words.proof_sentences(solve, asked_gap=gap, stopped=answer.stopped))
    boxes = {"optimal": st.success, "infeasible": st.error}
    if answer.state.outdated:
        st.info(plain(text("proposal.held_then", told=told)))
    elif place:
        more = answer.proposal.alternatives[place - 1][1] - (solve.objective or 0.0)
        st.info(plain(words.alternative_sentence(place, more)))
    else:
        boxes.get(solve.outcome, st.warning)(plain(told))
    plan = answer.result.plan
    if plan is not None and plan.exempt:
        names = enumeration(sorted(answer.base.instance.names[code] for code in plan.exempt))
        st.warning(plain(text("proposal.exempted", names=names)))


def _chosen_plan(answer: ProposalAnswer) -> int:
    """Let the reader choose the proposal, place 0, or one of the alternatives."""
    count = len(answer.proposal.alternatives)
    if not count:
        return 0
    places = [str(place) for place in range(count + 1)]
    place = st.selectbox(
        text("proposal.map_of"),
        places,
        index=int(address.chosen("alt", places, "0")),
        format_func=lambda one: words.plan_name(int(one)),
        key=f"proposal-shown-{hash(answer.name)}",
    )
    address.remember(alt=place)
    return int(place)


def _plan_at(answer: ProposalAnswer, place: int) -> Plan:
    best = answer.result.plan
    assert best is not None  # noqa: S101 - only plans are shown
    if not place:
        return best
    plan, _ = answer.proposal.alternatives[place - 1]
    return replace(plan, form=best.form, risk_scores=best.risk_scores)


def _show_plan(answer: ProposalAnswer, place: int) -> None:
    plan, result = _plan_at(answer, place), answer.result
    shown = result
    if place:
        shown = replace(result, plan=plan, scores=scorecard(result.instance, plan))
        note(text("proposal.figures_of", plan=words.plan_name(place)))
    for loss in losses(shown):
        st.markdown(f":red[**{plain(loss)}**]")
    widgets.show_key_figures(shown)
    show_drawing(plan_drawing(result.instance, plan), key="proposal", height_px=MAP_HEIGHT_PX)
    for warning in warnings_about(replace(shown, proposal=None)):
        st.warning(plain(warning))
    with st.expander(text("app.municipalities")):
        st.dataframe(municipality_frame(shown), hide_index=True, height="content")
    derived = derivation(answer.wanted, answer.proposal, place)
    with st.expander(text("proposal.save")):
        show_saving(
            answer.base,
            answer.base.path.parent.name,
            {
                "plan": lambda title: answer.base.plan_text(plan, title, derived),
                "request": lambda title: answer.base.request_text(answer.wanted, title),
            },
            key="proposal-save",
        )


def _show_proof(answer: ProposalAnswer) -> None:
    st.subheader(text("proposal.proof_heading"))
    _show_table(words.proof_frame(answer.proposal.solve))
    plan = _plan_at(answer, 0)
    st.subheader(text("proposal.terms"))
    frame = words.terms_frame(answer.result.instance, plan, answer.wanted.weights)
    _show_table(frame)
    note(text("proposal.terms_note"))
    with st.expander(text("proposal.rates")):
        st.markdown(
            "\n".join(f"- {plain(one)}" for one in exchange_sentences(answer.wanted.weights))
        )


def _show_alternatives(answer: ProposalAnswer) -> None:
    st.subheader(text("proposal.alternatives"))
    asked = answer.wanted.alternatives
    if not asked:
        note(text("proposal.no_alternatives", search=text("proposal.search")))
        return
    if answer.proposal.alternatives:
        frame = words.alternatives_frame(answer.result.instance, answer.proposal)
        _show_table(frame)
    fewer = words.alternatives_note(
        answer.proposal, asked, stopped=answer.stopped, time_up=answer.time_up
    )
    if fewer:
        note(fewer)


def _show_baseline(answer: ProposalAnswer) -> None:
    st.subheader(text("proposal.baseline_heading"))
    instance = answer.result.instance
    sentence, broken = words.baseline_sentences(instance, answer.request, answer.proposal)
    st.markdown(plain(sentence))
    if broken:
        st.markdown(plain(text("proposal.baseline_breaks")))
        told = [broken_sentence(one, instance.names) for one in broken]
        st.markdown("\n".join(f"- {plain(one)}" for one in told))
    else:
        st.markdown(plain(text("proposal.baseline_keeps")))
    show_measured(answer)


def _show_table(frame: pd.DataFrame) -> None:
    """Show a small table whose long words wrap."""
    st.table(frame, border="horizontal", hide_index=True)
