"""Commuting: do groups keep people who live and work together in one office's area?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from planner.assess.indicator import Indicator
from planner.assess.statistics import Floats, host_places, sums_at_host
from planner.model.instance import Instance
from planner.model.labour_market import adjusted_rand_index
from planner.model.plan import Plan

INPUTS = ("commuters", "jobs", "municipalities", "assumptions")
REGION_INPUTS = (
    *("commuters", "jobs", "links", "places", "municipalities"),
    *("labour_market_least_share", "labour_market_max_minutes"),
)


def severed_share(instance: Instance, plan: Plan) -> float | None:
    """Share of the region's inter-municipal commuters whose home and workplace are in two groups.

    Commuters to and from municipalities outside the region are left out. None where nobody
    commutes between the region's municipalities.
    """
    between = _between(instance)
    total = float(between.sum())
    return float(_cut(between, plan).sum()) / total if total > 0 else None


def assess_commuting(instance: Instance, plan: Plan) -> Iterator[Indicator]:
    """Yield the commuting indicators of a plan.

    Raises
    ------
    LabelMismatchError : the plan is not one of exactly the region's municipalities.
    """
    instance.check_plan(plan)
    provenance = instance.commuters_provenance
    cut = _cut(_between(instance), plan)
    touched = cut.sum(axis=1) + cut.sum(axis=0)
    yield Indicator(
        "commuting.severed_share",
        severed_share(instance, plan),
        provenance,
        INPUTS,
    )
    yield Indicator(
        "commuting.severed_persons",
        float(cut.sum()),
        provenance,
        INPUTS,
        {},
        dict(zip(instance.codes, map(float, touched), strict=True)),
    )
    yield _self_containment(
        instance,
        plan,
        "commuting.resident_self_containment_share",
        "employed_residents",
    )
    yield _self_containment(
        instance,
        plan,
        "commuting.workplace_self_containment_share",
        "jobs",
    )
    if instance.surroundings is not None:
        yield from _agreement(instance, plan, instance.surroundings.labour_market)


def _agreement(instance: Instance, plan: Plan, centre_of: Mapping[str, str]) -> Iterator[Indicator]:
    """How far groups and labour-market regions agree; assumed, as the regions' limits are."""
    regions = {
        host: float(len({centre_of[code] for code in members}))
        for host, members in plan.groups.items()
    }
    yield Indicator(
        "commuting.labour_market_agreement",
        _index_of_agreement(instance, plan, centre_of),
        "assumed",
        REGION_INPUTS,
    )
    yield Indicator(
        "commuting.most_labour_market_regions",
        max(regions.values()),
        "assumed",
        REGION_INPUTS,
        regions,
    )
    same = {code: float(centre_of[code] == centre_of[host]) for code, host in plan.host_of.items()}
    people = instance.figure("population")
    inside = float(people @ np.array(list(same.values())))
    yield Indicator(
        "commuting.own_labour_market_share",
        inside / float(people.sum()) if people.sum() > 0 else None,
        "assumed",
        REGION_INPUTS,
        by_municipality=same,
    )


def _index_of_agreement(instance: Instance, plan: Plan, centre_of: Mapping[str, str]) -> float:
    index = instance.municipalities.index
    hosts = pd.Series(list(plan.host_of.values()), index=index, dtype=object)
    centres = pd.Series([centre_of[code] for code in plan.host_of], index=index, dtype=object)
    return adjusted_rand_index(hosts, centres)


def _between(instance: Instance) -> Floats:
    """Return commuters between different municipalities; shape (n, n)."""
    flows = instance.commuters.to_numpy(dtype=float, copy=True)
    np.fill_diagonal(flows, 0.0)
    return flows


def _cut(between: Floats, plan: Plan) -> Floats:
    """Keep only commuters between two groups."""
    hosts = host_places(plan)
    return np.where(hosts[:, None] != hosts[None, :], between, 0.0)


def _self_containment(instance: Instance, plan: Plan, key: str, margin: str) -> Indicator:
    """Make the indicator of commuters inside groups per total of a margin."""
    flows = instance.commuters.to_numpy(dtype=float)
    totals = sums_at_host(instance.figure(margin), plan)
    insides = sums_at_host((flows - _cut(flows, plan)).sum(axis=1), plan)
    by_group = {
        host: float(inside / total) if total > 0 else None
        for host, inside, total in zip(instance.codes, insides, totals, strict=True)
        if plan.host_of[host] == host
    }
    everybody = float(totals.sum())
    value = float(insides.sum()) / everybody if everybody > 0 else None
    return Indicator(key, value, instance.commuters_provenance, INPUTS, by_group)
