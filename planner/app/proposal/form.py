"""The controls of a request on the page of proposals, and of the search for its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from planner.app.proposal.base import Base
from planner.app.proposal.state import ProposalState
from planner.app.shell.request_form import Binding, RequestForm, Said
from planner.present.editor.request_codec import LEAST_TIME_S, MOST_TIME_S
from planner.present.words.text import text
from planner.scenario.vocabulary import Propose, Solver


@dataclass(frozen=True)
class Controls(Binding):
    """Keeps what is asked for in the session; a new generation starts from the request again."""

    base: Base
    state: ProposalState

    def hold(self, name: str, value: object, said: Said) -> dict[str, Any]:  # noqa: ARG002
        """Return the key of a control; what it says is read when it is drawn."""
        key = f"proposal-{name}-{self.base.path}-{self.state.generation}"
        st.session_state.setdefault(key, value)
        return {"key": key}


def show_form(base: Base, state: ProposalState) -> Propose:
    """Show the controls, and return what they ask for, by code."""
    controls, asked = Controls(base, state), state.asked
    form = RequestForm(asked, controls, base.instance.names)
    st.header(text("proposal.choices"))
    st.subheader(text("proposal.weights"), help=text("proposal.weights_help"))
    weights = form.weights()
    st.subheader(text("proposal.limits"))
    limits = form.limits(sets=True)
    with st.expander(text("proposal.search")):
        other = _search(form, controls, asked)
    found = Propose(weights=weights, **other)
    for key, value in limits.items():
        found = found.with_limit(key, value)
    return found


def _search(form: RequestForm, controls: Controls, asked: Propose) -> dict[str, Any]:
    count = len(controls.base.instance.codes)
    alternatives = form.alternatives()
    differ = st.number_input(
        text("proposal.field.min_difference"),
        min_value=1,
        max_value=count,
        **controls.bind(("propose", "min_difference"), min(asked.min_difference, count)),
    )
    solver = asked.solver
    seconds = st.number_input(
        text("proposal.field.time_limit_seconds"),
        min_value=LEAST_TIME_S,
        max_value=MOST_TIME_S,
        step=10.0,
        format="%g",
        **controls.bind(("propose", "solver"), solver.time_limit_seconds or MOST_TIME_S),
    )
    solver = Solver(time_limit_seconds=seconds, relative_gap=solver.relative_gap)
    return {"alternatives": alternatives, "min_difference": differ, "solver": solver}
