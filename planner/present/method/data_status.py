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
from planner.io.tables.staff import read_staff
from planner.model.staffing import national_rates, typical_factor
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
    links or parameters by provenance, and missing), ``staff`` (what they rest on),
    ``commuting_fit`` and ``road_fit``.

    Raises
    ------
    DataError : a table is missing, changed or faulty.
    """
    return {
        "tables": [asdict(source) for source in bundle.sources.values()],
        "coverage": _coverage(bundle),
        "staff": _staff(bundle),
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
            f"{text('status.staff')}\n{staff_sentence(status['staff'])}",
            f"{text('status.commuting')}\n{aligned(fit, left=2)}",
            f"{text('status.roads')}\n{aligned(road_fit_rows(status['road_fit']))}",
            f"{text('status.tables')}\n{aligned(tables, left=len(_TABLE))}",
        ]
    )


FIT = ("cpc",)
_TABLE = ("table", "vintage", "provenance", "licence", "source")


def staff_sentence(staff: dict[str, Any]) -> str:
    """Say what the staff of units rest on."""
    return text(
        "method.staff_about",
        units=staff["units"],
        registered=staff["registered"],
        state=number(staff["state_fte_per_1000"], "index"),
        municipal=number(staff["municipal_fte_per_1000"], "index"),
        factor=number(staff["typical_factor"], "index"),
    )


def _staff(bundle: Bundle) -> dict[str, Any]:
    rates, units = national_rates(bundle), read_staff(bundle).drop_duplicates("unit")
    return {
        "units": len(units),
        "registered": int((units["state_provenance"] != "modelled").sum()),
        "state_fte_per_1000": round(1000 * rates["state"], 3),
        "municipal_fte_per_1000": round(1000 * rates["municipal"], 3),
        "typical_factor": round(typical_factor(bundle), 3),
    }


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
