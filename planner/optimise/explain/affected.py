"""Whom a change of a limit concerns, seen in a plan that it allows."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import pandas as pd

from planner.model.instance import Instance
from planner.model.limits import LIMIT, SIZES, Limit, LimitValue
from planner.model.plan import Plan
from planner.model.request import Request
from planner.optimise.explain.limit_change import LimitChange
from planner.optimise.grouping.objective import AREA_COLUMN
from planner.optimise.tolerances import SOLVED


def concerned(
    instance: Instance, request: Request, change: LimitChange, short_of: LimitValue, plan: Plan
) -> frozenset[str]:
    """Return whom a list gained or lost, or who needs a new value in a plan.

    Parameters
    ----------
    request : with the old limit.
    change : without its municipalities.
    short_of : the last value that is not enough.
    plan : allowed by the new limit. Of a group that is too small or too large, its host is named.
    """
    old, new = change.old, change.new
    if isinstance(old, tuple):
        left = new if isinstance(new, tuple) else ()
        return frozenset().union(*(part for part in old if part not in left))
    if isinstance(new, frozenset):
        return new ^ old if isinstance(old, frozenset) else new
    if isinstance(short_of, bool) or not isinstance(short_of, int | float):
        return _JUDGES[change.key](instance, request, plan)
    if change.key == "max_travel_minutes":
        return _far(instance, request, short_of, plan)
    limit = LIMIT[change.key]
    return _sized(instance, limit, short_of, plan) if limit in SIZES else frozenset()


def _far(instance: Instance, request: Request, limit_min: float, plan: Plan) -> frozenset[str]:
    minutes = instance.minutes_of(request.max_travel_of)
    place = {code: position for position, code in enumerate(instance.codes)}
    return frozenset(
        code
        for code, host in plan.host_of.items()
        if code != host and minutes[place[code], place[host]] > limit_min
    )


def _sized(instance: Instance, limit: Limit, size: float, plan: Plan) -> frozenset[str]:
    """Hosts whose group is below the least, or above the most, size."""
    figure, table = limit.measure, instance.municipalities
    sizes = {
        host: float(len(members) if figure == "members" else table.loc[list(members), figure].sum())
        for host, members in plan.groups.items()
    }
    if limit.end == "min":
        return frozenset(host for host, own in sizes.items() if own < size * (1 - SOLVED))
    return frozenset(host for host, own in sizes.items() if own > size * (1 + SOLVED))


def _detached(instance: Instance, _request: Request, plan: Plan) -> frozenset[str]:
    """Members whom no way inside their group joins to its host."""
    found: set[str] = set()
    for host, members in plan.groups.items():
        joined = nx.node_connected_component(instance.contiguity.subgraph(members), host)
        found |= set(members) - joined
    return frozenset(found)


def _split(instance: Instance, _request: Request, plan: Plan) -> frozenset[str]:
    """Members of the baseline's groups who no longer share one."""
    groups = [
        members
        for members in instance.baseline.groups.values()
        if len({plan.host_of[code] for code in members}) > 1
    ]
    return frozenset().union(*groups)


def _across(instance: Instance, request: Request, plan: Plan) -> frozenset[str]:
    """Members whose host lies beyond a border."""
    area = instance.municipalities[AREA_COLUMN[request.within or "county"]]
    return frozenset(
        code
        for code, host in plan.host_of.items()
        if code != host and (pd.isna(area[code]) or area[code] != area[host])
    )


_JUDGES: dict[str, Callable[[Instance, Request, Plan], frozenset[str]]] = {
    "contiguous": _detached,
    "keep_baseline_groups": _split,
    "within": _across,
}
