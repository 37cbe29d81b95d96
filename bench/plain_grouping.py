"""The grouping model written down as a textbook has it: PuLP with `lpSum`, solved by CBC.

Sum of travel and severed commuters; least FTE with as few exemptions as possible, found first;
one variable for each municipality and host within reach, and for each pair and host. It
shares no code with Kontorplan's own model.
"""

from __future__ import annotations

import numpy as np
import pulp

from planner.model.instance import Instance
from planner.model.request import Request


def solve_plainly(instance: Instance, request: Request) -> tuple[float, int, str]:
    """Return the objective, the number of exempted groups, and PuLP's word for the outcome."""
    minutes = instance.travel.minutes.to_numpy()
    people, fte = instance.figure("population"), instance.figure("fte")
    flows = instance.commuters.to_numpy()
    pairs = np.triu(flows + flows.T, 1)
    share = 100 * request.weights.severed * pairs / pairs.sum()
    n = len(people)

    model = pulp.LpProblem("grouping", pulp.LpMinimize)
    x = {
        (i, j): pulp.LpVariable(f"x_{i}_{j}", cat="Binary")
        for i in range(n)
        for j in range(n)
        if i == j or minutes[i, j] <= request.max_travel_min
    }
    e = {j: pulp.LpVariable(f"e_{j}", cat="Binary") for j in range(n)}
    z = {
        (i, k, j): pulp.LpVariable(f"z_{i}_{k}_{j}", 0, 1)
        for i, k in np.argwhere(pairs).tolist()
        for j in range(n)
        if (i, j) in x and (k, j) in x
    }
    for i in range(n):
        model += pulp.lpSum(x[i, j] for j in range(n) if (i, j) in x) == 1
    for (_, j), chosen in x.items():
        model += chosen <= x[j, j]
    for j in range(n):
        staff = pulp.lpSum(fte[i] * x[i, j] for i in range(n) if (i, j) in x)
        model += staff >= request.fte.min * (x[j, j] - e[j])
    for (i, k, j), together in z.items():
        model += together <= x[i, j]
        model += together <= x[k, j]

    cbc = pulp.PULP_CBC_CMD(msg=False, threads=1, gapRel=request.relative_gap)
    exempted = pulp.lpSum(e.values())
    model += exempted
    model.solve(cbc)
    fewest = round(exempted.value())
    model += exempted <= fewest
    travel = pulp.lpSum(
        people[i] / people.sum() * minutes[i, j] * chosen for (i, j), chosen in x.items()
    )
    kept = pulp.lpSum(share[i, k] * together for (i, k, _), together in z.items())
    model.setObjective(request.weights.travel * travel + share.sum() - kept)
    model.solve(cbc)
    return model.objective.value(), fewest, pulp.LpSolution[model.sol_status]
