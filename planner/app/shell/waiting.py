"""A calculation in the background, as a page shows it while it waits."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Hashable
from typing import Any

import streamlit as st

from planner.app.shell.language import fragment
from planner.app.shell.solving import DESK, Job
from planner.app.shell.worker import Work
from planner.present.words.text import number, text

POLL_S = 0.7
_Words = Callable[[Job], str]


def session() -> str:
    """Return a name for the reader's session that no other has."""
    name: str = st.session_state.setdefault("session", uuid.uuid4().hex)
    return name


def ask(key: Hashable, work: Work) -> Job:
    """Start a calculation for this session, unless it is known or under way."""
    return DESK.ask(session(), key, work)


def known(key: Hashable) -> Job | None:
    """Return this session's calculation, or anybody's complete one."""
    return DESK.known(session(), key)


def elapsed(job: Job) -> str:
    """Say how long a calculation has run."""
    return text("proposal.seconds", seconds=number(job.seconds, "persons"))


def follow(job: Job, key: str, words: _Words, *, keeps: bool = False) -> None:
    """Show how a calculation goes, with a button to stop it; draw the page anew when it is done.

    Parameters
    ----------
    job : queued or running.
    key : of the button.
    words : what is said while it runs.
    keeps : whether one that is stopped gives what it has found.
    """
    fragment(_show, run_every=POLL_S)(job, key, words, keeps)


def answer(key: Hashable, name: str, words: _Words, *, keeps: bool = False) -> Any:  # noqa: ANN401
    """Return what a calculation gave; None where there is none, or while it is shown to run."""
    job = known(key)
    if job is None:
        return None
    if job.state != "done":
        follow(job, name, words, keeps=keeps)
        return None
    return job.result()


def _show(job: Job, key: str, words: _Words, keeps: bool) -> None:
    if job.state == "done":
        st.rerun()
    job.look()
    with st.container(border=True):
        if job.stopped:
            st.text(text("proposal.stopping"))
            return
        if job.state == "queued":
            st.text(text("proposal.queued", ahead=DESK.ahead_of(job)))
        else:
            st.text(words(job))
        if st.button(text("proposal.cancel" if keeps else "proposal.stop"), key=f"{key}-stop"):
            job.stop()
            st.rerun(scope="fragment")
