"""Labour-market regions ("BA-like"): municipalities between which many commute, and near enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable

import numpy as np
import pandas as pd

from planner.errors import LabelMismatchError, PlannerError

#: Limits that can be chosen at once; those of Statistics Norway's older centrality standard.
PRESET_MINUTES = (45, 60, 75, 90)


def labour_market_regions(
    commuters: pd.DataFrame,
    employed_residents: pd.Series[float],
    minutes: pd.DataFrame,
    *,
    least_share: float,
    max_minutes: float,
) -> pd.Series[str]:
    """Join municipalities to the centre that most of their commuters go to.

    At first every municipality is a region of its own, and its centre. A region may join another
    if at least `least_share` of its employed residents commute to it and none of its
    municipalities is further than `max_minutes` from the other's centre. Of all pairs that may
    join, the one with the largest share does; its centre is the other's. Then shares are taken
    anew, until no pair may join. So a joining region always goes where its people work, and every
    municipality ends within `max_minutes` of its region's centre. Equal shares: the shorter way
    to the centre first, then the lower codes; the order of the rows does not matter.

    The official division of 2020 also uses commuting and travel time, but with rules of its own;
    it has 159 regions.

    Parameters
    ----------
    commuters : shape (n, n), persons; rows home, columns workplace.
    employed_residents : shape (n,), persons, wherever they work.
    minutes : shape (n, n), travel time; infinite where there is no way.
    least_share : share 0-1, above 0.
    max_minutes : minutes.

    Returns
    -------
    shape (n,), code of each municipality's centre.

    Raises
    ------
    LabelMismatchError : labels differ, or differ in order.
    PlannerError : the least share is not above 0 and at most 1.

    Source
    ------
    Gundersen, Holmen and Hansen (2019), Inndeling i BA-regioner 2020, TØI report 1713/2019.
    """
    labels = commuters.index
    for other in (commuters.columns, employed_residents.index, minutes.index, minutes.columns):
        if not other.equals(labels):
            msg = "commuters, employed residents and minutes must have the same labels in order"
            raise LabelMismatchError(msg)
    if not 0 < least_share <= 1:
        msg = f"the least out-commuting share is {least_share:g}, expected above 0 and at most 1"
        raise PlannerError(msg)
    by_code = labels.sort_values()
    centres = _joined(
        commuters.loc[by_code, by_code].to_numpy(dtype=float, copy=True),
        employed_residents.loc[by_code].to_numpy(dtype=float, copy=True),
        minutes.loc[by_code, by_code].to_numpy(dtype=float),
        least_share,
        max_minutes,
    )
    return pd.Series(by_code[centres], index=by_code, name="centre").loc[labels]


def _joined(
    flows: np.ndarray, employed: np.ndarray, minutes: np.ndarray, least: float, most_min: float
) -> np.ndarray:
    """Return the position of every municipality's centre; `flows` and `employed` are used up."""
    centre = np.arange(len(employed))
    near = minutes <= most_min
    np.fill_diagonal(near, val=False)
    shares = _shares(flows, employed[:, None], near)
    while True:
        largest = shares.max(initial=0.0)
        if largest < least:
            return centre
        homes, works = np.nonzero(shares == largest)
        first = np.lexsort((works, homes, minutes[homes, works]))[0]
        joining, host = homes[first], works[first]
        centre[centre == joining] = host
        flows[host] += flows[joining]
        flows[:, host] += flows[:, joining]
        employed[host] += employed[joining]
        near[host] &= near[joining]
        near[joining] = near[:, joining] = False
        near[host, host] = False
        shares[joining] = shares[:, joining] = 0.0
        shares[host] = _shares(flows[host], employed[host], near[host])
        shares[:, host] = _shares(flows[:, host], employed, near[:, host])


def _shares(flows: np.ndarray, employed: np.ndarray, near: np.ndarray) -> np.ndarray:
    """Return the share of employed residents who commute, 0 where it may not count."""
    counted = near & (employed > 0)
    return np.asarray(np.divide(flows, employed, out=np.zeros_like(flows), where=counted))


def adjusted_rand_index(a: pd.Series[str], b: pd.Series[str]) -> float:
    """Say how far two partitions of the same municipalities agree.

    Parameters
    ----------
    a, b : shape (n,), the group of each municipality; groups may be named differently.

    Returns
    -------
    1 where they are the same, about 0 where they agree no more than by chance, negative where
    less. 1 as well where both are trivial in the same way (all alone, or all together).

    Raises
    ------
    LabelMismatchError : the labels differ, or differ in order.

    Source
    ------
    Hubert and Arabie (1985), Comparing partitions, Journal of Classification 2.
    """
    if not a.index.equals(b.index):
        msg = "two partitions can be compared only if they have the same labels in order"
        raise LabelMismatchError(msg)
    both, in_a, in_b = _pairs(zip(a, b, strict=True)), _pairs(a), _pairs(b)
    every = len(a) * (len(a) - 1) / 2
    expected = in_a * in_b / every if every else 0.0
    highest = (in_a + in_b) / 2
    return 1.0 if highest == expected else (both - expected) / (highest - expected)


def _pairs(groups: Iterable[Hashable]) -> float:
    """Count the pairs whose two members are in the same group."""
    return sum(count * (count - 1) / 2 for count in Counter(groups).values())
