"""The relaxation at the root: a bound, and what every choice would add to it.

Cheap rounds of cuts raise the bound before any branching. A choice whose reduced cost lifts the
bound above a plan that is known already cannot be part of a better one, and leaves the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.optimise.grouping.contiguity_cuts import Cut, cuts_broken_by_point
from planner.optimise.grouping.cover_cuts import Cover, broken_covers
from planner.optimise.grouping.formulation import formulate
from planner.optimise.grouping.pair_cuts import PairCuts
from planner.optimise.grouping.problem import Problem
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.program import FloatArray, joined_rows
from planner.optimise.solver.relaxation import Relaxation
from planner.optimise.solver.solve import default_backend

_MOST_ROUNDS = 30
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
    cuts, covers : rows that were added; they hold for every plan.
    """

    feasible: bool
    bound: float
    reduced: FloatArray
    cuts: tuple[Cut, ...] = ()
    covers: tuple[Cover, ...] = ()


def solve_root(problem: Problem, known_cuts: Sequence[Cut], clock: Clock) -> Root:
    """Solve the relaxation with rounds of cuts; without HiGHS, nothing is proved here.

    Raises
    ------
    Cancelled : the caller was interrupted.
    """
    cuts, covers = dict.fromkeys(known_cuts), dict[Cover, None]()
    if default_backend() != "highs":
        return Root(True, -np.inf, np.zeros_like(problem.cost), tuple(cuts))
    formulation = formulate(problem, pooled=True)
    columns = formulation.columns
    pairs = PairCuts(problem, columns)
    relaxation = Relaxation(formulation.program)
    relaxation.add(formulation.cut_rows(known_cuts, ()))
    last = -np.inf
    for _ in range(_MOST_ROUNDS):
        clock.pulse()
        status = relaxation.solve(clock.remaining_s, lambda _: clock.pulse())
        if status == "infeasible":
            return Root(False, np.inf, np.zeros_like(problem.cost))
        if status == "stopped" or gained_little(relaxation.objective, last):
            break
        last = relaxation.objective
        x = relaxation.x
        new_cuts = [cut for cut in cuts_broken_by_point(problem, columns, x) if cut not in cuts]
        new_covers = [c for c in broken_covers(problem, columns, x) if c not in covers]
        new_pairs = pairs.broken(x)
        if not (new_cuts or new_covers or len(new_pairs)):
            break
        cuts.update(dict.fromkeys(new_cuts))
        covers.update(dict.fromkeys(new_covers))
        relaxation.add(joined_rows([new_pairs, formulation.cut_rows(new_cuts, new_covers)]))
    certificate = relaxation.certificate()
    reduced = np.zeros_like(problem.cost)
    reduced[columns.member, columns.host] = certificate.reduced_costs[: len(columns.member)]
    return Root(True, certificate.bound, reduced, tuple(cuts), tuple(covers))


def gained_little(objective: float, last: float) -> bool:
    """Whether a round of cuts lifted the relaxation by too little to go on."""
    return objective - last < _LEAST_GAIN * max(abs(objective), 1e-9)
