"""Lagrangian bounds for the p-median: clients pay a price to be served, hosts are chosen freely.

With a price for every client, the condition that each is served exactly once is dropped; a host
is then worth what its profitable clients bring, and the best p hosts give a lower bound whatever
the prices are. The prices are improved along deflected subgradients.

Sources: G. Cornuejols, M. L. Fisher and G. L. Nemhauser (1977), Location of bank accounts to
optimize float, Management Science 23; B. T. Polyak (1969) for the step; J. E. Beasley (1993),
Lagrangean heuristics for location problems, European Journal of Operational Research 65, for the
reduced-cost tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planner.optimise.median.blocks import row_blocks
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.program import BoolArray, FloatArray, IntArray

#: Prices -> the bound that they prove, and a direction that raises it.
Evaluation = Callable[[FloatArray], tuple[float, FloatArray]]

_PATIENCE = 20
_SHRINK = 0.6
_SMALLEST_STEP = 0.01
_MEMORY = 0.8
_REACH = 1.02
#: A bound counts as raised if it rose by this share.
_LEAST_GAIN = 1e-6


@dataclass(frozen=True, eq=False)
class DualPoint:
    """Prices and what they prove.

    Attributes
    ----------
    bound : no solution costs less.
    prices : (clients,).
    """

    bound: float
    prices: FloatArray


def raise_bound(
    evaluate: Evaluation,
    start: FloatArray,
    *,
    target: float | None,
    enough: float,
    ceiling: FloatArray,
    most_rounds: int,
    clock: Clock,
    first_step: float = 1.0,
    patience: int = _PATIENCE,
) -> DualPoint:
    """Improve prices along deflected subgradients with Polyak steps.

    Parameters
    ----------
    evaluate : bound and supergradient at given prices.
    start : (clients,) first prices, from 0 up.
    target : what the bound could reach, steps being as long as that needs; None for a little
        more than the best so far.
    enough : stop once the bound reaches this.
    ceiling : (clients,) highest prices allowed.
    most_rounds : evaluations at most.
    clock : stops early when the time is spent; at least one evaluation is made.
    first_step : share of the way to the target that the first step aims at.
    patience : evaluations without a gain before steps become shorter.

    Returns
    -------
    The best point seen.
    """
    prices, step, stalled = np.minimum(start, ceiling), first_step, 0
    best = DualPoint(-np.inf, prices)
    direction = np.zeros(len(start))
    for _ in range(most_rounds):
        clock.pulse()
        bound, gradient = evaluate(prices)
        stalled = 0 if bound > best.bound + _LEAST_GAIN * abs(bound) else stalled + 1
        if bound > best.bound:
            best = DualPoint(bound, prices)
        if best.bound >= enough or clock.expired:
            break
        if stalled >= patience:
            prices, step, stalled = best.prices, step * _SHRINK, 0
            direction = np.zeros(len(start))
            if step < _SMALLEST_STEP:
                break
            continue
        direction = gradient + _MEMORY * direction
        length = float(direction @ direction)
        if length == 0.0:
            break
        level = _REACH * best.bound if target is None else target
        prices = np.clip(prices + step * (level - bound) / length * direction, 0.0, ceiling)
    return best


@dataclass(frozen=True, eq=False)
class Penalties:
    """What every choice costs at least, given good prices.

    Attributes
    ----------
    bound : no solution costs less.
    host : (hosts,) least cost of a solution in which that host is open.
    closed : (hosts,) least cost of a solution in which that host is closed.
    base : (hosts,) least cost of all that an open host does not serve; adding the margins of the
        clients that it serves gives the least cost of such a solution.
    """

    bound: float
    host: FloatArray
    closed: FloatArray
    base: FloatArray

    @classmethod
    def of(
        cls,
        worth: FloatArray,
        prices: FloatArray,
        host_count: int,
        must_open: BoolArray | None = None,
    ) -> Penalties:
        """Reduced-cost tests.

        Parameters
        ----------
        worth : (hosts,) lower bound, at most 0, on what each host brings at these prices.
        must_open : (hosts,) hosts that are open in any case, at most ``host_count``.
        """
        rank = worth if must_open is None else np.where(must_open, -np.inf, worth)
        order = np.argsort(rank, kind="stable")
        chosen = np.zeros(len(worth), dtype=bool)
        chosen[order[:host_count]] = True
        bound = float(prices.sum() + worth[chosen].sum())
        next_best = worth[order[host_count]] if host_count < len(worth) else np.inf
        base = bound - np.where(chosen, worth, rank[order[host_count - 1]])
        closed = np.where(chosen, bound - worth + next_best, bound)
        if must_open is not None:
            closed[must_open] = np.inf
        return cls(bound, base + worth, closed, base)


class UncapacitatedDual:
    """Evaluates prices where hosts have no capacity.

    Only each client's nearest hosts are looked at, which is exact as long as no price exceeds the
    cost at the farthest of them: the ceiling. Where these would be most hosts, all are.

    Attributes
    ----------
    ceiling : (clients,) highest prices that can be evaluated; infinite if all hosts are looked at.
    good_sets : the host sets that gave the best bounds, as (bound, hosts), best first.
    use : (hosts,) how often each has been among the best of late, 0-1.
    """

    _SETS = 6
    _FORGETTING = 0.05

    def __init__(
        self,
        cost: FloatArray,
        host_count: int,
        clock: Clock,
        must_open: BoolArray | None = None,
    ) -> None:
        clients, hosts = cost.shape
        kept = min(hosts, 6 * hosts // host_count + 12)
        self._cost, self._host_count, self._must_open = cost, host_count, must_open
        self._near: npt.NDArray[np.int32] | None = None
        self.ceiling = np.full(clients, np.inf)
        if 2 * kept < hosts:
            self._near, self._near_cost = _nearest(cost, kept, clock)
            self.ceiling = self._near_cost[:, -1]
        self.good_sets: list[tuple[float, tuple[int, ...]]] = []
        self.use = np.zeros(hosts)

    def __call__(self, prices: FloatArray) -> tuple[float, FloatArray]:
        """Bound, and by how much each client is served too little."""
        worth = self.worth(prices)
        chosen = self._best(worth)
        bound = float(prices.sum() + worth[chosen].sum())
        self._remember(bound, chosen)
        is_open = np.zeros(len(worth), dtype=bool)
        is_open[chosen] = True
        self.use += self._FORGETTING * (is_open - self.use)
        if self._near is None:
            return bound, 1.0 - (self._cost[:, chosen] < prices[:, None]).sum(axis=1)
        missing = np.ones(len(prices))
        for rows, wanted in self._wanted(prices):
            width = wanted.shape[1]
            missing[rows] -= (is_open[self._near[rows, :width]] & wanted).sum(axis=1)
        return bound, missing

    def worth(self, prices: FloatArray) -> FloatArray:
        """(hosts,) what each brings, at most 0."""
        worth = np.zeros(self._cost.shape[1])
        if self._near is None:
            for rows in row_blocks(*self._cost.shape):
                margin = self._cost[rows] - prices[rows, None]
                worth += np.minimum(margin, 0.0, out=margin).sum(axis=0)
            return worth
        for rows, wanted in self._wanted(prices):
            near = self._near[rows, : wanted.shape[1]][wanted]
            margin = (self._near_cost[rows, : wanted.shape[1]] - prices[rows, None])[wanted]
            worth += np.bincount(near, margin, len(worth))
        return worth

    def _wanted(self, prices: FloatArray) -> Iterator[tuple[slice, BoolArray]]:
        """Blocks of rows, and which of the first nearest hosts cost less than the price."""
        for rows in row_blocks(*self._near_cost.shape):
            wanted = self._near_cost[rows] < prices[rows, None]
            yield rows, wanted[:, : int(wanted.sum(axis=1).max())]

    def penalties(self, prices: FloatArray) -> Penalties:
        """Reduced-cost tests for every host."""
        return Penalties.of(self.worth(prices), prices, self._host_count, self._must_open)

    def _best(self, worth: FloatArray) -> IntArray:
        if self._host_count >= len(worth):
            return np.arange(len(worth))
        rank = worth if self._must_open is None else np.where(self._must_open, -np.inf, worth)
        return np.argpartition(rank, self._host_count - 1)[: self._host_count]

    def _remember(self, bound: float, chosen: IntArray) -> None:
        if len(self.good_sets) == self._SETS and bound <= self.good_sets[-1][0]:
            return
        hosts = tuple(np.sort(chosen).tolist())
        others = [(value, known) for value, known in self.good_sets if known != hosts]
        old = max((value for value, known in self.good_sets if known == hosts), default=-np.inf)
        ranked = sorted([*others, (max(bound, old), hosts)], reverse=True)
        self.good_sets = ranked[: self._SETS]


def _nearest(cost: FloatArray, kept: int, clock: Clock) -> tuple[npt.NDArray[np.int32], FloatArray]:
    """(clients, kept) nearest hosts of each client, nearest first, and their costs."""
    near = np.empty((len(cost), kept), np.int32)
    near_cost = np.empty((len(cost), kept))
    for rows in row_blocks(len(cost), cost.shape[1], clock):
        part = cost[rows]
        some = np.argpartition(part, kept - 1, axis=1)[:, :kept]
        values = np.take_along_axis(part, some, axis=1)
        order = values.argsort(axis=1, kind="stable")
        near[rows] = np.take_along_axis(some, order, axis=1)
        near_cost[rows] = np.take_along_axis(values, order, axis=1)
    return near, near_cost
