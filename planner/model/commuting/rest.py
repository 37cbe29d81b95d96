"""The small flows of commuters that no table shows, modelled within what the large ones leave."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.model.commuting.gravity import GravityParameters, attraction, balanced

#: Rounds in which flows that came out too large are held back; some three are needed.
MOST_ROUNDS = 20


def completed_flows(
    large: pd.DataFrame,
    employed_residents: pd.Series[float],
    jobs: pd.Series[float],
    minutes: pd.DataFrame,
    parameters: GravityParameters,
    *,
    below: float,
) -> pd.DataFrame:
    """Fill in the flows between municipalities that are not counted one by one.

    What the counted flows leave of every municipality's employed residents and jobs is spread
    over the other pairs by the pull of the gravity model, balanced to those remainders. No flow
    that is filled in reaches the size from which on flows are counted: one that would is held at
    it, and the others are balanced anew.

    Parameters
    ----------
    large : shape (n, n), persons; rows home, columns workplace; missing where not counted.
    employed_residents, jobs : shape (n,), persons, all of a municipality's.
    minutes : shape (n, n), travel time; infinite where there is no way.
    parameters : of the gravity model.
    below : persons; flows of so many and more are all counted.

    Returns
    -------
    shape (n, n), persons; the counted flows as they are.

    Raises
    ------
    LabelMismatchError : labels differ, or differ in order.
    CommutingError : the remainders do not fit the pairs that are left.

    Source
    ------
    Deming and Stephan (1940), as `planner.model.commuting.gravity.balanced`.
    """
    pull = attraction(employed_residents, jobs, minutes, parameters).to_numpy()
    known = large.to_numpy(dtype=float, copy=True)
    for _ in range(MOST_ROUNDS):
        is_known = ~np.isnan(known)
        held = np.where(is_known, known, 0.0)
        origins = np.asarray(employed_residents, dtype=float) - held.sum(axis=1)
        destinations = np.asarray(jobs, dtype=float) - held.sum(axis=0)
        rest = balanced(np.where(is_known, 0.0, pull), origins, destinations)
        too_large = rest >= below
        if not too_large.any():
            break
        known[too_large] = below - 1
    return pd.DataFrame(held + rest, index=large.index, columns=large.columns)
