"""Running scenarios: from a scenario and a folder of data to a measured plan."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from planner import optimise
from planner.assess.network_alternative import network_alternative
from planner.assess.presence_rule import with_presence
from planner.assess.scorecard import Score, assess, scorecard
from planner.assess.withdrawal.best_without import best_without
from planner.io.bundle import Bundle
from planner.io.tables.assumptions import load_assumptions
from planner.messages.message import Message
from planner.model.country import load_country
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.model.request import Request
from planner.optimise.proposal import Proposal
from planner.optimise.solver.outcome import ProgressCallback
from planner.pipeline.result import Result
from planner.scenario.drawn import draw, known_baseline
from planner.scenario.load import resolve
from planner.scenario.resolved import Resolved
from planner.scenario.vocabulary import Propose, Scenario
from planner.spelling import shown
from planner.workspace import default_workspace


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
    bundle : the data tables; those of the default workspace where it is left out.
    progress : called while a proposal is being solved.

    Raises
    ------
    ScenarioError : a name cannot be resolved, or the plan is not a partition.
    DataError : a table is missing, changed or faulty.
    """
    bundle = bundle or default_workspace().data
    instance = make_instance(scenario, bundle)
    plan, proposal = make_plan(scenario, instance, bundle, progress=progress)
    return _measured(scenario, instance, plan, proposal)


def run_without(
    scenario: Scenario,
    leavers: Collection[str],
    *,
    bundle: Bundle,
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
    instance, request = make_instance(scenario, bundle), make_request(scenario, bundle)
    answer = best_without(instance, request, leavers, progress=progress)
    proposal = with_presence(instance, answer, keep=(scenario.propose or Propose()).keep_presence)
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
    """Make the region of a scenario, in its circumstances and with its own figures in place.

    Raises
    ------
    ScenarioError : a name cannot be resolved, or the baseline has no plan.
    DataError : a table is missing, changed or faulty.
    """
    resolved = resolve(scenario, bundle)
    return make_region(resolved, _baseline(resolved, bundle), bundle)


def make_region(resolved: Resolved, baseline: Plan, bundle: Bundle) -> Instance:
    """Make the region of a resolved scenario beside a plan of it, which is its baseline.

    Raises
    ------
    DataError : a table is missing, changed or faulty.
    """
    scenario, country = resolved.scenario, load_country(bundle, resolved.circumstances)
    region = country.region(
        list(resolved.codes),
        baseline,
        own_figures=resolved.own_figures,
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
    resolved = resolve(scenario, bundle)
    if scenario.propose is None:
        return draw(resolved, instance.baseline, bundle), None
    proposal = optimise.propose(instance, resolved.request, progress=progress)
    proposal = with_presence(instance, proposal, keep=scenario.propose.keep_presence)
    if proposal.plan is None:
        return None, proposal
    risk_scores = scenario.workshop.risk
    return replace(proposal.plan, form=scenario.form, risk_scores=risk_scores), proposal


def must_solve(scenario: Scenario, bundle: Bundle) -> bool:
    """Tell whether a run asks the solver: the scenario, or its baseline, is to be proposed."""
    return bool(scenario.propose) or known_baseline(resolve(scenario, bundle), bundle) is None


def make_request(scenario: Scenario, bundle: Bundle) -> Request:
    """Return the request of a scenario in codes; one that asks for nothing where it has none."""
    return resolve(scenario, bundle).request


def _baseline(resolved: Resolved, bundle: Bundle) -> Plan:
    """Return the baseline's plan for the region, solved if it is a proposal."""
    plan, other = known_baseline(resolved, bundle), resolved.baseline
    if plan is None and isinstance(other, Resolved):
        asking = other.scenario
        solved, _ = make_plan(asking, make_instance(asking, bundle), bundle)
        plan = solved and solved.restricted_to(resolved.codes)
    if plan is None:
        name = resolved.scenario.baseline
        raise resolved.error_at("baseline", Message.of("baseline.infeasible", name=shown(name)))
    return plan


def _against(result: Result, first: Mapping[str, Score]) -> dict[str, Score]:
    return {
        key: Score(score.indicator, first[key].indicator) if key in first else score
        for key, score in result.scores.items()
    }
