"""All plans of a region, assessed: which are dominated, and which make up the front.

Regions of up to ten municipalities are gone through plan by plan, so any indicators can be
compared. Larger ones are left to the grouping model, which knows only what it can minimise.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Literal

import numpy as np

from planner.assess.indicator import INDICATORS, Axis, AxisError, Indicator
from planner.assess.presence_rule import Presence, as_it_is
from planner.assess.scorecard import FAMILIES
from planner.model.instance import Instance
from planner.model.limits import WEIGHTS
from planner.model.plan import Plan
from planner.model.request import Request
from planner.optimise.all_plans.enumerate import (
    MOST_MUNICIPALITIES,
    PlanSpace,
    drawn_like,
    enumerate_plans,
    plan_space,
)
from planner.optimise.all_plans.pareto import DECIMALS, STEP, dominators, non_dominated, term_front
from planner.optimise.grouping.objective import host_positions, term_tables
from planner.optimise.judge import BrokenLimit, LimitJudge
from planner.optimise.solver.outcome import Outcome, Progress, ProgressCallback
from planner.optimise.solver.program import FloatArray
from planner.pool import Pool, Shared

#: What the grouping model can minimise: key -> term of its objective, and figure per unit of it.
MODELLED: Mapping[str, tuple[str, float]] = {
    key: (one.term, WEIGHTS[one.term].scale) for key, one in INDICATORS.items() if one.term
}

#: Plans that are assessed at a time where another process does it.
_BLOCK = 50
_Figures = Mapping[str, float | None]
Method = Literal["every_plan", "every_partition", "solver"]


class Assessor:
    """Computes chosen indicators of plans of one region, and no family that is not needed.

    Parameters
    ----------
    instance : the region.
    keys : indicators; all of them where they are left out.
    """

    def __init__(self, instance: Instance, keys: Iterable[str] | None = None) -> None:
        self.instance = instance
        self._tables = term_tables(instance)
        self.keys = None if keys is None else frozenset(keys)

    def indicators(self, plan: Plan) -> dict[str, Indicator]:
        """Compute the indicators of a plan by key, terms of the objective last."""
        wanted = [*self._assessed(plan), *self._terms(plan)]
        return {one.key: one for one in wanted if self.keys is None or one.key in self.keys}

    def figures(self, plan: Plan) -> dict[str, float | None]:
        """Compute the values of the indicators of a plan by key."""
        return _values(self.indicators(plan))

    def _assessed(self, plan: Plan) -> Iterator[Indicator]:
        needed = None if self.keys is None else {key.split(".")[0] for key in self.keys}
        for name, family in FAMILIES.items():
            if needed is None or name in needed:
                yield from family(self.instance, plan)

    def _terms(self, plan: Plan) -> Iterator[Indicator]:
        """Yield the terms of the objective that no other indicator shows."""
        own = [key for key in MODELLED if key.startswith("objective.")]
        if self.keys is not None and not self.keys.intersection(own):
            return
        terms = self._tables.of(host_positions(self.instance, plan))
        for key in own:
            term, factor = MODELLED[key]
            yield Indicator(key, terms[term] * factor, "modelled")


@dataclass(frozen=True)
class AssessedPlan:
    """A plan of a list.

    Attributes
    ----------
    plan, broken : as in `planner.optimise.all_plans.enumerate.ListedPlan`.
    indicators : by key.
    dominated_by : place in the list of a plan that dominates it, itself not dominated; None
        where none does.
    comparable : whether every indicator that plans are compared in is defined.
    """

    plan: Plan
    broken: tuple[BrokenLimit, ...]
    indicators: Mapping[str, Indicator]
    dominated_by: int | None
    comparable: bool


def assess_every_partition(
    instance: Instance,
    request: Request,
    axes: Sequence[Axis],
    *,
    drawn: Plan | None = None,
    pool: Pool | None = None,
    presence: Presence = as_it_is,
    progress: ProgressCallback | None = None,
) -> list[AssessedPlan]:
    """Assess every partition of a region with its best hosts, and find which are dominated.

    Plans that break a limit of the request are listed, but do not dominate others.

    Parameters
    ----------
    instance, request, drawn : as in `planner.optimise.all_plans.enumerate.enumerate_plans`.
    axes : indicators in which plans are compared.
    pool : where the plans are assessed; in this process where it is left out.
    presence : gives a plan its days of presence, where it has not those of a drawn one.
    progress : told how many plans are assessed; may raise `Cancelled`.

    Raises
    ------
    RegionTooLargeError : the region has more municipalities than can be gone through.
    """
    listed = enumerate_plans(instance, request, drawn=drawn)
    plans = [presence(one.plan) for one in listed]
    indicators = _assessed(plans, instance, pool or Pool(), progress)
    losses = _table((_values(one) for one in indicators), axes)
    within = np.array([not one.broken for one in listed])
    by = dominators(losses, within)
    return [
        AssessedPlan(
            plan,
            one.broken,
            figures,
            None if by[row] < 0 else int(by[row]),
            not bool(np.isnan(losses[row]).any()),
        )
        for row, (one, plan, figures) in enumerate(zip(listed, plans, indicators, strict=True))
    ]


def _assessed(
    plans: Sequence[Plan], instance: Instance, pool: Pool, progress: ProgressCallback | None
) -> list[dict[str, Indicator]]:
    """Assess plans, in the pool by blocks."""
    began, length = time.perf_counter(), 1 if pool.is_here else _BLOCK
    blocks = [plans[start : start + length] for start in range(0, len(plans), length)]

    def tell(done: int) -> None:
        if progress is not None:
            count = min(done * length, len(plans))
            progress(Progress(f"plans {count} / {len(plans)}", time.perf_counter() - began))

    shared = Shared(Assessor(instance))
    return list(chain(*pool.every(partial(_assess_block, shared), blocks, tell)))


def _assess_block(shared: Shared[Assessor], plans: Sequence[Plan]) -> list[dict[str, Indicator]]:
    return [shared.value.indicators(plan) for plan in plans]


@dataclass(frozen=True)
class FrontPoint:
    """A combination of figures that no plan dominates, and the plans that have it.

    Attributes
    ----------
    figures : indicator of each axis -> value.
    plans : all plans with these figures; only one of them where a solver found it.
    """

    figures: _Figures
    plans: tuple[Plan, ...]


@dataclass(frozen=True)
class Front:
    """All non-dominated plans over two or three indicators.

    Attributes
    ----------
    axes : the indicators.
    points : sorted by their losses, the first axis first.
    method : ``every_plan`` with every choice of hosts, ``every_partition`` with its best hosts,
        or ``solver``.
    plans : how many plans were compared; None for a solver.
    complete : whether nothing can be missing; False where a solver was stopped.
    outcome : ``infeasible`` where no plan keeps the limits.
    """

    axes: tuple[Axis, ...]
    points: tuple[FrontPoint, ...]
    method: Method
    plans: int | None
    complete: bool
    outcome: Outcome


def pareto_front(
    instance: Instance,
    request: Request,
    axes: Sequence[Axis],
    *,
    drawn: Plan | None = None,
    best_hosts: bool = False,
    step: float | None = None,
    pool: Pool | None = None,
    presence: Presence = as_it_is,
    progress: ProgressCallback | None = None,
) -> Front:
    """Find all plans within the limits of a request that no other dominates.

    Parameters
    ----------
    instance, request, drawn : as in `planner.optimise.all_plans.enumerate.enumerate_plans`.
    axes : two or three indicators.
    best_hosts : in a small region, only partitions with the best host of each group.
    step : in a large region, how much better a plan must be to be looked for, in minutes and per
        cent; default `planner.optimise.all_plans.pareto.STEP`. Plans that are found are
        non-dominated whatever it is, and of every plan that is not, one is no worse by a step
        or more.
    pool : where the solves of a large region are made.
    presence : as in `assess_every_partition`.
    progress : told how far it has come; may raise `Cancelled`.

    Raises
    ------
    AxisError : the region is large, and an indicator is none that the model can minimise.
    """
    axes = tuple(axes)
    if len(instance.codes) <= MOST_MUNICIPALITIES:
        space = plan_space(instance, request, drawn=drawn, best_hosts=best_hosts)
        found = _gone_through(space, axes, presence, best_hosts=best_hosts, progress=progress)
    else:
        found = _solved(
            instance, request, axes, drawn=drawn, step=step, pool=pool, progress=progress
        )
    points = [replace(one, plans=tuple(map(presence, one.plans))) for one in found.points]
    return replace(found, points=tuple(points))


@dataclass(frozen=True)
class Placed:
    """A plan beside a front.

    Attributes
    ----------
    name : of the plan.
    plan, figures : figures of the axes.
    broken : limits of the request that it breaks.
    on_front : whether its figures are those of a point of the front.
    dominated_by : places of the points that dominate it.
    """

    name: str
    plan: Plan
    figures: _Figures
    broken: tuple[BrokenLimit, ...]
    on_front: bool
    dominated_by: tuple[int, ...]


def place_plan(
    instance: Instance, request: Request, front: Front, plans: Sequence[tuple[str, Plan]]
) -> list[Placed]:
    """Place named plans, such as the baseline, against a front of the same region."""
    assessor = Assessor(instance, (axis.key for axis in front.axes))
    limits = LimitJudge(instance, request)
    needed = min((len(point.plans[0].exempt) for point in front.points), default=0)
    points = _table((point.figures for point in front.points), front.axes)
    placed = []
    for name, plan in plans:
        figures = assessor.figures(plan)
        own = _table([figures], front.axes)[0]
        same = (points == own).all(axis=1)
        better = (points <= own).all(axis=1) & ~same
        by = tuple(int(row) for row in np.flatnonzero(better))
        broken = limits.of_plan(plan) + limits.of_exemptions(plan, needed)
        placed.append(Placed(name, plan, figures, broken, bool(same.any()), by))
    return placed


def _gone_through(
    space: PlanSpace,
    axes: tuple[Axis, ...],
    presence: Presence,
    *,
    best_hosts: bool,
    progress: ProgressCallback | None,
) -> Front:
    """Compare all plans of a small region, assessed one by one only where it must be."""
    assessor = Assessor(space.instance, (axis.key for axis in axes))
    if all(axis.key in MODELLED for axis in axes):
        columns = [axis.sign * space.term(MODELLED[axis.key][0]) for axis in axes]
        losses = np.stack(columns, axis=1)
    else:
        plans = (presence(space.plan(row)) for row in range(len(space)))
        losses = _table(map(assessor.figures, _told(plans, len(space), progress)), axes)
    rows = np.flatnonzero(non_dominated(losses))
    alike: dict[tuple[float, ...], list[Plan]] = {}
    for row in rows:
        alike.setdefault(tuple(losses[row].round(DECIMALS)), []).append(space.plan(int(row)))
    points = [
        FrontPoint(assessor.figures(presence(plans[0])), tuple(sorted(plans, key=_by_hosts)))
        for _, plans in sorted(alike.items())
    ]
    return Front(
        axes,
        tuple(points),
        "every_partition" if best_hosts else "every_plan",
        len(space),
        complete=True,
        outcome="optimal" if len(space) else "infeasible",
    )


def _solved(
    instance: Instance,
    request: Request,
    axes: tuple[Axis, ...],
    *,
    drawn: Plan | None,
    step: float | None,
    pool: Pool | None,
    progress: ProgressCallback | None,
) -> Front:
    """Leave a large region to the grouping model."""
    strange = [axis for axis in axes if axis.key not in MODELLED or axis.better != "less"]
    if strange:
        written = ", ".join(f"{axis.key}:{axis.better}" for axis in strange)
        raise AxisError(
            f"{written}: regions of more than {MOST_MUNICIPALITIES} municipalities have too many "
            "plans to assess them all, and the solver cannot minimise this. "
            f"Expected {', '.join(MODELLED)}, each of them less."
        )
    terms = [MODELLED[axis.key][0] for axis in axes]
    steps = STEP if step is None else {**dict.fromkeys(STEP, step), "office": STEP["office"]}
    front = term_front(instance, request, terms, steps=steps, pool=pool, progress=progress)
    assessor = Assessor(instance, (axis.key for axis in axes))
    plans = [
        replace(drawn_like(drawn, found.plan.host_of), exempt=found.plan.exempt)
        for found in front.plans
    ]
    points = tuple(FrontPoint(assessor.figures(plan), (plan,)) for plan in plans)
    return Front(axes, points, "solver", None, front.complete, front.outcome)


def _by_hosts(plan: Plan) -> tuple[str, ...]:
    return tuple(plan.host_of.values())


def _values(indicators: Mapping[str, Indicator]) -> dict[str, float | None]:
    return {key: indicator.value for key, indicator in indicators.items()}


def _table(figures: Iterable[_Figures], axes: Sequence[Axis]) -> FloatArray:
    """(m, k) losses of plans in each axis, rounded; NaN where undefined."""
    rows = [[axis.loss(one[axis.key]) for axis in axes] for one in figures]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(axes)).round(DECIMALS) + 0.0


def _told(plans: Iterable[Plan], count: int, progress: ProgressCallback | None) -> Iterator[Plan]:
    """Pass plans on, and tell how many have been asked for."""
    began = time.perf_counter()
    for number, plan in enumerate(plans):
        if progress is not None:
            progress(Progress(f"plans {number} / {count}", time.perf_counter() - began))
        yield plan
