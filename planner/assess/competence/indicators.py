"""Competence environment: has every office enough colleagues per function to keep it going?

The model, its reasons and its weak points are set out in docs/competence.md.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.assess.competence.advisers import (
    EMPLOYERS,
    Floats,
    man_functions,
    ratio,
    staff_share,
)
from planner.assess.competence.office_groups import OfficeGroups, known
from planner.assess.indicator import Indicator
from planner.model.instance import Instance
from planner.model.plan import Plan

#: Functions whose team has an indicator of its own.
TEAMS = ("youth_team", "debt_counselling")
INPUTS = ("functions", "assumptions", "offices", "municipalities")


def assess_competence(instance: Instance, plan: Plan) -> Iterator[Indicator]:
    """Yield the competence indicators of a plan; none where no functions are known.

    All are assumed: the needs, the shares of absence and the split of the staff between
    municipality and state are, and no figure is better than the weakest of its inputs.
    """
    if not instance.functions:
        return
    manning = man_functions(instance, plan)
    offices = OfficeGroups(manning, plan)
    yield from _cover(offices)
    yield from _breadth(offices, instance)
    yield from _teams(offices)
    yield from _staff(offices, instance)


def _cover(offices: OfficeGroups) -> Iterator[Indicator]:
    """How often functions are not covered."""
    manning = offices.manning
    days = manning.uncovered_days
    yield _per_inhabitant(
        "competence.uncovered_days",
        days.mean(axis=1),
        offices,
    )
    worst = days.max(axis=1)
    yield Indicator(
        "competence.most_uncovered_days",
        float(worst.max()),
        "assumed",
        INPUTS,
        offices.by_group(offices.worst(worst)),
    )


def _breadth(offices: OfficeGroups, instance: Instance) -> Iterator[Indicator]:
    """Over how many fields and municipalities advisers are spread."""
    manning = offices.manning
    yield _quotient(
        "competence.fields_per_adviser",
        manning.advisers.sum(axis=1),
        manning.group_fte,
        offices,
    )
    served = manning.municipalities
    following = np.where(np.isnan(served), 0.0, manning.advisers)
    yield _quotient(
        "competence.municipalities_per_adviser",
        (following * np.nan_to_num(served)).sum(axis=1),
        following.sum(axis=1),
        offices,
    )
    limit = instance.assumptions["most_municipalities_per_adviser"]
    yield _quotient(
        "competence.within_municipality_limit_share",
        np.where(served <= limit, following, 0.0).sum(axis=1),
        following.sum(axis=1),
        offices,
    )


def _teams(offices: OfficeGroups) -> Iterator[Indicator]:
    """Which teams can be formed."""
    manning = offices.manning
    possible = manning.team_possible.astype(float)
    yield _per_inhabitant(
        "competence.complete_teams_share",
        possible.mean(axis=1),
        offices,
    )
    by_function = dict(zip(manning.functions, possible.T, strict=True))
    unknown = np.full(len(manning.hosts), np.nan)
    for function in TEAMS:
        yield _per_inhabitant(
            f"competence.{function}_share",
            by_function.get(function, unknown),
            offices,
        )


def _staff(offices: OfficeGroups, instance: Instance) -> Iterator[Indicator]:
    """How the staff compare with the need, and whose they are."""
    manning = offices.manning
    yield _quotient(
        "competence.staff_to_need_share",
        manning.group_fte,
        manning.need_fte.sum(axis=1),
        offices,
    )
    for employer in EMPLOYERS:
        fte = manning.group_fte * staff_share(employer, instance.assumptions)
        yield Indicator(
            f"competence.{employer}_fte",
            float(fte.sum()),
            "assumed",
            INPUTS,
            offices.by_group(offices.sums(fte)),
        )


def _quotient(key: str, amount: Floats, total: Floats, offices: OfficeGroups) -> Indicator:
    """Make an indicator of amount per total, in each group and over all of them."""
    by_group = offices.by_group(ratio(offices.sums(amount), offices.sums(total)))
    value = float(amount.sum() / total.sum()) if total.sum() > 0 else None
    return Indicator(key, value, "assumed", INPUTS, by_group)


def _per_inhabitant(key: str, values: Floats, offices: OfficeGroups) -> Indicator:
    """Make an indicator whose value is the mean over inhabitants, each with the office's figure."""
    manning = offices.manning
    people = manning.population
    mean = float(people @ values / people.sum()) if people.sum() > 0 else np.nan
    of_office = dict(zip(manning.hosts, map(known, values), strict=True))
    return Indicator(
        key,
        known(mean),
        "assumed",
        INPUTS,
        offices.by_group(offices.means(values)),
        {code: of_office[office] for code, office in manning.office_of.items()},
    )
