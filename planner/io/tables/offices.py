"""Offices as they are: who serves which municipality, since when, and with how many staff.

Only cooperations whose members are known stand in the tables; every other municipality is
taken to have an office of its own (assumed).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Date  # noqa: N812 - `date` names arguments
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from planner.errors import DataError, Fault
from planner.io.bundle import Bundle
from planner.io.csv_table import read_table
from planner.io.tables.municipalities import read_municipalities
from planner.provenance import PROVENANCES

CODE = pa.Check.str_matches(r"^\d{4}$", error="a municipality code of four digits")
PROVENANCE = pa.Check.isin(PROVENANCES, error=f"one of {', '.join(PROVENANCES)}")
NOT_NEGATIVE = pa.Check.ge(0, error="a number that is not negative")
YEAR = pa.Check.in_range(2000, 2100, error="a year from 2000 to 2100")

#: Parameter that says how many days a week a kind of presence means; a host's office is open all 5.
PRESENCE_DAYS = {"branch": "branch_days_per_week", "location": "location_days_per_week"}


def _dates_in_order(offices: pd.DataFrame) -> pd.Series[bool]:
    return ~(offices["valid_to"] < offices["valid_from"])


def _parts_make_the_whole(offices: pd.DataFrame) -> pd.Series[bool]:
    parts = offices["municipal_fte"] + offices["state_fte"]
    return parts.isna() | ((parts - offices["fte"]).abs() < 0.01)  # noqa: PLR2004 - rounding


def _staff_with_population(offices: pd.DataFrame) -> pd.Series[bool]:
    staffed = offices["fte"].notna() | offices["employees"].notna()
    return ~staffed | offices["population"].notna()


OFFICES = pa.DataFrameSchema(
    {
        "office": pa.Column(str, unique=True),
        "name": pa.Column(str),
        "host": pa.Column(str, CODE),
        "valid_from": pa.Column(pa.DateTime, nullable=True),
        "valid_to": pa.Column(pa.DateTime, nullable=True),
        "fte": pa.Column(float, NOT_NEGATIVE, nullable=True),
        "municipal_fte": pa.Column(float, NOT_NEGATIVE, nullable=True),
        "state_fte": pa.Column(float, NOT_NEGATIVE, nullable=True),
        "employees": pa.Column(pa.INT64, NOT_NEGATIVE, nullable=True),
        "staff_year": pa.Column(pa.INT64, YEAR, nullable=True),
        "population": pa.Column(pa.INT64, pa.Check.gt(0, error="inhabitants"), nullable=True),
        "leader": pa.Column(str, nullable=True),
        "provenance": pa.Column(str, PROVENANCE),
        "source": pa.Column(str),
    },
    checks=[
        pa.Check(_dates_in_order, error="valid_to not before valid_from"),
        pa.Check(_parts_make_the_whole, error="municipal_fte and state_fte that add up to fte"),
        pa.Check(_staff_with_population, error="the population that published staff served"),
    ],
    strict=True,
)

OFFICE_MEMBERS = pa.DataFrameSchema(
    {
        "office": pa.Column(str),
        "code": pa.Column(str, CODE),
        "presence": pa.Column(
            str,
            pa.Check.isin(["host", *PRESENCE_DAYS], error="one of host, branch, location"),
            nullable=True,
        ),
        "valid_from": pa.Column(pa.DateTime, nullable=True),
        "source": pa.Column(str),
    },
    unique=["office", "code"],
    strict=True,
)

REGIONAL_UNITS = pa.DataFrameSchema(
    {
        "unit": pa.Column(str, unique=True),
        "regional_council": pa.Column(str),
        "fte": pa.Column(float, NOT_NEGATIVE),
        "employees": pa.Column(pa.INT64, NOT_NEGATIVE, nullable=True),
        "staff_year": pa.Column(pa.INT64, YEAR, nullable=True),
        "provenance": pa.Column(str, PROVENANCE),
        "source": pa.Column(str),
    },
    strict=True,
)


def read_offices(bundle: Bundle) -> pd.DataFrame:
    """Read the offices that something is known about, past ones among them.

    Returns
    -------
    Index ``office``, in the file's order; columns ``name``, ``host`` (code), ``valid_from`` and
    ``valid_to`` (first and last day; missing is unlimited), ``fte``, ``municipal_fte``,
    ``state_fte`` (FTE), ``employees`` (persons), ``staff_year``, ``population`` (persons that
    those staff served), ``leader``, ``provenance`` (of the members and the host), ``source``.

    Raises
    ------
    DataError : the table does not fit its schema.
    """
    return read_table(bundle, "offices", OFFICES).set_index("office")


def read_office_members(bundle: Bundle) -> pd.DataFrame:
    """Read which municipalities each office serves, the host among them.

    Returns
    -------
    Columns ``office``, ``code``, ``presence`` (host, branch, location; missing where unknown),
    ``valid_from`` (first day as a member; missing is as long as the office), ``source``.

    Raises
    ------
    DataError : the table does not fit its schema, names an office that `read_offices` does not
        have, or marks another municipality as host than the office does.
    """
    members = read_table(bundle, "office_members", OFFICE_MEMBERS)
    hosts = read_offices(bundle)["host"]
    path = bundle.present("office_members")
    faults = [
        Fault(str(path), line, "office", f"got {office!r}, expected an office of offices.csv.")
        for line, office in enumerate(members["office"], start=2)
        if office not in hosts.index
    ]
    if not faults:
        faults = _host_faults(members, hosts, path)
    if faults:
        raise DataError(faults)
    return members


def _host_faults(members: pd.DataFrame, hosts: pd.Series[str], path: Path) -> list[Fault]:
    marked = members.loc[members["presence"] == "host"].groupby("office")["code"].agg(tuple)
    return [
        Fault(str(path), 0, "presence", f"{office}: expected {host}, and no other, as host.")
        for office, host in hosts.items()
        if marked.get(office) != (host,)
    ]


def read_regional_units(bundle: Bundle) -> pd.DataFrame:
    """Read the staff of regions that belong to no municipality.

    Returns
    -------
    Index ``unit``; columns ``regional_council``, ``fte``, ``employees``, ``staff_year``,
    ``provenance``, ``source``.

    Raises
    ------
    DataError : the table does not fit its schema.
    """
    return read_table(bundle, "regional_units", REGIONAL_UNITS).set_index("unit")


def today_hosts(bundle: Bundle, on: Date) -> dict[str, str]:
    """Return every municipality's host on a date, as far as cooperations are known.

    Returns
    -------
    Code -> code of its host, sorted by code, for all municipalities; its own code where no
    cooperation is known.

    Raises
    ------
    DataError : a table does not fit its schema, or two offices serve one municipality that day.
    """
    serving = _members_on(bundle, on).set_index("code")
    hosts = {code: code for code in read_municipalities(bundle).index}
    return hosts | dict(serving["host"])


def today_locations(bundle: Bundle, on: Date, assumptions: Mapping[str, float]) -> dict[str, float]:
    """Return the days a week with presence outside the hosts' offices on a date.

    Branches and locations are known from the sources; how many days they are open is not.

    Parameters
    ----------
    bundle : folder of registered tables.
    on : date.
    assumptions : with ``branch_days_per_week`` and ``location_days_per_week``.

    Returns
    -------
    Code -> days a week; absent where no presence is known, and for hosts.

    Raises
    ------
    DataError : a table does not fit its schema, or two offices serve one municipality that day.
    """
    days = {kind: assumptions[name] for kind, name in PRESENCE_DAYS.items()}
    serving = _members_on(bundle, on).set_index("code")["presence"]
    return {str(code): days[kind] for code, kind in serving.items() if kind in days}


def _members_on(bundle: Bundle, on: Date) -> pd.DataFrame:
    day = pd.Timestamp(on)
    offices = read_offices(bundle)
    open_offices = offices[~(offices["valid_from"] > day) & ~(offices["valid_to"] < day)]
    members = read_office_members(bundle)
    members = members[members["office"].isin(open_offices.index) & ~(members["valid_from"] > day)]
    twice = members["code"].duplicated()
    if twice.any():
        path = bundle.present("office_members")
        raise DataError(
            Fault(str(path), line, "code", f"{code} is served by another office on {on} too.")
            for line, code, again in zip(members.index + 2, members["code"], twice, strict=True)
            if again
        )
    return members.assign(host=members["office"].map(open_offices["host"])).sort_values("code")
