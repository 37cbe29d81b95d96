"""The offices in force on a date: who serves whom, where people may come, and what is unsure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Date  # noqa: N812 - `date` names arguments

import pandas as pd

from planner.io.bundle import Bundle
from planner.io.tables.columns import in_force
from planner.io.tables.offices import (
    read_office_members,
    read_office_units,
    read_offices,
    read_reception_points,
)
from planner.model.plan import Doubt, Plan, Point

#: Parameter that says how many days a week a kind of presence means, where no days are listed.
PRESENCE_DAYS = {"branch": "branch_days_per_week", "location": "location_days_per_week"}


def offices_in_force(bundle: Bundle, on: Date, assumptions: Mapping[str, float]) -> Plan:
    """Return the offices in force on a date, for the whole country.

    Days a week with presence are those listed for the places where people may come, the most of
    a municipality's; where none are listed, those that its kind of presence is taken to mean.

    Parameters
    ----------
    bundle : folder of registered tables.
    on : date.
    assumptions : with ``branch_days_per_week`` and ``location_days_per_week``.

    Returns
    -------
    Plan of all municipalities, form ``today``, with the points of the units in force that day
    and the doubts about who serves whom.

    Raises
    ------
    DataError : a table is missing, changed or faulty.
    """
    day = pd.Timestamp(on)
    members, units = read_office_members(bundle), read_office_units(bundle)
    serving = members[in_force(members, day)].set_index("code").sort_index()
    hosts = serving["office"].map(read_offices(bundle)["host"])
    points = _points(bundle, serving, units[in_force(units, day)], members)
    locations = {
        str(code): assumptions[PRESENCE_DAYS[kind]]
        for code, kind in serving["presence"].items()
        if kind in PRESENCE_DAYS
    }
    listed: dict[str, float] = {}
    for point in points:
        listed[point.code] = max(listed.get(point.code, 0.0), point.days_open)
    satellites = hosts.index[hosts != hosts.index]
    return Plan(
        dict(hosts),
        {code: days for code, days in (locations | listed).items() if code in satellites},
        "today",
        points=points,
        doubts=_doubts(members, serving, units, day),
    )


def _points(
    bundle: Bundle, serving: pd.DataFrame, units: pd.DataFrame, members: pd.DataFrame
) -> tuple[Point, ...]:
    """Return the listed points of units in force, where the same office served as when listed."""
    listed = read_reception_points(bundle)
    then = members[in_force(members, listed["listed_on"].max())].set_index("code")["office"]
    listed = listed[listed["code"].notna() & listed["unit"].isin(units["unit"])]
    offices = listed["unit"].map(units.set_index("unit")["office"])
    same = (listed["code"].map(serving["office"]) == offices) & (
        listed["code"].map(then) == offices
    )
    columns = ["code", "label", "unit", "lat", "lon", "days_open", "drop_in_days"]
    rows = listed.loc[same, columns].sort_values(["code", "unit", "label"])
    return tuple(Point(*row) for row in rows.itertuples(index=False, name=None))


def _doubts(
    members: pd.DataFrame, serving: pd.DataFrame, units: pd.DataFrame, day: pd.Timestamp
) -> dict[str, Doubt]:
    """Find who may have changed offices already, and whose office is in none of the lists."""
    window = members[(members["from_earliest"] <= day) & (day < members["valid_from"])]
    doubts: dict[str, Doubt] = dict.fromkeys(window["code"], "window")
    if day >= units["valid_from"].min():
        listed = units.loc[in_force(units, day), "office"]
        unlisted = serving.index[~serving["office"].isin(listed)]
        doubts |= dict.fromkeys(unlisted, "unlisted")
    return doubts
