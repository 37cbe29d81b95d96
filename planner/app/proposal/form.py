"""The controls of a request on the page of proposals, and of the search for its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from planner.app.proposal.base import Base
from planner.app.proposal.request_form import Binding, RequestForm, Said
from planner.app.proposal.state import ProposalState
from planner.app.shell.widgets import note, plain
from planner.present.editor.request_codec import LEAST_TIME_S, MOST_TIME_S
from planner.present.plans.presets import PRESETS, preset, preset_help
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
    _show_presets(base, state)
    st.subheader(text("proposal.weights"), help=text("proposal.weights_help"))
    weights = form.weights()
    st.subheader(text("proposal.limits"))
    kept = form.presence()
    limits = form.limits(sets=True)
    whose = form.travel_of()
    with st.expander(text("proposal.search")):
        other = _search(form, controls, asked)
    constraints = asked.constraints.model_copy(update={"max_travel_of": whose})
    found = Propose(weights=weights, constraints=constraints, keep_presence=kept, **other)
    for key, value in limits.items():
        found = found.with_limit(key, value)
    return found


def _show_presets(base: Base, state: ProposalState) -> None:
    """Let the reader begin with one of a few requests; the one that stands is marked."""
    wished = {name: preset(name, state.asked, base.instance) for name in PRESETS}
    st.markdown(plain(text("preset.begin")))
    with st.container(horizontal=True, gap="small"):
        for name, asked in wished.items():
            st.button(
                text(f"preset.name.{name}"),
                help=preset_help(name, base.instance),
                type="primary" if asked == state.asked else "secondary",
                on_click=state.replace,
                args=(asked,),
                key=f"proposal-preset-{name}",
            )
    chosen = [name for name, asked in wished.items() if asked == state.asked]
    if chosen:
        note(preset_help(chosen[0], base.instance))


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
