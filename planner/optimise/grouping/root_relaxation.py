"""The relaxation at the root: a bound, and what every choice would add to it.

Cheap rounds of cuts raise the bound before any branching. A choice whose reduced cost lifts the
bound above a plan that is known already cannot be part of a better one, and leaves the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from planner.optimise.grouping.cuts.contiguity import Cut, cuts_broken_by_point
from planner.optimise.grouping.cuts.cover import Cover, broken_covers
from planner.optimise.grouping.cuts.pair import PairCuts
from planner.optimise.grouping.cuts.region import RegionCut, broken_region_cuts
from planner.optimise.grouping.formulation import formulate_pooled
from planner.optimise.grouping.problem import Problem
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.program import BoolArray, FloatArray, IntArray, joined_rows
from planner.optimise.solver.relaxation import Relaxation
from planner.optimise.solver.solve import default_backend
from planner.optimise.tolerances import PRICE

_MOST_ROUNDS = 30
#: Problems with more choices are sifted, from so many for each municipality on.
_MANY_CHOICES = 20_000
_NEAREST = 15
#: Sifting ends when a round lifts the bound by less than this share.
_LEAST_SIFTED = 5e-3
#: Rounds end when one lifts the bound by less than this share.
_LEAST_GAIN = 1e-5


@dataclass(frozen=True, eq=False)
class Root:
    """What the relaxation proves.

    Attributes
    ----------
    feasible : False if not even the relaxation has a solution.
    bound : proved lower bound on the objective.
    reduced : (n, n) a plan with that choice costs at least ``bound + reduced``; 0 where unknown.
    cuts, covers, regions : rows that were added; they hold for every plan.
    """

    feasible: bool
    bound: float
    reduced: FloatArray
    cuts: tuple[Cut, ...] = ()
    covers: tuple[Cover, ...] = ()
    regions: tuple[RegionCut, ...] = ()


def solve_root(
    problem: Problem, known_cuts: Sequence[Cut], clock: Clock, host: IntArray | None = None
) -> Root:
    """Solve the relaxation with rounds of cuts; without HiGHS, nothing is proved here.

    A large problem is sifted: the relaxation is solved with the choices of each municipality that
    cost least, and those of a known plan; its prices tell which others would gain, these are added,
    and it is solved again. Whatever is left out is in the bound.

    Parameters
    ----------
    known_cuts : separators that hold for every plan.
    host : (n,) a plan within reach, if one is known.

    Raises
    ------
    Cancelled : the caller was interrupted.
    """
    rows = _Cuts(dict.fromkeys(known_cuts))
    unknown = Root(True, -np.inf, np.zeros_like(problem.cost), tuple(rows.cuts))
    if default_backend() != "highs":
        return unknown
    count, best = _NEAREST, unknown
    near = _nearest(problem, host, count)
    while True:
        certificate = _solve_near(problem, near, rows, clock)
        if certificate is None:
            if near.sum() == problem.reach.sum():
                return Root(False, np.inf, np.zeros_like(problem.cost))
            count = min(4 * count, len(problem) - 1)
            near = near | _nearest(problem, host, count)
            continue
        bound, reduced = certificate
        little = bound - best.bound < _LEAST_SIFTED * abs(bound)
        if bound > best.bound:
            best = Root(True, bound, reduced)
        gaining = problem.reach & ~near & (reduced < -PRICE)
        if little or not gaining.any() or clock.expired:
            found = tuple(rows.cuts), tuple(rows.covers), tuple(rows.regions)
            return Root(True, best.bound, best.reduced, *found)
        near = near | gaining


@dataclass(eq=False)
class _Cuts:
    """Rows found so far, which hold for every plan."""

    cuts: dict[Cut, None]
    covers: dict[Cover, None] = field(default_factory=dict)
    regions: dict[RegionCut, None] = field(default_factory=dict)


def _nearest(problem: Problem, host: IntArray | None, count: int) -> BoolArray:
    """(n, n) the cheapest choices of each municipality; all of them where they are not many."""
    reach = problem.reach
    if reach.sum() <= _MANY_CHOICES or problem.ceilings or not problem.cost[reach].any():
        return reach
    cost = np.where(reach, problem.cost - problem.severed, np.inf)
    limit = np.partition(cost, count, axis=1)[:, count, None]
    near = reach & (cost <= limit)
    near |= np.diag(reach.diagonal())
    if host is not None:
        near[np.arange(len(host)), host] = True
    return near


def _solve_near(
    problem: Problem, near: BoolArray, rows: _Cuts, clock: Clock
) -> tuple[float, FloatArray] | None:
    """Solve with the near choices alone; return the bound and the reduced costs of all choices.

    Returns None where it has no solution. What time cuts short still proves something.
    """
    formulation = formulate_pooled(problem, near)
    columns = formulation.columns
    pairs = PairCuts(problem, columns, near)
    kept = np.ones(len(formulation.program.cost), dtype=bool)
    kept[: len(columns.member)] = near[columns.member, columns.host]
    relaxation = Relaxation(formulation.program, None if kept.all() else kept)
    relaxation.add(formulation.cut_rows(rows.cuts, rows.covers, rows.regions))
    last = -np.inf
    for _ in range(_MOST_ROUNDS):
        clock.pulse()
        status = relaxation.solve(clock.remaining_s, lambda _: clock.pulse())
        if status == "infeasible":
            return None
        if status == "stopped" or gained_little(relaxation.objective, last):
            break
        last = relaxation.objective
        x = relaxation.x
        cuts = [c for c in cuts_broken_by_point(problem, columns, x) if c not in rows.cuts]
        covers = [c for c in broken_covers(problem, columns, x) if c not in rows.covers]
        regions = [c for c in broken_region_cuts(problem, columns, x) if c not in rows.regions]
        broken = pairs.broken(x)
        if not (cuts or covers or regions or len(broken)):
            break
        rows.cuts.update(dict.fromkeys(cuts))
        rows.covers.update(dict.fromkeys(covers))
        rows.regions.update(dict.fromkeys(regions))
        relaxation.add(joined_rows([broken, formulation.cut_rows(cuts, covers, regions)]))
    certificate = relaxation.certificate()
    relaxation.close()
    reduced = np.zeros_like(problem.cost)
    reduced[columns.member, columns.host] = certificate.reduced_costs[: len(columns.member)]
    return certificate.bound, reduced


def gained_little(objective: float, last: float) -> bool:
    """Whether a round of cuts lifted the relaxation by too little to go on."""
    return objective - last < _LEAST_GAIN * max(abs(objective), 1e-9)
