"""Risk: the 16 factors, each likelihood x consequence, and their sum.

A factor's likelihood follows from a figure about the plan by thresholds that are the same in the
whole country; a workshop's own scores replace what is computed. docs/risk.md says which figure
stands for which factor, why, and what that cannot show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from planner.assess.indicator import Indicator
from planner.assess.risk.measures import risk_measures
from planner.assess.structure import totals_by_host
from planner.io.tables.risk_factors import HIGH, RiskFactor
from planner.model.instance import Instance
from planner.model.plan import Plan, WorkshopScore
from planner.provenance import Provenance, weakest

#: Who scored a factor; unknown where nothing stands for it, or its figure is not defined.
ScoredBy = Literal["computed", "workshop", "unknown"]
INPUTS = ("risk_factors", "functions", "assumptions", "offices", "municipalities", "links")
#: A product that lacks a billionth of a point is high.
ROUNDING = 1e-9


@dataclass(frozen=True)
class Risk:
    """One factor, scored for a group or for a whole plan.

    Attributes
    ----------
    number : of the factor, 1-16.
    likelihood : 1-5, whole for a group; of a plan the mean over inhabitants of their groups'.
        None where it is unknown.
    consequence : 1-5.
    scored_by : the thresholds, a workshop, or nobody.
    high_share : share of the inhabitants with a score in whose group the product is high.
    """

    number: int
    likelihood: float | None
    consequence: int
    scored_by: ScoredBy
    high_share: float | None = None

    @property
    def product(self) -> float | None:
        """Likelihood x consequence, 1-25; None where the likelihood is unknown."""
        return None if self.likelihood is None else self.likelihood * self.consequence

    @property
    def high(self) -> bool:
        """Whether the product is at least `HIGH`."""
        return self.product is not None and self.product >= HIGH - ROUNDING


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
    by_group: Mapping[str, tuple[Risk, ...]]
    measures: Mapping[str, Indicator]


def score_risks(instance: Instance, plan: Plan) -> RiskAssessment:
    """Score every factor for each group of a plan, and for the plan.

    Groups are scored first and averaged then, since a mean figure of unequal offices may be like
    none of them.
    """
    measures = risk_measures(instance, plan)
    factors = instance.risk_factors.items()
    by_group = {
        host: tuple(
            _scored(number, factor, _figure(measures, factor, host), plan.risk_scores.get(number))
            for number, factor in factors
        )
        for host in plan.hosts
    }
    weights = list(totals_by_host(instance, plan, "population").values())
    of_plan = (_mean(one, weights) for one in zip(*by_group.values(), strict=True))
    return RiskAssessment(tuple(of_plan), by_group, measures)


def risk_matrix(instance: Instance, plan: Plan) -> pd.DataFrame:
    """Return how each factor was scored, for a planner who asks why.

    Returns
    -------
    Index ``factor`` (1-16); columns ``name``, ``indicator`` (key of the figure), ``value`` (of the
    whole plan), ``unit``, ``provenance`` (of the figure), ``likelihood`` (mean over inhabitants of
    their groups'), ``consequence`` (1-5), ``product`` (1-25), ``high``, ``high_share`` (of
    inhabitants in whose group the product is high) and ``scored_by``; missing where a factor has
    none.
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
                "value": figure and figure.value,
                "unit": figure and figure.unit,
                "provenance": figure and figure.provenance,
                "likelihood": risk.likelihood,
                "consequence": risk.consequence,
                "product": risk.product,
                "high": risk.high,
                "high_share": risk.high_share,
                "scored_by": risk.scored_by,
            }
        )
    table = pd.DataFrame(rows).set_index("factor")
    figures = ["value", "likelihood", "product", "high_share"]
    return table.astype(dict.fromkeys(figures, "Float64") | {"high": bool})


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
        provenance,
        INPUTS,
        totals,
        {code: totals[host] for code, host in plan.host_of.items()},
    )
    known = [total for total in totals.values() if total is not None]
    yield Indicator(
        "risk.most_group_total",
        max(known, default=None),
        provenance,
        INPUTS,
    )
    high = {
        host: float(sum(risk.high for risk in risks)) for host, risks in assessment.by_group.items()
    }
    shares = [risk.high_share for risk in assessment.plan if risk.high_share is not None]
    yield Indicator(
        "risk.high_factors",
        float(sum(shares)) if shares else None,
        provenance,
        INPUTS,
        high,
    )
    unknown = {host: _unknown(risks) for host, risks in assessment.by_group.items()}
    yield Indicator(
        "risk.unknown_factors",
        _unknown(assessment.plan),
        provenance,
        INPUTS,
        unknown,
    )


def _scored(
    number: int, factor: RiskFactor, value: float | None, workshop: WorkshopScore | None
) -> Risk:
    if workshop is not None:
        return Risk(number, workshop.likelihood, workshop.consequence, "workshop")
    if value is None or factor.measured_by is None:
        return Risk(number, None, factor.consequence, "unknown")
    likelihood = factor.measured_by.likelihood(value)
    return Risk(number, likelihood, factor.consequence, "computed")


def _mean(groups: Sequence[Risk], weights: Sequence[float]) -> Risk:
    """Average one factor over the inhabitants of the groups in which it has a score."""
    known = [
        (risk, risk.likelihood, weight)
        for risk, weight in zip(groups, weights, strict=True)
        if risk.likelihood is not None
    ]
    people = sum(weight for *_, weight in known)
    if not people:
        return replace(groups[0], likelihood=None, scored_by="unknown")
    return replace(
        known[0][0],
        likelihood=sum(likelihood * weight for _, likelihood, weight in known) / people,
        high_share=sum(weight for risk, _, weight in known if risk.high) / people,
    )


def _figure(measures: Mapping[str, Indicator], factor: RiskFactor, host: str) -> float | None:
    found = measures.get(factor.measured_by.indicator) if factor.measured_by else None
    return found.by_group.get(host) if found else None


def _total(risks: Iterable[Risk]) -> float | None:
    products = [risk.product for risk in risks if risk.product is not None]
    return float(sum(products)) if products else None


def _unknown(risks: Iterable[Risk]) -> float:
    return float(sum(risk.product is None for risk in risks))


def _provenance(risks: Iterable[Risk]) -> Provenance:
    """Thresholds and consequences are chosen; only a workshop's scores are not."""
    return weakest("scenario" if risk.scored_by == "workshop" else "assumed" for risk in risks)
