"""What a reader may ask about a proposal: why not another host, what would help, what is nearer."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any

import streamlit as st

from planner.app.proposal.answer import ProposalAnswer
from planner.app.proposal.state import find
from planner.app.shell import address, waiting
from planner.app.shell.solving import Job
from planner.app.shell.widgets import note, plain
from planner.assess.presence_rule import with_presence
from planner.model.limits import let_serve
from planner.optimise.explain.diagnose import Diagnosis, diagnose_proposal
from planner.optimise.explain.distance_to_best import measure
from planner.optimise.explain.limit_change import LimitChange
from planner.optimise.explain.why import why
from planner.optimise.grouping.propose import propose
from planner.optimise.solver.outcome import ProgressCallback
from planner.present.editor.request_codec import with_change
from planner.present.plans import proposal as words
from planner.present.plans.distance import nearest_moves
from planner.present.words.diagnosis import forcing_report, why_sentences
from planner.present.words.text import text
from planner.scenario.vocabulary import Propose

_Work = Callable[[ProgressCallback], Any]


def show_helps(answer: ProposalAnswer) -> None:
    """Show which smallest changes of the limits would help, each with a button to make it."""
    if answer.proposal.solve.outcome in {"no_solution_in_time", "cancelled"}:
        return
    st.subheader(text("proposal.helps"))
    instance, request, proposal = answer.result.instance, answer.request, answer.proposal
    found: tuple[Diagnosis, ...] | None = _asked(
        answer,
        "helps",
        text("proposal.helps_ask"),
        lambda _hear: diagnose_proposal(instance, request, proposal),
    )
    for place, diagnosis in enumerate(found or ()):
        _show_diagnosis(answer, diagnosis, place)
    if found:
        note(text("proposal.helps_note"))


def _show_diagnosis(answer: ProposalAnswer, found: Diagnosis, place: int) -> None:
    names = answer.result.instance.names
    st.markdown(plain(words.diagnosis_heading(names, found)))
    steps: list[tuple[LimitChange, ...]] = [(change,) for change in found.singles]
    if found.combination:
        steps = [found.combination]
    for number, changes in enumerate(steps):
        left, right = st.columns([3, 1], vertical_alignment="center")
        told = [words.change_sentence(names, change) for change in changes]
        left.markdown("\n".join(f"- {plain(one)}" for one in told))
        key = f"proposal-apply-{place}-{number}-{hash(answer.name)}"
        if right.button(text("proposal.apply"), key=key):
            _ask_instead(answer, _changed(answer.wanted, changes))


def _changed(asked: Propose, changes: tuple[LimitChange, ...]) -> Propose:
    for change in changes:
        asked = with_change(asked, change)
    return asked


def show_measured(answer: ProposalAnswer) -> None:
    """Show which few changes bring the baseline nearest to the proposal, when asked."""
    instance, request = answer.result.instance, answer.request
    found = _asked(
        answer,
        "measured",
        text("proposal.measure"),
        lambda hear: measure(instance, request, instance.baseline, progress=hear),
    )
    if found is not None:
        sentences, moves = nearest_moves(found, instance.names)
        st.markdown("\n\n".join(map(plain, sentences)))
        st.markdown("\n".join(f"1. {plain(move)}" for move in moves))


def show_why(answer: ProposalAnswer) -> None:
    """Show why a municipality is not with another host, and what it would cost."""
    plan, instance = answer.result.plan, answer.result.instance
    if plan is None:
        return
    st.subheader(text("proposal.why"))
    names = instance.names
    codes = sorted(names, key=lambda code: names[code])
    code = st.selectbox(
        text("proposal.why_of"),
        codes,
        index=codes.index(address.chosen("why", codes, codes[0])),
        format_func=lambda one: names[one],
        key=f"proposal-why-{answer.base.path}",
    )
    address.remember(why=code)
    request, proposal = answer.request, answer.proposal
    others = _asked(
        answer,
        f"why-{code}",
        text("proposal.why_ask"),
        lambda hear: why(instance, request, proposal, code, progress=hear),
    )
    if others is not None:
        first, *rest = why_sentences(
            instance, proposal, code, words.named_limits(others), request.max_travel_min
        )
        st.markdown(plain(first))
        st.markdown("\n".join(f"- {plain(line)}" for line in rest))
    _show_what_if(answer, code, [one for one in codes if one != plan.host_of[code]])


def _show_what_if(answer: ProposalAnswer, code: str, hosts: list[str]) -> None:
    instance, request, proposal = answer.result.instance, answer.request, answer.proposal
    names = instance.names
    st.markdown(plain(text("proposal.what_if", name=names[code])))
    host = st.selectbox(
        text("proposal.what_if_host"),
        hosts,
        format_func=lambda one: text("proposal.own_office") if one == code else names[one],
        key=f"proposal-host-{code}-{hash(answer.name)}",
    )
    if host is None:
        return
    asked = replace(let_serve(request, {code: host}), alternatives=0)
    other = _asked(
        answer,
        f"force-{code}-{host}",
        text("proposal.what_if_ask"),
        lambda hear: with_presence(
            instance, propose(instance, asked, progress=hear), keep=answer.wanted.keep_presence
        ),
    )
    if other is not None:
        if other.solve.outcome == "infeasible":
            st.markdown(plain(text("proposal.what_if_none")))
        else:
            st.markdown(plain(forcing_report(instance, proposal, other, {code: host})))
    if st.button(text("proposal.what_if_apply"), key=f"proposal-force-{hash(answer.name)}"):
        _ask_instead(answer, let_serve(answer.wanted, {code: host}))


def _asked(answer: ProposalAnswer, what: str, label: str, work: _Work) -> Any:  # noqa: ANN401
    """Return what a question about an answer gave; a button asks it, None until it is answered."""
    key: Hashable = (answer.name, what)
    job = waiting.known(key)
    if job is None or (job.state == "done" and not job.complete):
        if st.button(label, key=f"proposal-ask-{what}-{hash(answer.name)}"):
            waiting.ask(key, work)
            st.rerun()
        if job is None:
            return None
    return waiting.answer(key, f"proposal-{what}", _words)


def _ask_instead(answer: ProposalAnswer, asked: Propose) -> None:
    """Put another request into the controls, and look for its answer."""
    answer.state.replace(asked)
    find(answer.base, answer.state)
    st.rerun()


def _words(job: Job) -> str:
    return text("proposal.progress.working", elapsed=waiting.elapsed(job))
