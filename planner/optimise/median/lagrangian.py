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

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planner.optimise.solver.clock import Clock
from planner.optimise.solver.program import FloatArray, IntArray

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

    Returns
    -------
    The best point seen.
    """
    prices, step, stalled = np.minimum(start, ceiling), 1.0, 0
    best = DualPoint(-np.inf, prices)
    direction = np.zeros(len(start))
    for _ in range(most_rounds):
        bound, gradient = evaluate(prices)
        stalled = 0 if bound > best.bound + _LEAST_GAIN * abs(bound) else stalled + 1
        if bound > best.bound:
            best = DualPoint(bound, prices)
        if best.bound >= enough or clock.expired:
            break
        if stalled >= _PATIENCE:
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
    pair : (clients, hosts) least cost of a solution in which that host serves that client.
    host : (hosts,) least cost of a solution in which that host is open.
    closed : (hosts,) least cost of a solution in which that host is closed.
    base : (hosts,) least cost of all that an open host does not serve; adding the margins of the
        clients that it serves gives the least cost of such a solution.
    """

    bound: float
    pair: FloatArray
    host: FloatArray
    closed: FloatArray
    base: FloatArray


class UncapacitatedDual:
    """Evaluates prices where hosts have no capacity.

    Only each client's nearest hosts are looked at, which is exact as long as no price exceeds the
    cost at the farthest of them: the ceiling.

    Attributes
    ----------
    ceiling : (clients,) highest prices that can be evaluated; infinite if all hosts are looked at.
    good_sets : the host sets that gave the best bounds, as (bound, hosts), best first.
    """

    _SETS = 6

    def __init__(self, cost: FloatArray, host_count: int) -> None:
        clients, hosts = cost.shape
        kept = min(hosts, 6 * hosts // host_count + 12)
        near = np.argpartition(cost, kept - 1, axis=1)[:, :kept]
        self._cost, self._host_count = cost, host_count
        self._near, self._near_cost = near, np.take_along_axis(cost, near, axis=1)
        self.ceiling = self._near_cost.max(axis=1) if kept < hosts else np.full(clients, np.inf)
        self.good_sets: list[tuple[float, tuple[int, ...]]] = []

    def __call__(self, prices: FloatArray) -> tuple[float, FloatArray]:
        """Bound, and by how much each client is served too little."""
        margin = np.minimum(self._near_cost - prices[:, None], 0.0)
        worth: FloatArray = np.bincount(
            self._near.ravel(), margin.ravel(), self._cost.shape[1]
        ).astype(np.float64)
        chosen = self._best(worth)
        bound = float(prices.sum() + worth[chosen].sum())
        is_open = np.zeros(len(worth), dtype=bool)
        is_open[chosen] = True
        self._remember(bound, chosen)
        return bound, 1.0 - (is_open[self._near] & (margin < 0.0)).sum(axis=1)

    def penalties(self, prices: FloatArray) -> Penalties:
        """Reduced-cost tests for every host and every pair."""
        margin = self._cost - prices[:, None]
        worth = np.minimum(margin, 0.0).sum(axis=0)
        bound, base, closed = host_penalties(worth, prices, self._host_count)
        host = base + worth
        return Penalties(bound, host + np.maximum(margin, 0.0), host, closed, base)

    def _best(self, worth: FloatArray) -> IntArray:
        if self._host_count == len(worth):
            return np.arange(len(worth))
        return np.argpartition(worth, self._host_count - 1)[: self._host_count]

    def _remember(self, bound: float, chosen: IntArray) -> None:
        if len(self.good_sets) == self._SETS and bound <= self.good_sets[-1][0]:
            return
        hosts = tuple(np.sort(chosen).tolist())
        others = [(value, known) for value, known in self.good_sets if known != hosts]
        old = max((value for value, known in self.good_sets if known == hosts), default=-np.inf)
        ranked = sorted([*others, (max(bound, old), hosts)], reverse=True)
        self.good_sets = ranked[: self._SETS]


def host_penalties(
    worth: FloatArray, prices: FloatArray, host_count: int
) -> tuple[float, FloatArray, FloatArray]:
    """Return the bound, and per host `Penalties.base` and `Penalties.closed`.

    Parameters
    ----------
    worth : (hosts,) lower bound, at most 0, on what each host brings at these prices.
    """
    order = np.argsort(worth, kind="stable")
    chosen = np.zeros(len(worth), dtype=bool)
    chosen[order[:host_count]] = True
    bound = float(prices.sum() + worth[chosen].sum())
    next_best = worth[order[host_count]] if host_count < len(worth) else np.inf
    base = bound - np.where(chosen, worth, worth[order[host_count - 1]])
    closed = np.where(chosen, bound - worth + next_best, bound)
    return bound, base, closed
