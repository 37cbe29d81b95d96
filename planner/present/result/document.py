"""A result as plain data: the JSON of the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from planner.assess.access import MORE_FIGURES, municipality_table
from planner.assess.risk.matrix import risk_matrix
from planner.assess.scorecard import Score
from planner.assess.structure import group_totals
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.optimise.judge import BrokenLimit
from planner.pipeline.result import Result
from planner.present.words.caveats import warnings_about
from planner.present.words.findings import agreement_document, findings_document

DECIMALS = 6
POINT_KEYS = ("code", "label", "unit", "lat", "lon", "days_open", "drop_in_days")


def as_document(result: Result) -> dict[str, Any]:
    """Return a result as the JSON object of the command line.

    Same result, same object: time and machine are not in it. Figures that are not defined
    are None.
    """
    scenario, solve, plan, instance = (
        result.scenario,
        result.solve,
        result.plan,
        result.instance,
    )
    return {
        "scenario": {
            "title": scenario.title,
            "file": scenario.path.name if scenario.path else None,
            "form": scenario.form,
            "baseline": scenario.baseline,
            "date": None if instance.date is None else instance.date.isoformat(),
        },
        "outcome": solve.outcome if solve else None,
        "objective": rounded_cost(solve.objective if solve else None),
        "bound": rounded_cost(solve.bound if solve else None),
        "relative_gap": rounded(solve.relative_gap if solve else None),
        "exempt": solve.exempt if solve else None,
        "exempt_bound": solve.exempt_bound if solve else None,
        "total_fte": rounded(result.total_fte),
        "regional_fte": rounded(instance.regional_fte),
        "groups": _groups(instance, plan) if plan else [],
        "indicators": {key: _indicator(score) for key, score in result.scores.items()},
        "risk": _risk(instance, plan) if plan else [],
        "municipalities": _municipalities(instance, plan) if plan else [],
        "points": _points(instance, plan) if plan else [],
        "baseline": _baseline(instance),
        "table_years": dict(sorted(instance.table_years.items())),
        "findings": findings_document(result),
        "agreement": agreement_document(result),
        "warnings": list(warnings_about(result)),
    }


def _groups(instance: Instance, plan: Plan) -> list[dict[str, Any]]:
    fte = group_totals(instance, plan, "fte")
    population = group_totals(instance, plan, "population")
    return [
        {
            "host": instance.names[host],
            "members": [instance.names[code] for code in members],
            "fte": rounded(fte[host]),
            "population": int(population[host]),
            "exempt": host in plan.exempt,
        }
        for host, members in plan.groups.items()
    ]


def _municipalities(instance: Instance, plan: Plan) -> list[dict[str, Any]]:
    rows = municipality_table(instance, plan)
    return [
        {
            "name": row["name"],
            "code": code,
            "host": row["host"],
            "minutes": rounded(row["minutes"]),
            "minutes_centre": rounded(row["minutes_centre"]),
            "minutes_nearest": rounded(row["minutes_nearest"]),
            "km": rounded(row["km"]),
            "presence_days": rounded(row["presence_days"]),
            "population": int(row["population"]),
            "population_provenance": row["population_provenance"],
            "fte": rounded(row["fte"]),
            "fte_provenance": row["fte_provenance"],
            **{name: _exact(row[name]) for name in MORE_FIGURES if name in row},
        }
        for code, row in rows.to_dict("index").items()
    ]


def _points(instance: Instance, plan: Plan) -> list[dict[str, Any]]:
    """Write the listed places where people may come."""
    return [
        {
            "municipality": instance.names[point.code],
            **{name: getattr(point, name) for name in POINT_KEYS},
        }
        for point in plan.points
    ]


def _baseline(instance: Instance) -> dict[str, Any]:
    """Write the plan that changes are counted from, and how many numbered units it has."""
    plan = instance.baseline
    return {
        "groups": [
            {"host": instance.names[host], "members": [instance.names[code] for code in members]}
            for host, members in plan.groups.items()
        ],
        "units": len({point.unit for point in plan.points}) or None,
        "points": _points(instance, plan),
    }


def _indicator(score: Score) -> dict[str, Any]:
    written = {
        "value": rounded(score.indicator.value),
        "unit": score.indicator.unit,
        "provenance": score.indicator.provenance,
        "baseline": rounded(score.baseline.value),
        "change": rounded(score.change),
    }
    if score.indicator.low is not None or score.indicator.high is not None:
        written |= {
            "low": rounded(score.indicator.low),
            "high": rounded(score.indicator.high),
            "baseline_low": rounded(score.baseline.low),
            "baseline_high": rounded(score.baseline.high),
        }
    return written


def _risk(instance: Instance, plan: Plan) -> list[dict[str, Any]]:
    """Write every factor; None where it has no figure or no score."""
    if not instance.risk_factors:
        return []
    rows = risk_matrix(instance, plan).reset_index().astype(object)
    return [
        {
            str(key): None if pd.isna(value) else rounded(value) if key == "value" else value
            for key, value in row.items()
        }
        for row in rows.to_dict("records")
    ]


def broken_document(broken: BrokenLimit, names: Mapping[str, str]) -> dict[str, Any]:
    """Return a broken limit as JSON, municipalities by name."""
    return {
        "limit": broken.limit,
        "host": None if broken.host is None else names[broken.host],
        "municipalities": [names[code] for code in broken.municipalities],
        "value": rounded(broken.value),
        "allowed": rounded(broken.allowed),
    }


def _exact(value: float) -> float | int | None:
    """Write years as whole numbers."""
    return int(value) if isinstance(value, int | np.integer) else rounded(value)


def rounded(value: float | None) -> float | None:
    """Round away what differs between machines; infinity has no place in JSON."""
    return None if value is None or not np.isfinite(value) else round(float(value), DECIMALS) + 0.0


def rounded_cost(value: float | None) -> float | None:
    """Round an objective, whose size the weights decide, to no fewer than six digits."""
    if not value or not np.isfinite(value):
        return rounded(value)
    first = int(np.floor(np.log10(abs(value))))
    return round(float(value), max(DECIMALS, DECIMALS - 1 - first))
