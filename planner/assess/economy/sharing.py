"""Cost sharing: what each municipality of a group would pay, by every usual key side by side."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from planner.assess.economy.costs import ANNUAL, prices, quantities
from planner.assess.two_employers import municipal_plan
from planner.errors import LabelMismatchError
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.provenance import Provenance, weakest

#: Parts that municipalities pay alone; of the others they pay their share of the staff.
MUNICIPAL_PARTS = frozenset({"bought_services_nok"})
KEYS = ("equal", "inhabitants", "staff", "users")


def cost_sharing(
    instance: Instance, plan: Plan, budgets_nok: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """Share each group's costs among its members by four keys, side by side.

    Parameters
    ----------
    instance, plan : the region and its groups.
    budgets_nok : host -> NOK a year to be shared. Left out: the municipalities' part of the
        group's yearly costs in the central case, which is the municipal share of the staff for
        premises, leaders and travel, and all of what is bought. Pay of advisers and benefits
        are not among them.

    Returns
    -------
    Index ``code``; columns ``host``, ``group_nok`` (shared in the group, NaN where undefined), for
    every key ``<key>_share`` (0-1, sums to 1 in each group, NaN where all have 0) and
    ``<key>_nok``, and ``<key>_provenance`` for all but ``equal``. Keys: ``equal`` (a fixed share,
    the same for each), ``inhabitants``, ``staff`` (FTE), and ``users`` (drop-in visits; in groups
    where some member's visits are unknown inhabitants stand in, provenance ``estimated``).

    Raises
    ------
    LabelMismatchError : the plan is not one of exactly the region's municipalities, or the budgets
        are not those of exactly its hosts.

    Source
    ------
    Shares of the staff between state and municipality: Nordland project report, 2018.

    Where only the state's staff are gathered, costs are shared as the municipal tasks are.
    """
    instance.check_plan(plan)
    plan = municipal_plan(instance, plan)
    if budgets_nok is None:
        budgets_nok = municipal_costs(instance, plan)
    elif set(budgets_nok) != set(plan.hosts):
        msg = "budgets_nok: must name every host of the plan, and nobody else"
        raise LabelMismatchError(msg)
    table, host = instance.municipalities, pd.Series(plan.host_of, name="host")
    users, users_provenance = _users(instance, plan)
    bases = {
        "equal": pd.Series(1.0, index=instance.codes),
        "inhabitants": table["population"].astype(float),
        "staff": table["fte"].astype(float),
        "users": users,
    }
    provenances = {
        "inhabitants": _weakest_of_group(table["population_provenance"], plan),
        "staff": _weakest_of_group(table["fte_provenance"], plan),
        "users": users_provenance,
    }
    group_nok = host.map(dict(budgets_nok)).astype(float)
    columns: dict[str, pd.Series] = {"host": host, "group_nok": group_nok}
    for key in KEYS:
        share = _shares(bases[key], host)
        columns |= {f"{key}_share": share, f"{key}_nok": share * group_nok}
        if key in provenances:
            columns[f"{key}_provenance"] = provenances[key]
    return pd.DataFrame(columns).rename_axis("code")


def municipal_costs(instance: Instance, plan: Plan) -> dict[str, float]:
    """Return the municipalities' part of every group's yearly costs, host -> NOK, central case."""
    of = quantities(instance, plan)
    staff_share = instance.assumptions["municipal_staff_share"]
    costs = np.zeros(len(of.codes))
    for name, part in ANNUAL.items():
        paid_share = 1.0 if name in MUNICIPAL_PARTS else staff_share
        given = prices(instance, "central", part.parameters)
        costs += paid_share * part.cost(of, given, "central")
    sums = dict.fromkeys(plan.hosts, 0.0)
    for host, cost in zip(of.hosts, costs, strict=True):
        sums[host] += float(cost)
    return sums


def _shares(basis: pd.Series[float], host: pd.Series[str]) -> pd.Series[float]:
    """Divide by the group's sum; a group of one pays all, whatever its figure."""
    groups = basis.groupby(host)
    total, members = groups.transform("sum"), groups.transform("size")
    return (basis / total.where(total > 0)).where(members > 1, 1.0)


def _users(instance: Instance, plan: Plan) -> tuple[pd.Series[float], pd.Series[str]]:
    """Return visits where all of a group's are known, else inhabitants, with the provenance."""
    users = instance.municipalities["population"].astype(float)
    provenance = pd.Series("estimated", index=instance.codes)
    for members in plan.groups.values():
        codes = list(members)
        if set(codes) <= set(instance.visits.index):
            users[codes] = instance.visits.loc[codes, "visits_per_month"].astype(float)
            provenance[codes] = "observed"
    return users, provenance


def _weakest_of_group(own: pd.Series, plan: Plan) -> pd.Series[str]:
    """Every share depends on all members, so that the weakest figure decides."""
    of_group: dict[str, Provenance] = {
        host: weakest(own[list(members)]) for host, members in plan.groups.items()
    }
    return pd.Series({code: of_group[host] for code, host in plan.host_of.items()})
