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
from typing import Any, Literal

import numpy as np

from planner.optimise.solver.child import minimise_apart
from planner.optimise.solver.highs import Highs, Raw, SearchCallback
from planner.optimise.solver.outcome import Outcome, SolverError, relative_gap
from planner.optimise.solver.program import FloatArray, MixedIntegerProgram
from planner.optimise.solver.pulp_backend import pulp_problem
from planner.optimise.tolerances import SOLVED

Backend = Literal["highs", "pulp_cbc"]


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
        return "CBC (PuLP)", _version("pulp")
    return "HiGHS", _version("highspy")


@cache
def _version(package: str) -> str:
    """Version of an installed package; looked up once, as that takes longer than a small solve."""
    return version(package)


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
    apart: bool = False,
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
    apart : in a process of its own, which is ended if it does not answer (HiGHS only); for
        programs that take seconds, as its start takes a part of one.
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
        model: dict[str, Any] = {"sub_searches": not start_is_good, "presolve": presolve}
        search: dict[str, Any] = {
            "start": start,
            "enough_bound": enough_bound,
            "cutoff": cutoff,
            "gap": gap,
        }
        running: dict[str, Any] = {"time_limit_s": time_limit_s, "on_search": on_search}
        if apart:
            raw = minimise_apart(program, model=model, search=search, **running)
        else:
            raw = Highs(program, **model).minimise(**search, **running)
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
    if broken > SOLVED:
        raise SolverError(f"{name[0]} returned a point that breaks a constraint by {broken:.2g}")
    objective = program.value(x)
    bound = None if raw.bound is None else min(raw.bound, objective)
    reached = relative_gap(objective, bound)
    proved = reached is not None and reached <= gap
    outcome: Outcome = "optimal" if proved else "feasible"
    return Solution(outcome, x, objective, bound, seconds, *name, raw.interrupted)


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
