"""Risk: the 16 factors, each likelihood x consequence, and their sum.

A factor's likelihood follows from a figure about the plan by thresholds that are the same in the
whole country; a workshop's own scores replace what is computed. docs/risk.md says which figure
stands for which factor, why, and what that cannot show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from planner.assess.indicator import Indicator
from planner.assess.risk_measures import risk_measures
from planner.io.risk_factors import HIGH, RiskFactor
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.provenance import Provenance, weakest
from planner.scenario import RiskScore

#: Who scored a factor; unknown where nothing stands for it, or its figure is not defined.
ScoredBy = Literal["computed", "workshop", "unknown"]
INPUTS = ("risk_factors", "functions", "assumptions", "offices", "municipalities", "links")


@dataclass(frozen=True)
class Risk:
    """One factor, scored for a plan or for one of its groups.

    Attributes
    ----------
    number : of the factor, 1-16.
    likelihood, consequence : 1-5; the likelihood is None where it is unknown.
    scored_by : the thresholds, a workshop, or nobody.
    value : figure from which the likelihood follows; None where it is unknown or was not used.
    """

    number: int
    likelihood: int | None
    consequence: int
    scored_by: ScoredBy
    value: float | None = None

    @property
    def product(self) -> int | None:
        """Likelihood x consequence, 1-25; None where the likelihood is unknown."""
        return None if self.likelihood is None else self.likelihood * self.consequence

    @property
    def high(self) -> bool:
        """Whether the product is at least `HIGH`."""
        return self.product is not None and self.product >= HIGH


@dataclass(frozen=True)
class RiskAssessment:
    """All factors of a plan.

    Attributes
    ----------
    plan : every factor, by number.
    by_group : host -> every factor, by number. A workshop's score of the plan holds in each group.
    measures : key -> figure that factors are measured by.
    """

    plan: tuple[Risk, ...]
    by_group: dict[str, tuple[Risk, ...]]
    measures: dict[str, Indicator]


def score_risks(instance: Instance, plan: Plan) -> RiskAssessment:
    """Score every factor for a plan and for each of its groups.

    The plan's own figures count, not a mean of the groups' scores: one small group that is badly
    off shows in its own scores, and in those of the plan only as far as it weighs there.
    """
    measures = risk_measures(instance, plan)
    factors = instance.risk_factors.items()

    def scored(host: str | None) -> tuple[Risk, ...]:
        return tuple(
            _scored(number, factor, _figure(measures, factor, host), plan.risk_scores.get(number))
            for number, factor in factors
        )

    return RiskAssessment(scored(None), {host: scored(host) for host in plan.hosts}, measures)


def risk_matrix(instance: Instance, plan: Plan) -> pd.DataFrame:
    """Return how each factor was scored, for a planner who asks why.

    Returns
    -------
    Index ``factor`` (1-16); columns ``name``, ``indicator`` (key of the figure), ``value``,
    ``unit``, ``provenance`` (of the figure), ``likelihood``, ``consequence`` (1-5), ``product``
    (1-25), ``high`` and ``scored_by``; missing where a factor has none.
    """
    assessment = score_risks(instance, plan)
    rows = []
    for risk in assessment.plan:
        factor = instance.risk_factors[risk.number]
        used = factor.measured_by if risk.scored_by == "computed" else None
        figure = assessment.measures[used.indicator] if used else None
        rows.append(
            {
                "factor": risk.number,
                "name": factor.name,
                "indicator": figure and figure.key,
                "value": risk.value,
                "unit": figure and figure.unit,
                "provenance": figure and figure.provenance,
                "likelihood": risk.likelihood,
                "consequence": risk.consequence,
                "product": risk.product,
                "high": risk.high,
                "scored_by": risk.scored_by,
            }
        )
    table = pd.DataFrame(rows).set_index("factor")
    whole = ["likelihood", "consequence", "product"]
    return table.astype(dict.fromkeys(whole, "Int64") | {"value": "Float64", "high": bool})


def assess_risk(instance: Instance, plan: Plan) -> Iterator[Indicator]:
    """Yield the sum of all factors and what it hides; none where no factors are known."""
    if not instance.risk_factors:
        return
    assessment = score_risks(instance, plan)
    provenance = _provenance(assessment.plan)
    totals = {host: _total(risks) for host, risks in assessment.by_group.items()}
    yield Indicator(
        "risk.total",
        _total(assessment.plan),
        "points",
        provenance,
        "sum over known factors of likelihood x consequence",
        INPUTS,
        totals,
        {code: totals[host] for code, host in plan.host_of.items()},
    )
    known = [total for total in totals.values() if total is not None]
    yield Indicator(
        "risk.most_group_total",
        max(known, default=None),
        "points",
        provenance,
        "the same sum in the group that has most",
        INPUTS,
    )
    high = {host: _high(risks) for host, risks in assessment.by_group.items()}
    yield Indicator(
        "risk.high_factors",
        _high(assessment.plan),
        "factors",
        provenance,
        f"factors whose likelihood x consequence is at least {HIGH}",
        INPUTS,
        high,
    )
    unknown = {host: _unknown(risks) for host, risks in assessment.by_group.items()}
    yield Indicator(
        "risk.unknown_factors",
        _unknown(assessment.plan),
        "factors",
        provenance,
        "factors that no figure stands for, or whose figure is not defined; they are in no sum",
        INPUTS,
        unknown,
    )


def _scored(
    number: int, factor: RiskFactor, value: float | None, workshop: RiskScore | None
) -> Risk:
    if workshop is not None:
        return Risk(number, workshop.likelihood, workshop.consequence, "workshop")
    if value is None or factor.measured_by is None:
        return Risk(number, None, factor.consequence, "unknown")
    likelihood = factor.measured_by.likelihood(value)
    return Risk(number, likelihood, factor.consequence, "computed", value)


def _figure(measures: dict[str, Indicator], factor: RiskFactor, host: str | None) -> float | None:
    found = measures.get(factor.measured_by.indicator) if factor.measured_by else None
    if found is None:
        return None
    return found.value if host is None else found.by_group.get(host)


def _total(risks: Iterable[Risk]) -> float | None:
    products = [risk.product for risk in risks if risk.product is not None]
    return float(sum(products)) if products else None


def _high(risks: Iterable[Risk]) -> float:
    return float(sum(risk.high for risk in risks))


def _unknown(risks: Iterable[Risk]) -> float:
    return float(sum(risk.product is None for risk in risks))


def _provenance(risks: Iterable[Risk]) -> Provenance:
    """Thresholds and consequences are chosen; only a workshop's scores are not."""
    return weakest("scenario" if risk.scored_by == "workshop" else "assumed" for risk in risks)
