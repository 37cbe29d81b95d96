"""A scenario with every name resolved: codes of municipalities, nodes of the network, baselines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from planner.errors import ScenarioError
from planner.messages.message import Message
from planner.model.country import Circumstances, OwnFigures
from planner.model.limits import LIMITS, Limit, LimitValue
from planner.model.request import Request
from planner.model.roads.changes import NetworkChanges
from planner.scenario.checks.context import Context
from planner.scenario.resolve import NameBook, mentions
from planner.scenario.vocabulary import Propose, Scenario
from planner.today import today
from planner.yamlfile.tree import KeyPath, Node, TextFault

_LIMITS: KeyPath = ("propose", "constraints")


@dataclass(frozen=True)
class Resolved:
    """What a scenario says, in the labels of the data.

    Attributes
    ----------
    scenario : as it was read.
    root : places of its parts, to say where a fault is that is found later.
    data_version : `planner.io.bundle.Bundle.version` of the data that it was resolved in.
    codes : municipalities of the region, sorted.
    host_of : the drawn groups, code -> code of the host, hosts among them.
    locations : the drawn groups' presence outside host offices, code -> days a week.
    request : what a proposal must satisfy; nothing where the scenario draws its plan.
    own_figures : the scenario's own figures of municipalities.
    circumstances : date, changes to the network, and every parameter's value.
    baseline : of `planner.scenario.BASELINES`, or a scenario beside this one.
    former : names of municipalities that are no more, as written -> code of what they mean today.
    """

    scenario: Scenario = field(compare=False)
    root: Node = field(compare=False)
    data_version: str
    codes: tuple[str, ...]
    host_of: Mapping[str, str]
    locations: Mapping[str, float]
    request: Request
    own_figures: Mapping[str, OwnFigures]
    circumstances: Circumstances
    baseline: Resolved | Literal["today", "own_office"]
    former: Mapping[str, str] = field(default_factory=dict)

    def error_at(self, key: str, *messages: Message) -> ScenarioError:
        """Return an error about a part of the scenario, with its file and line."""
        file, place = str(self.scenario.path or "scenario"), self.root.find(key)
        return ScenarioError(TextFault.at(place, message).fault(file) for message in messages)


def title_of_baseline(scenario: Scenario) -> str:
    """Return the title of the scenario that another names as its baseline, or else that name."""
    found = scenario.resolution
    if isinstance(found, Resolved) and scenario.baseline == found.scenario.baseline:
        baseline = found.baseline
        return baseline if isinstance(baseline, str) else baseline.scenario.title
    return scenario.baseline


def resolved_in(
    context: Context,
    changes: NetworkChanges,
    parameters: Mapping[str, float],
    baseline: Resolved | Literal["today", "own_office"],
    data_version: str,
) -> Resolved:
    """Gather what a scenario without faults says.

    Parameters
    ----------
    context : with a code for every name.
    changes : to the network.
    parameters : default of every parameter.
    baseline, data_version : as in `Resolved`.
    """
    scenario, codes = context.scenario, context.codes
    host_of: dict[str, str] = {}
    locations: dict[str, float] = {}
    for number, group in enumerate(scenario.groups or ()):
        host = codes["groups", number, "host"]
        members = context.code_list("groups", number, "members")
        host_of |= dict.fromkeys([*members, host], host)
        for name, days in group.locations.items():
            locations[codes["groups", number, "locations", name]] = days
    own = {
        codes["municipalities", name]: OwnFigures(
            one.population,
            one.fte,
            None if one.services is None else frozenset(one.services),
            one.case_system,
        )
        for name, one in scenario.municipalities.items()
    }
    on = scenario.date or today()
    return Resolved(
        scenario,
        context.root,
        data_version,
        tuple(sorted(context.region or ())),
        host_of,
        locations,
        _request(context),
        own,
        Circumstances(on, changes, {**parameters, **scenario.assumptions}),
        baseline,
        _former(context),
    )


def _former(context: Context) -> dict[str, str]:
    """Return the names of municipalities that are no more, and what they mean today."""
    scenario, gazetteer = context.scenario, context.gazetteer
    named = {text: context.codes[path] for path, text in mentions(scenario)}
    own = [*(scenario.region.municipalities or ()), *scenario.region.add]
    names = NameBook(gazetteer, context.region or ())
    named |= {text: code for text in own if isinstance(code := names.find(text), str)}
    return {text: code for text, code in named.items() if gazetteer.is_former(text, code)}


def _request(context: Context) -> Request:
    """Return the request of a scenario in codes."""
    asked = context.scenario.propose or Propose()
    request = Request(
        weights=asked.weights,
        max_travel_of=asked.constraints.max_travel_of,
        time_limit_s=asked.solver.time_limit_seconds,
        relative_gap=asked.solver.relative_gap,
        alternatives=asked.alternatives,
        min_difference=asked.min_difference,
    )
    for limit in LIMITS:
        path = (*_LIMITS, *limit.key.split("."))
        value = _in_codes(context, path, asked.limit(limit.key), limit)
        request = request.with_limit(limit.key, value)
    return request


def _in_codes(context: Context, path: KeyPath, value: Any, limit: Limit) -> LimitValue:  # noqa: ANN401
    """Return a limit's value, of its kind, with sets of codes for lists of names."""
    if limit.kind == "sets":
        return tuple(frozenset(context.code_list(*path, n)) for n in range(len(value)))
    if isinstance(value, list):
        return frozenset(context.code_list(*path))
    kept: LimitValue = value
    return kept
