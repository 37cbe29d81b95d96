from __future__ import annotations

import signal
import sys
import threading

import numpy as np
import pytest

from planner.optimise.solver import solve as module
from planner.optimise.solver.highs import Raw, Search
from planner.optimise.solver.outcome import Cancelled, SolverError, relative_gap
from planner.optimise.solver.program import FloatArray, MixedIntegerProgram, RowList
from planner.optimise.solver.pulp_backend import write_lp
from planner.optimise.solver.relaxation import Relaxation
from planner.optimise.solver.solve import Backend, default_backend, solve, solver_name

BACKENDS: tuple[Backend, ...] = ("highs", "pulp_cbc")


def covering(seed: int, variables: int, rows: int, *, share: float = 1 / 3) -> MixedIntegerProgram:
    """Buy the cheapest things whose weights reach a share of all weight in every row."""
    rng = np.random.default_rng(seed)
    needs = RowList()
    for row in range(rows):
        weights = rng.uniform(1, 10, variables)
        needs.add(f"need_{row}", range(variables), weights.tolist(), lower=share * weights.sum())
    return MixedIntegerProgram(
        tuple(f"x_{column}" for column in range(variables)),
        rng.uniform(1, 5, variables),
        np.zeros(variables),
        np.ones(variables),
        np.ones(variables, bool),
        needs.rows(),
        7.5,
    )


def hard() -> MixedIntegerProgram:
    """Return a program that takes minutes to solve, so that whatever ends it has ended it."""
    return covering(3, 150, 120)


def cheapest(program: MixedIntegerProgram) -> float:
    """Try every point."""
    count = len(program.cost)
    points = (np.arange(2**count)[:, None] >> np.arange(count)) & 1
    return min(program.value(x) for x in points.astype(float) if program.violation(x) < 1e-9)


@pytest.mark.parametrize("backend", BACKENDS)
def test_every_back_end_finds_the_optimum(backend: Backend) -> None:
    program = covering(1, 10, 4)
    solution = solve(program, backend=backend)
    assert solution.outcome == "optimal"
    assert solution.objective == pytest.approx(cheapest(program), abs=1e-6)
    assert solution.bound == pytest.approx(solution.objective, abs=1e-6)
    assert set(solution.x) <= {0.0, 1.0}
    assert (solution.solver, solution.version) == solver_name(backend)


@pytest.mark.parametrize("backend", BACKENDS)
def test_every_back_end_proves_infeasibility(backend: Backend) -> None:
    solution = solve(covering(1, 6, 2, share=1.1), backend=backend)
    assert solution.outcome == "infeasible"
    assert solution.x is None
    assert solution.bound is None


def test_time_limit_is_never_called_optimal() -> None:
    solution = solve(hard(), time_limit_s=0.3)
    assert solution.outcome in {"feasible", "no_solution_in_time"}  # as busy as the machine is
    if solution.objective is not None:
        assert solution.bound < solution.objective - 1e-3
        assert relative_gap(solution.objective, solution.bound) > 0


def test_no_time_at_all_proves_nothing() -> None:
    solution = solve(covering(1, 6, 2), time_limit_s=0)
    assert solution.outcome == "no_solution_in_time"
    assert solution.bound is None


def test_gap_is_kept_and_reported() -> None:
    solution = solve(covering(3, 70, 50), gap=0.2)
    assert solution.outcome == "optimal"
    assert 0 <= relative_gap(solution.objective, solution.bound) <= 0.2


def stop_at_a_point(search: Search) -> None:
    if search.incumbent is not None:
        raise Cancelled


def test_no_point_is_worse_than_the_start() -> None:
    program = hard()
    everything = np.ones(len(program.cost))
    solution = solve(program, start=everything, on_search=stop_at_a_point)
    assert solution.objective <= program.value(everything)


def test_callback_can_cancel_and_keeps_the_best_point() -> None:
    caller, threads = threading.get_ident(), set()

    def stop(search: Search) -> None:
        threads.add(threading.get_ident())
        stop_at_a_point(search)

    solution = solve(hard(), on_search=stop)
    assert solution.interrupted
    assert solution.outcome == "feasible"
    assert threads == {caller}


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_ends_the_search_like_a_cancellation() -> None:
    def press(_: Search) -> None:
        signal.raise_signal(signal.SIGINT)

    solution = solve(hard(), on_search=press)
    assert solution.interrupted
    assert solution.outcome in {"feasible", "no_solution_in_time"}


def test_other_errors_of_the_callback_come_through() -> None:
    def fail(_: Search) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        solve(hard(), on_search=fail)


def test_search_ends_once_the_bound_is_enough() -> None:
    program = hard()
    relaxation = Relaxation(program)
    relaxation.solve()
    solution = solve(program, enough_bound=relaxation.objective)
    assert solution.outcome == "feasible"
    assert not solution.interrupted
    assert relaxation.objective - 1e-6 <= solution.bound < solution.objective


@pytest.mark.parametrize("backend", BACKENDS)
def test_nothing_below_a_cutoff_is_infeasible(backend: Backend) -> None:
    program = covering(1, 10, 4)
    best = cheapest(program)
    assert solve(program, cutoff=best - 1e-3, backend=backend).outcome == "infeasible"
    found = solve(program, cutoff=best + 1e-3, backend=backend)
    assert found.outcome == "optimal"
    assert found.objective == pytest.approx(best, abs=1e-6)
    assert found.bound == pytest.approx(best, abs=1e-6)


def test_a_cutoff_caps_the_bound_where_time_is_short() -> None:
    program = hard()
    cutoff = 20.0  # no point costs so little
    start = np.ones(len(program.cost))
    solution = solve(program, start=start, cutoff=cutoff, time_limit_s=0.2)
    assert solution.outcome in {"feasible", "infeasible", "no_solution_in_time"}
    assert solution.bound is None or solution.bound <= cutoff


def test_point_that_breaks_the_program_is_a_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    def lie(*_: object) -> Raw:
        return Raw("optimal", np.zeros(6), 0.0)

    monkeypatch.setattr(module, "_solve_with_cbc", lie)
    with pytest.raises(SolverError, match="breaks a constraint"):
        solve(covering(1, 6, 2), backend="pulp_cbc")


def test_cbc_steps_in_where_highs_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    default_backend.cache_clear()
    try:
        assert default_backend() == "pulp_cbc"
        assert solve(covering(1, 8, 3)).solver == "CBC (PuLP)"
    finally:
        monkeypatch.undo()
        default_backend.cache_clear()
    assert default_backend() == "highs"


@pytest.mark.parametrize("seed", range(5))
def test_certificate_is_a_bound_and_prices_what_is_left_out(seed: int) -> None:
    program = covering(seed, 10, 4)
    relaxation = Relaxation(program)
    assert relaxation.solve() == "optimal"
    certificate = relaxation.certificate()
    best = cheapest(program)
    assert certificate.bound == pytest.approx(relaxation.objective, abs=1e-6)
    assert certificate.bound <= best + 1e-9
    for column in np.flatnonzero(certificate.reduced_costs > 0):
        forced = program.lower.copy()
        forced[column] = 1.0
        dearer = cheapest(with_lower(program, forced))
        assert dearer >= certificate.bound + certificate.reduced_costs[column] - 1e-9


def with_lower(program: MixedIntegerProgram, lower: FloatArray) -> MixedIntegerProgram:
    return MixedIntegerProgram(
        program.names,
        program.cost,
        lower,
        program.upper,
        program.integer,
        program.rows,
        program.offset,
    )


def test_rows_added_to_a_relaxation_raise_the_bound() -> None:
    relaxation = Relaxation(covering(1, 10, 4))
    relaxation.solve()
    before = relaxation.objective
    rows = RowList()
    rows.add("many", range(10), [1.0] * 10, lower=8)
    relaxation.add(rows.rows())
    assert relaxation.solve() == "optimal"
    assert relaxation.objective > before
    assert relaxation.certificate().bound == pytest.approx(relaxation.objective, abs=1e-6)
    more = RowList()
    more.add("too_many", range(10), [1.0] * 10, lower=11)
    relaxation.add(more.rows())
    assert relaxation.solve() == "infeasible"


def test_relaxation_refuses_rows_on_other_variables() -> None:
    rows = RowList()
    rows.add("astray", [10], [1.0], lower=1)
    with pytest.raises(ValueError, match="variables that do not exist"):
        Relaxation(covering(1, 10, 4)).add(rows.rows())


def test_lp_file_has_every_row_and_both_ends_of_a_range() -> None:
    rows = RowList()
    rows.add("both", [0, 1], [1.0, 2.0], lower=1, upper=2)
    rows.add("same", [0], [1.0], lower=1, upper=1)
    program = MixedIntegerProgram(
        ("x_a", "x_b"), np.array([1.0, 2.0]), np.zeros(2), np.ones(2), np.ones(2, bool), rows.rows()
    )
    text = write_lp(program)
    assert "both: x_a + 2 x_b >= 1" in text
    assert "both_max: x_a + 2 x_b <= 2" in text
    assert "same: x_a = 1" in text


def test_relative_gap_of_known_figures() -> None:
    assert relative_gap(10.0, 9.0) == pytest.approx(0.1)
    assert relative_gap(10.0, 10.0) == 0
    assert relative_gap(None, 1.0) is None
    assert relative_gap(1.0, None) is None
    assert relative_gap(0.0, -1.0) == float("inf")
