"""Findings: what a plan means, in statements that name municipalities and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import networkx as nx
import numpy as np
import pandas as pd

from planner.assess.access import host_minutes
from planner.assess.finding import Amount, Field, Finding, place, places
from planner.assess.labour_market import labour_market_findings
from planner.assess.law import law_findings
from planner.assess.network_alternative import network_findings
from planner.assess.two_employers import moving_fte
from planner.assess.withdrawal.findings import withdrawal_findings
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.provenance import Provenance, weakest


def findings(instance: Instance, plan: Plan) -> tuple[Finding, ...]:
    """List the findings about a plan, topic by topic, municipalities in their order.

    Raises
    ------
    LabelMismatchError : the plan is not one of exactly the region's municipalities.
    """
    instance.check_plan(plan)
    return tuple(finding for topic in TOPICS.values() for finding in topic(instance, plan))


def way_findings(instance: Instance, plan: Plan) -> Iterator[Finding]:
    """State every municipality's way to its host beside the baseline's, and whose staff move.

    Staff move where a municipality gets another host: to another office, wherever they work; only
    the state's where only they are gathered, and nobody in a close cooperation.
    """
    ways = _Ways.of(instance, plan)
    for code in plan.municipalities:
        hosts = plan.host_of[code] == code
        yield ways.of_host(code) if hosts else ways.of_member(code)
    yield from apart_findings(instance, plan)


def apart_findings(instance: Instance, plan: Plan) -> Iterator[Finding]:
    """State which groups do not hang together, by land border, bridge, tunnel or ferry."""
    for host, members in plan.groups.items():
        near = nx.node_connected_component(instance.contiguity.subgraph(members), host)
        apart = [code for code in members if code not in near]
        if apart:
            fields: dict[str, Field] = {"host": place(host), "apart": places(apart)}
            yield Finding("way.apart", (host,), "observed", fields)


def presence_findings(instance: Instance, plan: Plan) -> Iterator[Finding]:
    """State where there is presence on more or fewer days than in the baseline."""
    for code in plan.municipalities:
        before, days = instance.baseline.presence_days(code), plan.presence_days(code)
        if days == before:
            continue
        fields: dict[str, Field] = {"municipality": place(code)}
        if days > 0:
            fields["days"] = Amount(days, "days")
        if before > 0:
            fields["before"] = Amount(before, "days")
        key = "lost" if days == 0 else "new" if before == 0 else "changed"
        yield Finding(f"presence.{key}", (code,), "assumed", fields)


@dataclass(frozen=True, eq=False)
class _Ways:
    """Ways to the host in a plan and in the baseline, minutes, and what they are known from."""

    instance: Instance
    plan: Plan
    minutes: pd.Series[float]
    minutes_before: pd.Series[float]

    @classmethod
    def of(cls, instance: Instance, plan: Plan) -> Self:
        before = host_minutes(instance, instance.baseline)
        return cls(instance, plan, host_minutes(instance, plan), before)

    def of_host(self, code: str) -> Finding:
        """State whom a host serves, or that it has an office of its own."""
        fields: dict[str, Field] = {"municipality": place(code)}
        members = [other for other in self.plan.groups[code] if other != code]
        former = [other for other in self.instance.baseline.groups.get(code, ()) if other != code]
        if members:
            fields["members"] = places(members)
            key = "host_as_before" if members == former else "host"
            arriving = [other for other in members if other not in former]
            return self._finding(key, code, fields, arriving)
        before = self.instance.baseline.host_of[code]
        if before != code:
            fields["before_host"] = place(before)
            return self._finding("own_new", code, fields, [code])
        if former:
            fields["former"] = places(former)
            return self._finding("own_without_former", code, fields)
        return self._finding("own_as_before", code, fields)

    def of_member(self, code: str) -> Finding:
        """State a member's way to its host, and what it was before."""
        host, before = self.plan.host_of[code], self.instance.baseline.host_of[code]
        fields: dict[str, Field] = {"municipality": place(code), "host": place(host)}
        if not np.isfinite(self.minutes[code]):
            return self._finding("unreachable", code, fields)
        fields["minutes"] = Amount(float(self.minutes[code]), "min")
        if host == before:
            return self._finding("as_before", code, fields)
        if before == code:
            return self._finding("from_own", code, fields, [code])
        fields["before_host"] = place(before)
        if not np.isfinite(self.minutes_before[code]):
            return self._finding("from_unreachable", code, fields, [code])
        fields["before"] = Amount(float(self.minutes_before[code]), "min")
        return self._finding("from_other", code, fields, [code])

    def _finding(
        self, key: str, code: str, fields: dict[str, Field], moving: Sequence[str] = ()
    ) -> Finding:
        """Make a finding; with the staff of those who get another host, where there are any."""
        table = self.instance.municipalities
        provenances: list[Provenance] = ["modelled"] if "minutes" in fields else []
        movers = [] if self.plan.form == "close_cooperation" else list(moving)
        staff = moving_fte(self.instance, self.plan, movers)
        if staff > 0:
            key = f"{key}_with_staff"
            fields["fte"] = Amount(staff, "fte")
            provenances += list(table.loc[movers, "fte_provenance"])
        return Finding(f"way.{key}", (code,), weakest(provenances), fields)


#: Topic -> what states it; the order in which they are read.
TOPICS: Mapping[str, Callable[[Instance, Plan], Iterable[Finding]]] = {
    "way": way_findings,
    "presence": presence_findings,
    "labour_market": labour_market_findings,
    "withdrawal": withdrawal_findings,
    "network": network_findings,
    "law": law_findings,
}
