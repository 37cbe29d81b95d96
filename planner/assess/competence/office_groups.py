"""Figures of the offices that man functions, gathered over the groups of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from planner.assess.competence.advisers import Floats, Manning, ratio
from planner.model.plan import Plan


def known(value: float) -> float | None:
    """Return a figure, None where it is not defined (NaN)."""
    return None if np.isnan(value) else float(value)


@dataclass(frozen=True, eq=False)
class OfficeGroups:
    """The offices that man functions, and the groups of the plan that they are of.

    Each group has one, but where only the state's staff are gathered; arrays are (offices,), and
    what is of groups (groups,), in the order of the plan's hosts.
    """

    manning: Manning
    plan: Plan

    @cached_property
    def group(self) -> npt.NDArray[np.intp]:
        """Position of every office's group."""
        hosts = [self.plan.host_of[office] for office in self.manning.hosts]
        return np.searchsorted(self.plan.hosts, hosts)

    def sums(self, values: Floats) -> Floats:
        """Sum figures of offices over every group."""
        return np.bincount(self.group, values, len(self.plan.hosts)).astype(float)

    def means(self, values: Floats) -> Floats:
        """Return the groups' means over inhabitants."""
        if len(self.manning.hosts) == len(self.plan.hosts):
            return values
        people = self.manning.population
        return ratio(self.sums(people * values), self.sums(people))

    def worst(self, values: Floats) -> Floats:
        """Return the groups' largest figures."""
        worst = np.full(len(self.plan.hosts), -np.inf)
        np.maximum.at(worst, self.group, values)
        return worst

    def by_group(self, values: Floats) -> dict[str, float | None]:
        """Give each host its group's figure."""
        return dict(zip(self.plan.hosts, map(known, values), strict=True))
