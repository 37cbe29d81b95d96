"""Who served which municipality, by date: a partition of the country on every day."""

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
    PROVENANCE,
    check_codes,
    check_complete,
)
from planner.io.tables.offices import read_offices

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
