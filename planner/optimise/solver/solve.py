"""Where programs are handed to a solver.

HiGHS gets the arrays of a program in process; where it is missing, PuLP writes them for CBC.
Both run on one thread with a fixed seed, and neither's word for "optimal" is taken: the outcome
follows from what was proved, and every point is checked against the program before it is used.
"""

from __future__ import annotations

import importlib.util
import shutil
import time
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Literal

import numpy as np

from planner.optimise.solver.highs import Highs, Raw, SearchCallback
from planner.optimise.solver.outcome import Cancelled, Outcome, SolverError, relative_gap
from planner.optimise.solver.program import FloatArray, MixedIntegerProgram, Rows, joined_rows
from planner.optimise.solver.pulp_backend import pulp_problem

Backend = Literal["highs", "pulp_cbc"]

#: A point may break a row by no more than this; solvers promise 1e-6 on their own scaling.
TOLERANCE = 1e-5


@dataclass(frozen=True, eq=False)
class Solution:
    """What a solver proved about a program.

    Attributes
    ----------
    outcome : ``optimal`` if the gap is within the requested one.
    x : (variables,) best point, integer variables exactly whole; None without one.
    objective : its value.
    bound : proved lower bound; None where nothing is proved.
    interrupted : whether the caller stopped the search.
    """

    outcome: Outcome
    x: FloatArray | None
    objective: float | None
    bound: float | None
    seconds: float
    solver: str
    version: str
    interrupted: bool = False


@cache
def default_backend() -> Backend:
    """HiGHS where it is installed, else CBC."""
    return "highs" if importlib.util.find_spec("highspy") else "pulp_cbc"


def solver_name(backend: Backend | None = None) -> tuple[str, str]:
    """Return the solver's name and version, for reports of what was proved."""
    if (backend or default_backend()) == "pulp_cbc":
        return "CBC (PuLP)", version("pulp")
    return "HiGHS", version("highspy")


def solve(
    program: MixedIntegerProgram,
    *,
    start: FloatArray | None = None,
    enough_bound: float | None = None,
    cutoff: float = np.inf,
    time_limit_s: float | None = None,
    gap: float = 0.0,
    start_is_good: bool = False,
    presolve: bool = True,
    on_search: SearchCallback | None = None,
    backend: Backend | None = None,
) -> Solution:
    """Minimise a program.

    Parameters
    ----------
    program : what to minimise.
    start : a point to begin from; ignored where the back-end cannot use one.
    enough_bound : stop as well once no point can cost less than this.
    cutoff : points that cost more are of no use; without others, the outcome is ``infeasible``.
    time_limit_s : when to stop, seconds; None never.
    gap : stop when the best point is proved to be within this share of the optimum.
    start_is_good : spend no time on searching for points near the relaxation's.
    presolve : whether to look for reductions first; a waste of time for a tight program.
    on_search : called in the caller's thread while the search runs; may raise `Cancelled`.
    backend : default: HiGHS in process, or CBC where HiGHS is not installed.

    Raises
    ------
    SolverError : the solver failed, or its point breaks the program.
    """
    chosen = backend or default_backend()
    began = time.perf_counter()
    if time_limit_s is not None and time_limit_s <= 0:
        raw = Raw("stopped", None, None)
    elif chosen == "highs":
        model = Highs(program, sub_searches=not start_is_good, presolve=presolve)
        raw = model.minimise(
            start,
            enough_bound=enough_bound,
            cutoff=cutoff,
            time_limit_s=time_limit_s,
            gap=gap,
            on_search=on_search,
        )
    else:
        raw = _solve_with_cbc(program, time_limit_s, gap)
    if raw.status == "optimal" and raw.x is not None and program.value(raw.x) > cutoff:
        raw = Raw("infeasible", None, None)
    return _checked(program, raw, gap, time.perf_counter() - began, chosen)


def _checked(
    program: MixedIntegerProgram, raw: Raw, gap: float, seconds: float, backend: Backend
) -> Solution:
    """Round, verify and grade a back-end's answer."""
    name = solver_name(backend)
    if raw.status == "infeasible":
        return Solution("infeasible", None, None, None, seconds, *name)
    if raw.x is None:
        if raw.status == "optimal":
            raise SolverError(f"{name[0]} reports an optimum without a point")
        return Solution(
            "no_solution_in_time", None, None, raw.bound, seconds, *name, raw.interrupted
        )
    x = np.where(program.integer, np.round(raw.x), np.clip(raw.x, program.lower, program.upper))
    broken = program.violation(x)
    if broken > TOLERANCE:
        raise SolverError(f"{name[0]} returned a point that breaks a constraint by {broken:.2g}")
    objective = program.value(x)
    bound = None if raw.bound is None else min(raw.bound, objective)
    reached = relative_gap(objective, bound)
    proved = reached is not None and reached <= gap
    outcome: Outcome = "optimal" if proved else "feasible"
    return Solution(outcome, x, objective, bound, seconds, *name, raw.interrupted)


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

    Attributes
    ----------
    x : (variables,) optimal point of the last solve.
    objective : its value.
    """

    def __init__(self, program: MixedIntegerProgram) -> None:
        self._highs = Highs(program, relaxed=True)
        self._program = program
        self._added: list[Rows] = []
        self.x = np.zeros(0)
        self._price = np.zeros(0)
        self.objective = -np.inf

    def add(self, rows: Rows) -> None:
        """Add rows; the next solve starts from the last basis."""
        if not self._program.fits(rows):
            raise ValueError("rows refer to variables that do not exist")
        self._added.append(rows)
        self._highs.model.addRows(
            len(rows),
            rows.lower,
            rows.upper,
            len(rows.columns),
            rows.starts[:-1].astype(np.int32),
            rows.columns.astype(np.int32),
            rows.values,
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
        if highs.run(time_limit_s, on_search):
            raise Cancelled
        highs.check_stopped()
        statuses = highs.api.HighsModelStatus
        status = highs.model.getModelStatus()
        if status in (statuses.kInfeasible, statuses.kUnboundedOrInfeasible):
            return "infeasible"
        if status in (statuses.kTimeLimit, statuses.kInterrupt):
            return "stopped"
        if status != statuses.kOptimal:
            raise SolverError(f"HiGHS failed: {highs.model.modelStatusToString(status)}")
        solution = highs.model.getSolution()
        self.x, self._price = np.array(solution.col_value), np.array(solution.row_dual)
        self.objective = float(highs.model.getInfo().objective_function_value)
        return "optimal"

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


def _solve_with_cbc(program: MixedIntegerProgram, time_limit_s: float | None, gap: float) -> Raw:
    """Solve through PuLP; only ``sol_status`` tells an optimum from a time limit."""
    import pulp  # noqa: PLC0415

    problem, variables = pulp_problem(program)
    cbc = pulp.COIN_CMD(
        path=shutil.which("cbc") or pulp.PULP_CBC_CMD.pulp_cbc_path,
        msg=False,
        threads=1,
        gapRel=gap,
        gapAbs=0.0,
        timeLimit=time_limit_s,
        options=["randomSeed 1"],
    )
    problem.solve(cbc)
    if problem.sol_status == pulp.LpSolutionInfeasible:
        return Raw("infeasible", None, None)
    if problem.sol_status not in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible):
        return Raw("stopped", None, None)
    x = np.array([variable.value() or 0.0 for variable in variables])
    if problem.sol_status == pulp.LpSolutionOptimal:
        value = program.value(np.where(program.integer, np.round(x), x))
        return Raw("optimal", x, value - gap * abs(value))
    return Raw("stopped", x, None)
