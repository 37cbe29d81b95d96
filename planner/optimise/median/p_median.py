"""The p-median: which p hosts serve all clients at least cost, with and without capacities."""

from __future__ import annotations

import math
import time
from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from planner.errors import DataError, Fault, LabelMismatchError
from planner.optimise.median.assignment_program import Limits
from planner.optimise.median.capacitated import solve_capacitated
from planner.optimise.median.uncapacitated import Answer, solve_uncapacitated
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.outcome import Outcome
from planner.optimise.solver.program import FloatArray, IntArray
from planner.optimise.solver.solve import solver_name

if TYPE_CHECKING:
    import pandas as pd

    Quantity = pd.Series | npt.ArrayLike


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
    outcome : ``optimal`` only if the gap is closed.
    seconds : wall time.
    solver, version : what solved the programs that the bounds left over.
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


def p_median(
    cost: pd.DataFrame | npt.ArrayLike,
    p: int,
    *,
    demand: Quantity | None = None,
    capacity: Quantity | None = None,
    weights: Quantity | None = None,
    time_limit_s: float | None = None,
) -> PMedianResult:
    """Choose p hosts, and one of them for every client, at least total weight x cost.

    Parameters
    ----------
    cost : (clients, hosts), from 0 up, for example minutes; infinite where a host may not serve a
        client. Rows are clients and columns candidate hosts, which need not be the same places.
    p : number of hosts.
    demand : (clients,) from 0 up, for example persons; counts against ``capacity`` only.
    capacity : (hosts,) or one number for all, in the unit of the demand; infinite for no limit. A
        client is served whole by one host. Held exactly where demand is in whole numbers, else to
        one part in 10^8.
    weights : (clients,) from 0 up; what a client's cost is multiplied by. Default 1, whatever the
        demand is.
    time_limit_s : seconds after which the best solution so far is returned; None for no limit.

    Returns
    -------
    Labels in, labels out. Optimal means proved: to one part in 10^9, and exactly where all
    weighted costs are whole numbers.

    Raises
    ------
    LabelMismatchError : labels of the inputs differ, or differ in order.
    DataError : missing, negative or infinite values, wrong sizes, or more hosts than there are;
        all faults at once.

    Source
    ------
    S. L. Hakimi (1964), Optimum locations of switching centers and the absolute centers and
    medians of a graph, Operations Research 12. The methods are described, with their sources, in
    the modules that hold them.
    """
    began = time.perf_counter()
    reader = _Reader(cost)
    reader.check_host_count(p)
    weight = reader.vector("weights", weights, 0)
    need = reader.vector("demand", demand, 0)
    room = reader.vector("capacity", capacity, 1, may_be_infinite=True)
    if (need is None) != (room is None):
        missing = "demand" if need is None else "capacity"
        reader.fault(missing, "missing. Expected demand and capacity, or neither")
    if reader.faults:
        raise DataError(reader.faults)
    table = _weighted(reader.cost, weight)
    clock = Clock(time_limit_s, None)
    if need is None or room is None:
        answer = solve_uncapacitated(table, p, clock)
    else:
        answer = solve_capacitated(table, p, Limits(need, room), clock)
    return _result(answer, table, p, reader.labels, time.perf_counter() - began)


def _weighted(cost: FloatArray, weight: FloatArray | None) -> FloatArray:
    """Multiply; what is not allowed stays so at weight 0."""
    if weight is None:
        return cost
    allowed = np.isfinite(cost)
    return np.where(allowed, np.where(allowed, cost, 0.0) * weight[:, None], np.inf)


def _labels(given: pd.DataFrame | Quantity) -> tuple[pd.Index, ...]:
    """Labels of each axis; none for plain arrays and lists, which then need no pandas."""
    return tuple(getattr(given, "axes", ()))


class _Reader:
    """Turns input into arrays and collects what is wrong with it.

    Attributes
    ----------
    cost : (clients, hosts).
    labels : of clients and hosts; empty where the cost has none.
    faults : all found so far.
    """

    def __init__(self, cost: pd.DataFrame | npt.ArrayLike) -> None:
        self.faults: list[Fault] = []
        self.cost: FloatArray = np.asarray(cost, dtype=np.float64)
        self.labels = _labels(cost)
        if self.cost.ndim != 2 or not self.cost.size:  # noqa: PLR2004 - rows and columns
            self.fault("cost", f"shape {self.cost.shape}. Expected clients x hosts, 1 x 1 or more")
            raise DataError(self.faults)
        self._check("cost", self.cost, may_be_infinite=True)
        for labels in self.labels:
            if not labels.is_unique:
                repeated = labels[labels.duplicated()][0]
                raise LabelMismatchError(f"cost has the label {repeated!r} more than once")

    def fault(self, key: str, message: str) -> None:
        self.faults.append(Fault("p_median", 0, key, message))

    def check_host_count(self, p: int) -> None:
        hosts = self.cost.shape[1]
        if not isinstance(p, int | np.integer) or not 1 <= p <= hosts:
            self.fault("p", f"{p!r}. Expected a whole number from 1 to {hosts}, the hosts in cost")

    def vector(
        self, key: str, given: Quantity | None, axis: int, *, may_be_infinite: bool = False
    ) -> FloatArray | None:
        """One number per row (axis 0) or column (1) of the cost; one alone stands for all."""
        if given is None:
            return None
        line, count = ("row", "column")[axis], self.cost.shape[axis]
        if labels := _labels(given):
            if not self.labels:
                raise LabelMismatchError(f"{key} has labels, but cost has none to check them by")
            if not labels[0].equals(self.labels[axis]):
                raise LabelMismatchError(
                    f"{key} must have the labels of the {line}s of cost, in the same order"
                )
        values = np.asarray(given, dtype=np.float64)
        if values.ndim == 0:
            values = np.full(count, values)
        if values.shape != (count,):
            self.fault(key, f"shape {values.shape}. Expected one number for each {line} of cost")
        self._check(key, values, may_be_infinite=may_be_infinite)
        return values

    def _check(self, key: str, values: FloatArray, *, may_be_infinite: bool) -> None:
        if missing := int(np.isnan(values).sum()):
            self.fault(key, f"{missing} values are missing (NaN). Expected numbers from 0 up")
        if negative := int((values < 0).sum()):
            self.fault(key, f"{negative} values are negative. Expected numbers from 0 up")
        if not may_be_infinite and np.isposinf(values).any():
            self.fault(key, "values are infinite. Expected numbers from 0 up")


def _result(
    answer: Answer,
    cost: FloatArray,
    p: int,
    labels: tuple[pd.Index, ...],
    seconds: float,
) -> PMedianResult:
    """Put labels on, and say what was proved."""
    solver, version = solver_name()
    if answer.assignment is None:
        none_exists = answer.bound == np.inf
        return PMedianResult(
            hosts=(),
            assignment=None,
            objective=None,
            bound=None if none_exists else max(answer.bound, 0.0),
            relative_gap=None,
            outcome="infeasible" if none_exists else "no_solution_in_time",
            seconds=seconds,
            solver=solver,
            version=version,
        )
    objective = math.fsum(cost[np.arange(len(cost)), answer.assignment].tolist())
    proved = answer.bound >= answer.value
    bound = objective if proved else min(max(answer.bound, 0.0), objective)
    spare = np.setdiff1d(np.arange(cost.shape[1]), answer.opened)[: p - len(answer.opened)]
    opened = np.sort(np.concatenate([answer.opened, spare]))
    assignment: pd.Series | IntArray = answer.assignment
    if labels:
        import pandas as pd  # noqa: PLC0415 - whoever has labels has imported it

        assignment = pd.Series(labels[1][assignment], index=labels[0], name="host")
    return PMedianResult(
        hosts=tuple(labels[1][opened] if labels else opened.tolist()),
        assignment=assignment,
        objective=objective,
        bound=bound,
        relative_gap=0.0 if proved else (objective - bound) / objective,
        outcome="optimal" if proved else "feasible",
        seconds=seconds,
        solver=solver,
        version=version,
    )
