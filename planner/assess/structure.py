"""Structure: how many offices there are, and how large their staff and population are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median

import pandas as pd

from planner.assess.indicator import Indicator
from planner.assess.statistics import sums_at_host
from planner.model.instance import Instance
from planner.model.plan import Plan

INPUTS = {"fte": ("offices", "municipalities"), "population": ("municipalities",)}
STATISTICS: dict[str, Callable[[list[float]], float]] = {
    "least": min,
    "median": median,
    "most": max,
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
    yield Indicator("structure.offices", float(len(plan.hosts)), "scenario")
    members = {host: float(len(codes)) for host, codes in plan.groups.items()}
    yield Indicator(
        "structure.most_members",
        max(members.values()),
        "scenario",
        by_group=members,
    )
    yield Indicator(
        "structure.locations",
        float(sum(plan.presence_days(code) > 0 for code in plan.municipalities)),
        "scenario",
    )
    for figure, inputs in INPUTS.items():
        by_group = totals_by_host(instance, plan, figure)
        sizes = list(by_group.values())
        provenance = instance.provenance_of(figure)
        for name, statistic in STATISTICS.items():
            yield Indicator(
                f"structure.{name}_group_{figure}",
                statistic(sizes),
                provenance,
                inputs,
                by_group,
            )
