"""How far two figures may lie apart and still count as the same: all of it, and how it relates.

From the finest to the widest, each leaves room for those above it: arithmetic loses `ROUNDING`; a
solver's prices are right to `PRICE`; an objective is proved to `RESOLUTION`, and a limit is put
to a solver with `SIZE` to spare, so that decimal figures that meet it exactly meet it; a solver's
own tolerance comes on top, and what it returns may miss a limit by `SOLVED`. A plan that anybody
draws is judged by `SIZE` alone. Where a search stops because it gains too little is no tolerance,
and stands with the search.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

#: Sums of some thousand products in double precision are right to within this share.
ROUNDING: Final = 1e-9
#: Reduced costs and shares of columns nearer to zero than this are zero to a solver.
PRICE: Final = 1e-7
#: Share of a limit by which a sum of decimal figures may miss it.
SIZE: Final = 1e-6
#: Objectives closer than this share of them cannot be told apart.
RESOLUTION: Final = 1e-6
#: A point that a solver returns may break a row by this; solvers promise 1e-6 on their scaling.
SOLVED: Final = 1e-5

_LARGEST_WHOLE = 1e8
_SLACK = 1e-3
_PART = 2**20


def resolution(objective: float, least: float = 0.0) -> float:
    """Return the difference from an objective that cannot be told.

    Parameters
    ----------
    objective : in any unit.
    least : what a smaller objective is taken for.
    """
    return RESOLUTION * max(least, abs(objective))


@dataclass(frozen=True)
class Grain:
    """What counts as a better objective.

    Attributes
    ----------
    whole : whether every objective is a whole number, so that bounds can be rounded up.
    """

    whole: bool

    @classmethod
    def of(cls, costs: npt.NDArray[np.float64]) -> Grain:
        """Grain of sums of these costs; infinite ones are never paid."""
        total = 0.0
        for part in np.array_split(costs.ravel(), 1 + costs.size // _PART):
            paid = part[np.isfinite(part)]
            total += float(paid.sum())
            if total >= _LARGEST_WHOLE or not (paid == np.floor(paid)).all():
                return cls(whole=False)
        return cls(whole=True)

    def worth_finding(self, value: float) -> float:
        """Return a threshold below ``value``: every better solution costs less than it.

        A bound that reaches it proves ``value`` optimal; a choice that costs at least that much
        need not be looked at. Infinite while no value is known.
        """
        return value - 1.0 + _SLACK if self.whole else value * (1.0 - ROUNDING)

    def raised(self, bound: float) -> float:
        """Return the least objective that a bound allows."""
        return float(np.ceil(bound - _SLACK)) if self.whole else bound

    def scale(self, value: float) -> float:
        """Power of two that brings an objective near 10 000, which suits solver tolerances."""
        return 1.0 if self.whole or value <= 0 else 2.0 ** float(13 - np.floor(np.log2(value)))
