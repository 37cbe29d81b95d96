"""How far the network is from public figures that set no link, way by way and by county."""

from __future__ import annotations

import datetime as dt
from typing import Any

import networkx as nx
import pandas as pd

from planner.io.bundle import Bundle
from planner.io.tables.assumptions import load_assumptions
from planner.io.tables.municipalities import read_municipalities
from planner.io.tables.roads import read_checks, read_roads
from planner.model.country import load_network
from planner.model.roads.checks import check_network, fit_by_county
from planner.present.words.text import day, number, text

#: What a check compares -> the unit of its figures.
CHECK_UNITS = {"km": "km", "road_km": "km", "minutes": "min", "crossing_minutes": "min"}
_FIT = ("km_checks", "km_median", "min_checks", "min_median")


def road_checks(bundle: Bundle) -> pd.DataFrame:
    """Hold the network against the public figures that it was not made from.

    Returns
    -------
    The rows of kind ``independent`` of `planner.model.roads.checks.check_network`, with ``way``,
    the names of both ends, and ``counties``, the counties of both ends. Not to be changed.
    """
    return bundle.memo.get(("road checks", bundle.version), lambda: _road_checks(bundle))


def _road_checks(bundle: Bundle) -> pd.DataFrame:
    assumptions = {name: entry.default for name, entry in load_assumptions(bundle).items()}
    municipalities = read_municipalities(bundle)
    roads = read_roads(bundle)

    def network_on(date: dt.date) -> nx.MultiGraph[str]:
        return load_network(bundle, date, assumptions)

    checks = read_checks(bundle)
    independent = checks[checks["kind"] == "independent"]
    names = roads.places["name"]
    county = roads.places["municipality"].map(municipalities["county"])
    ends = independent["origin"], independent["destination"]
    both = zip(*(end.map(county) for end in ends), strict=True)
    return check_network(
        independent.assign(
            way=ends[0].map(names) + "–" + ends[1].map(names),
            counties=pd.Series(list(map(set, both)), index=independent.index, dtype=object),
        ),
        network_on,
    )


def road_check_frame(checks: pd.DataFrame) -> pd.DataFrame:
    """Write the checks of `road_checks` as people read them, the largest deviation first."""
    order = checks["deviation_share"].abs().sort_values(ascending=False).index
    rows = [
        {
            text("method.way"): row["way"],
            text("method.measure"): text(f"unit.{CHECK_UNITS[row['metric']]}"),
            text("method.public"): number(row["value"]),
            text("method.network"): number(row["network"]),
            text("method.deviation"): number(row["deviation_share"], "share"),
            text("method.date"): day(row["date"].date()),
            text("method.source"): row["source"],
            text("method.reason"): "" if pd.isna(row["reason"]) else row["reason"],
        }
        for row in checks.loc[order].to_dict("records")
    ]
    return pd.DataFrame(rows)


def road_fit(bundle: Bundle) -> list[dict[str, Any]]:
    """Return the fit of every county: rows of `fit_by_county`, None where there is no median."""
    rows = fit_by_county(road_checks(bundle)).reset_index().to_dict("records")
    return [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in rows
    ]


def road_fit_rows(fit: list[dict[str, Any]]) -> list[list[str]]:
    """Write the fit of counties as rows of words, headings first."""
    headings = [text(f"status.{name}") for name in ("county", *_FIT)]
    rows = (
        [
            row["county"],
            str(row["km_checks"]),
            _median(row["km_median"]),
            str(row["min_checks"]),
            _median(row["min_median"]),
        ]
        for row in fit
    )
    return [headings, *rows]


def _median(share: float | None) -> str:
    return "" if share is None else number(share, "share")
