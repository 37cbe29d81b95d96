"""The linear relaxation of a program, and what its dual prices prove."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from planner.optimise.solver.highs import Highs, SearchCallback
from planner.optimise.solver.outcome import Cancelled, SolverError
from planner.optimise.solver.program import (
    INFINITY,
    BoolArray,
    FloatArray,
    IntArray,
    MixedIntegerProgram,
    Rows,
    joined_rows,
)


@dataclass(frozen=True, eq=False)
class Certificate:
    """A proof by linear duality, recomputed from the dual prices and so free of tolerances.

    Attributes
    ----------
    bound : no point of the program costs less.
    reduced_costs : (variables,) a point in which a variable at its lower bound 0 is 1 instead
        costs at least ``bound + reduced_cost``.
    """

    bound: float
    reduced_costs: FloatArray


class Relaxation:
    """The linear relaxation of a program, to which rows are added between solves (HiGHS only).

    Parameters
    ----------
    program : what to relax.
    kept : (variables,) those that are solved with, the others being 0; all where it is left out.
        A `certificate` is about the whole program all the same. Only for variables from 0 to 1.

    Attributes
    ----------
    x : (variables,) optimal point of the last solve.
    objective : its value.
    """

    def __init__(self, program: MixedIntegerProgram, kept: BoolArray | None = None) -> None:
        self._kept = kept
        self._place: IntArray | None = None
        if kept is not None:
            self._place = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int64)
        solved, self._solved_rows = self._within(program.rows)
        self._highs = Highs(program if kept is None else program.among(kept, solved), relaxed=True)
        self._program = program
        self._added: list[Rows] = []
        self.x = np.zeros(0)
        self._price = np.zeros(0)
        self.objective = -np.inf

    def _within(self, rows: Rows) -> tuple[Rows, BoolArray]:
        """Return what rows say about the kept variables, and which of them say anything."""
        if self._place is None:
            return rows, np.ones(len(rows), dtype=bool)
        rows = rows.among(self._place)
        return rows.only(rows.can_break), rows.can_break

    def add(self, rows: Rows) -> None:
        """Add rows; the next solve starts from the last basis."""
        if not self._program.fits(rows):
            raise ValueError("rows refer to variables that do not exist")
        self._added.append(rows)
        rows, solved = self._within(rows)
        self._solved_rows = np.concatenate([self._solved_rows, solved])
        self._highs.model.addRows(
            len(rows),
            rows.lower,
            rows.upper,
            len(rows.columns),
            rows.starts[:-1].astype(np.int32),
            rows.columns.astype(np.int32),
            rows.values,
        )

    def add_variables(self, cost: FloatArray, variable: IntArray, row: IntArray) -> None:
        """Add variables from 0 up; the next solve starts from the last basis.

        A `certificate` leaves them out.

        Parameters
        ----------
        cost : (new,) of each.
        variable, row : (entries,) which of the new ones stands, with the factor 1, in which row.
        """
        order = np.argsort(variable, kind="stable")
        starts = np.searchsorted(variable[order], np.arange(len(cost)))
        self._highs.model.addCols(
            len(cost),
            cost,
            np.zeros(len(cost)),
            np.full(len(cost), INFINITY),
            len(row),
            starts.astype(np.int32),
            row[order].astype(np.int32),
            np.ones(len(row)),
        )

    def solve(
        self, time_limit_s: float | None = None, on_search: SearchCallback | None = None
    ) -> Literal["optimal", "infeasible", "stopped"]:
        """Minimise; the point is only set when the outcome is ``optimal``.

        Parameters
        ----------
        time_limit_s : when to stop, seconds; None never.
        on_search : called in the caller's thread while it runs; may raise `Cancelled`.

        Raises
        ------
        Cancelled : the caller was interrupted.
        SolverError : the solver failed.
        """
        highs = self._highs
        if highs.left_alone:
            return "stopped"
        if highs.run(time_limit_s, on_search):
            raise Cancelled
        if highs.left_alone:
            return "stopped"
        statuses = highs.api.HighsModelStatus
        status = highs.model.getModelStatus()
        if status in (statuses.kInfeasible, statuses.kUnboundedOrInfeasible):
            return "infeasible"
        if status in (statuses.kTimeLimit, statuses.kInterrupt):
            return "stopped"
        if status != statuses.kOptimal:
            raise SolverError(f"HiGHS failed: {highs.model.modelStatusToString(status)}")
        solution = highs.model.getSolution()
        self.x = np.array(solution.col_value)
        if self._kept is not None:
            self.x = np.where(self._kept, self.x[self._place], 0.0)
        self._price = np.zeros(len(self._solved_rows))
        self._price[self._solved_rows] = solution.row_dual
        self.objective = float(highs.model.getInfo().objective_function_value)
        return "optimal"

    def close(self) -> None:
        """Give back the solver's memory; what it proved stays."""
        self._highs.close()

    @property
    def prices(self) -> FloatArray:
        """(rows,) dual prices at the last optimum, rows in the order in which they came."""
        return self._price

    def certificate(self) -> Certificate:
        """Return what the dual prices of the last optimal solve prove."""
        rows = joined_rows([self._program.rows, *self._added])
        price = np.zeros(len(rows))
        price[: len(self._price)] = self._price
        limit = np.where(price > 0, rows.lower, rows.upper)
        price = np.where(np.isfinite(limit), price, 0.0)
        limit = np.where(np.isfinite(limit), limit, 0.0)
        weights = rows.values * np.repeat(price, rows.lengths)
        paid = np.bincount(rows.columns, weights, minlength=len(self._program.cost))
        reduced = self._program.cost - paid
        at_best = np.where(reduced > 0, self._program.lower, self._program.upper)
        bound = self._program.offset + float(price @ limit) + float(reduced @ at_best)
        return Certificate(bound, reduced)
