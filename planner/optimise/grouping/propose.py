"""Propose a plan: who should share an office with whom, under which host.

The model is written down in docs/grouping_model.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from planner.errors import TooLittleMemoryError
from planner.messages.message import Message
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.model.request import Request
from planner.optimise.grouping.build import build_problem
from planner.optimise.grouping.conflict import conflict
from planner.optimise.grouping.objective import terms_of
from planner.optimise.grouping.problem import Problem
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
from planner.optimise.solver.program import IntArray
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
    TooLittleMemoryError : memory ran out before a plan was found.
    """
    clock = Clock(request.time_limit_s, progress)
    interrupted = False
    alternatives: list[tuple[Plan, float]] = []
    reasons: tuple[LimitFact, ...] = ()
    with _memory_or_advice():
        whole = Whole(build_problem(instance, request), request, clock)
    try:
        with _memory_or_advice(whole):
            whole.search()
            if whole.infeasible and explain:
                reasons = conflict(instance, request, clock)
            if whole.proved and whole.host is not None and request.alternatives:
                problem = whole.problem
                for other in _next_best(problem, whole.host, request, clock):
                    plan_and_objective = (problem.decode(other), problem.objective(other))
                    alternatives.append(plan_and_objective)  # kept where the search is stopped
    except (Cancelled, KeyboardInterrupt):
        interrupted = True
    host = whole.host
    plan = None if host is None else whole.problem.decode(host)
    return Proposal(
        plan,
        _proof(whole, interrupted=interrupted),
        {} if plan is None else terms_of(instance, plan),
        tuple(alternatives),
        reasons,
    )


@contextmanager
def _memory_or_advice(whole: Whole | None = None) -> Iterator[None]:
    """Say what to do where memory runs out, unless a plan is known by then."""
    try:
        yield
    except MemoryError as error:
        if whole is None or whole.host is None:
            raise TooLittleMemoryError(Message.of("request.memory")) from error


def _next_best(
    problem: Problem, best: IntArray, request: Request, clock: Clock
) -> Iterator[IntArray]:
    """Yield further plans, best first; fewer than asked for where no more exist, or time is up.

    Each differs from all better ones in at least so many municipalities' hosts. It is the best of
    what the better ones leave, searched for and proved like the first, the aims in the same order.
    """
    found: list[IntArray] = []
    while len(found) < request.alternatives:
        clock.begin_alternative(len(found))
        better = tuple((host, request.min_difference) for host in (best, *found))
        search = Whole(replace(problem, differ_from=better), request, clock)
        search.search()
        if search.host is None or not search.proved:
            break
        found.append(search.host)
        yield search.host


def _proof(whole: Whole, *, interrupted: bool) -> Solve:
    """Say what was proved about the plan, if there is one."""
    host, bound, fewest = whole.host, whole.bound, whole.exempt_bound
    end = (whole.clock.seconds, *solver_name(), interrupted)
    if whole.infeasible:
        return Solve("infeasible", None, None, None, *end)
    if host is None:
        outcome: Outcome = "cancelled" if interrupted else "no_solution_in_time"
        return Solve(outcome, None, bound, None, *end, None, fewest)
    objective, exempt = whole.problem.objective(host), len(whole.problem.short_hosts(host))
    bound = None if bound is None else min(bound, objective)
    gap = relative_gap(objective, bound) if fewest in (None, exempt) else None
    outcome = "optimal" if whole.proved else "feasible"
    return Solve(outcome, objective, bound, gap, *end, exempt, fewest)
