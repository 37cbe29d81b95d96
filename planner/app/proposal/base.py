"""What a proposal starts from: a scenario's figures, network, date and baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import streamlit as st

from planner.app.shell import settings
from planner.app.shell.library import Entry, stamp
from planner.errors import ScenarioError
from planner.io.bundle import REGISTER
from planner.io.gazetteer import Gazetteer
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.pipeline.run_scenario import make_instance
from planner.present.editor.request_codec import in_bounded_time, renamed, usual_propose
from planner.present.words.text import text
from planner.scenario.edit import with_groups, with_request
from planner.scenario.load import check_scenario, known_in, load_scenario, resolve
from planner.scenario.store import read_stored
from planner.scenario.vocabulary import DerivedFrom, Propose, Scenario


@dataclass(frozen=True, eq=False)
class Base:
    """A scenario that proposals are built on.

    Attributes
    ----------
    path : of its file.
    stamp : names what the figures follow from: the file, its baselines, and the data.
    written : its text.
    scenario : as read; with a request, its own or the usual one.
    instance : the region in its circumstances, beside the proposals' baseline.
    start : the request that a reader starts from, by code.
    name_of : code -> a name that a file can hold.
    baseline : what proposals are compared with, where that is the scenario itself; else empty.
    """

    path: Path
    stamp: tuple[object, ...]
    written: str
    scenario: Scenario
    instance: Instance
    start: Propose
    name_of: Callable[[str], str]
    baseline: str

    @property
    def title(self) -> str:
        """Title of the scenario that the proposal is built on."""
        return self.scenario.title

    def request_text(self, asked: Propose, title: str) -> str:
        """Write a scenario that makes a request, given by code."""
        return with_request(
            self.written,
            renamed(asked, self.name_of),
            title=title,
            description=text("proposal.made_here", title=self.title),
            baseline=self.baseline,
        )

    def plan_text(self, plan: Plan, title: str, derived: DerivedFrom | None) -> str:
        """Write a scenario that draws a plan, and says by name what it was computed from."""
        if derived is not None:
            asked = renamed(derived.request, self.name_of)
            derived = derived.model_copy(update={"request": asked})
        groups = {
            self.name_of(host): [self.name_of(code) for code in members]
            for host, members in plan.groups.items()
        }
        return with_groups(
            self.written,
            groups,
            title=title,
            description=text("proposal.made_here", title=self.title),
            baseline=self.baseline,
            derived=derived,
        )

    def checked(self, written: str) -> Scenario:
        """Read a text as a file that would lie beside the scenario.

        Raises
        ------
        ScenarioError : it has faults.
        """
        path = self.path.with_stem(f"{self.path.stem}-")
        while path.exists():
            path = path.with_stem(f"{path.stem}-")
        scenario, faults = check_scenario(written, path, known_in(settings.bundle()))
        if scenario is None:
            raise ScenarioError(faults)
        return scenario

    def asking(self, asked: Propose) -> Scenario:
        """Return the scenario that makes a request, given by code.

        Raises
        ------
        ScenarioError : the request contradicts itself.
        """
        return self.checked(self.request_text(asked, self.title))


def base_of(entry: Entry) -> Base:
    """Read what a proposal starts from; kept while its files are unchanged.

    Raises
    ------
    ScenarioError : the scenario is faulty.
    """
    return _base(entry.path, stamp(entry))


@st.cache_resource(max_entries=20, show_spinner=False)
def _base(path: Path, stamped: tuple[object, ...]) -> Base:  # noqa: ARG001 - part of the cache key
    bundle = settings.bundle()
    scenario = load_scenario(path, bundle)
    stored = read_stored(path)
    gazetteer = Gazetteer.from_bundle(bundle)
    baseline = path.name if scenario.draws_today else ""
    asked = in_bounded_time(scenario.propose or usual_propose())
    compared = scenario.model_copy(
        update={"groups": None, "rest": None, "propose": asked}
        | ({"baseline": baseline} if baseline else {})
    ).read_from(path)
    return Base(
        path,
        (path, (bundle.folder / REGISTER).stat().st_mtime_ns, *_texts(scenario)),
        stored.text if stored else "",
        compared,
        make_instance(compared, bundle),
        renamed(asked, partial(gazetteer.resolve, near=resolve(scenario, bundle).codes)),
        gazetteer.unique_name,
        baseline,
    )


def _texts(scenario: Scenario) -> Iterator[str]:
    """Yield what a scenario and its baselines say, letter by letter."""
    path = scenario.path
    while path is not None:
        stored = read_stored(path)
        yield stored.version if stored else ""
        path = load_scenario(path, settings.bundle()).baseline_path
