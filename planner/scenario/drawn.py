"""The plans that scenarios draw, and baselines that no solver is needed for."""

from __future__ import annotations

from planner.io.bundle import Bundle
from planner.io.gazetteer import Gazetteer
from planner.messages.message import Message
from planner.model.offices_in_force import offices_in_force
from planner.model.plan import Plan
from planner.scenario.resolved import Resolved


def draw(resolved: Resolved, baseline: Plan, bundle: Bundle) -> Plan:
    """Return the plan that a scenario draws; municipalities that it leaves out follow ``rest``.

    One without groups is about the offices in force on its date.

    Raises
    ------
    ScenarioError : some of them keep a host that is no host here.
    """
    scenario = resolved.scenario
    if scenario.groups is None:
        return _in_force(resolved, bundle)
    host_of, locations = dict(resolved.host_of), dict(resolved.locations)
    for code in resolved.codes:
        if code not in host_of:
            keeps = scenario.rest == "baseline"
            host_of[code] = baseline.host_of[code] if keeps else code
            if keeps and code in baseline.locations:
                locations[code] = baseline.locations[code]
    name = Gazetteer.from_bundle(bundle).name
    astray = [
        Message.of("plan.astray", name=name(code), host=name(host), server=name(host_of[host]))
        for code, host in host_of.items()
        if host_of[host] != host
    ]
    if astray:
        raise resolved.error_at("rest", *astray)
    return Plan(host_of, locations, scenario.form, risk_scores=scenario.workshop.risk)


def known_baseline(resolved: Resolved, bundle: Bundle) -> Plan | None:
    """Return a scenario's baseline, for its own region; None where a proposal must be solved.

    Raises
    ------
    ScenarioError : a municipality that the baseline leaves out keeps a host that is none.
    DataError : a table is missing, changed or faulty.
    """
    codes = resolved.codes
    if resolved.baseline == "own_office":
        return Plan({code: code for code in codes}, form="today")
    if resolved.baseline == "today":
        return _in_force(resolved, bundle)
    other = resolved.baseline
    before = None if other.scenario.propose else known_baseline(other, bundle)
    return None if before is None else draw(other, before, bundle).restricted_to(codes)


def _in_force(resolved: Resolved, bundle: Bundle) -> Plan:
    at = resolved.circumstances
    return offices_in_force(bundle, at.on, at.assumptions).restricted_to(resolved.codes)
