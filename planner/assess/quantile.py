"""Quantiles that count people, not municipalities."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

#: Shares that differ by less than this are the same share.
ROUNDING = 1e-12


def least_covering(
    values: npt.NDArray[np.float64], weights: npt.NDArray[np.float64], share: float
) -> float:
    """Return the least value that covers a share of the weight; NaN without weight.

    Parameters
    ----------
    values, weights : shape (n,); values may be infinite, weights are at least 0.
    share : 0-1.
    """
    if not weights.sum() > 0:
        return np.nan
    order = np.argsort(values, kind="stable")
    covered = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][np.argmax(covered >= share - ROUNDING)])
