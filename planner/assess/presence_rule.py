"""Presence of a proposal: where somebody must be there, and on how many days.

Presence can be given anywhere, so that it decides days and forbids no groups. The rule stands in
docs/grouping_model.md, its figures in assumptions.yaml.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from planner.assess.access import WORKING_DAYS_A_WEEK, host_minutes
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.optimise.proposal import Proposal

#: Parameters of the rule.
PARAMETERS = (
    "presence_least_minutes",
    "presence_persons_per_day",
    "presence_visits_per_day",
    "must_keep_least_days",
)
#: Gives a plan its days of presence.
Presence = Callable[[Plan], Plan]
MONTHS_A_YEAR, WEEKS_A_YEAR = 12, 52


def sami_area(instance: Instance) -> frozenset[str]:
    """Return who belongs to the administrative area for Sami languages on the date."""
    inside = instance.municipalities["sami_admin_area"]
    return frozenset(inside.index[inside.astype(bool)])


def promised(instance: Instance) -> frozenset[str]:
    """Return where the source documents, or no fixed link to the mainland, ask for presence."""
    kept = {keep.code for keep in instance.keep_presence if keep.keeps == "presence"}
    return instance.islands | kept


def presence_lost(instance: Instance, plan: Plan) -> tuple[str, ...]:
    """Return who must have presence and has none on any day, sorted by code."""
    demanded = promised(instance) | sami_area(instance)
    return tuple(code for code in sorted(demanded) if plan.presence_days(code) == 0)


def with_presence(instance: Instance, proposal: Proposal, *, keep: bool) -> Proposal:
    """Return a proposal with days of presence at every municipality that is no host.

    Parameters
    ----------
    keep : whether those who must have presence get it however near their host is.
    """
    if proposal.plan is None:
        return proposal
    alternatives = tuple(
        (with_days(instance, plan, keep=keep), objective)
        for plan, objective in proposal.alternatives
    )
    plan = with_days(instance, proposal.plan, keep=keep)
    return replace(proposal, plan=plan, alternatives=alternatives)


def as_it_is(plan: Plan) -> Plan:
    """Return a plan with the days of presence that it has."""
    return plan


def with_days(instance: Instance, plan: Plan, *, keep: bool) -> Plan:
    """Return a plan with days of presence by the rule; `keep` as in `with_presence`."""
    minutes = host_minutes(instance, plan)
    demanded = promised(instance) | sami_area(instance) if keep else frozenset()
    locations = {}
    for code, host in plan.host_of.items():
        if code == host:
            continue
        days = (
            _needed(instance, code)
            if minutes[code] >= instance.assumptions["presence_least_minutes"]
            else 0.0
        )
        if code in demanded:
            days = max(days, instance.assumptions["must_keep_least_days"])
        if days > 0:
            locations[code] = days
    return replace(plan, locations=locations)


def _needed(instance: Instance, code: str) -> float:
    """Return whole days a week by visits, or by inhabitants where no visits were counted."""
    if code in instance.visits.index:
        visits = float(instance.visits["visits_per_month"][code])
        a_week = visits * MONTHS_A_YEAR / WEEKS_A_YEAR
        need = a_week / instance.assumptions["presence_visits_per_day"]
    else:
        people = float(instance.municipalities["population"][code])
        need = people / instance.assumptions["presence_persons_per_day"]
    return float(min(max(math.floor(need + 0.5), 1), WORKING_DAYS_A_WEEK))
