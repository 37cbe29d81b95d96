"""What the offices do: services, case systems, opening hours and visits, where published."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from planner.io.bundle import Bundle
from planner.io.csv_table import read_table
from planner.io.tables.columns import CODE, NOT_NEGATIVE, PROVENANCE, YEAR
from planner.provenance import Provenance, weakest

SERVICES = pa.DataFrameSchema(
    {
        "code": pa.Column(str, CODE),
        "service": pa.Column(str),
        "minimum": pa.Column(bool),
        "offered": pa.Column(bool),
        "provenance": pa.Column(str, PROVENANCE),
    },
    unique=["code", "service"],
    strict=True,
)

CASE_SYSTEMS = pa.DataFrameSchema(
    {
        "code": pa.Column(str, CODE, unique=True),
        "case_system": pa.Column(str),
        "provenance": pa.Column(str, PROVENANCE),
        "source": pa.Column(str),
    },
    strict=True,
)

OPENING_HOURS = pa.DataFrameSchema(
    {
        "code": pa.Column(str, CODE, unique=True),
        "opening_hours": pa.Column(str),
        "provenance": pa.Column(str, PROVENANCE),
        "source": pa.Column(str),
    },
    strict=True,
)

BOUGHT_SERVICES = pa.DataFrameSchema(
    {
        "code": pa.Column(str, CODE),
        "function": pa.Column(str),
        "provenance": pa.Column(str, PROVENANCE),
        "source": pa.Column(str),
    },
    unique=["code", "function"],
    strict=True,
)

VISITS = pa.DataFrameSchema(
    {
        "code": pa.Column(str, CODE),
        "year": pa.Column(int, YEAR),
        "month": pa.Column(int, pa.Check.in_range(1, 12, error="a month from 1 to 12")),
        "visits": pa.Column(int, NOT_NEGATIVE),
    },
    unique=["code", "year", "month"],
    strict=True,
)


def read_services(bundle: Bundle) -> pd.DataFrame:
    """Read which municipal services the offices offer, one row a municipality and service.

    Returns
    -------
    Columns ``code``, ``service``, ``minimum`` (whether it belongs to the minimum solution),
    ``offered``, ``provenance`` (``estimated`` where the source's table had lost its columns).

    Raises
    ------
    DataError : the table does not fit its schema.
    """
    return read_table(bundle, "services", SERVICES)


def service_names(bundle: Bundle) -> list[str]:
    """Return the names of all municipal services, those of the minimum solution first.

    Raises
    ------
    DataError : the table does not fit its schema.
    """
    return list(
        dict.fromkeys(
            read_services(bundle).sort_values("minimum", ascending=False, kind="stable")["service"]
        )
    )


def service_catalogues(bundle: Bundle) -> pd.DataFrame:
    """Return one row a municipality whose catalogue is known, one boolean column a service.

    Returns
    -------
    Index ``code`` (sorted); columns as `service_names`.

    Raises
    ------
    DataError : the table does not fit its schema.
    """
    offered = read_services(bundle).pivot_table(
        index="code", columns="service", values="offered", aggfunc="any", fill_value=False
    )
    return offered[service_names(bundle)].astype(bool).rename_axis(columns=None)


def catalogue_provenance(bundle: Bundle) -> dict[str, Provenance]:
    """Return the weakest provenance among the rows of every known catalogue, by code.

    Raises
    ------
    DataError : the table does not fit its schema.
    """
    rows = read_services(bundle).groupby("code")["provenance"]
    return {str(code): weakest(provenances) for code, provenances in rows}


def read_case_systems(bundle: Bundle) -> pd.DataFrame:
    """Read the municipal case systems that are known.

    Returns
    -------
    Index ``code`` (sorted); columns ``case_system``, ``provenance``, ``source``.

    Raises
    ------
    DataError : the table does not fit its schema.
    """
    return read_table(bundle, "case_systems", CASE_SYSTEMS).set_index("code").sort_index()


def read_opening_hours(bundle: Bundle) -> pd.DataFrame:
    """Read the opening hours that are known, in words: no source gives them in numbers.

    Returns
    -------
    Index ``code`` (sorted); columns ``opening_hours`` (bokmål), ``provenance``, ``source``.

    Raises
    ------
    DataError : the table does not fit its schema.
    """
    return read_table(bundle, "opening_hours", OPENING_HOURS).set_index("code").sort_index()


def read_bought_services(bundle: Bundle) -> frozenset[tuple[str, str]]:
    """Read which municipalities are known to buy a function from others: (code, function).

    Raises
    ------
    DataError : the table does not fit its schema.
    """
    rows = read_table(bundle, "bought_services", BOUGHT_SERVICES)
    return frozenset(zip(rows["code"], rows["function"], strict=True))


def read_visits(bundle: Bundle) -> pd.DataFrame:
    """Read counted drop-in visits.

    Returns
    -------
    Columns ``code``, ``year``, ``month``, ``visits`` (persons).

    Raises
    ------
    DataError : the table does not fit its schema.
    """
    return read_table(bundle, "visits", VISITS)


def visits_per_month(bundle: Bundle) -> pd.DataFrame:
    """Return the mean drop-in visits a month over the months that were counted.

    Returns
    -------
    Index ``code`` (sorted); column ``visits_per_month`` (persons).

    Raises
    ------
    DataError : the table does not fit its schema.
    """
    return (
        read_visits(bundle)
        .groupby("code")[["visits"]]
        .mean()
        .set_axis(["visits_per_month"], axis="columns")
    )
