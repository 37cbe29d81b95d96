"""Commuting: do groups keep people who live and work together in one office's area?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from planner.assess.indicator import Indicator
from planner.model.instance import Instance
from planner.model.labour_market import adjusted_rand_index
from planner.model.plan import Plan

INPUTS = ("commuters", "jobs", "municipalities", "assumptions")
REGION_INPUTS = ("commuters", "jobs", "links", "places", "borders", "municipalities", "assumptions")


def severed_share(instance: Instance, plan: Plan) -> float | None:
    """Share of the region's inter-municipal commuters whose home and workplace are in two groups.

    Commuters to and from municipalities outside the region are left out. None where nobody
    commutes between the region's municipalities.
    """
    between = _between(instance)
    total = _sum(between)
    return _sum(_cut(between, plan)) / total if total > 0 else None


def assess_commuting(instance: Instance, plan: Plan) -> Iterator[Indicator]:
    """Yield the commuting indicators of a plan."""
    provenance = instance.commuters_provenance
    cut = _cut(_between(instance), plan)
    touched = cut.sum(axis=1) + cut.sum(axis=0)
    by_municipality = {code: float(touched[code]) for code in instance.codes}
    yield Indicator(
        "commuting.severed_share",
        severed_share(instance, plan),
        "share",
        provenance,
        "commuters between municipalities of the region that are in different groups / "
        "commuters between municipalities of the region",
        INPUTS,
    )
    yield Indicator(
        "commuting.severed_persons",
        _sum(cut),
        "persons",
        provenance,
        "commuters between municipalities of the region that are in different groups",
        INPUTS,
        {},
        by_municipality,
    )
    for key, margin, formula in (
        (
            "commuting.resident_self_containment_share",
            "employed_residents",
            "employed residents who work in their own group / employed residents",
        ),
        (
            "commuting.workplace_self_containment_share",
            "jobs",
            "jobs held by residents of their own group / jobs",
        ),
    ):
        by_group = _self_containment(instance, plan, margin)
        weights = instance.municipalities[margin].groupby(pd.Series(plan.host_of)).sum()
        total = float(weights.sum())
        inside = sum((by_group[host] or 0.0) * weights[host] for host in by_group)
        value = float(inside / total) if total > 0 else None
        yield Indicator(key, value, "share", provenance, formula, INPUTS, by_group)
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
        adjusted_rand_index(pd.Series(plan.host_of), pd.Series(centre_of)),
        "index",
        "assumed",
        "adjusted Rand index of groups and labour-market regions; 1 same, 0 as by chance",
        REGION_INPUTS,
    )
    yield Indicator(
        "commuting.most_labour_market_regions",
        max(regions.values()),
        "regions",
        "assumed",
        "labour-market regions in the group that has most of them",
        REGION_INPUTS,
        regions,
    )
    same = {code: float(centre_of[code] == centre_of[host]) for code, host in plan.host_of.items()}
    people = instance.municipalities["population"].to_numpy(dtype=float)
    inside = float(people @ np.array(list(same.values())))
    yield Indicator(
        "commuting.own_labour_market_share",
        inside / float(people.sum()) if people.sum() > 0 else None,
        "share",
        "assumed",
        "inhabitants whose host is in their own labour-market region / inhabitants",
        REGION_INPUTS,
        by_municipality=same,
    )


def _between(instance: Instance) -> pd.DataFrame:
    flows = instance.commuters.to_numpy(dtype=float, copy=True)
    np.fill_diagonal(flows, 0.0)
    return pd.DataFrame(flows, index=instance.codes, columns=instance.codes)


def _cut(between: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    hosts = np.array([plan.host_of[code] for code in between.index])
    return between.where(hosts[:, None] != hosts[None, :], 0.0)


def _self_containment(instance: Instance, plan: Plan, margin: str) -> dict[str, float | None]:
    shares: dict[str, float | None] = {}
    for host, members in plan.groups.items():
        codes = list(members)
        total = float(instance.municipalities.loc[codes, margin].sum())
        inside = _sum(instance.commuters.loc[codes, codes])
        shares[host] = inside / total if total > 0 else None
    return shares


def _sum(flows: pd.DataFrame) -> float:
    return float(np.sum(flows.to_numpy(dtype=float)))
