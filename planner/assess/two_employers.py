"""Where the municipalities' tasks and staff are in a plan, and where the state's are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from planner.assess.memo import remembered
from planner.assess.statistics import Floats, host_places, sums_at_host
from planner.model.instance import Instance
from planner.model.plan import Plan


def teams_at_home(plan: Plan, home: Plan) -> dict[str, str]:
    """Join the offices of one plan into teams as the groups of another join their hosts.

    Returns
    -------
    Host of `home` -> host of `home` that names its team, as `Plan.teams`.
    """
    lead = {host: host for host in plan.hosts if host in home.hosts}
    for host in home.hosts:
        lead.setdefault(plan.host_of[host], host)
    return {host: lead[plan.host_of[host]] for host in home.hosts}


@remembered
def municipal_plan(instance: Instance, plan: Plan) -> Plan:
    """Return the plan by which municipal tasks are done.

    Where only the state's staff are gathered they stay in the offices of the baseline, or of each
    municipality where that gathers the state's staff alone too; the plan's groups are teams.
    """
    if plan.form != "state_only":
        return plan
    home = instance.baseline
    if home.form == "state_only":
        home = Plan({code: code for code in plan.municipalities})
    return replace(home, form=plan.form, teams=teams_at_home(plan, home), risk_scores={})


def staff_parts(instance: Instance) -> tuple[Floats, Floats]:
    """Split the staff into the state's and the municipality's.

    Returns
    -------
    state, municipal : each (n,) FTE by code; as known for the municipality, else as in the region.
    """
    table, fte = instance.municipalities, instance.figure("fte")
    share = np.full(len(fte), 1 - instance.assumptions["municipal_staff_share"])
    if "state_fte" in table:
        state = table["state_fte"].to_numpy(dtype=float)
        both = state + table["municipal_fte"].to_numpy(dtype=float)
        np.divide(state, both, out=share, where=both > 0)
    return share * fte, (1 - share) * fte


def jobs_fte(instance: Instance, plan: Plan) -> Floats:
    """Count the staff whose employer (municipal) or office (the state's) a municipality is.

    Returns
    -------
    (n,) FTE by code: of the whole group at its host, even if some keep working elsewhere; in a
    close cooperation, which moves no employment, each its own.
    """
    fte = instance.figure("fte")
    if plan.is_cooperation:
        return fte
    if plan.form != "state_only":
        return sums_at_host(fte, plan)
    state, municipal = staff_parts(instance)
    return sums_at_host(municipal, municipal_plan(instance, plan)) + sums_at_host(state, plan)


def moved_fte(instance: Instance, plan: Plan) -> Floats:
    """Count the staff of each municipality who get another employer or state office.

    Returns
    -------
    (n,) FTE by code, against the baseline.
    """
    fte, before = instance.figure("fte"), instance.baseline
    office = _offices(plan) != _offices(before)
    employer = _offices(municipal_plan(instance, plan)) != _offices(
        municipal_plan(instance, before)
    )
    if (employer == office).all():
        return np.where(employer, fte, 0.0)
    state, municipal = staff_parts(instance)
    return np.asarray(municipal * employer + state * office)


def moving_fte(instance: Instance, plan: Plan, codes: Iterable[str]) -> float:
    """Sum the staff who follow the tasks of some municipalities to another host, FTE."""
    fte = staff_parts(instance)[0] if plan.form == "state_only" else instance.figure("fte")
    return float(sum(fte[instance.codes.index(code)] for code in codes))


def _offices(plan: Plan) -> np.ndarray:
    """Return the position of the office that each municipality's staff are of."""
    return np.arange(len(plan.municipalities)) if plan.is_cooperation else host_places(plan)
