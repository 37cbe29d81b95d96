"""Moving municipalities between offices: what becomes of the others when one moves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from planner.model.plan import Plan


def joined(plan: Plan, codes: Collection[str], host: str, *, days_left: float = 0.0) -> Plan:
    """Let municipalities share one office under a host.

    A host that had members of its own takes them along, since their office is gone. A municipality
    that becomes host leaves the group that it was in; if its own host is among those who move, the
    whole group follows.

    Parameters
    ----------
    plan : as it is.
    codes : who moves.
    host : under whom; one of the plan's hosts or any other municipality.
    days_left : days of presence a week in a municipality that loses its office; one that was
        already served from elsewhere keeps its days.
    """
    moving = {*codes, host}
    moving |= {code for code, old in plan.host_of.items() if old in moving - {host}}
    host_of = {code: host if code in moving else old for code, old in plan.host_of.items()}
    return _placed(plan, host_of, days_left)


def own_offices(plan: Plan, codes: Collection[str]) -> Plan:
    """Give municipalities an office each; one that is host already stays so, with its members."""
    host_of = {code: code if code in codes else old for code, old in plan.host_of.items()}
    return _placed(plan, host_of, 0.0)


def moved_host(plan: Plan, host: str, *, days_left: float = 0.0) -> Plan:
    """Move the office of a municipality's group to it; see `joined`."""
    return joined(plan, {plan.host_of[host]}, host, days_left=days_left)


def changed(before: Plan, after: Plan) -> frozenset[str]:
    """Return the municipalities whose host is another one."""
    return frozenset(
        code for code, host in after.host_of.items() if before.host_of.get(code) != host
    )


def _placed(plan: Plan, host_of: Mapping[str, str], days_left: float) -> Plan:
    """Keep the days of those who stay without an office, and set those of who lose theirs."""
    lost = {
        code: days_left
        for code, host in host_of.items()
        if plan.host_of[code] == code != host and days_left
    }
    kept = {
        code: days
        for code, days in plan.locations.items()
        if host_of[code] != code and plan.host_of[code] != code
    }
    return replace(plan, host_of=host_of, locations={**kept, **lost}, exempt=frozenset(), teams={})
