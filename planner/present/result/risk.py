"""The risk factors as people read them: the factors one by one, and the matrix of five by five."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from planner.assess.risk.matrix import risk_matrix
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.present.words.data_words import risk_factor_name
from planner.present.words.terminal import aligned
from planner.present.words.text import figure, keys, number, text

SCORES = range(1, 6)


def risk_report(instance: Instance, plan: Plan) -> str:
    """Write every factor with what it was scored by, and the matrix of the factors' numbers."""
    table = aligned(risk_rows(instance, plan), left=3)
    return f"{table}\n\n{_drawn(risk_grid(risk_matrix(instance, plan)))}"


def risk_rows(instance: Instance, plan: Plan) -> list[list[str]]:
    """Return a row a factor, headings first: its figure, its scores and whom it is high for."""
    headings = (
        *("factor", "figure", "likelihood", "consequence", "product"),
        *("scored_by", "high_for"),
    )
    rows = [["", *(text(f"risk.{heading}") for heading in headings)]]
    for factor, row in risk_matrix(instance, plan).iterrows():
        scores = [_score(row[name]) for name in headings[2:5]]
        scored_by = text(f"scored_by.{row['scored_by']}")
        cells = [
            risk_factor_name(str(factor), row["name"]),
            _measured(row),
            *scores,
            scored_by,
            _mark(row),
        ]
        rows.append([str(factor), *cells])
    return rows


def risk_grid(matrix: pd.DataFrame) -> pd.DataFrame:
    """Set the factors out by likelihood and consequence.

    Parameters
    ----------
    matrix : from `risk_matrix`.

    Returns
    -------
    Index ``likelihood`` 5-1, to which means are rounded; columns ``consequence`` 1-5; each cell a
    tuple of factor numbers.
    """
    rounded = np.floor(matrix["likelihood"].to_numpy(dtype=float, na_value=np.nan) + 0.5)
    cells = {
        consequence: {
            likelihood: tuple(
                int(number)
                for number in matrix.index[
                    (rounded == likelihood) & (matrix["consequence"] == consequence)
                ]
            )
            for likelihood in reversed(SCORES)
        }
        for consequence in SCORES
    }
    grid = pd.DataFrame(cells)
    return grid.rename_axis(index="likelihood", columns="consequence")


def measure_name(key: str) -> str:
    """Return what planners call the figure that a factor is measured by."""
    own = f"risk_measure.{key.removeprefix('risk.')}"
    return text(own if own in keys() else f"indicator.{key}")


def _measured(row: pd.Series[Any]) -> str:
    if pd.isna(row["value"]):
        return text("figure.undefined")
    value = float(row["value"])
    shown = figure(value if value < float("inf") else None, row["unit"])
    return f"{measure_name(row['indicator'])}: {shown}"


def _score(value: Any) -> str:  # noqa: ANN401 - a number, or missing
    """Write a score: whole, or the mean of groups with a decimal."""
    if value is pd.NA:
        return text("figure.undefined")
    return f"{value:.0f}" if value == round(value) else number(float(value))


def _mark(row: pd.Series[Any]) -> str:
    """Say for whom the risk is high; the product of a plan may be low for all that."""
    share = row["high_share"]
    if share is pd.NA or share == 0:
        return ""
    return text("risk.everybody") if share == 1 else number(share, "share")


def _drawn(grid: pd.DataFrame) -> str:
    corner = f"{text('risk.likelihood')} \\ {text('risk.consequence')}"
    rows = [[corner, *(str(consequence) for consequence in grid.columns)]]
    for likelihood, cells in grid.iterrows():
        rows.append([str(likelihood), *(" ".join(map(str, numbers)) or "·" for numbers in cells)])
    return aligned(rows)
