"""Structure: how many offices there are, and how large their staff and population are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median

import pandas as pd

from planner.assess.indicator import Indicator
from planner.assess.statistics import sums_at_host
from planner.model.instance import Instance
from planner.model.plan import Plan

FIGURES = {
    "fte": ("fte", ("offices", "municipalities")),
    "population": ("persons", ("municipalities",)),
}
STATISTICS: dict[str, tuple[str, Callable[[list[float]], float]]] = {
    "least": ("smallest", min),
    "median": ("median", median),
    "most": ("largest", max),
}


def group_totals(instance: Instance, plan: Plan, figure: str) -> pd.Series[float]:
    """Sum a figure of the municipalities (``fte``, ``population`` ...) over every group."""
    return pd.Series(totals_by_host(instance, plan, figure), dtype=float)


def totals_by_host(instance: Instance, plan: Plan, figure: str) -> dict[str, float]:
    """Sum a figure of the municipalities over every group; hosts sorted by code."""
    instance.check_plan(plan)
    at_host = sums_at_host(instance.figure(figure), plan)
    totals = dict(zip(plan.municipalities, at_host.tolist(), strict=True))
    return {host: totals[host] for host in plan.hosts}


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
        by_group = totals_by_host(instance, plan, figure)
        sizes = list(by_group.values())
        provenance = instance.provenance_of(figure)
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
