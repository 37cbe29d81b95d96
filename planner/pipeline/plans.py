"""All plans of a scenario's region: a list of them, their front, and one measured by the best.

Stands beside the pipeline, which answers for one plan. Models are other scenarios about the same
municipalities; they are looked at in the circumstances of the first scenario.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from planner.assess.indicator import USUAL, Axis, axis
from planner.assess.plans.space import (
    AssessedPlan,
    Assessor,
    Front,
    Placed,
    assess_every_partition,
    pareto_front,
    place_plan,
)
from planner.assess.presence_rule import Presence, as_it_is, with_days, with_presence
from planner.errors import Fault, ScenarioError
from planner.io.bundle import Bundle
from planner.messages.message import Message
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.model.request import Request
from planner.optimise.explain.distance_to_best import Measurement, measure, usual_request
from planner.optimise.solver.outcome import ProgressCallback
from planner.pipeline.result import Result
from planner.pipeline.run_scenario import make_instance, make_plan, make_request
from planner.pool import Pool
from planner.scenario.load import load_scenario
from planner.scenario.vocabulary import Scenario


@dataclass(frozen=True, eq=False)
class Space:
    """What plans of a scenario's region have in common.

    Attributes
    ----------
    scenario : as it was read.
    instance : the region in its circumstances.
    request : the scenario's own, or one without limits where it draws a plan.
    like : plan whose presence days, form and workshop scores all others take over, if the scenario
        draws one.
    presence : gives a plan its days of presence: those it has, or by the rule of proposals where
        the scenario asks for one.
    models : titles and plans of the scenario, if it draws one, and of the models.
    """

    scenario: Scenario
    instance: Instance
    request: Request
    like: Plan
    presence: Presence
    models: tuple[tuple[str, Plan], ...]


@dataclass(frozen=True, eq=False)
class PlanList:
    """Every partition of a region, assessed."""

    space: Space
    axes: tuple[Axis, ...]
    plans: tuple[AssessedPlan, ...]


@dataclass(frozen=True, eq=False)
class PlacedFront:
    """A front, the baseline and the models placed against it, the baseline first."""

    space: Space
    front: Front
    baseline: Placed
    models: tuple[Placed, ...]


def list_plans(
    scenario: Scenario,
    models: Sequence[Scenario] = (),
    *,
    by: Sequence[str] = USUAL,
    contiguous: bool = False,
    bundle: Bundle,
    pool: Pool | None = None,
    progress: ProgressCallback | None = None,
) -> PlanList:
    """List every partition of a scenario's region with its best hosts, and all indicators.

    Parameters
    ----------
    scenario : gives the region, its circumstances, presence days, and limits if it has a request.
    models : scenarios about the same municipalities.
    by : indicators in which plans are compared, ``key`` or ``key:less`` or ``key:more``.
    contiguous : leave out partitions that do not hang together, whatever the scenario asks.
    pool : where plans are assessed, or solved; in this process where it is left out.
    bundle, progress : as in `planner.pipeline.run_scenario.run`.

    Raises
    ------
    ScenarioError : a scenario is faulty, or a model is about other municipalities.
    AxisError : an indicator does not exist, or has no better end.
    RegionTooLargeError : the region has more than ten municipalities.
    """
    space = _space(scenario, models, contiguous, bundle)
    axes = _axes(space, by)
    plans = assess_every_partition(
        space.instance,
        space.request,
        axes,
        drawn=space.like,
        presence=space.presence,
        pool=pool,
        progress=progress,
    )
    return PlanList(space, axes, tuple(plans))


def find_front(
    scenario: Scenario,
    models: Sequence[Scenario] = (),
    *,
    by: Sequence[str],
    contiguous: bool = False,
    best_hosts: bool = False,
    step: float | None = None,
    bundle: Bundle,
    pool: Pool | None = None,
    progress: ProgressCallback | None = None,
) -> PlacedFront:
    """Find all non-dominated plans of a scenario's region over two or three indicators.

    Parameters
    ----------
    scenario, models, by, contiguous, bundle, pool, progress : as in `list_plans`.
    best_hosts, step : as in `planner.assess.plans.space.pareto_front`.

    Raises
    ------
    ScenarioError, AxisError : as in `list_plans`.
    """
    space = _space(scenario, models, contiguous, bundle)
    instance, request = space.instance, space.request
    front = pareto_front(
        instance,
        request,
        _axes(space, by),
        drawn=space.like,
        best_hosts=best_hosts,
        step=step,
        pool=pool,
        presence=space.presence,
        progress=progress,
    )
    placed = place_plan(instance, request, front, [("baseline", instance.baseline), *space.models])
    return PlacedFront(space, front, placed[0], tuple(placed[1:]))


def measured(
    result: Result,
    against: Scenario | None = None,
    *,
    bundle: Bundle,
    progress: ProgressCallback | None = None,
) -> Measurement | None:
    """Measure the plan of a result by the best plan; None where it has no plan.

    Parameters
    ----------
    result : of `planner.pipeline.run_scenario.run`.
    against : scenario whose request gives weights and limits. Without one, those of the result's
        own request; or, for a drawn plan, the usual weights and its own number of offices.

    Raises
    ------
    ScenarioError : `against` asks for no proposal.
    """
    if result.plan is None:
        return None
    asking = against or result.scenario
    if asking.propose is not None:
        request = make_request(asking, bundle)
    elif against is None:
        request = usual_request(result.plan)
    else:
        message = Message.of("request.none_to_measure_by")
        raise ScenarioError([Fault(str(against.path or "scenario"), 0, "propose", message)])
    found = measure(result.instance, request, result.plan, progress=progress)
    keep = asking.propose is None or asking.propose.keep_presence
    return replace(found, best=with_presence(result.instance, found.best, keep=keep))


def models_beside(scenario: Scenario, bundle: Bundle) -> list[Scenario]:
    """Load the scenarios in the same folder that draw a plan of the same region.

    One that gathers only the state's staff is no point among whole offices, nor they among it.

    Raises
    ------
    ScenarioError : one of them is faulty.
    """
    if scenario.path is None:
        return []
    others = sorted(set(scenario.path.parent.glob("*.yaml")) - {scenario.path})
    loaded = [load_scenario(path, bundle) for path in others]
    drawn = [one for one in loaded if one.groups is not None and one.region == scenario.region]
    gathers_state = scenario.form == "state_only"
    return [one for one in drawn if (one.form == "state_only") == gathers_state]


def _space(
    scenario: Scenario, models: Sequence[Scenario], contiguous: bool, bundle: Bundle
) -> Space:
    instance, own = _made(scenario, bundle)
    drawn = [(model.title, _plan_of(model, instance, bundle)) for model in models]
    if own is not None:
        request = Request(contiguous=contiguous)
        plans = ((scenario.title, own), *drawn)
        return Space(scenario, instance, request, own, as_it_is, plans)
    request = make_request(scenario, bundle)
    request = replace(request, contiguous=request.contiguous or contiguous)
    everywhere = {code: code for code in instance.codes}
    like = Plan(everywhere, form=scenario.form, risk_scores=scenario.workshop.risk)
    keep = scenario.propose is None or scenario.propose.keep_presence
    presence = partial(with_days, instance, keep=keep)
    return Space(scenario, instance, request, like, presence, tuple(drawn))


def _made(scenario: Scenario, bundle: Bundle) -> tuple[Instance, Plan | None]:
    """Make a scenario's region, and the plan that it draws, if it does."""
    instance = make_instance(scenario, bundle)
    if scenario.propose is not None:
        return instance, None
    return instance, make_plan(scenario, instance, bundle)[0]


def _plan_of(model: Scenario, instance: Instance, bundle: Bundle) -> Plan:
    """Return a model's plan, made in the model's own region, which must be the same."""
    own, plan = _made(model, bundle)
    if own.codes != instance.codes or plan is None:
        message = Message.of("plan.not_comparable")
        key = "propose" if plan is None else "region"
        raise ScenarioError([Fault(str(model.path or "scenario"), 0, key, message)])
    return plan


def _axes(space: Space, by: Sequence[str]) -> tuple[Axis, ...]:
    known = Assessor(space.instance).indicators(space.instance.baseline)
    return tuple(axis(written, known) for written in by)
