"""The objective's terms: each in its own unit, then weighed against one another.

Every term is a sum over municipalities of a figure that depends on the host alone, but for the
commuters: these count in pairs. The model and the report of a finished plan use the same tables,
so a term shown beside a plan is the one that was minimised.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.errors import LabelMismatchError, PlannerError
from planner.model.instance import Instance
from planner.model.limits import TERMS
from planner.model.plan import Plan
from planner.model.weights import Weights
from planner.optimise.solver.program import FloatArray

#: What a border may run between -> column of the municipalities that says on which side one is.
AREA_COLUMN = {"council": "regional_council", "county": "county"}


@dataclass(frozen=True, eq=False)
class TermTables:
    """What each choice of a host adds to each term, unweighted.

    Attributes
    ----------
    by_arc : term -> (n, n), rows members, columns hosts; infinite where there is no way.
    severed : (n, n) symmetric, percent of the inter-municipal commuters between two
        municipalities, lost if they are in different groups; 0 on the diagonal.
    """

    by_arc: Mapping[str, FloatArray]
    severed: FloatArray

    def of(self, host: np.ndarray[tuple[int], np.dtype[np.int64]]) -> dict[str, float]:
        """Sum each term over a plan given as host positions."""
        member = np.arange(len(host))
        terms = {name: float(table[member, host].sum()) for name, table in self.by_arc.items()}
        apart = host[:, None] != host[None, :]
        terms["severed"] = float(self.severed[apart].sum() / 2)
        return {name: terms[name] for name in TERMS}

    def weighted(self, weights: Weights) -> tuple[FloatArray, FloatArray]:
        """(n, n) cost of each choice of host, and (n, n) cost of severing each pair."""
        cost = np.zeros_like(self.severed)
        for name, table in self.by_arc.items():
            if weight := getattr(weights, name):
                cost += weight * table
        return cost, weights.severed * self.severed


def term_tables(instance: Instance) -> TermTables:
    """Tabulate the terms of an instance (the formulas stand in docs/grouping_model.md).

    A term whose denominator is zero (no inhabitants, no staff, no commuters) is zero.

    Raises
    ------
    PlannerError : a population, staff or commuter figure is missing or negative.
    """
    population = figures(instance, "population")
    fte = figures(instance, "fte")
    commuters = _checked("commuters", instance.commuters.to_numpy(dtype=np.float64))
    between = commuters + commuters.T
    np.fill_diagonal(between, 0.0)
    people, staff, total = population.sum(), fte.sum(), between.sum() / 2
    n = len(population)
    codes = np.array(instance.codes)
    baseline_host = np.array([instance.baseline.host_of[code] for code in instance.codes])
    moved = baseline_host[:, None] != codes[None, :]
    share = np.broadcast_to(_shares(population, people)[:, None], (n, n))
    return TermTables(
        {
            "travel": _weighed(_shares(population, people), instance.minutes_of("mean")),
            "office": np.eye(n),
            "staff": _weighed(_shares(fte, staff), instance.minutes_of("centre")),
            "council": 100 * share * ~same_area(instance.municipalities["regional_council"]),
            "change": 100 * share * moved,
        },
        100 * between / total if total else np.zeros((n, n)),
    )


def terms_of(instance: Instance, plan: Plan) -> dict[str, float]:
    """Return each term of a plan, unweighted, in its own unit.

    Returns
    -------
    ``travel`` minutes per inhabitant, ``severed`` % of inter-municipal commuters, ``office``
    offices, ``staff`` minutes per FTE, ``council`` and ``change`` % of the population.

    Raises
    ------
    LabelMismatchError : the plan places other municipalities than the instance has.
    """
    return term_tables(instance).of(host_positions(instance, plan))


def objective_of(terms: Mapping[str, float], weights: Weights) -> float:
    """Weigh terms into minutes of mean travel; a term with weight 0 does not count at all."""
    rates = {name: float(getattr(weights, name)) for name in TERMS}
    return sum(rate * terms[name] for name, rate in rates.items() if rate)


def host_positions(instance: Instance, plan: Plan) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """(n,) position of each municipality's host in the order of the instance."""
    if list(plan.municipalities) != instance.codes:
        raise LabelMismatchError("plan: must place every municipality of the region, and no other")
    position = {code: index for index, code in enumerate(instance.codes)}
    return np.array([position[plan.host_of[code]] for code in instance.codes], dtype=np.int64)


def figures(instance: Instance, column: str) -> FloatArray:
    """(n,) a column of the municipalities, none of it missing or negative."""
    values = instance.municipalities[column].to_numpy(dtype=np.float64, na_value=np.nan)
    return _checked(column, values)


def same_area(area: pd.Series) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """(n, n) whether two municipalities are in the same council or county.

    A municipality without one is in the same area as itself alone: nothing is known that would
    place it beside another.
    """
    number, _ = pd.factorize(area)
    same = (number[:, None] == number[None, :]) & (number[:, None] >= 0)
    np.fill_diagonal(same, val=True)
    return np.asarray(same)


def _checked(name: str, values: FloatArray) -> FloatArray:
    if not np.all(np.isfinite(values) & (values >= 0)):
        raise PlannerError(f"{name}: figures are missing or negative. Expected numbers from 0 up.")
    return values


def _shares(amounts: FloatArray, total: float) -> FloatArray:
    return amounts / total if total else np.zeros_like(amounts)


def _weighed(share: FloatArray, minutes: FloatArray) -> FloatArray:
    """Minutes times share; a municipality without weight costs nothing, however far."""
    return share[:, None] * np.where(share[:, None] > 0, minutes, 0.0)
