"""The network: offices and decisions stay at home, specialists work together.

An alternative to every plan: who would share an office there shares specialists here. Without a
host the law allows that for work that decides nothing for another municipality; the rest stays at
home, and the findings say which is which.
"""

from __future__ import annotations

from collections.abc import Iterator

from planner.assess.finding import Finding, Words
from planner.assess.two_employers import teams_at_home
from planner.model.instance import Instance
from planner.model.plan import Plan


def network_alternative(instance: Instance, plan: Plan) -> Plan:
    """Return the network in which the offices of each group pool their specialists.

    Offices and presence are the baseline's, so that nobody's way changes and nobody gets another
    employer. An office that serves several municipalities in the baseline goes with its host.

    Parameters
    ----------
    instance : the region.
    plan : whose groups become teams; its hosts only name them.

    Returns
    -------
    A plan like any other, in the form of a close cooperation.

    Raises
    ------
    LabelMismatchError : the plan is not one of exactly the region's municipalities.
    """
    instance.check_plan(plan)
    home = instance.baseline
    teams = teams_at_home(plan, home)
    return Plan(home.host_of, home.locations, "close_cooperation", teams=teams)


def network_findings(instance: Instance, plan: Plan) -> Iterator[Finding]:
    """State what a network may pool by law, and what must stay at home; nothing for other plans."""
    if not plan.teams:
        return
    functions = instance.functions.values()
    for key, names in (
        ("pooled", [one.name for one in functions if one.may_be_pooled]),
        ("decided_at_home", [one.name for one in functions if one.decides_cases]),
        (
            "bound_to_offices",
            [one.name for one in functions if not (one.may_be_pooled or one.decides_cases)],
        ),
    ):
        if names:
            fields = {"functions": Words(tuple(names))}
            yield Finding(f"network.{key}", (), "assumed", fields)
