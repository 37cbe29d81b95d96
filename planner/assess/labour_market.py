"""Where people work, in statements: is a group one labour-market region, whom does each lean to?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.assess.finding import Amount, Field, Finding, Words, place, places
from planner.model.instance import Instance, Surroundings
from planner.model.plan import Plan
from planner.provenance import Provenance

#: Fewer commuters to any one municipality than this share of the employed are no leaning.
LEAST_LEANING_SHARE = 0.01


def labour_market_findings(instance: Instance, plan: Plan) -> Iterator[Finding]:
    """State how groups lie to labour-market regions, and where most commuters go.

    Nothing where the surroundings of the region are not known: a municipality may lean to one
    outside it.
    """
    around = instance.surroundings
    if around is None:
        return
    for host, members in plan.groups.items():
        if len(members) > 1:
            yield _group(around, host, members)
    counties = pd.concat([instance.municipalities["county"], around.municipalities["county"]])
    for _, shares in commuter_shares(instance, around).iterrows():
        yield from _leaning(instance, plan, around, shares)
        yield from _other_county(instance, counties, shares)


def commuter_shares(instance: Instance, around: Surroundings) -> pd.DataFrame:
    """Return the share of employed residents who work in each other municipality.

    Returns
    -------
    shape (n, all), share 0-1; rows home in the region, columns workplace in the country, sorted by
    code; 0 for the own municipality, and where nobody is employed.
    """
    flows = pd.concat([instance.commuters, around.commuters], axis="columns").sort_index(axis=1)
    persons = flows.to_numpy(dtype=float, copy=True)
    persons[np.arange(len(flows)), flows.columns.get_indexer(flows.index)] = 0.0
    employed = instance.municipalities["employed_residents"].to_numpy(dtype=float)[:, None]
    shares = np.divide(persons, employed, out=np.zeros_like(persons), where=employed > 0)
    return pd.DataFrame(shares, index=flows.index, columns=flows.columns)


def _group(around: Surroundings, host: str, members: tuple[str, ...]) -> Finding:
    centres = sorted({around.labour_market[code] for code in members})
    if len(centres) == 1:
        return Finding(
            "labour_market.one_region",
            (host,),
            "assumed",
            {"host": place(host), "centre": place(centres[0])},
        )
    return Finding(
        "labour_market.several_regions",
        (host,),
        "assumed",
        {"host": place(host), "count": Amount(len(centres)), "centres": places(centres)},
    )


def _leaning(
    instance: Instance, plan: Plan, around: Surroundings, shares: pd.Series[float]
) -> Iterator[Finding]:
    """State where most commuters of a municipality go, and the second most."""
    code = str(shares.name)
    first, second = shares.sort_values(ascending=False, kind="stable").index[:2]
    if not shares[first] > 0:
        return
    if shares[first] < LEAST_LEANING_SHARE:
        yield Finding(
            "labour_market.leans_nowhere",
            (code,),
            instance.commuters_provenance,
            {"municipality": place(code), "share": Amount(float(shares[first]), "share")},
        )
        return
    fields: dict[str, Field] = {
        "municipality": place(code),
        "first": place(first),
        "first_share": Amount(float(shares[first]), "share"),
    }
    if first in around.municipalities.index:
        where = "outside"
    elif plan.host_of[first] == plan.host_of[code]:
        where = "own_group"
    else:
        where = "other_group"
        fields["first_host"] = place(plan.host_of[first])
    named = [first]
    number = "two" if shares[second] > 0 else "one"
    if number == "two":
        named.append(second)
        fields["second"] = place(second)
        fields["second_share"] = Amount(float(shares[second]), "share")
    key = f"labour_market.leans_{where}_{number}"
    yield Finding(key, (code,), _provenance(instance, around, code, named), fields)


def _provenance(
    instance: Instance, around: Surroundings, code: str, workplaces: list[str]
) -> Provenance:
    """Return what the flows from a municipality to some workplaces rest on, cell by cell."""
    if around.counted is None:
        return instance.commuters_provenance
    return "observed" if around.counted.loc[code, workplaces].all() else "modelled"


def _other_county(
    instance: Instance, counties: pd.Series[str], shares: pd.Series[float]
) -> Iterator[Finding]:
    """State that more commuters go to another county than to the rest of their own."""
    code = str(shares.name)
    by_county = shares.groupby(counties.loc[shares.index]).sum()
    own = str(counties[code])
    elsewhere = by_county.drop(own)
    if elsewhere.empty or not elsewhere.max() > by_county[own]:
        return
    other = str(elsewhere.idxmax())
    yield Finding(
        "labour_market.other_county",
        (code,),
        instance.commuters_provenance,
        {
            "municipality": place(code),
            "county": Words((other,)),
            "share": Amount(float(elsewhere[other]), "share"),
            "own_county": Words((own,)),
            "own_share": Amount(float(by_county[own]), "share"),
        },
    )
