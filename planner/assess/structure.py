"""Structure: how many offices there are, and how large their staff and population are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from planner.assess.indicator import Indicator
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.provenance import weakest

FIGURES = {
    "fte": ("fte", ("offices", "municipalities")),
    "population": ("persons", ("municipalities",)),
}
STATISTICS: dict[str, tuple[str, Callable[[pd.Series[float]], float]]] = {
    "least": ("smallest", lambda sizes: float(sizes.min())),
    "median": ("median", lambda sizes: float(np.median(sizes))),
    "most": ("largest", lambda sizes: float(sizes.max())),
}


def group_totals(instance: Instance, plan: Plan, figure: str) -> pd.Series[float]:
    """Sum a figure of the municipalities (``fte``, ``population`` ...) over every group."""
    hosts = pd.Series(plan.host_of)
    return instance.municipalities[figure].astype(float).groupby(hosts).sum()


def assess_structure(instance: Instance, plan: Plan) -> Iterator[Indicator]:
    """Yield the number of offices and the size of their groups."""
    yield Indicator(
        "structure.offices", float(len(plan.hosts)), "offices", "scenario", "number of hosts"
    )
    members = {host: float(len(codes)) for host, codes in plan.groups.items()}
    yield Indicator(
        "structure.most_members",
        max(members.values()),
        "municipalities",
        "scenario",
        "municipalities in the group that has most of them, the host included",
        by_group=members,
    )
    yield Indicator(
        "structure.locations",
        float(sum(plan.presence_days(code) > 0 for code in plan.municipalities)),
        "locations",
        "scenario",
        "municipalities with a host office, or with presence on at least one day a week",
    )
    for figure, (unit, inputs) in FIGURES.items():
        sizes = group_totals(instance, plan, figure)
        provenance = weakest(instance.municipalities[f"{figure}_provenance"])
        by_group = {str(host): float(size) for host, size in sizes.items()}
        for name, (word, statistic) in STATISTICS.items():
            yield Indicator(
                f"structure.{name}_group_{figure}",
                statistic(sizes),
                unit,
                provenance,
                f"{figure} of the {word} group",
                inputs,
                by_group,
            )
