"""How several plans of one region stand to one another: which of them others dominate.

Only plans of the same municipalities, with the same roads, people, staff and commuters, are
compared: a longer way over a road that another scenario does not have says nothing about a plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.assess.direction import Axis
from planner.assess.scorecard import Score
from planner.model.instance import Instance
from planner.optimise.all_plans.pareto import DECIMALS

FIGURES = ("population", "fte")


@dataclass(frozen=True)
class Standing:
    """A plan among others.

    Attributes
    ----------
    among : names of the plans that it can be compared with, itself left out.
    dominated_by : those of them that are at least as good in every figure, and better in one.
    """

    among: tuple[str, ...]
    dominated_by: tuple[str, ...]


def standings(
    plans: Mapping[str, tuple[Instance, Mapping[str, Score]]], axes: Sequence[Axis]
) -> dict[str, Standing]:
    """Say of every plan which others dominate it.

    Parameters
    ----------
    plans : name -> region in the plan's circumstances, and figures.
    axes : what plans are compared in. A plan in which one of them is not defined is compared with
        none.
    """
    losses = {
        name: np.array([axis.loss(scores[axis.key].indicator.value) for axis in axes])
        for name, (_, scores) in plans.items()
    }
    known = {name: own.round(DECIMALS) for name, own in losses.items() if not np.isnan(own).any()}
    found = {}
    for name, (instance, _) in plans.items():
        among = [
            other
            for other in known
            if name in known and other != name and same_circumstances(instance, plans[other][0])
        ]
        by = [other for other in among if _dominates(known[other], known[name])]
        found[name] = Standing(tuple(among), tuple(by))
    return found


def same_circumstances(one: Instance, other: Instance) -> bool:
    """Say whether two regions have the same municipalities, ways, people, staff and commuters."""
    return (
        one.codes == other.codes
        and np.array_equal(one.minutes_of("mean"), other.minutes_of("mean"))
        and one.commuters.equals(other.commuters)
        and all(np.array_equal(one.figure(name), other.figure(name)) for name in FIGURES)
    )


def _dominates(one: np.ndarray, other: np.ndarray) -> bool:
    return bool((one <= other).all() and (one < other).any())
