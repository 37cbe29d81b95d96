"""Figures over people and over groups: sums, quantiles, the Gini coefficient."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from planner.model.plan import Plan

Floats = npt.NDArray[np.float64]


def host_places(plan: Plan) -> npt.NDArray[np.intp]:
    """Return the position of every municipality's host among the municipalities, by code."""
    place = {code: position for position, code in enumerate(plan.municipalities)}
    return np.array([place[host] for host in plan.host_of.values()], dtype=np.intp)


def sums_at_host(own: Floats, plan: Plan) -> Floats:
    """Sum a figure of the municipalities over every group, at its host; 0 elsewhere.

    Parameters
    ----------
    own : shape (municipalities,), by code; NaN makes the group's sum NaN.
    """
    sums = np.bincount(host_places(plan), weights=own, minlength=len(plan.municipalities))
    return np.asarray(sums, dtype=float)


def least_covering(values: Floats, weights: Floats, share: float) -> float:
    """Return the least value that covers a share of the weight; NaN without weight.

    Parameters
    ----------
    values, weights : shape (n,); values may be infinite, weights are at least 0.
    share : 0-1.
    """
    if not weights.sum() > 0:
        return np.nan
    return float(np.quantile(values, share, weights=weights, method="inverted_cdf"))


def gini(values: npt.ArrayLike, weights: npt.ArrayLike) -> float | None:
    """Return the Gini coefficient of a burden over people.

    Parameters
    ----------
    values : shape (n,), at least 0; infinite where there is no way.
    weights : shape (n,), people who carry each value, at least 0.

    Returns
    -------
    Share 0-1: half the mean difference between two people, over the mean. 0 where all carry the
    same, or nothing; None without people, or where somebody's burden is infinite.

    Source
    ------
    Gini, C. (1912), Variabilità e mutabilità. Computed as 1 - sum of w_i (S_i + S_i-1) / (W S_n),
    where S_i is the burden of the i people who carry least.
    """
    burden, people = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    carried = people > 0
    burden, people = burden[carried], people[carried]
    if people.size == 0 or not np.isfinite(burden).all():
        return None
    order = np.argsort(burden, kind="stable")
    sums = np.concatenate([[0.0], np.cumsum(burden[order] * people[order])])
    if sums[-1] <= 0:
        return 0.0
    under = float((people[order] * (sums[1:] + sums[:-1])).sum() / (people.sum() * sums[-1]))
    return min(1.0, max(0.0, 1.0 - under))
