"""Running scenarios: from a scenario and a folder of data to a measured plan."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from planner import optimise
from planner.assess.network_alternative import network_alternative
from planner.assess.scorecard import Score, assess, scorecard
from planner.assess.withdrawal.best_without import best_without
from planner.errors import Fault, ScenarioError
from planner.io.bundle import Bundle
from planner.io.gazetteer import Gazetteer
from planner.io.tables.assumptions import load_assumptions
from planner.model.country import Circumstances, load_country
from planner.model.instance import Instance
from planner.model.offices_in_force import offices_in_force
from planner.model.plan import Plan
from planner.model.request import Range, Request, Weights
from planner.optimise.proposal import Proposal
from planner.optimise.solver.outcome import ProgressCallback
from planner.pipeline.result import Result
from planner.scenario.load import load_scenario, with_lines
from planner.scenario.resolve import region_codes, resolver
from planner.scenario.vocabulary import Propose, Scenario
from planner.today import today

Resolve = Callable[[str], str]


def run(
    scenario: Scenario,
    *,
    bundle: Bundle | None = None,
    progress: ProgressCallback | None = None,
) -> Result:
    """Run a scenario: measure its plan, or propose one and measure it.

    Parameters
    ----------
    scenario : from `planner.load_scenario`.
    bundle : folder of data tables; the default data where it is left out.
    progress : called while a proposal is being solved.

    Raises
    ------
    ScenarioError : a name cannot be resolved, or the plan is not a partition.
    DataError : a table is missing, changed or faulty.
    """
    bundle = bundle or Bundle()
    try:
        instance = make_instance(scenario, bundle)
        plan, proposal = make_plan(scenario, instance, bundle, progress=progress)
    except ScenarioError as error:  # found in the data, not in the file: say where in the file
        raise with_lines(error, scenario) from None
    return _measured(scenario, instance, plan, proposal)


def run_without(
    scenario: Scenario,
    leavers: Collection[str],
    *,
    bundle: Bundle | None = None,
    progress: ProgressCallback | None = None,
) -> Result:
    """Ask a scenario's request anew of those who remain when some councils say no.

    Parameters
    ----------
    scenario : with a request.
    leavers : codes of the councils that say no.
    bundle, progress : as for `run`.

    Raises
    ------
    PlannerError : nobody remains.
    """
    bundle = bundle or Bundle()
    instance, request = make_instance(scenario, bundle), make_request(scenario, bundle)
    proposal = best_without(instance, request, leavers, progress=progress)
    plan = proposal.plan and replace(proposal.plan, form=scenario.form)
    return _measured(scenario, instance, plan, proposal)


def _measured(
    scenario: Scenario, instance: Instance, plan: Plan | None, proposal: Proposal | None
) -> Result:
    scores = scorecard(instance, plan) if plan else {}
    return Result(scenario, instance, plan, proposal, scores)


def compare(scenarios: Sequence[Scenario], *, bundle: Bundle | None = None) -> list[Result]:
    """Run several scenarios; the first is the baseline of those that do not name one."""
    results = [run(scenario, bundle=bundle) for scenario in scenarios]
    first = results[0].scores
    return [
        result
        if result is results[0] or "baseline" in result.scenario.model_fields_set
        else replace(result, scores=_against(result, first))
        for result in results
    ]


def network(result: Result, title: str) -> Result | None:
    """Measure the network beside a result: offices and decisions at home, specialists pooled.

    Those who share an office in the result's plan share specialists here; see
    `planner.assess.network_alternative`. Its baseline is the result's, its title the one given.
    None where the result has no plan.
    """
    if result.plan is None:
        return None
    plan = network_alternative(result.instance, result.plan)
    found = assess(result.instance, plan)
    return replace(
        result,
        scenario=result.scenario.model_copy(update={"title": title, "form": plan.form}),
        plan=plan,
        proposal=None,
        scores={key: Score(one, result.scores[key].baseline) for key, one in found.items()},
    )


def make_instance(scenario: Scenario, bundle: Bundle) -> Instance:
    """Make the region of a scenario, in its circumstances and with its own figures in place."""
    gazetteer = Gazetteer.from_bundle(bundle)
    resolve = resolver(scenario, gazetteer)
    codes = region_codes(scenario, gazetteer)
    on, assumptions = scenario.date or today(), _assumptions(scenario, bundle)
    country = load_country(bundle, Circumstances(on, scenario.network, assumptions), resolve)
    region = country.region(
        codes,
        _baseline(scenario, codes, bundle),
        overrides={resolve(name): own for name, own in scenario.municipalities.items()},
        regional_fte=sum(scenario.regional_staff.values()),
        assumption_ranges={
            name: (entry.low, entry.high)
            for name, entry in load_assumptions(bundle).items()
            if name not in scenario.assumptions
        },
    )
    given = {
        **country.assumptions,
        **_staff_split(region),
        **_asked_sizes(scenario),
        **scenario.assumptions,
    }
    return replace(region, assumptions=given)


def _assumptions(scenario: Scenario, bundle: Bundle) -> dict[str, float]:
    """Return every parameter's value, the scenario's own in place."""
    defaults = {name: entry.default for name, entry in load_assumptions(bundle).items()}
    return {**defaults, **scenario.assumptions}


def _staff_split(region: Instance) -> dict[str, float]:
    """Return the share of a region's staff that the municipalities employ, where it is known."""
    municipal, state = (region.figure(f"{part}_fte").sum() for part in ("municipal", "state"))
    share = float(municipal / (municipal + state))
    return {} if np.isnan(share) else {"municipal_staff_share": share}


def _asked_sizes(scenario: Scenario) -> dict[str, float]:
    """Return the least sizes that a request asks for: a group without a leaver needs them too."""
    limits = (scenario.propose or Propose()).constraints
    asked = {
        "withdrawal_least_fte": limits.min_fte,
        "withdrawal_least_population": limits.min_population,
    }
    return {name: float(least) for name, least in asked.items() if least is not None}


def make_plan(
    scenario: Scenario,
    instance: Instance,
    bundle: Bundle,
    *,
    progress: ProgressCallback | None = None,
) -> tuple[Plan | None, Proposal | None]:
    """Return the plan that a scenario draws; or the one that it asks for, with its proof."""
    if scenario.propose is None and scenario.groups is None:
        return _in_force(scenario, instance.codes, bundle), None
    if scenario.propose is None:
        resolve = resolver(scenario, Gazetteer.from_bundle(bundle))
        return _drawn(scenario, instance, resolve), None
    proposal = optimise.propose(instance, make_request(scenario, bundle), progress=progress)
    if proposal.plan is None:
        return None, proposal
    risk_scores = scenario.workshop.risk
    return replace(proposal.plan, form=scenario.form, risk_scores=risk_scores), proposal


def make_request(scenario: Scenario, bundle: Bundle) -> Request:
    """Turn the request of a scenario from names into codes."""
    asked = scenario.propose or Propose()
    limits, hosts = asked.constraints, asked.constraints.hosts
    resolve = resolver(scenario, Gazetteer.from_bundle(bundle))

    def codes(names: Sequence[str]) -> frozenset[str]:
        return frozenset(resolve(name) for name in names)

    return Request(
        weights=Weights(**asked.weights.model_dump()),
        offices=Range(limits.offices.min, limits.offices.max),
        max_travel_min=limits.max_travel_minutes,
        fte=Range(limits.min_fte, limits.max_fte),
        population=Range(limits.min_population, limits.max_population),
        members=Range(None, limits.max_members),
        contiguous=limits.contiguous,
        hosts_fixed=codes(hosts.fixed),
        hosts_allowed=None if hosts.allowed is None else codes(hosts.allowed),
        hosts_forbidden=codes(hosts.forbidden),
        together=tuple(codes(names) for names in limits.together),
        apart=tuple(codes(names) for names in limits.apart),
        keep_baseline_groups=limits.keep_baseline_groups,
        within=limits.within,
        crossing_allowed=codes(limits.crossing_allowed),
        exempt=limits.exempt if isinstance(limits.exempt, str) else codes(limits.exempt),
        time_limit_s=asked.solver.time_limit_seconds,
        relative_gap=asked.solver.relative_gap,
        alternatives=asked.alternatives,
        min_difference=asked.min_difference,
    )


def _baseline(scenario: Scenario, codes: list[str], bundle: Bundle) -> Plan:
    if scenario.baseline == "own_office":
        return Plan({code: code for code in codes}, form="today")
    if scenario.baseline == "today":
        return _in_force(scenario, codes, bundle)
    folder = scenario.path.parent if scenario.path else Path()
    other = load_scenario(folder / scenario.baseline, bundle)
    plan, _ = make_plan(other, make_instance(other, bundle), bundle)
    if plan is None:
        message = f"{scenario.baseline} proposes a plan, and none satisfies its constraints."
        raise ScenarioError([Fault(str(scenario.path or "scenario"), 0, "baseline", message)])
    kept = plan.restricted_to(codes)
    missing = {code: code for code in codes if code not in kept.host_of}
    return replace(kept, host_of={**kept.host_of, **missing})


def _in_force(scenario: Scenario, codes: Collection[str], bundle: Bundle) -> Plan:
    on = scenario.date or today()
    return offices_in_force(bundle, on, _assumptions(scenario, bundle)).restricted_to(codes)


def _drawn(scenario: Scenario, instance: Instance, resolve: Resolve) -> Plan:
    baseline = instance.baseline
    groups = scenario.groups or []
    host_of: dict[str, str] = {}
    locations: dict[str, float] = {}
    for group in groups:
        host = resolve(group.host)
        host_of |= {resolve(name): host for name in group.members} | {host: host}
        locations |= {resolve(name): days for name, days in group.locations.items()}
    for code in baseline.municipalities:
        if code not in host_of:
            keeps = scenario.rest == "baseline"
            host_of[code] = baseline.host_of[code] if keeps else code
            if keeps and code in baseline.locations:
                locations[code] = baseline.locations[code]
    _check_hosts(scenario, host_of, instance.names)
    return Plan(host_of, locations, scenario.form, risk_scores=scenario.workshop.risk)


def _check_hosts(scenario: Scenario, host_of: dict[str, str], names: dict[str, str]) -> None:
    faults = [
        Fault(
            str(scenario.path or "scenario"),
            0,
            "rest",
            f"{names[code]} keeps its host {names[host]} of the baseline, but {names[host]} is "
            f"served by {names[host_of[host]]} here. Name {names[code]} in a group.",
        )
        for code, host in host_of.items()
        if host_of[host] != host
    ]
    if faults:
        raise ScenarioError(faults)


def _against(result: Result, first: Mapping[str, Score]) -> dict[str, Score]:
    return {
        key: Score(score.indicator, first[key].indicator) if key in first else score
        for key, score in result.scores.items()
    }
