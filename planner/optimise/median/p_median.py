"""The p-median: which p hosts serve all clients at least cost, with and without capacities."""

from __future__ import annotations

import math
import time
from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from planner.errors import TooLittleMemoryError
from planner.optimise.median.assignment_program import Capacities
from planner.optimise.median.blocks import row_blocks
from planner.optimise.median.capacitated.solve_capacitated import solve_capacitated
from planner.optimise.median.feasibility import why_infeasible
from planner.optimise.median.read_input import Reader
from planner.optimise.median.record import MedianRecord
from planner.optimise.median.uncapacitated import solve_uncapacitated
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.outcome import Cancelled, Outcome, ProgressCallback
from planner.optimise.solver.program import FloatArray, IntArray
from planner.optimise.solver.solve import solver_name
from planner.optimise.tolerances import Grain

if TYPE_CHECKING:
    import pandas as pd

    Quantity = pd.Series | npt.ArrayLike

#: Costs whose largest has a binary exponent outside these are scaled: solvers have absolute
#: tolerances, and the smallest numbers have fewer digits.
_PLAIN_EXPONENTS = range(-10, 41)
_EXPONENT = 10


@dataclass(frozen=True, eq=False)
class PMedianResult:
    """The best hosts found, who is served where, and what was proved.

    Attributes
    ----------
    hosts : p labels of the columns of the cost, or column numbers where it has no labels; empty
        without a solution.
    assignment : host of each client, in the order of the rows: a Series where the cost has
        labels, else an array of column numbers; None without a solution.
    objective : sum of weight x cost, None without a solution.
    bound : proved lower bound on the best objective; None where nothing is proved.
    relative_gap : (objective - bound) / objective; 0 at a proved optimum; None without either.
    outcome : ``optimal`` only if the gap is closed; ``cancelled`` if the caller stopped the search
        before a solution was known.
    seconds : wall time.
    solver, version : what solved the programs that the bounds left over.
    interrupted : whether the caller stopped the search, by Ctrl-C or `Cancelled`.
    reason : why there is no solution, where the outcome is ``infeasible``; else empty.
    """

    hosts: tuple[Hashable, ...]
    assignment: pd.Series | IntArray | None
    objective: float | None
    bound: float | None
    relative_gap: float | None
    outcome: Outcome
    seconds: float
    solver: str
    version: str
    interrupted: bool = False
    reason: str = ""


def p_median(
    cost: pd.DataFrame | npt.ArrayLike,
    p: int,
    *,
    demand: Quantity | None = None,
    capacity: Quantity | None = None,
    weights: Quantity | None = None,
    time_limit_s: float | None = None,
    progress: ProgressCallback | None = None,
) -> PMedianResult:
    """Choose p hosts, and one of them for every client, at least total weight x cost.

    Parameters
    ----------
    cost : (clients, hosts), from 0 up, for example minutes; infinite where a host may not serve a
        client. Rows are clients and columns candidate hosts, which need not be the same places.
    p : number of hosts, a whole number.
    demand : (clients,) from 0 up, for example persons; counts against ``capacity`` only.
    capacity : (hosts,) or one number for all, in the unit of the demand; infinite for no limit. A
        client is served whole by one host. Held exactly where demand is in whole numbers, else to
        one part in 10^8.
    weights : (clients,) from 0 up; what a client's cost is multiplied by. Default 1, whatever the
        demand is.
    time_limit_s : seconds after which the best solution so far is returned; None for no limit.
    progress : called in the caller's thread with every report, ten times a second or more; may
        raise `Cancelled`. The best solution so far is then returned, as after Ctrl-C.

    Returns
    -------
    Labels in, labels out. Optimal means proved: to one part in 10^9, and exactly where all
    weighted costs are whole numbers.

    Raises
    ------
    LabelMismatchError : labels of the inputs differ, or differ in order.
    DataError : what is no number from 0 up, wrong sizes, more hosts than there are, sums that no
        number holds; all faults at once, each with the first place where it is.
    TooLittleMemoryError : memory ran out before a solution was known.

    Source
    ------
    S. L. Hakimi (1964), Optimum locations of switching centers and the absolute centers and
    medians of a graph, Operations Research 12. The methods are described, with their sources, in
    the modules that hold them.
    """
    began = time.perf_counter()
    reader = Reader(cost)
    count = reader.host_count(p)
    limit = reader.seconds("time_limit_s", time_limit_s)
    weight = reader.vector("weights", weights, 0)
    need = reader.vector("demand", demand, 0)
    room = reader.vector("capacity", capacity, 1, may_be_infinite=True)
    if (demand is None) != (capacity is None):
        missing = "demand" if demand is None else "capacity"
        reader.fault(missing, "missing. Expected demand and capacity, or neither")
    reader.check_size(weight)
    reader.stop_if_faulty()
    clock = Clock(limit, progress)
    limits = None if need is None or room is None else Capacities(need, room)
    reason = why_infeasible(reader, count, limits)
    result = _Result(reader.labels, reader.cost.shape[1], count)
    if reason:
        return result.infeasible(reason, time.perf_counter() - began)
    table, exponent = _weighted(reader.cost, weight)
    record = MedianRecord(Grain.of(table), clock, math.ldexp(1.0, exponent))
    stopped = _run(table, count, limits, clock, record)
    found = result.of(record, stopped=stopped)
    return replace(found, seconds=time.perf_counter() - began)


def _weighted(cost: FloatArray, weight: FloatArray | None) -> tuple[FloatArray, int]:
    """Multiply by weight and, where numbers are very small or large, by a power of two.

    Returns
    -------
    The product, where what is not allowed stays so at weight 0, and the exponent of the power.
    Without weights plain costs are not copied.
    """
    factor = np.ones(len(cost)) if weight is None else weight
    largest = 0.0
    for rows in row_blocks(*cost.shape):
        allowed = np.where(np.isfinite(cost[rows]), cost[rows], 0.0)
        largest = max(largest, float((allowed * factor[rows, None]).max()))
    _, size = math.frexp(largest)
    exponent = 0 if largest == 0.0 or size in _PLAIN_EXPONENTS else _EXPONENT - size
    if weight is None and exponent == 0:
        return cost, 0
    table = np.empty_like(cost)
    for rows in row_blocks(*cost.shape):
        allowed = np.isfinite(cost[rows])
        product = np.where(allowed, cost[rows], 0.0) * factor[rows, None]
        table[rows] = np.where(allowed, np.ldexp(product, exponent), np.inf)
    return table, exponent


def _run(
    table: FloatArray, p: int, limits: Capacities | None, clock: Clock, record: MedianRecord
) -> bool:
    """Search until it is proved, time is up, or the caller stops it; tell whether that was it.

    Raises
    ------
    TooLittleMemoryError : memory ran out before a solution was known.
    """
    try:
        clock.report(record.stage, None, None)
        if limits is None:
            solve_uncapacitated(table, p, clock, record)
        else:
            solve_capacitated(table, p, limits, clock, record)
    except (Cancelled, KeyboardInterrupt):
        return True
    except MemoryError as error:
        if record.assignment is None:
            gigabytes = table.nbytes / 2**30
            raise TooLittleMemoryError(
                f"too little memory for a p-median of {table.shape[0]} clients and"
                f" {table.shape[1]} hosts: it may need ten times its cost, of"
                f" {gigabytes:.2g} GiB. Leave out hosts that are surely too far away, or solve"
                " parts of the country one by one"
            ) from error
    return False


@dataclass(frozen=True, eq=False)
class _Result:
    """Puts labels on what was found.

    Attributes
    ----------
    labels : of clients and hosts; empty where the cost has none.
    hosts : how many there are to choose from.
    count : p.
    """

    labels: tuple[pd.Index, ...]
    hosts: int
    count: int

    def infeasible(self, reason: str, seconds: float = 0.0) -> PMedianResult:
        """Nothing exists, and why."""
        solver = solver_name()
        return PMedianResult(
            (), None, None, None, None, "infeasible", seconds, *solver, reason=reason
        )

    def of(self, record: MedianRecord, *, stopped: bool) -> PMedianResult:
        """Say what was found and proved; seconds are left to the caller."""
        if record.assignment is None:
            if record.bound == np.inf:
                return self.infeasible(self._nothing_fits(record))
            outcome: Outcome = "cancelled" if stopped else "no_solution_in_time"
            bound = record.bound / record.unit
            return PMedianResult((), None, None, bound, None, outcome, 0.0, *solver_name(), stopped)
        objective = record.value / record.unit
        bound = objective if record.proved else min(record.bound / record.unit, objective)
        return PMedianResult(
            hosts=self._named(record.opened),
            assignment=self._assignment(record.assignment),
            objective=objective,
            bound=bound,
            relative_gap=0.0 if record.proved else (objective - bound) / objective,
            outcome="optimal" if record.proved else "feasible",
            seconds=0.0,
            solver=solver_name()[0],
            version=solver_name()[1],
            interrupted=stopped,
        )

    def _named(self, opened: IntArray) -> tuple[Hashable, ...]:
        """Label p hosts; those that nobody needs are filled up from the lowest column number."""
        spare = np.setdiff1d(np.arange(self.hosts), opened)[: self.count - len(opened)]
        hosts = np.sort(np.concatenate([opened, spare]))
        return tuple(self.labels[1][hosts] if self.labels else hosts.tolist())

    def _assignment(self, assignment: IntArray) -> pd.Series | IntArray:
        if not self.labels:
            return assignment
        import pandas as pd  # noqa: PLC0415 - whoever has labels has imported it

        return pd.Series(self.labels[1][assignment], index=self.labels[0], name="host")

    def _nothing_fits(self, record: MedianRecord) -> str:
        within = ", each within its capacity" if record.limited else ""
        return f"no {self.count} hosts can serve all clients{within}: every choice was ruled out"
