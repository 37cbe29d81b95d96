"""How finely the objectives of one problem can differ: in whole steps, or down to rounding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.optimise.solver.program import FloatArray

#: Sums of some thousand products in double precision are right to within this share.
ROUNDING = 1e-9

_LARGEST_WHOLE = 1e8
_SLACK = 1e-3
_PART = 2**20


@dataclass(frozen=True)
class Grain:
    """What counts as a better objective.

    Attributes
    ----------
    whole : whether every objective is a whole number, so that bounds can be rounded up.
    """

    whole: bool

    @classmethod
    def of(cls, costs: FloatArray) -> Grain:
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
