"""Propose a plan: who should share an office with whom, under which host.

The model is written down in docs/grouping_model.md.
"""

from __future__ import annotations

from contextlib import suppress

from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.model.request import Request
from planner.optimise.grouping.alternatives import next_best
from planner.optimise.grouping.build import build_problem
from planner.optimise.grouping.conflict import conflict
from planner.optimise.grouping.objective import terms_of
from planner.optimise.grouping.region_search import Whole
from planner.optimise.proposal import LimitFact, Proposal
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.outcome import (
    Cancelled,
    Outcome,
    ProgressCallback,
    Solve,
    relative_gap,
)
from planner.optimise.solver.solve import solver_name


def propose(
    instance: Instance,
    request: Request,
    *,
    progress: ProgressCallback | None = None,
    explain: bool = True,
) -> Proposal:
    """Find the best plan within the limits of a request, and say what was proved about it.

    Parameters
    ----------
    instance : the region.
    request : limits, weights, and when to stop.
    progress : called while it runs; raising `Cancelled` ends the search, as Ctrl-C does, and the
        best plan found so far is returned.
    explain : whether to look for the limits that cannot hold together, where no plan keeps all;
        that takes longer than to prove it.

    Returns
    -------
    The plan, its terms and its proof; without a plan, the limits that cannot hold together.

    Raises
    ------
    LabelMismatchError : the request names a municipality that is not in the region.
    PlannerError : a population, staff or commuter figure is missing or negative.
    """
    clock = Clock(request.time_limit_s, progress)
    whole = Whole(build_problem(instance, request), request, clock)
    alternatives: tuple[tuple[Plan, float], ...] = ()
    reasons: tuple[LimitFact, ...] = ()
    with suppress(Cancelled, KeyboardInterrupt):
        whole.search()
        if whole.infeasible and explain:
            reasons = conflict(instance, request, clock)
        if whole.proved and whole.host is not None and request.alternatives:
            problem = whole.problem
            hosts = next_best(problem, whole.host, request, clock)
            alternatives = tuple((problem.decode(host), problem.objective(host)) for host in hosts)
    host = whole.host
    plan = None if host is None else whole.problem.decode(host)
    return Proposal(
        plan,
        _proof(whole),
        {} if plan is None else terms_of(instance, plan),
        alternatives,
        reasons,
    )


def _proof(whole: Whole) -> Solve:
    """Say what was proved about the plan, if there is one."""
    host, bound, seconds, solver = whole.host, whole.bound, whole.clock.seconds, solver_name()
    if whole.infeasible:
        return Solve("infeasible", None, None, None, seconds, *solver)
    if host is None:
        return Solve("no_solution_in_time", None, bound, None, seconds, *solver)
    objective = whole.problem.objective(host)
    bound = None if bound is None else min(bound, objective)
    outcome: Outcome = "optimal" if whole.proved else "feasible"
    return Solve(outcome, objective, bound, relative_gap(objective, bound), seconds, *solver)
