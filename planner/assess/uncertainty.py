"""Uncertainty: figures of plans in many draws of the parameters -> ranges, and orders that hold.

All plans are measured in the same draws, so that what they have in common cancels between them.
How parameters are drawn, and what is held fixed, is set out in docs/uncertainty.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.assess.indicator import Better
from planner.io.tables.assumptions import Assumption

Floats = npt.NDArray[np.float64]

#: Figures that differ by less than this share of the largest are the same figure.
ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class Draws:
    """Figures of several plans, at the parameters in use and in draws of them.

    Attributes
    ----------
    indicators : keys, in the order of the scorecard.
    central : shape (indicators, plans); plans are numbered from 1. NaN where undefined.
    drawn : shape (draws, indicators, plans), likewise.
    parameters : index ``draw``; one column a parameter that moved, in its own unit.
    """

    indicators: tuple[str, ...]
    central: Floats
    drawn: Floats
    parameters: pd.DataFrame

    @property
    def plans(self) -> range:
        """Numbers of the plans, in the order in which they were given."""
        return range(1, self.central.shape[1] + 1)

    def of(self, indicator: str) -> pd.DataFrame:
        """Return the draws of one indicator; index ``draw``, one column a plan."""
        place = self.indicators.index(indicator)
        return pd.DataFrame(self.drawn[:, place], self.parameters.index, list(self.plans))


@dataclass(frozen=True, eq=False)
class Order:
    """How plans rank by one indicator, and how often that holds.

    Attributes
    ----------
    plans : numbers of the plans, best first, at the parameters in use; those whose figure is not
        defined are left out.
    holds_share : draws in which no two plans change places; equal ones stay equal.
    first_share : plan -> draws in which no other plan is better; equal best ones all count.
    better_share : rows and columns plans; draws in which the row's is better than the column's.
    undefined_share : draws in which a figure is not defined; no share counts them.
    """

    plans: tuple[int, ...]
    holds_share: float
    first_share: pd.Series[float]
    better_share: pd.DataFrame
    undefined_share: float


def draw_parameters(
    parameters: Mapping[str, Assumption], count: int, rng: np.random.Generator
) -> pd.DataFrame:
    """Draw parameters within their stated ranges, each on its own.

    Half of the draws lie between low and default, half between default and high; on either side
    values near the default are likelier, falling evenly to nothing at the end. So the default is
    the median. Every parameter has one draw in each of `count` slices of equal probability.

    Returns
    -------
    Index ``draw`` from 0, one column a parameter.

    Source
    ------
    Latin hypercube sampling: McKay, Beckman and Conover (1979), Technometrics 21, 239-245.
    """
    drawn = {
        name: _around_default(_one_in_each_slice(count, rng), one)
        for name, one in parameters.items()
    }
    return pd.DataFrame(drawn, index=pd.RangeIndex(count, name="draw"), dtype=float)


def ranges(draws: Draws, *, outside: float = 0.1) -> pd.DataFrame:
    """Return the range of every indicator and plan.

    Parameters
    ----------
    draws : figures in draws.
    outside : share of the draws below the range, and again above it.

    Returns
    -------
    Index ``indicator``, ``plan``; columns ``central`` (at the parameters in use), ``low``,
    ``median``, ``high``, and ``undefined_share`` of the draws, which are in no range. NaN where
    there is no figure.
    """
    undefined = np.isnan(draws.drawn)
    quantiles = np.full((3, *draws.central.shape), np.nan)
    known = ~undefined.all(axis=0)
    shares = (outside, 0.5, 1 - outside)
    quantiles[:, known] = np.nanquantile(draws.drawn[:, known], shares, axis=0)
    low, median, high = quantiles
    index = pd.MultiIndex.from_product([draws.indicators, draws.plans], names=["indicator", "plan"])
    columns = {
        "central": draws.central,
        "low": low,
        "median": median,
        "high": high,
        "undefined_share": undefined.mean(axis=0),
    }
    return pd.DataFrame({name: table.ravel() for name, table in columns.items()}, index)


def differences(draws: Draws) -> Draws:
    """Return how much more every plan has than the first, draw by draw."""
    return replace(
        draws,
        central=draws.central - draws.central[:, :1],
        drawn=draws.drawn - draws.drawn[:, :, :1],
    )


def order(draws: Draws, indicator: str, better: Better) -> Order:
    """Rank plans by an indicator, and count how often the draws agree."""
    sign = 1.0 if better == "less" else -1.0
    central = sign * draws.central[draws.indicators.index(indicator)]
    places = [place for place in np.argsort(central, kind="stable") if not np.isnan(central[place])]
    plans = [draws.plans[place] for place in places]
    table = sign * draws.of(indicator)[plans].to_numpy(dtype=float)
    defined = np.asarray(~np.isnan(table).any(axis=1))
    wins, expected = _wins(table), _wins(central[None, places])
    holds = (wins == expected).all(axis=(1, 2)) & defined
    first = np.asarray(~wins.any(axis=1)) & defined[:, None]
    return Order(
        tuple(plans),
        float(holds.mean()),
        pd.Series(first.mean(axis=0), index=plans),
        pd.DataFrame((wins & defined[:, None, None]).mean(axis=0), plans, plans),
        float(1 - defined.mean()),
    )


def swings(
    indicators: tuple[str, ...], central: Floats, ends: Mapping[str, tuple[Floats, Floats]]
) -> pd.DataFrame:
    """Return what each parameter alone does to each indicator, the strongest first.

    Parameters
    ----------
    indicators : keys, in the order of the scorecard.
    central : shape (indicators, plans).
    ends : parameter -> figures of the same shape with that parameter at the low and the high end
        of its range, and the others as they are.

    Returns
    -------
    Columns ``indicator``, ``parameter``, ``plan``, ``central``, ``at_low``, ``at_high`` and
    ``swing``, the larger distance from the central figure; infinite where the figure is no longer
    defined. Parameters that move no plan's figure are left out; the others stand with all plans,
    by their largest swing.
    """
    rows = []
    for place, indicator in enumerate(indicators):
        middle = central[place]
        found = []
        for parameter, (low, high) in ends.items():
            swing = np.maximum(_distance(low[place], middle), _distance(high[place], middle))
            if swing.max() > ROUNDING * (1 + np.nanmax(np.abs(middle), initial=0.0)):
                found.append((swing.max(), parameter, low[place], high[place], swing))
        for _, parameter, *columns in sorted(found, key=lambda one: (-one[0], one[1])):
            figures = zip(middle, *columns, strict=True)
            rows += [
                (indicator, parameter, plan, *figure) for plan, figure in enumerate(figures, 1)
            ]
    names = ["indicator", "parameter", "plan", "central", "at_low", "at_high", "swing"]
    return pd.DataFrame(rows, columns=names)


def _one_in_each_slice(count: int, rng: np.random.Generator) -> Floats:
    return (rng.permutation(count) + rng.random(count)) / count


def _around_default(shares: Floats, one: Assumption) -> Floats:
    """Map shares 0-1 to values: two triangles of equal mass that meet at the default."""
    below = 1 - np.sqrt(np.minimum(2 * shares, 1))
    above = 1 - np.sqrt(np.minimum(2 - 2 * shares, 1))
    return one.default - (one.default - one.low) * below + (one.high - one.default) * above


def _wins(table: Floats) -> npt.NDArray[np.bool_]:
    """Say in every row whether the first figure is truly smaller than the second.

    Shape (rows, columns, columns) from (rows, columns).
    """
    gap = table[:, :, None] - table[:, None, :]
    return np.asarray(gap < -ROUNDING * np.nanmax(np.abs(table), initial=0.0))


def _distance(figures: Floats, middle: Floats) -> Floats:
    """Return absolute differences: 0 where neither is defined, infinite where only one is."""
    lost = np.isnan(figures) != np.isnan(middle)
    return np.where(lost, np.inf, np.nan_to_num(np.abs(figures - middle), nan=0.0))
