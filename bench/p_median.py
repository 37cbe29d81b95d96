"""The p-median against spopt's PMedian with CBC and with HiGHS, each at gap 0 on one thread.

Norway's municipalities, straight-line km, weighted by inhabitants. No capacity of 1.5 times the
mean could hold Oslo, so the rows with capacities count no more than 100 000 inhabitants anywhere
(`capped`), or draw populations by a seed, log-normal like the real ones and none above 100 000
(`drawn`). With capacity CBC is by far the slower of spopt's two, so the last row leaves it out.
"""

from __future__ import annotations

import numpy as np

from bench.measure import Facts, Piece, Work
from bench.norway import FloatArray, distances_km, population
from bench.table import Row, Settings

_MOST_INHABITANTS = 100_000.0
_SEED = 0
_CAPACITY_SHARE = 1.5


def rows(settings: Settings) -> list[Row]:
    """Compare each case with both solvers."""
    hosts = (8,) if settings.quick else (50, 100)
    places = 60 if settings.quick else 356
    cases = [
        *((p, "real", None) for p in hosts),
        *((hosts[0], people, _CAPACITY_SHARE) for people in ("drawn", "capped")),
    ]
    return [
        Row(
            _name(places, *case),
            Piece.of(ours, places, *case),
            Piece.of(spopt, places, *case, solver),
            peer_name=f"spopt, {solver}",
            needs="spopt",
        )
        for case in cases
        for solver in (("HiGHS",) if case[1] == "capped" else ("CBC", "HiGHS"))
    ]


def _name(places: int, p: int, people: str, capacity_share: float | None) -> str:
    capacity = f" capacity {capacity_share} x mean ({people})" if capacity_share else ""
    return f"p-median n={places} p={p}{capacity}"


def instance(places: int, people: str) -> tuple[FloatArray, FloatArray]:
    """(n, n) km and (n,) inhabitants of the first municipalities."""
    return distances_km()[:places, :places], _people(people)[:places]


def _people(kind: str) -> FloatArray:
    real = population()
    if kind == "real":
        return real
    if kind == "capped":
        return np.minimum(real, _MOST_INHABITANTS)
    logs, random = np.log(real), np.random.default_rng(_SEED)
    drawn = np.full(len(real), np.inf)
    while (over := drawn > _MOST_INHABITANTS).any():
        drawn[over] = np.round(np.exp(random.normal(logs.mean(), logs.std(), int(over.sum()))))
    return drawn


def ours(places: int, p: int, people: str, capacity_share: float | None) -> Work:
    """Prepare `planner.optimise.p_median`."""
    from planner.optimise import p_median  # noqa: PLC0415 - a peer's process does without

    cost, weight = instance(places, people)
    limits = {}
    if capacity_share:
        limits = {"demand": weight, "capacity": capacity_share * weight.sum() / p}

    def work() -> Facts:
        found = p_median(cost, p, weights=weight, **limits)
        return {
            "objective": found.objective,
            "bound": found.bound,
            "relative_gap": found.relative_gap,
            "outcome": found.outcome,
        }

    return work


def spopt(places: int, p: int, people: str, capacity_share: float | None, solver: str) -> Work:
    """Prepare spopt's PMedian: its model is built and solved in the timed part, as ours is."""
    import pulp  # noqa: PLC0415 - heavy
    from spopt.locate import PMedian  # noqa: PLC0415 - not installed everywhere

    cost, weight = instance(places, people)
    capacity = np.full(places, capacity_share * weight.sum() / p) if capacity_share else None
    make = pulp.HiGHS if solver == "HiGHS" else pulp.PULP_CBC_CMD

    def work() -> Facts:
        model = PMedian.from_cost_matrix(cost, weight, p, facility_capacities=capacity)
        model.solve(make(msg=False, threads=1, gapRel=0.0))
        return pulp_facts(model.problem)

    return work


def pulp_facts(problem: object) -> Facts:
    """Read a PuLP model's outcome from ``sol_status``, which tells an optimum from a time limit."""
    import pulp  # noqa: PLC0415 - heavy

    outcomes = {
        pulp.LpSolutionOptimal: "optimal",
        pulp.LpSolutionIntegerFeasible: "feasible",
        pulp.LpSolutionInfeasible: "infeasible",
    }
    outcome = outcomes.get(problem.sol_status, "no_solution_in_time")
    return {"objective": problem.objective.value(), "outcome": outcome}
