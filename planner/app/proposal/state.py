"""What a reader asks for on the page of proposals, kept while the session lasts and in the address.

The address is read once, when the page is opened; after that the controls are ahead of it.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import streamlit as st

from planner.app.proposal.base import Base
from planner.app.shell import address, settings, waiting
from planner.app.shell.solving import Job
from planner.pipeline.run_scenario import run
from planner.present.editor.request_codec import KEYS, in_bounded_time, read_request, write_request
from planner.scenario.vocabulary import Propose

_STATES = "proposals"


@dataclass
class ProposalState:
    """What one reader asks for, built on one scenario.

    Attributes
    ----------
    asked : as the controls stand, by code.
    wanted : whose answer is shown; None before the reader has asked for one.
    generation : raised whenever the controls are to show another request than the reader left.
    marked : whether the answer on the page is marked as one to another request.
    """

    asked: Propose
    wanted: Propose | None = None
    generation: int = 0
    marked: bool = False

    @property
    def outdated(self) -> bool:
        """Whether the answer that is shown is one to another request than the controls make."""
        return self.wanted is not None and self.wanted != self.asked

    def replace(self, asked: Propose) -> None:
        """Put another request into the controls."""
        self.asked = asked
        self.generation += 1


def state_of(base: Base) -> ProposalState:
    """Return what the reader asks for: as it was left, as the address says, or as the file does."""
    states: dict[str, ProposalState] = st.session_state.setdefault(_STATES, {})
    name = str(base.path)
    if name not in states:
        given = {} if states else {key: st.query_params.get(key, "") for key in _in_address()}
        asked = read_request(given, base.instance.codes)
        states[name] = ProposalState(base.start if asked is None else in_bounded_time(asked))
    return states[name]


def remember_request(asked: Propose) -> None:
    """Write a request into the address, in the place of the one that stands there."""
    params = write_request(asked)
    for key in _in_address():
        if key not in params:
            address.forget(key)
    address.remember(**params)


def name_of(base: Base, asked: Propose) -> Hashable:
    """Name a calculation: requests with the same name have the same answer."""
    return (base.stamp, asked.model_dump_json())


def job_of(base: Base, asked: Propose) -> Job | None:
    """Return the calculation of a request, if somebody has asked for it."""
    return waiting.known(name_of(base, asked))


def find(base: Base, state: ProposalState) -> None:
    """Start to look for the proposal that the controls ask for, and stop the one before.

    Raises
    ------
    ScenarioError : the request contradicts itself.
    """
    scenario = base.asking(state.asked)
    before = None if state.wanted is None else job_of(base, state.wanted)
    if before is not None and state.wanted != state.asked:
        before.stop()
    state.wanted = state.asked
    data = settings.bundle()
    waiting.ask(name_of(base, state.asked), lambda hear: run(scenario, bundle=data, progress=hear))


def _in_address() -> list[str]:
    return [key for key in KEYS if key in st.query_params]
