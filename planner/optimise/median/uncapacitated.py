"""The p-median without capacities, proved: interchange, Lagrangian bound, fixing, what is left.

Most instances end with the bound meeting the interchange's value. What the reduced-cost tests
leave is a small program of some thousand pairs, or, where few hosts serve many clients, a tree
over the hosts that are still possible.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.optimise.median.assignment_program import assignment_program, solve_in_time
from planner.optimise.median.blocks import row_blocks
from planner.optimise.median.branching import Branching
from planner.optimise.median.interchange import greedy_hosts, interchange
from planner.optimise.median.lagrangian import DualPoint, UncapacitatedDual, raise_bound
from planner.optimise.median.record import MedianRecord, nearest_hosts
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.outcome import Cancelled
from planner.optimise.solver.program import BoolArray, FloatArray, IntArray
from planner.optimise.tolerances import Grain

_MOST_ROUNDS = 1000
_MOST_PASSES = 3
#: What is left of the time is kept for the bound, however long the first solution takes.
_START_SHARE = 0.5
_MOST_PAIRS_PER_CLIENT_IN_PROGRAM = 12


@dataclass(frozen=True, eq=False)
class MedianProblem:
    """Finite costs: a solution that needs a forbidden pair costs ``forbidden`` or more.

    Attributes
    ----------
    cost : (clients, hosts), at least 0.
    host_count : p.
    """

    cost: FloatArray
    host_count: int
    forbidden: float
    grain: Grain
    clock: Clock
    record: MedianRecord

    @property
    def sought(self) -> float:
        """What a solution must cost less than, to be worth finding."""
        return self.grain.worth_finding(min(self.record.value, self.forbidden))

    @property
    def closed(self) -> bool:
        """Whether nothing better is left to be found."""
        return self.record.bound >= self.sought

    def try_hosts(self, hosts: IntArray) -> bool:
        """Keep open hosts if they serve every client at less than the best so far."""
        value = float(self.cost[:, hosts].min(axis=1).sum())
        if value >= min(self.record.value, self.forbidden):
            return False
        return self.record.improve(value, nearest_hosts(self.cost, hosts), np.sort(hosts))


def solve_uncapacitated(
    cost: FloatArray, host_count: int, clock: Clock, record: MedianRecord
) -> None:
    """Minimise the cost of serving every client at its nearest of p hosts.

    Parameters
    ----------
    cost : (clients, hosts), at least 0, infinite where a host may not serve a client.
    host_count : p, from 1 to the number of hosts.
    record : holds the answer, whatever ends the search.
    """
    finite, forbidden = finite_costs(cost)
    problem = MedianProblem(finite, host_count, forbidden, record.grain, clock, record)
    start = clock.share(_START_SHARE)
    record.raise_to(float(finite.min(axis=1).sum()))
    hosts, value = interchange(finite, greedy_hosts(finite, host_count, start), start)
    problem.try_hosts(hosts)
    if problem.closed:
        return
    dual, point = _close_in(problem, hosts, value)
    if not problem.closed and not clock.expired:
        _search(problem, dual, point)
    if problem.closed:
        record.prove()


def finite_costs(cost: FloatArray) -> tuple[FloatArray, float]:
    """Costs with something finite for forbidden pairs: more than any solution without them."""
    allowed = np.isfinite(cost)
    if allowed.all():
        return cost, float(np.ceil(2.0 * cost.max(axis=1).sum() + 1.0))
    finite = np.where(allowed, cost, 0.0)
    forbidden = float(np.ceil(2.0 * finite.max(axis=1).sum() + 1.0))
    finite[~allowed] = forbidden
    return finite, forbidden


def _close_in(
    problem: MedianProblem, hosts: IntArray, value: float
) -> tuple[UncapacitatedDual, DualPoint]:
    """Raise the bound, and improve the host sets behind the best bounds by interchange."""
    problem.record.stage = "bound"
    cost, clock = problem.cost, problem.clock
    dual = UncapacitatedDual(cost, problem.host_count, clock)
    point = DualPoint(-np.inf, first_prices(cost, hosts))
    for _ in range(_MOST_PASSES):
        found = raise_bound(
            dual,
            point.prices,
            target=min(value, problem.record.value),
            enough=problem.sought,
            ceiling=dual.ceiling,
            most_rounds=_MOST_ROUNDS,
            clock=clock,
        )
        point = max(point, found, key=lambda one: one.bound)
        problem.record.raise_to(point.bound)
        if problem.closed or clock.expired:
            break
        sets = [np.array(one) for _, one in dual.good_sets]
        better = [problem.try_hosts(interchange(cost, one, clock)[0]) for one in sets]
        if True not in better:
            break
    return dual, point


def first_prices(cost: FloatArray, hosts: IntArray) -> FloatArray:
    """Half way between the costs at the nearest and the second nearest host."""
    served = cost[:, hosts]
    if len(hosts) == 1:
        return served[:, 0]
    return np.asarray(np.partition(served, 1, axis=1)[:, :2].mean(axis=1))


def _search(problem: MedianProblem, dual: UncapacitatedDual, point: DualPoint) -> None:
    """Leave out what no better solution can use, and solve the rest."""
    problem.record.stage = "search"
    penalties, sought = dual.penalties(point.prices), problem.sought
    candidates = np.flatnonzero(penalties.host < sought)
    must_open = penalties.closed[candidates] >= sought
    if len(candidates) < len(penalties.host):
        cost = np.ascontiguousarray(problem.cost[:, candidates])
    else:
        cost = problem.cost
    possible = _possible_pairs(problem, cost, point.prices, penalties.host[candidates], must_open)
    if possible is None:
        Branching(problem, candidates, cost, must_open).run(point)
    else:
        _solve_pairs(problem, candidates, possible, must_open)


def _possible_pairs(
    problem: MedianProblem,
    cost: FloatArray,
    prices: FloatArray,
    host: FloatArray,
    must_open: BoolArray,
) -> tuple[IntArray, IntArray] | None:
    """Client and position of the host of all pairs of a better solution; None if too many."""
    clients, hosts, count = [], [], 0
    for rows in row_blocks(len(cost), cost.shape[1], problem.clock):
        part = cost[rows]
        nearest_sure = part[:, must_open].min(axis=1, initial=problem.forbidden)
        possible = host + np.maximum(part - prices[rows, None], 0.0) < problem.sought
        possible &= (part <= nearest_sure[:, None]) & (part < problem.forbidden)
        client, position = np.nonzero(possible)
        clients.append(client + rows.start)
        hosts.append(position)
        count += len(client)
        if count > _MOST_PAIRS_PER_CLIENT_IN_PROGRAM * len(cost):
            return None
    return np.concatenate(clients), np.concatenate(hosts)


def _solve_pairs(
    problem: MedianProblem,
    candidates: IntArray,
    possible: tuple[IntArray, IntArray],
    must_open: BoolArray,
) -> None:
    """Solve a program over the pairs that are left, and those of the best solution."""
    record, cost = problem.record, problem.cost
    client, host = possible[0], candidates[possible[1]]
    if len(np.unique(client)) < len(cost):
        record.prove()
        return
    if record.assignment is not None:
        every = np.arange(len(cost))
        client, host = np.append(client, every), np.append(host, record.assignment)
    width = cost.shape[1]
    client, host = np.divmod(np.unique(client * width + host), width)
    sure = np.zeros(width, dtype=bool)
    sure[candidates[must_open]] = True
    sought, scale = problem.sought, problem.grain.scale(problem.sought)
    model = assignment_program(
        cost, problem.host_count, (client, host), must_open=sure, scale=scale
    )
    start = None
    if record.assignment is not None:
        start = model.point(record.assignment, record.opened)
    solution = solve_in_time(model.program, problem.clock, start=start, enough_bound=sought * scale)
    if solution.x is not None:
        problem.try_hosts(model.solution(solution.x)[1])
    bound = None if solution.bound is None else problem.grain.raised(solution.bound / scale)
    if solution.outcome == "infeasible" or (bound is not None and bound >= sought):
        record.prove()
    elif bound is not None:
        record.raise_to(bound)
    if solution.interrupted:
        raise Cancelled
