"""Propose a plan: who should share an office with whom, under which host."""

from __future__ import annotations

import time

from planner.model.instance import Instance
from planner.model.request import Request
from planner.optimise.build import build_problem
from planner.optimise.contiguity_cuts import Cut, broken_cuts, cut_rows
from planner.optimise.formulation import Formulation, formulate
from planner.optimise.objective import terms_of
from planner.optimise.outcome import Outcome, ProgressCallback, Proposal, Solve, relative_gap
from planner.optimise.program import MixedIntegerProgram
from planner.optimise.solve import Solution, solve, solver_name


def propose(
    instance: Instance, request: Request, *, progress: ProgressCallback | None = None
) -> Proposal:
    """Find the best plan within the limits, and say what was proved about it."""
    del progress
    began = time.perf_counter()
    problem = build_problem(instance, request)
    if not problem.reach.any(axis=1).all():
        return Proposal(None, _report(None, None, "infeasible", began))
    formulation = formulate(problem)
    cuts: list[Cut] = []
    program = formulation.program
    if request.exempt == "minimise" and (formulation.columns.exempt >= 0).any():
        first = _contiguous(formulation, formulation.counting_exempt(), cuts)
        if first.x is None:
            return Proposal(None, _report(None, None, first.outcome, began))
        program = formulation.exempting_at_most(round(first.objective or 0))
    solution = _contiguous(formulation, program, cuts)
    if solution.x is None:
        return Proposal(None, _report(None, solution.bound, solution.outcome, began))
    host = formulation.hosts(solution.x)
    plan = problem.decode(host)
    report = _report(problem.objective(host), solution.bound, solution.outcome, began)
    return Proposal(plan, report, terms_of(instance, plan))


def _contiguous(
    formulation: Formulation, program: MixedIntegerProgram, cuts: list[Cut]
) -> Solution:
    """Solve, cut off plans that do not hang together, and solve again until one does."""
    while True:
        rows = cut_rows(formulation.problem, formulation.columns, tuple(cuts))
        solution = solve(program.with_rows(rows))
        if solution.x is None:
            return solution
        broken = broken_cuts(formulation.problem, formulation.hosts(solution.x))
        if not broken:
            return solution
        cuts.extend(broken)


def _report(objective: float | None, bound: float | None, outcome: Outcome, began: float) -> Solve:
    bound = objective if outcome == "optimal" else bound
    gap = relative_gap(objective, bound)
    return Solve(outcome, objective, bound, gap, time.perf_counter() - began, *solver_name())
