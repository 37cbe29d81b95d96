"""Tables with headings and figures as people read them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from planner.assess.access import host_minutes, municipality_table
from planner.pipeline.result import Result
from planner.present.words.dated import of_years
from planner.present.words.staff_band import fte_band, has_band
from planner.present.words.text import amount, signed_amount, text, unit_name

#: Column -> its unit; what has a unit is a figure.
MUNICIPALITY_COLUMNS = {
    "name": "",
    "host": "",
    "minutes": "min",
    "change": "min",
    "minutes_nearest": "min",
    "presence_days": "days",
    "population": "persons",
    "fte": "fte",
    "fte_provenance": "",
}


def municipality_frame(result: Result) -> pd.DataFrame:
    """Return the table of municipalities, with the change in minutes from the baseline."""
    if result.plan is None:
        return pd.DataFrame()
    table = municipality_table(result.instance, result.plan)
    before = municipality_table(result.instance, result.instance.baseline)
    table["change"] = table["minutes"] - before["minutes"]
    table = table.replace([np.inf, -np.inf], np.nan)
    headings = {
        name: of_years(text(f"municipality_column.{name}"), table, name)
        for name in MUNICIPALITY_COLUMNS
    }
    columns: dict[str, Any] = {}
    for name, unit in MUNICIPALITY_COLUMNS.items():
        values = list(table[name])
        bases = list(table.get(f"{name}_provenance", [""] * len(values)))
        if name == "change":
            values = [signed_amount(value, unit) for value in values]
        elif name == "fte_provenance":
            values = [text(f"provenance.{value}") for value in values]
        elif unit:
            values = [
                amount(None if pd.isna(value) else value, unit, basis)
                for value, basis in zip(values, bases, strict=True)
            ]
        columns[headings[name]] = values
        if name == "fte" and has_band(table):
            columns[text("table.fte_band")] = [fte_band(row) for row in table.to_dict("records")]
    return pd.DataFrame(columns)


def indicator_frame(results: list[Result]) -> pd.DataFrame:
    """Return the indicators of results side by side, each with its change from the baseline."""
    rows = []
    for key, score in results[0].scores.items():
        unit, basis = score.indicator.unit, score.indicator.provenance
        row = {
            text("table.family"): text(f"family.{key.split('.')[0]}"),
            text("table.indicator"): text(f"indicator.{key}"),
            text("table.unit"): unit_name(unit),
        }
        for place, result in enumerate(results, start=1):
            mark = f" {place}" if len(results) > 1 else ""
            own = result.scores[key]
            row[text("table.value") + mark] = amount(own.indicator.value, unit, basis)
            row[text("table.change") + mark] = signed_amount(own.change, unit, basis)
        row[text("table.provenance")] = text(f"provenance.{score.indicator.provenance}")
        rows.append(row)
    return pd.DataFrame(rows)


def moved_frame(first: Result, second: Result) -> pd.DataFrame:
    """Return the municipalities that have another host in the second plan than in the first."""
    if first.plan is None or second.plan is None:
        return pd.DataFrame()
    names = first.instance.names
    before = host_minutes(first.instance, first.plan)
    after = host_minutes(second.instance, second.plan)
    rows = [
        {
            text("table.municipality"): names[code],
            text("app.host_number", number=1): names[host],
            text("app.host_number", number=2): names[second.plan.host_of[code]],
            text("app.minutes_number", number=1): amount(before[code], "min"),
            text("app.minutes_number", number=2): amount(after[code], "min"),
        }
        for code, host in first.plan.host_of.items()
        if second.plan.host_of.get(code) not in {None, host}
    ]
    return pd.DataFrame(rows)
