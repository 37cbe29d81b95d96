"""What offices do: services with their visits, and functions with their staff."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import pandera.pandas as pa
from pydantic import BaseModel, ConfigDict, Field, RootModel

from planner.io.bundle import Bundle
from planner.io.csv_table import read_table
from planner.io.tables.columns import CODE, NOT_NEGATIVE, PROVENANCE, YEAR
from planner.io.yaml_table import read_yaml_table
from planner.provenance import Provenance, weakest
from planner.yamlfile.tree import Node, TextFault

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


Floats = npt.NDArray[np.float64]
Employer = Literal["municipal", "state", "either"]

_NEEDS = ("need_per_10000_fte", "need_per_office_fte", "need_per_presence_day_fte")
_Need = Annotated[float, Field(ge=0, le=1000)]
_Count = Annotated[int, Field(ge=1, le=1000)]
_Text = Annotated[str, Field(min_length=3, max_length=1000)]


class SpecialistFunction(BaseModel):
    """One function: how much work it is, who may do it, and when it counts as manned.

    The need is the sum of its three parts, at least one of which is above 0.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    name: _Text
    """What planners call it."""

    employer: Employer
    """Whose staff do it: the municipality's, the state's, or either's."""

    need_per_10000_fte: _Need = 0.0
    """FTE for 10 000 inhabitants of the group."""

    need_per_office_fte: _Need = 0.0
    """FTE for every office, whatever its size."""

    need_per_presence_day_fte: _Need = 0.0
    """FTE for every day a week with physical presence, the host's five days among them."""

    least_team: _Count
    """Fewest advisers who are colleagues in the function, so that one can replace another."""

    least_post_share: Annotated[float, Field(gt=0, le=1)]
    """Share of a post that each of them has for it, so that the team counts as possible."""

    least_present: _Count
    """Fewest of them at work on a day that counts as covered; at most the least team."""

    follows_users: bool
    """Whether its advisers follow up users over time, in one municipality or several."""

    decides_cases: bool
    """Whether it decides cases about persons, which only a host may do for others."""

    provenance: Literal["observed", "estimated", "assumed"]
    """Of the need: published, estimated from a published figure, or chosen."""

    source: _Text
    """Who says so, or why it was chosen."""

    @property
    def may_be_pooled(self) -> bool:
        """Whether offices may share its advisers without a host.

        Not where it decides cases for a municipality, nor where it is bound to each office or to
        its days of presence.
        """
        bound = self.need_per_office_fte > 0 or self.need_per_presence_day_fte > 0
        return not (self.decides_cases or bound)

    def need_fte(self, population: Floats, presence_days: Floats) -> Floats:
        """Work that the function asks for in each group, FTE; shape of `population`.

        Parameters
        ----------
        population : inhabitants of each group.
        presence_days : days a week with presence, summed over each group's municipalities.
        """
        return (
            self.need_per_10000_fte * population / 10_000
            + self.need_per_office_fte
            + self.need_per_presence_day_fte * presence_days
        )


class _File(RootModel[dict[str, SpecialistFunction]]):
    model_config = ConfigDict(strict=True)


def read_functions(bundle: Bundle) -> dict[str, SpecialistFunction]:
    """Read the specialist functions by key, in the file's order.

    Raises
    ------
    DataError : the file cannot be read as YAML, has an unknown, missing or repeated key, or a
        value that does not fit; all faults at once, each at its line.
    """
    return read_yaml_table(bundle, "functions", _File, _all_contradictions)


def _all_contradictions(
    root: Node, functions: Mapping[str, SpecialistFunction]
) -> Iterator[TextFault]:
    for key, function in functions.items():
        yield from _contradictions(root.find(key), function)


def _contradictions(node: Node, function: SpecialistFunction) -> Iterator[TextFault]:
    if not any(getattr(function, need) for need in _NEEDS):
        yield TextFault.at(node, f"needs no staff. One of {', '.join(_NEEDS)} above 0 is expected.")
    if function.least_present > function.least_team:
        message = (
            f"{function.least_present} present are more than the team of {function.least_team}. "
            "At most the least_team is expected."
        )
        yield TextFault.at(node.find("least_present"), message)
