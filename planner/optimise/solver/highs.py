"""HiGHS in process: a program's arrays go in, and a thread of its own runs it.

HiGHS cannot be left by an exception. So a worker thread runs it while the caller's thread waits,
reports, and asks it to stop when the caller does; what HiGHS calls back only reads and writes
plain attributes, and never raises into it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from planner.optimise.solver.outcome import Cancelled, SolverError
from planner.optimise.solver.program import FloatArray, MixedIntegerProgram

_POLL_S = 0.05
#: HiGHS looks often whether it should stop. If it has not for so long, it is left to itself.
GRACE_S = 10.0
_SUB_SEARCHES = [f"mip_heuristic_run_{name}" for name in ("rens", "rins", "root_reduced_cost")]


@dataclass(frozen=True)
class Search:
    """How far a running solve has come; unknown figures are None.

    Attributes
    ----------
    incumbent, bound : best objective found, and proved lower bound.
    x : (variables,) the point found last, nearly integral.
    """

    seconds: float
    incumbent: float | None = None
    bound: float | None = None
    x: FloatArray | None = None


SearchCallback = Callable[[Search], None]


@dataclass(frozen=True, eq=False)
class Raw:
    """A back-end's answer before it is checked."""

    status: Literal["optimal", "infeasible", "stopped"]
    x: FloatArray | None
    bound: float | None
    interrupted: bool = False


class Highs:
    """One HiGHS model.

    Parameters
    ----------
    program : what to minimise.
    relaxed : whether no variable needs to be whole.
    sub_searches : whether to search for points near the relaxation's.
    presolve : whether to look for reductions first.

    Attributes
    ----------
    left_alone : whether the last run could not be stopped. It proves nothing then, and the model
        is lost.

    Raises
    ------
    SolverError : HiGHS does not accept the program.
    """

    def __init__(
        self,
        program: MixedIntegerProgram,
        *,
        relaxed: bool = False,
        sub_searches: bool = True,
        presolve: bool = True,
    ) -> None:
        import highspy  # noqa: PLC0415 - heavy, and absent where CBC is the fall-back

        self.api: Any = highspy
        self.model: Any = self.api.Highs()
        self._stop = self.left_alone = False
        self._failure: BaseException | None = None
        self._enough = self._cutoff = np.inf
        self._seen = Search(0.0)
        options = {
            "output_flag": False,
            "threads": 1,
            "random_seed": 0,
            "mip_abs_gap": 0.0,
            "presolve": "choose" if presolve else "off",
        } | dict.fromkeys(_SUB_SEARCHES, sub_searches)
        for option, value in options.items():
            self.model.setOptionValue(option, value)
        status = self.model.passModel(_highs_lp(highspy, program, relaxed=relaxed))
        if status == highspy.HighsStatus.kError:
            raise SolverError("HiGHS does not accept the program")
        if relaxed:
            self.model.cbSimplexInterrupt += self._look_at_lp

    def minimise(
        self,
        start: FloatArray | None,
        *,
        enough_bound: float | None,
        cutoff: float,
        time_limit_s: float | None,
        gap: float,
        on_search: SearchCallback | None,
    ) -> Raw:
        """Solve as a mixed-integer program; parameters as in `solve.solve`."""
        self.model.setOptionValue("mip_rel_gap", gap)
        self.model.setOptionValue("objective_bound", cutoff)
        self._cutoff = cutoff
        self._enough = np.inf if enough_bound is None else enough_bound
        if start is not None:
            solution = self.api.HighsSolution()
            solution.col_value = list(start)
            self.model.setSolution(solution)
        self.model.cbMipInterrupt += self._look
        self.model.cbMipImprovingSolution += self._keep
        interrupted = self.run(time_limit_s, on_search)
        if self.left_alone:
            return Raw("stopped", self._seen.x, self._seen.bound, interrupted)
        raw = self._raw(interrupted=interrupted)
        self.close()
        return raw

    def close(self) -> None:
        """Give back the memory of the model, which Python would do late."""
        if not self.left_alone:
            self.model.clear()

    def run(self, time_limit_s: float | None, on_search: SearchCallback | None) -> bool:
        """Run to the end or to the limit; return whether the caller interrupted it.

        Raises
        ------
        Exception : whatever `on_search` raised, but for `Cancelled` and Ctrl-C.
        """
        limit = np.inf if time_limit_s is None else time_limit_s
        self.model.setOptionValue("time_limit", self.model.getRunTime() + limit)
        self._stop, self._failure = False, None
        began, done = time.perf_counter(), threading.Event()
        failure: BaseException | None = None
        try:
            threading.Thread(target=self._run_to_end, args=(done,), daemon=True).start()
            while not done.wait(_POLL_S):
                seconds = time.perf_counter() - began
                if seconds > limit + GRACE_S:
                    break
                if on_search is not None:
                    on_search(replace(self._seen, seconds=seconds))
        except BaseException as error:  # noqa: BLE001 - held until HiGHS has stopped
            failure = error
        self._end(done)
        failure = failure or self._failure
        if failure is not None and not isinstance(failure, Cancelled | KeyboardInterrupt):
            raise failure
        return failure is not None

    def _end(self, done: threading.Event) -> None:
        """Ask HiGHS to stop, and wait for it, but not for ever; more Ctrl-C changes nothing."""
        self._stop = True
        latest = time.perf_counter() + GRACE_S
        while not done.is_set() and time.perf_counter() < latest:
            with suppress(KeyboardInterrupt):
                done.wait(_POLL_S)
        self.left_alone = not done.is_set()

    def _run_to_end(self, done: threading.Event) -> None:
        try:
            self.model.run()
        except BaseException as error:  # noqa: BLE001 - raised where somebody waits
            self._failure = error
        finally:
            done.set()

    def _look_at_lp(self, event: Any) -> None:  # noqa: ANN401 - highspy has no public type for it
        """End a running relaxation if asked to."""
        event.interrupt(self._stop)  # else HiGHS remembers what it was told the last time

    def _look(self, event: Any) -> None:  # noqa: ANN401 - highspy has no public type for it
        """Read the bounds of the running search, and end it if asked to."""
        data = event.data_out
        bound = data.mip_dual_bound
        self._seen = replace(
            self._seen,
            incumbent=finite(data.mip_primal_bound),
            bound=finite(min(bound, self._cutoff)),
        )
        event.interrupt(self._stop or self._enough <= bound < np.inf)

    def _keep(self, event: Any) -> None:  # noqa: ANN401 - highspy has no public type for it
        """Keep the point that was just found."""
        self._seen = replace(self._seen, x=np.array(event.data_out.mip_solution))

    def _raw(self, *, interrupted: bool) -> Raw:
        statuses = self.api.HighsModelStatus
        status = self.model.getModelStatus()
        if status in (
            statuses.kInfeasible,
            statuses.kUnboundedOrInfeasible,
            statuses.kObjectiveBound,
        ):
            return Raw("infeasible", None, None)
        info = self.model.getInfo()
        feasible = info.primal_solution_status == self.api.SolutionStatus.kSolutionStatusFeasible
        x = np.array(self.model.getSolution().col_value) if feasible else None
        bound = finite(min(info.mip_dual_bound, self._cutoff))
        if status in (statuses.kOptimal, statuses.kModelEmpty):
            return Raw("optimal", x, bound)
        if status in (statuses.kTimeLimit, statuses.kInterrupt):
            return Raw("stopped", x, bound, interrupted)
        raise SolverError(f"HiGHS failed: {self.model.modelStatusToString(status)}")


def finite(value: float) -> float | None:
    """Return a figure, or None where a solver knows none."""
    return float(value) if np.isfinite(value) else None


def _highs_lp(highspy: Any, program: MixedIntegerProgram, *, relaxed: bool) -> Any:  # noqa: ANN401
    """Hand the arrays over as they are."""
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.cost), len(program.rows)
    lp.col_cost_, lp.offset_ = program.cost, program.offset
    lp.col_lower_, lp.col_upper_ = program.lower, program.upper
    lp.row_lower_, lp.row_upper_ = program.rows.lower, program.rows.upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = lp.num_col_, lp.num_row_
    lp.a_matrix_.start_ = program.rows.starts.astype(np.int32)
    lp.a_matrix_.index_ = program.rows.columns.astype(np.int32)
    lp.a_matrix_.value_ = program.rows.values
    if not relaxed and program.integer.any():
        kinds = highspy.HighsVarType
        lp.integrality_ = [
            kinds.kInteger if whole else kinds.kContinuous for whole in program.integer
        ]
    return lp
