"""Economy: yearly costs and one-off costs, each as low, central and high, gains apart from costs.

The low result has every parameter at the low end of its range, the high result every one at the
high end: two corners, not a confidence interval. The advisers' pay is the same in every plan and
is left out. Formulas, reasons and weak points: docs/economy.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from planner.assess.economy.costs import (
    ANNUAL,
    CASES,
    ONE_OFF,
    CostPart,
    Floats,
    Quantities,
    _Case,
    prices,
    quantities,
)
from planner.assess.indicator import Indicator
from planner.model.instance import Instance
from planner.model.plan import Plan

#: Case -> NOK of every municipality, in the order of the plan's municipalities.
Costs = dict[_Case, Floats]


def part_costs(instance: Instance, of: Quantities, part: CostPart) -> Costs:
    """Compute one part of the costs in each case, NOK where it arises; NaN where undefined."""
    return {case: part.cost(of, prices(instance, case, part.parameters), case) for case in CASES}


def annual_costs(instance: Instance, of: Quantities) -> dict[str, Costs]:
    """Compute every part of the yearly costs: part -> case -> NOK of every municipality."""
    return {name: part_costs(instance, of, part) for name, part in ANNUAL.items()}


def assess_economy(instance: Instance, plan: Plan) -> Iterator[Indicator]:
    """Yield the costs of a plan; all are assumed, since every one rests on assumed prices."""
    of = quantities(instance, plan)
    annual = annual_costs(instance, of)
    for name, part in ANNUAL.items():
        yield _part(name, part, annual[name], of)
    total = {case: np.sum([cost[case] for cost in annual.values()], axis=0) for case in CASES}
    yield Indicator(
        "economy.annual_nok",
        _sum(total["central"]),
        "assumed",
        _inputs(),
        _by_group(total["central"], of),
        low=_sum(total["low"]),
        high=_sum(total["high"]),
    )
    before = annual_costs(instance, quantities(instance, instance.baseline))
    yield _changes("lower_costs_nok", -1.0, annual, before)
    yield _changes("higher_costs_nok", 1.0, annual, before)
    for name, part in ONE_OFF.items():
        cost = part_costs(instance, of, part)
        yield _part(f"one_off_{name}", part, cost, of)


def _part(name: str, part: CostPart, cost: Costs, of: Quantities) -> Indicator:
    places = zip(of.codes, map(_defined, cost["central"]), strict=True) if part.by_place else ()
    return Indicator(
        f"economy.{name}",
        _sum(cost["central"]),
        "assumed",
        (*part.tables, *part.parameters),
        _by_group(cost["central"], of),
        dict(places),
        low=_sum(cost["low"]),
        high=_sum(cost["high"]),
    )


def _changes(
    name: str, sign: float, annual: Mapping[str, Costs], before: Mapping[str, Costs]
) -> Indicator:
    """Sum the parts that rise, or those that fall, compared with the baseline's."""
    sums = {}
    for case in CASES:
        moves = [annual[part][case].sum() - before[part][case].sum() for part in ANNUAL]
        sums[case] = float(np.maximum(0.0, sign * np.array(moves)).sum())  # NaN stays NaN
    return Indicator(
        f"economy.{name}",
        _defined(sums["central"]),
        "assumed",
        _inputs(),
        low=_defined(sums["low"]),
        high=_defined(sums["high"]),
    )


def _inputs() -> tuple[str, ...]:
    tables = (table for part in ANNUAL.values() for table in part.tables)
    parameters = (name for part in ANNUAL.values() for name in part.parameters)
    return tuple(dict.fromkeys([*tables, *parameters]))


def _by_group(cost: Floats, of: Quantities) -> dict[str, float | None]:
    sums = {host: 0.0 for host, serves in zip(of.codes, of.is_host, strict=True) if serves}
    for host, value in zip(of.hosts, cost, strict=True):
        sums[host] += float(value)
    return {host: _defined(value) for host, value in sums.items()}


def _sum(cost: Floats) -> float | None:
    return _defined(float(cost.sum()))


def _defined(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
