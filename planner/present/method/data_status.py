"""What the data tables hold: observed, modelled, estimated, assumed or missing, and from where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import pandas as pd

from planner.io.bundle import Bundle
from planner.io.tables.assumptions import load_assumptions
from planner.io.tables.commuting import read_commuting_fit
from planner.io.tables.roads import read_roads
from planner.model.staffing import staff_formula
from planner.present.method.coverage import MISSING, coverage
from planner.present.method.road_fit import road_fit, road_fit_rows
from planner.present.words.terminal import aligned
from planner.present.words.text import number, text
from planner.provenance import PROVENANCES


def data_status(bundle: Bundle) -> dict[str, Any]:
    """Take stock of a bundle.

    Returns
    -------
    ``tables`` (one entry a registered table), ``coverage`` (figure -> number of municipalities,
    links or parameters by provenance, and missing), ``staff_formula``,
    ``commuting_fit`` and ``road_fit``.

    Raises
    ------
    DataError : a table is missing, changed or faulty.
    """
    formula = staff_formula(bundle)
    return {
        "tables": [asdict(source) for source in bundle.sources.values()],
        "coverage": _coverage(bundle),
        "staff_formula": {
            "formula": f"fte = {formula.coefficient:.6f} x population^{formula.exponent:.3f}, "
            "never below 1",
            "r2": round(formula.r2, 4),
            "residual_factor": round(formula.residual_factor, 3),
            "offices": len(formula.points),
        },
        "commuting_fit": read_commuting_fit(bundle).to_dict("records"),
        "road_fit": road_fit(bundle),
    }


def status_report(status: dict[str, Any]) -> str:
    """Write the status as text."""
    columns = [*PROVENANCES, MISSING]
    rows = [["", *(text(f"provenance.{name}") for name in columns)]]
    rows += [
        [text(f"status.{figure}"), *(str(counts.get(name, 0) or "") for name in columns)]
        for figure, counts in status["coverage"].items()
    ]
    formula = status["staff_formula"]
    fit = [[text(f"status.{name}") for name in ("region", "flows", *FIT)]]
    fit += [
        [
            str(row["region"]),
            text(f"flows.{row['flows'].replace(' ', '_')}"),
            *(number(row[name], "share") for name in FIT),
        ]
        for row in status["commuting_fit"]
    ]
    tables = [[text(f"status.{name}") for name in _TABLE]]
    tables += [
        [
            text(f"provenance.{source[name]}") if name == "provenance" else source[name]
            for name in _TABLE
        ]
        for source in status["tables"]
    ]
    return "\n\n".join(
        [
            f"{text('status.coverage')}\n{aligned(rows)}",
            f"{text('status.staff')}\n{formula['formula']}\n"
            + text("status.staff_fit", **{name: formula[name] for name in _FORMULA}),
            f"{text('status.commuting')}\n{aligned(fit, left=2)}",
            f"{text('status.roads')}\n{aligned(road_fit_rows(status['road_fit']))}",
            f"{text('status.tables')}\n{aligned(tables, left=len(_TABLE))}",
        ]
    )


FIT = ("cpc_true_margins", "cpc_shipped_margins")
_FORMULA = ("r2", "residual_factor", "offices")
_TABLE = ("table", "vintage", "provenance", "licence", "source")


def _coverage(bundle: Bundle) -> dict[str, dict[str, int]]:
    known = coverage(bundle)
    return {
        **{str(figure): _counts(provenances) for figure, provenances in known.items()},
        "links": _counts(read_roads(bundle).links["provenance"]),
        "parameters": _counts(entry.provenance for entry in load_assumptions(bundle).values()),
    }


def _counts(provenances: Iterable[str]) -> dict[str, int]:
    counts = pd.Series(list(provenances)).value_counts()
    return {name: int(counts[name]) for name in (*PROVENANCES, MISSING) if name in counts}
