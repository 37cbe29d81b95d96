"""Offices, whom each served on which day, their numbered units and where people may come."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pandera.pandas as pa

from planner.errors import DataError, Fault
from planner.io.bundle import Bundle, kept
from planner.io.csv_table import read_table
from planner.io.tables.columns import (
    CODE,
    DATED,
    DATES_IN_ORDER,
    LATITUDE,
    LONGITUDE,
    NOT_NEGATIVE,
    PROVENANCE,
    UNIT,
    check_codes,
    check_complete,
)

OFFICES = pa.DataFrameSchema(
    {
        "office": pa.Column(str, unique=True),
        "name": pa.Column(str),
        "host": pa.Column(str, CODE),
        "host_inferred": pa.Column(bool),
        "leader": pa.Column(str, nullable=True),
        "provenance": pa.Column(str, PROVENANCE),
        "source": pa.Column(str),
    },
    strict=True,
)


@kept("offices", "municipalities")
def read_offices(bundle: Bundle) -> pd.DataFrame:
    """Read the offices of all dates; one is in force while it has members.

    Returns
    -------
    Index ``office``, in the file's order; columns ``name``, ``host`` (code of the municipality
    where it lies), ``host_inferred`` (whether that it is the host in law is inferred from where
    it lies), ``leader``, ``provenance``, ``source``.

    Raises
    ------
    DataError : the table does not fit its schema, or names a municipality that does not exist.
    """
    table = read_table(bundle, "offices", OFFICES)
    check_codes(bundle, "offices", table, "host")
    return table.set_index("office")


PRESENCE = ["host", "branch", "location", "none"]

OFFICE_MEMBERS = pa.DataFrameSchema(
    {
        "office": pa.Column(str),
        "code": pa.Column(str, CODE),
        "presence": pa.Column(
            str, pa.Check.isin(PRESENCE, error=f"one of {', '.join(PRESENCE)}"), nullable=True
        ),
        **DATED,
        "provenance": pa.Column(str, PROVENANCE),
        "source": pa.Column(str),
    },
    checks=DATES_IN_ORDER,
    strict=True,
)


@kept("office_members", "offices", "municipalities")
def read_office_members(bundle: Bundle) -> pd.DataFrame:
    """Read which municipalities each office served, and when; the host is among them.

    Returns
    -------
    Columns ``office``, ``code``, ``presence`` (host, branch, location, none; missing where not
    known), ``valid_from``, ``valid_to`` (first and last day; missing is unlimited),
    ``from_earliest`` (first day possible, where the first day is not known), ``provenance``,
    ``source``. On every day each municipality of 2020-2023 has just one row in force.

    Raises
    ------
    DataError : the table does not fit its schema, names an office or a municipality that does not
        exist, marks another municipality as host than the office does, or leaves a municipality
        without an office, or with two, on some day.
    """
    members = read_table(bundle, "office_members", OFFICE_MEMBERS)
    check_codes(bundle, "office_members", members, "code")
    file = str(bundle.present("office_members"))
    hosts = read_offices(bundle)["host"]
    faults = list(_office_faults(members, hosts, file)) or list(_day_faults(members, file))
    if faults:
        raise DataError(faults)
    check_complete(bundle, "office_members", members["code"])
    return members


def _office_faults(members: pd.DataFrame, hosts: pd.Series[str], file: str) -> Iterator[Fault]:
    rows = zip(members["office"], members["code"], members["presence"] == "host", strict=True)
    for line, (office, code, is_host) in enumerate(rows, start=2):
        if office not in hosts.index:
            message = f"got {office!r}, expected an office of offices.csv."
            yield Fault(file, line, "office", message)
        elif is_host != (hosts[office] == code):
            yield Fault(file, line, "presence", f"{office}: expected {hosts[office]} as host.")


def _day_faults(members: pd.DataFrame, file: str) -> Iterator[Fault]:
    """Find municipalities whose rows leave out days, or have days in common."""
    ordered = members.sort_values(["code", "valid_from"], na_position="first")
    is_first = ~ordered["code"].duplicated()
    is_last = ~ordered["code"].duplicated(keep="last")
    day_after = ordered["valid_to"].shift() + pd.Timedelta(days=1)
    wrong = {
        ("valid_from", "the day after its row before ends"): ~is_first
        & (ordered["valid_from"] != day_after),
        ("valid_from", "nothing in its first row"): is_first & ordered["valid_from"].notna(),
        ("valid_to", "nothing in its last row"): is_last & ordered["valid_to"].notna(),
    }
    for (column, expected), rows in wrong.items():
        for row, code in ordered.loc[rows, "code"].items():
            yield Fault(file, int(str(row)) + 2, column, f"{code}: expected {expected}.")


OFFICE_UNITS = pa.DataFrameSchema(
    {
        "unit": pa.Column(str, UNIT),
        "office": pa.Column(str),
        "name": pa.Column(str),
        "code": pa.Column(str, CODE),
        "lat": pa.Column(float, LATITUDE, nullable=True),
        "lon": pa.Column(float, LONGITUDE, nullable=True),
        **DATED,
        "provenance": pa.Column(str, PROVENANCE),
        "source": pa.Column(str),
    },
    checks=DATES_IN_ORDER,
    strict=True,
)


@kept("office_units", "municipalities")
def read_office_units(bundle: Bundle) -> pd.DataFrame:
    """Read the units of NAV's lists, from the list of 2021-23 on.

    Returns
    -------
    Columns ``unit`` (number), ``office``, ``name``, ``code`` (where it lies), ``lat`` and ``lon``
    (degrees; missing where it was gone by September 2026), ``valid_from``, ``valid_to``,
    ``from_earliest`` as for members, ``provenance``, ``source``.

    Raises
    ------
    DataError : the table does not fit its schema, or names a municipality that does not exist.
    """
    units = read_table(bundle, "office_units", OFFICE_UNITS)
    check_codes(bundle, "office_units", units, "code")
    return units


DAYS_A_WEEK = 5

RECEPTION_POINTS = pa.DataFrameSchema(
    {
        "unit": pa.Column(str, UNIT),
        "point": pa.Column(int, pa.Check.ge(1, error="a number from 1")),
        "code": pa.Column(str, CODE, nullable=True),
        "label": pa.Column(str),
        "lat": pa.Column(float, LATITUDE),
        "lon": pa.Column(float, LONGITUDE),
        "days_open": pa.Column(int, NOT_NEGATIVE),
        "drop_in_days": pa.Column(int, NOT_NEGATIVE),
        "listed_on": pa.Column(pa.DateTime),
        "provenance": pa.Column(str, PROVENANCE),
        "source": pa.Column(str),
    },
    unique=["unit", "point"],
    strict=True,
)


@kept("reception_points", "municipalities")
def read_reception_points(bundle: Bundle) -> pd.DataFrame:
    """Read the places of all units where people may come.

    Returns
    -------
    Columns ``unit``, ``point`` (number within the unit), ``code`` (missing outside the
    municipalities), ``label``, ``lat``, ``lon`` (degrees), ``days_open`` (days a week, by
    appointment too) and ``drop_in_days`` (days a week without appointment), both at most 5,
    ``listed_on``, ``provenance``, ``source``.

    Raises
    ------
    DataError : the table does not fit its schema, or names a municipality that does not exist.
    """
    points = read_table(bundle, "reception_points", RECEPTION_POINTS)
    check_codes(bundle, "reception_points", points, "code")
    # Some pages list a day in two lines, before and after lunch.
    days = {name: points[name].clip(upper=DAYS_A_WEEK) for name in ("days_open", "drop_in_days")}
    return points.assign(**days)
