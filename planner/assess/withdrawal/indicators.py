"""Withdrawal: does a plan stand if any one council says no to it?

Which councils are needed, and what everybody then gets, is worked out in `rules`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from planner.assess.access import INPUTS, travel_provenance
from planner.assess.indicator import Indicator
from planner.assess.withdrawal.rules import Minimum, Withdrawal, group_sizes, withdrawals
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.provenance import Provenance

SIZE_INPUTS = ("offices", "municipalities")
MINIMUM_INPUTS = (*SIZE_INPUTS, "withdrawal_least_fte", "withdrawal_least_population")


def assess_withdrawal(instance: Instance, plan: Plan) -> Iterator[Indicator]:
    """Yield the withdrawal indicators of a plan; none where no minimum is stated."""
    if "withdrawal_least_fte" not in instance.assumptions:
        return
    single = withdrawals(instance, plan)
    staff = instance.provenance_of("fte")
    yield from _security(instance, plan, single)
    yield _extreme(
        "withdrawal.least_rest_fte",
        [(one, one.after.fte) for one in single],
        min,
        origin=(staff, SIZE_INPUTS),
    )
    yield _extreme(
        "withdrawal.least_leaver_fte",
        [(one, one.offices[one.leavers[0]].size.fte) for one in single],
        min,
        origin=(staff, SIZE_INPUTS),
    )
    yield _extreme(
        "withdrawal.most_extra_min",
        [(one, one.extra_min) for one in single],
        max,
        origin=(travel_provenance(instance), INPUTS),
    )


def _security(instance: Instance, plan: Plan, single: list[Withdrawal]) -> Iterator[Indicator]:
    """How many councils decide alone whether a group is large enough, and who is safe from it."""
    minimum = Minimum.of(instance)
    decisive = {one.leavers[0]: float(one.decisive) for one in single}
    by_group = {host: 0.0 for host, members in plan.groups.items() if len(members) > 1}
    for code, alone in decisive.items():
        by_group[plan.host_of[code]] += alone
    yield Indicator(
        "withdrawal.decisive_councils",
        sum(decisive.values()),
        "assumed",
        MINIMUM_INPUTS,
        by_group,
        decisive,
    )
    sizes = group_sizes(instance, plan)
    secure = {host: minimum.met_by(size) and not by_group.get(host) for host, size in sizes.items()}
    everyone = sum(size.population for size in sizes.values())
    safe = sum(size.population for host, size in sizes.items() if secure[host])
    yield Indicator(
        "withdrawal.secure_share",
        safe / everyone if everyone > 0 else None,
        "assumed",
        MINIMUM_INPUTS,
        {host: float(safe_one) for host, safe_one in secure.items()},
    )


def _extreme(
    key: str,
    figures: list[tuple[Withdrawal, float | None]],
    extreme: Callable[[Iterable[float]], float],
    *,
    origin: tuple[Provenance, tuple[str, ...]],
) -> Indicator:
    """Make an indicator of the extreme among all who may say no alone; each its own figure."""
    by_group: dict[str, list[float]] = {}
    for one, figure in figures:
        if figure is not None:
            by_group.setdefault(one.host, []).append(figure)
    extremes = {host: extreme(values) for host, values in by_group.items()}
    return Indicator(
        key,
        extreme(extremes.values()) if extremes else None,
        origin[0],
        origin[1],
        extremes,
        {one.leavers[0]: figure for one, figure in figures},
    )
