"""What a text in the editor says and means: its faults, or its plan and what it costs.

Figures follow every change of a plan, so what takes time is kept: the region in its circumstances
(date, network, own figures, baseline) does not change while municipalities move.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import streamlit as st

from planner.app.shell import library, settings
from planner.assess.scorecard import scorecard
from planner.errors import Fault, ScenarioError
from planner.io.gazetteer import Gazetteer
from planner.model.instance import Instance
from planner.optimise.solver.outcome import ProgressCallback
from planner.pipeline.result import Result
from planner.pipeline.run_scenario import make_instance, make_plan
from planner.scenario.edit import Spelling
from planner.scenario.load import check_scenario, known_in, resolve
from planner.scenario.vocabulary import Scenario

#: Keys that say nothing about the circumstances that a plan is measured in.
_OF_THE_PLAN = {
    "title",
    "description",
    "form",
    "groups",
    "derived_from",
    "rest",
    "workshop",
    "agreement",
}


@dataclass(frozen=True, eq=False)
class DraftReading:
    """A text as read.

    Attributes
    ----------
    faults : sorted by line; none where the text can be used.
    scenario : None where there are faults.
    result : a drawn plan measured; None where there are faults, or a request.
    """

    faults: tuple[Fault, ...]
    scenario: Scenario | None = None
    result: Result | None = None


def read_draft(text: str, path: Path) -> DraftReading:
    """Read a text as if it were the content of a file; kept while the files beside it stay."""
    return _read(text, path, draft_stamp(path))


def measure_draft(scenario: Scenario, progress: ProgressCallback | None = None) -> Result:
    """Measure the plan that a scenario draws, or solve what it asks for and measure the answer.

    Raises
    ------
    ScenarioError : what it names is not to be found in the data, or it draws no partition.
    """
    instance = instance_of(scenario)
    plan, proposal = make_plan(scenario, instance, settings.bundle(), progress=progress)
    scores = scorecard(instance, plan) if plan else {}
    return Result(scenario, instance, plan, proposal, scores)


def instance_of(scenario: Scenario) -> Instance:
    """Return the region of a scenario in its circumstances; shared, and not to be changed."""
    path = scenario.path or Path()
    circumstances = scenario.model_dump_json(exclude=_OF_THE_PLAN)
    return _instance(circumstances, path, draft_stamp(path), scenario)


def spelling_of(scenario: Scenario) -> Spelling:
    """Return how the municipalities of a scenario's region are written."""
    gazetteer = Gazetteer.from_bundle(settings.bundle())
    region = resolve(scenario, settings.bundle()).codes
    return Spelling(partial(gazetteer.resolve, near=region), gazetteer.unique_name)


def draft_stamp(path: Path) -> tuple[object, ...]:
    """Name the state of the files beside a file, one of which may be its baseline."""
    return library.stamp(library.Entry(path, ""))


@st.cache_resource(max_entries=60, show_spinner=False)
def _read(text: str, path: Path, stamped: tuple[object, ...]) -> DraftReading:  # noqa: ARG001 - part of the cache key
    scenario, faults = check_scenario(text, path, known_in(settings.bundle()))
    if scenario is None:
        return DraftReading(tuple(faults))
    if scenario.propose is not None:
        return DraftReading((), scenario)
    try:
        return DraftReading((), scenario, measure_draft(scenario))
    except ScenarioError as error:
        return DraftReading(error.faults)


@st.cache_resource(max_entries=12, show_spinner=False)
def _instance(
    circumstances: str,  # noqa: ARG001 - part of the cache key
    path: Path,  # noqa: ARG001 - part of the cache key
    stamped: tuple[object, ...],  # noqa: ARG001 - part of the cache key
    _scenario: Scenario,
) -> Instance:
    return make_instance(_scenario, settings.bundle())
