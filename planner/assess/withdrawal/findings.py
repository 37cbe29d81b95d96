"""Withdrawal in statements: which groups stand or fall with whom, and what everybody then gets."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx
import numpy as np

from planner.assess.finding import Amount, Field, Finding, place, places
from planner.assess.withdrawal.rules import (
    Minimum,
    Withdrawal,
    decisive_pairs,
    group_sizes,
    withdrawals,
)
from planner.model.instance import Instance
from planner.model.plan import Plan


def withdrawal_findings(instance: Instance, plan: Plan) -> Iterator[Finding]:
    """State what happens if a council says no; nothing where nobody shares an office.

    First what a no means and the minimum that is meant, then every group, then every council.
    """
    single = withdrawals(instance, plan)
    if not single:
        return
    minimum = Minimum.of(instance)
    yield Finding("withdrawal.meaning", (), "observed", {})
    yield _minimum(minimum)
    yield from _groups(instance, plan, single, minimum)
    for one in single:
        yield _rest(one)
        yield from _troubles(instance, one)
        yield _leaver(instance, one, minimum)


def _minimum(minimum: Minimum) -> Finding:
    fields: dict[str, Field] = {}
    if minimum.fte:
        fields["fte"] = Amount(minimum.fte, "fte")
    if minimum.population:
        fields["population"] = Amount(minimum.population)
    name = "both" if len(fields) > 1 else next(iter(fields), "none")
    return Finding(f"withdrawal.minimum_{name}", (), "assumed", fields)


def _groups(
    instance: Instance, plan: Plan, single: list[Withdrawal], minimum: Minimum
) -> Iterator[Finding]:
    """State with whom each group stands or falls."""
    sizes = group_sizes(instance, plan)
    pairs = decisive_pairs(instance, plan)
    for host in dict.fromkeys(one.host for one in single):
        decisive = [one.leavers[0] for one in single if one.host == host and one.decisive]
        own_pairs = [pair.leavers for pair in pairs if pair.host == host]
        fields: dict[str, Field] = {"host": place(host)}
        if not minimum.met_by(sizes[host]):
            key = "too_small"
            fields["fte"] = Amount(sizes[host].fte, "fte")
        elif decisive:
            key = "depends"
            fields["decisive"] = places(decisive, joined_by="or")
        else:
            key = "stands_but_for_pairs" if own_pairs else "stands"
        yield Finding(f"withdrawal.{key}", (host,), "assumed", fields)
        for first, second in own_pairs:
            fields = {"host": place(host), "pair": places((first, second))}
            yield Finding("withdrawal.depends_on_pair", (host,), "assumed", fields)


def _rest(one: Withdrawal) -> Finding:
    """State who then shares an office under which host, and whether they are enough."""
    (leaver,) = one.leavers
    enough = "enough" if one.met_after else "short"
    fields: dict[str, Field] = {
        "leaver": place(leaver),
        "rest": places(one.rest),
        "fte": Amount(one.after.fte, "fte"),
    }
    key = f"member_leaves_{enough}"
    if one.rest_host is None:
        key = f"leaves_one_{enough}"
    elif leaver == one.host:
        key = f"host_leaves_{enough}"
        fields["new_host"] = place(one.rest_host)
        if one.mean_before_min is None or one.mean_after_min is None:
            key = f"host_leaves_without_way_{enough}"
        else:
            fields["mean"] = Amount(one.mean_after_min, "min")
            fields["mean_before"] = Amount(one.mean_before_min, "min")
    return _about(one, key, fields)


def _troubles(instance: Instance, one: Withdrawal) -> Iterator[Finding]:
    """State whom a single one left falls back to, who cannot reach the host, what falls apart."""
    if one.rest_host is None:
        (left,) = one.rest
        host = one.offices[left].host
        if host != left:
            yield _about(one, "left_alone_as_before", {"left": place(left), "host": place(host)})
        return
    cut_off = [code for code in one.rest if not np.isfinite(one.offices[code].minutes)]
    if cut_off:
        fields: dict[str, Field] = {
            "leaver": place(one.leavers[0]),
            "cut_off": places(cut_off),
            "host": place(one.rest_host),
        }
        yield _about(one, "rest_cut_off", fields)
    group = (*one.rest, *one.leavers)
    if _hangs_together(instance, group) and not _hangs_together(instance, one.rest):
        fields = {"leaver": place(one.leavers[0]), "rest": places(one.rest)}
        yield _about(one, "rest_not_contiguous", fields)


def _leaver(instance: Instance, one: Withdrawal, minimum: Minimum) -> Finding:
    """State what the leaver gets."""
    (leaver,) = one.leavers
    office, before = one.offices[leaver], instance.baseline.host_of[leaver]
    fields: dict[str, Field] = {"leaver": place(leaver)}
    if office.host != leaver:
        fields["host"] = place(office.host)
        return _about(one, "leaver_as_before", fields)
    if office.size.fte == 0:
        key = "leaver_without_staff"
        if before != leaver:
            key = "leaver_with_staff_elsewhere"
            fields["host"] = place(before)
        return _about(one, key, fields)
    fields["fte"] = Amount(office.size.fte, "fte")
    return _about(one, f"leaver_{'enough' if minimum.met_by(office.size) else 'short'}", fields)


def _about(one: Withdrawal, key: str, fields: dict[str, Field]) -> Finding:
    return Finding(f"withdrawal.{key}", one.leavers, "assumed", fields)


def _hangs_together(instance: Instance, codes: tuple[str, ...]) -> bool:
    return bool(nx.is_connected(instance.contiguity.subgraph(codes)))
