"""One region at one date, with every label aligned: what optimisation and assessment work on."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date as Date  # noqa: N812 - `date` names a field
from functools import cached_property
from typing import Literal

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.errors import DataError, Fault, LabelMismatchError
from planner.io.tables.presence import Keep
from planner.io.tables.risk_factors import RiskFactor
from planner.io.tables.services import SpecialistFunction
from planner.model.inhabitants import Inhabitants
from planner.model.plan import Plan
from planner.provenance import Provenance, weakest

WayMeasure = Literal["mean", "p90", "centre"]


@dataclass(frozen=True, eq=False)
class Travel:
    """Shortest paths between municipality centres; all frames (n, n), rows origins.

    Attributes
    ----------
    minutes : driving, crossing and waiting; infinite where there is no way; 0 on the diagonal.
    km : length of the same path; infinite where there is no way.
    ferry : whether that path uses a ferry or an express boat.
    """

    minutes: pd.DataFrame
    km: pd.DataFrame
    ferry: pd.DataFrame

    def among(self, codes: list[str]) -> Travel:
        """Restrict origins and destinations to some municipalities, in the given order."""
        return Travel(
            self.minutes.loc[codes, codes],
            self.km.loc[codes, codes],
            self.ferry.loc[codes, codes],
        )


@dataclass(frozen=True, eq=False)
class Surroundings:
    """The country around a region, as far as its inhabitants' work reaches.

    Attributes
    ----------
    municipalities : index ``code`` of every municipality outside the region; columns ``name``,
        ``county``.
    commuters : (n, m) employed persons; rows home in the region, columns workplace outside it.
    labour_market : code of the region -> code of its labour-market region's centre, which may
        lie outside; computed for the whole country.
    counted : (n, n + m) whether the flow to a workplace anywhere was counted, not modelled; None
        where that is not known.
    """

    municipalities: pd.DataFrame
    commuters: pd.DataFrame
    labour_market: Mapping[str, str]
    counted: pd.DataFrame | None = None


@dataclass(frozen=True, eq=False)
class Instance:
    """A region's municipalities with travel, commuting and contiguity, labelled by code.

    Attributes
    ----------
    municipalities : index ``code`` (sorted); columns ``name``, ``county``, ``regional_council``,
        ``sami_admin_area``, ``sami_category`` (from 2024; else empty), ``centre_name``,
        ``centre_lon``, ``centre_lat``, ``population``
        (persons), ``fte``, ``employed_residents`` (persons, wherever they work), ``jobs``
        (persons, wherever they live), and ``<figure>_provenance`` for these four figures; where
        the country is known, ``population_year`` and ``fte_year``, ``state_fte``,
        ``municipal_fte``, ``fte_low`` and ``fte_high`` (missing where unknown).
    travel : travel among the region's municipalities.
    commuters : (n, n) employed persons; rows home, columns workplace; inside the region only.
    commuters_provenance : observed or modelled.
    contiguity : nodes are codes; an edge where municipalities share a border or a crossing.
    baseline : the plan that others are compared with.
    regional_fte : staff of the region that belong to no municipality.
    services : index ``code``, one boolean column a municipal service; no row where unknown.
    services_provenance : code -> provenance of the municipality's row in `services`.
    case_systems : code -> name of the municipal case system; absent where unknown.
    case_systems_provenance : code -> provenance of its case system.
    opening_hours : code -> opening hours in words; absent where unknown.
    bought_services : (code, function) of what a municipality is known to buy from others.
    visits : index ``code``, column ``visits_per_month``; no row where unknown.
    keep_presence : what the source documents say must be kept in a municipality.
    islands : municipalities whose centre has no fixed link to the mainland.
    sami_languages : code -> Sami language (North, Lule or South) of its administrative area on
        the date; absent where it is outside, or not known.
    assumptions : parameter -> value, the scenario's own values in place.
    assumption_ranges : parameter -> least and greatest value believed; absent where the value is
        the scenario's own, which is taken as known.
    functions : key -> specialist function of an office.
    risk_factors : number -> risk factor, sorted.
    surroundings : workplaces outside the region, and labour-market regions; None where unknown.
    inhabitants : where people live, with their ways to an office in every municipality; None
        where they are taken to live at the centres, between which `travel` is.
    network : the country's roads and ferries, see `planner.model.roads.graph`; not to be
        changed; None where unknown.
    date : that the figures are wanted for; None where no date was asked for.
    table_years : table -> year that its figures are of.
    """

    municipalities: pd.DataFrame
    travel: Travel
    commuters: pd.DataFrame
    commuters_provenance: Provenance
    contiguity: nx.Graph[str]
    baseline: Plan
    regional_fte: float = 0.0
    services: pd.DataFrame = field(default_factory=pd.DataFrame)
    services_provenance: Mapping[str, Provenance] = field(default_factory=dict)
    case_systems: Mapping[str, str] = field(default_factory=dict)
    case_systems_provenance: Mapping[str, Provenance] = field(default_factory=dict)
    opening_hours: Mapping[str, str] = field(default_factory=dict)
    bought_services: frozenset[tuple[str, str]] = frozenset()
    visits: pd.DataFrame = field(default_factory=pd.DataFrame)
    keep_presence: tuple[Keep, ...] = ()
    islands: frozenset[str] = frozenset()
    sami_languages: Mapping[str, str] = field(default_factory=dict)
    assumptions: Mapping[str, float] = field(default_factory=dict)
    assumption_ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    functions: Mapping[str, SpecialistFunction] = field(default_factory=dict)
    risk_factors: Mapping[int, RiskFactor] = field(default_factory=dict)
    surroundings: Surroundings | None = None
    inhabitants: Inhabitants | None = None
    network: nx.MultiGraph[str] | None = None
    date: Date | None = None
    table_years: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        codes = list(self.municipalities.index)
        if codes != sorted(set(codes)):
            msg = "municipalities must be sorted by code, each once"
            raise LabelMismatchError(msg)
        square = {
            "travel.minutes": self.travel.minutes,
            "travel.km": self.travel.km,
            "travel.ferry": self.travel.ferry,
            "commuters": self.commuters,
        }
        for name, frame in square.items():
            if list(frame.index) != codes or list(frame.columns) != codes:
                msg = f"{name}: rows and columns must be the municipalities in their order"
                raise LabelMismatchError(msg)
        self._check_minutes()
        if self.inhabitants is not None and list(self.inhabitants.codes) != codes:
            msg = "inhabitants: must be those of the municipalities in their order"
            raise LabelMismatchError(msg)
        if set(self.contiguity) != set(codes):
            msg = "contiguity: nodes must be the municipalities"
            raise LabelMismatchError(msg)
        self.check_plan(self.baseline, "baseline")
        if self.surroundings is not None:
            self._check_surroundings(self.surroundings)

    def _check_minutes(self) -> None:
        minutes = self.travel.minutes.to_numpy(dtype=np.float64)
        wrong = np.argwhere(~(minutes >= 0))
        if len(wrong):
            origin, destination = (self.codes[place] for place in wrong[0])
            first = minutes[tuple(wrong[0])]
            message = (
                f"{first}, and {len(wrong) - 1} more figures are wrong. Expected minutes from 0 "
                "up, infinite where there is no way."
            )
            raise DataError([Fault("travel.minutes", 0, f"{origin} to {destination}", message)])

    def _check_surroundings(self, around: Surroundings) -> None:
        outside = around.municipalities.index
        if not outside.intersection(self.municipalities.index).empty:
            msg = "surroundings.municipalities: must lie outside the region"
            raise LabelMismatchError(msg)
        if list(around.commuters.index) != self.codes or not around.commuters.columns.equals(
            outside
        ):
            msg = "surroundings.commuters: rows must be the region's, columns those outside it"
            raise LabelMismatchError(msg)
        centres = set(around.labour_market.values())
        if list(around.labour_market) != self.codes or centres - {*self.codes, *outside}:
            msg = "surroundings.labour_market: must give every municipality a known centre"
            raise LabelMismatchError(msg)

    def check_plan(self, plan: Plan, name: str = "plan") -> None:
        """Raise LabelMismatchError unless a plan places exactly the region's municipalities."""
        if plan.municipalities != self._codes:
            msg = f"{name}: must place every municipality of the region, and no other"
            raise LabelMismatchError(msg)

    @cached_property
    def people(self) -> Inhabitants:
        """Where people live: at the centres where nothing else is known."""
        return self.inhabitants or Inhabitants.at_centres(self.travel.minutes)

    def minutes_of(self, measure: WayMeasure) -> npt.NDArray[np.float64]:
        """(n, n) minutes from homes (rows) to an office in each municipality; not to be changed.

        Parameters
        ----------
        measure : ``mean`` over inhabitants, ``p90``: within which nine of ten reach it, or
            ``centre`` to centre.
        """
        if measure == "centre":
            return self.travel.minutes.to_numpy(dtype=np.float64)
        return self.people.mean if measure == "mean" else self.people.p90

    def with_assumptions(self, assumptions: Mapping[str, float]) -> Instance:
        """Return the same region with other parameters; its labels are not checked again."""
        other = copy(self)
        object.__setattr__(other, "assumptions", assumptions)
        return other

    @property
    def codes(self) -> list[str]:
        """Municipality codes in the order of every table."""
        return list(self._codes)

    @property
    def names(self) -> dict[str, str]:
        """Code -> name."""
        return dict(self._names)

    def figure(self, name: str) -> npt.NDArray[np.float64]:
        """(n,) a figure of the municipalities, such as ``population``; not to be written to."""
        if name not in self._read:
            values = self.municipalities[name].to_numpy(dtype=np.float64, copy=True)
            values.flags.writeable = False
            self._read[name] = values
        return self._read[name]

    def provenance_of(self, name: str) -> Provenance:
        """Weakest provenance of a figure of the municipalities, such as ``population``."""
        if name not in self._provenances:
            self._provenances[name] = weakest(self.municipalities[f"{name}_provenance"])
        return self._provenances[name]

    @cached_property
    def _read(self) -> dict[str, npt.NDArray[np.float64]]:
        return {}

    @cached_property
    def _provenances(self) -> dict[str, Provenance]:
        return {}

    @cached_property
    def _codes(self) -> tuple[str, ...]:
        return tuple(self.municipalities.index)

    @cached_property
    def _names(self) -> dict[str, str]:
        return dict(self.municipalities["name"])
