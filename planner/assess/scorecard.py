"""The scorecard: every indicator of a plan, and its change from the baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from planner.assess.access import assess_access
from planner.assess.commuting import assess_commuting
from planner.assess.competence.indicators import assess_competence
from planner.assess.economy.indicators import assess_economy
from planner.assess.equity import assess_equity
from planner.assess.indicator import Indicator
from planner.assess.law import assess_law
from planner.assess.risk.matrix import assess_risk
from planner.assess.services import assess_services
from planner.assess.structure import assess_structure
from planner.assess.withdrawal.indicators import assess_withdrawal
from planner.model.instance import Instance
from planner.model.plan import Plan

FAMILIES: Mapping[str, Callable[[Instance, Plan], Iterable[Indicator]]] = {
    "structure": assess_structure,
    "access": assess_access,
    "competence": assess_competence,
    "commuting": assess_commuting,
    "services": assess_services,
    "economy": assess_economy,
    "equity": assess_equity,
    "risk": assess_risk,
    "withdrawal": assess_withdrawal,
    "law": assess_law,
}


@dataclass(frozen=True)
class Score:
    """An indicator of a plan beside the same indicator of the baseline."""

    indicator: Indicator
    baseline: Indicator

    @property
    def change(self) -> float | None:
        """The plan's value less the baseline's; None where either is undefined."""
        return difference(self.indicator.value, self.baseline.value)


def difference(value: float | None, baseline: float | None) -> float | None:
    """Subtract two figures, either of which may be undefined."""
    return None if value is None or baseline is None else value - baseline


def assess(instance: Instance, plan: Plan) -> dict[str, Indicator]:
    """Compute every indicator of a plan, by key, family by family."""
    return {
        indicator.key: indicator
        for family in FAMILIES.values()
        for indicator in family(instance, plan)
    }


def scorecard(instance: Instance, plan: Plan) -> dict[str, Score]:
    """Compute every indicator of a plan and of the baseline, both in the same circumstances."""
    baseline = assess(instance, instance.baseline)
    return {key: Score(value, baseline[key]) for key, value in assess(instance, plan).items()}
