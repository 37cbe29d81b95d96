"""A program as a PuLP model: for CBC, and for people who want to read it as an LP file."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from planner.optimise.solver.program import MixedIntegerProgram


def pulp_problem(program: MixedIntegerProgram) -> tuple[Any, list[Any]]:
    """Build the program in PuLP, name by name."""
    import pulp  # noqa: PLC0415 - only this back-end needs it

    problem = pulp.LpProblem("kontorplan", pulp.LpMinimize)
    variables = [
        problem.add_variable(
            name,
            None if np.isinf(lower) else float(lower),
            None if np.isinf(upper) else float(upper),
            pulp.LpInteger if whole else pulp.LpContinuous,
        )
        for name, lower, upper, whole in zip(
            program.names, program.lower, program.upper, program.integer, strict=True
        )
    ]
    terms = zip(variables, program.cost.tolist(), strict=True)
    problem += pulp.LpAffineExpression(list(terms), program.offset)
    rows, starts = program.rows, program.rows.starts
    for row, name in enumerate(rows.names):
        entries = slice(starts[row], starts[row + 1])
        columns, values = rows.columns[entries].tolist(), rows.values[entries].tolist()
        left = pulp.LpAffineExpression(
            [(variables[column], value) for column, value in zip(columns, values, strict=True)]
        )
        for suffix, sense, limit in _senses(pulp, rows.lower[row], rows.upper[row]):
            problem += pulp.LpConstraint(left, sense, name + suffix, limit)
    return problem, variables


def _senses(pulp: Any, lower: float, upper: float) -> list[tuple[str, int, float]]:  # noqa: ANN401
    """Split a row with two different limits in two, as a PuLP constraint has one limit."""
    if lower == upper:
        return [("", pulp.LpConstraintEQ, float(lower))]
    senses = []
    if np.isfinite(lower):
        senses.append(("", pulp.LpConstraintGE, float(lower)))
    if np.isfinite(upper):
        senses.append(("_max" if senses else "", pulp.LpConstraintLE, float(upper)))
    return senses


def write_lp(program: MixedIntegerProgram) -> str:
    """Return the program in the LP format, for people to read."""
    problem, _ = pulp_problem(program)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "program.lp"
        problem.writeLP(str(path))
        return path.read_text(encoding="utf-8")
