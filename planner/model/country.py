"""The whole country at one date, in one set of circumstances; regions are cut out of it.

Travel and commuting are computed for all municipalities at once, because a region's shortest
ways and its inhabitants' workplaces may leave the region.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import networkx as nx
import numpy as np
import pandas as pd

from planner.io.bundle import Bundle
from planner.io.tables.columns import in_force
from planner.io.tables.land import read_borders, read_islands
from planner.io.tables.municipalities import read_municipalities
from planner.io.tables.presence import Keep, read_keep_presence, read_sami_areas
from planner.io.tables.risk_factors import RiskFactor, read_risk_factors
from planner.io.tables.roads import Season, read_roads
from planner.io.tables.services import (
    SpecialistFunction,
    catalogue_provenance,
    read_bought_services,
    read_case_systems,
    read_functions,
    read_opening_hours,
    service_catalogues,
    visits_per_month,
)
from planner.model.access_minutes import people_to_offices
from planner.model.commuting.commuters import Commuters, load_commuters
from planner.model.contiguity import contiguity_graph
from planner.model.inhabitants import Inhabitants
from planner.model.instance import Instance, Surroundings, Travel
from planner.model.labour_market import labour_market_regions
from planner.model.plan import Plan
from planner.model.population import population_on
from planner.model.roads.changes import NetworkChanges, with_changes
from planner.model.roads.graph import crossings
from planner.model.roads.network import PARAMETERS, road_network
from planner.model.roads.travel import travel_between
from planner.model.staffing import staff_on
from planner.provenance import Provenance

Known = TypeVar("Known")

#: Tables of one year -> the figures of `Instance` that they are about.
DATED_TABLES = ("services", "case_systems", "opening_hours", "visits")

#: What a country weighs in the memo of its data, so that a few scenarios of one session are kept.
COUNTRY_WEIGHT = 40


@dataclass(frozen=True)
class Circumstances:
    """What a scenario may change for the whole country.

    Attributes
    ----------
    on : all figures, roads and ferries are those of this date.
    changes : links changed, closed and opened.
    assumptions : every parameter's value.
    """

    on: dt.date
    changes: NetworkChanges
    assumptions: Mapping[str, float]


@dataclass(frozen=True)
class OwnFigures:
    """A scenario's own figures of one municipality; None where it has none.

    Attributes
    ----------
    population, fte : inhabitants, and staff at the office.
    services : municipal services in the office.
    case_system : municipal case system.
    """

    population: int | None = None
    fte: float | None = None
    services: frozenset[str] | None = None
    case_system: str | None = None


@dataclass(frozen=True, eq=False)
class Country:
    """All municipalities with travel, commuting and contiguity; fields as in `Instance`.

    ``labour_market`` is the code of every municipality's labour-market centre.
    """

    date: dt.date
    municipalities: pd.DataFrame
    network: nx.MultiGraph[str]
    travel: Travel
    inhabitants: Inhabitants
    commuters: Commuters
    contiguity: nx.Graph[str]
    services: pd.DataFrame
    services_provenance: Mapping[str, Provenance]
    case_systems: Mapping[str, str]
    case_systems_provenance: Mapping[str, Provenance]
    opening_hours: Mapping[str, str]
    bought_services: frozenset[tuple[str, str]]
    visits: pd.DataFrame
    keep_presence: tuple[Keep, ...]
    islands: frozenset[str]
    sami_languages: Mapping[str, str]
    assumptions: Mapping[str, float]
    functions: Mapping[str, SpecialistFunction]
    risk_factors: Mapping[int, RiskFactor]
    labour_market: pd.Series[str]
    table_years: Mapping[str, int]

    def region(
        self,
        codes: list[str],
        baseline: Plan,
        *,
        own_figures: Mapping[str, OwnFigures],
        regional_fte: float,
        assumption_ranges: Mapping[str, tuple[float, float]],
    ) -> Instance:
        """Cut a region out of the country and put a scenario's own figures in place.

        Parameters
        ----------
        codes : municipalities of the region, sorted.
        baseline : plan of exactly these municipalities.
        own_figures : code -> the scenario's own, which replace those of the data.
            Commuting does not follow an overridden population.
        regional_fte : staff of the region that belong to no municipality.
        assumption_ranges : as in `Instance`.
        """
        table = self.municipalities.loc[codes].copy()
        services = self.services.loc[self.services.index.isin(codes)].copy()
        services_provenance = _among(self.services_provenance, codes)
        systems = _among(self.case_systems, codes)
        systems_provenance = _among(self.case_systems_provenance, codes)
        for code, own in own_figures.items():
            for figure in ("population", "fte"):
                value = getattr(own, figure)
                if value is not None:
                    table.loc[code, figure] = value
                    table.loc[code, f"{figure}_provenance"] = "scenario"
                    table.loc[code, f"{figure}_year"] = self.date.year
            if own.fte is not None:  # of which nothing more is known
                table.loc[code, ["state_fte", "municipal_fte", "fte_low", "fte_high"]] = np.nan
            if own.services is not None:
                services.loc[code] = [name in own.services for name in services.columns]
                services_provenance[code] = "scenario"
            if own.case_system is not None:
                systems[code] = own.case_system
                systems_provenance[code] = "scenario"
        return Instance(
            municipalities=table,
            travel=self.travel.among(codes),
            inhabitants=self.inhabitants.among(codes),
            commuters=self.commuters.flows.loc[codes, codes],
            commuters_provenance=self.commuters.provenance_among(codes),
            contiguity=self.contiguity.subgraph(codes).copy(),
            baseline=baseline,
            regional_fte=regional_fte,
            services=services,
            services_provenance=services_provenance,
            case_systems=systems,
            case_systems_provenance=systems_provenance,
            opening_hours=_among(self.opening_hours, codes),
            bought_services=frozenset(
                (code, function) for code, function in self.bought_services if code in set(codes)
            ),
            visits=self.visits.loc[self.visits.index.isin(codes)],
            keep_presence=tuple(keep for keep in self.keep_presence if keep.code in set(codes)),
            islands=self.islands & set(codes),
            sami_languages=_among(self.sami_languages, codes),
            assumptions=self.assumptions,
            assumption_ranges=assumption_ranges,
            functions=self.functions,
            risk_factors=self.risk_factors,
            surroundings=self._around(codes),
            network=self.network,
            date=self.date,
            table_years=self.table_years,
        )

    def _around(self, codes: list[str]) -> Surroundings:
        outside = self.municipalities.index.difference(codes)
        return Surroundings(
            self.municipalities.loc[outside, ["name", "county"]],
            self.commuters.flows.loc[codes, outside],
            dict(self.labour_market.loc[codes]),
            self.commuters.counted.loc[codes],
        )


def load_country(bundle: Bundle, circumstances: Circumstances) -> Country:
    """Read the tables and compute travel, commuting and contiguity for the whole country.

    The same tables in the same circumstances are computed once and kept.

    Parameters
    ----------
    bundle : folder of registered tables.
    circumstances : date, network changes and assumptions.

    Raises
    ------
    DataError : a table is missing, changed or faulty.
    """
    given, changes = circumstances.assumptions, circumstances.changes
    key = ("country", bundle.version, circumstances.on, changes, tuple(sorted(given.items())))
    return bundle.memo.get(key, lambda: _compute(bundle, circumstances), COUNTRY_WEIGHT)


def load_network(
    bundle: Bundle, on: dt.date, assumptions: Mapping[str, float], season: Season | None = None
) -> nx.MultiGraph[str]:
    """Read the tables and make the network of a date, before any change; not to be changed.

    Raises
    ------
    DataError : a table is missing, changed or faulty.
    """
    used = {name: assumptions[name] for name in PARAMETERS}

    def make() -> nx.MultiGraph[str]:
        return road_network(read_roads(bundle), on=on, season=season, assumptions=used)

    return bundle.memo.get(("network", bundle.version, on, season, tuple(used.items())), make)


def _compute(bundle: Bundle, circumstances: Circumstances) -> Country:
    assumptions = circumstances.assumptions
    municipalities, borders = read_municipalities(bundle), read_borders(bundle)
    codes = list(municipalities.index)
    systems = read_case_systems(bundle)
    on, changes = circumstances.on, circumstances.changes
    network = load_network(bundle, on, assumptions)
    travel = unchanged = travel_between(network, codes)
    if changes != NetworkChanges():
        network = load_network(bundle, on, assumptions, changes.season)
        network = with_changes(network, changes, wait_share=assumptions["ferry_wait_share"])
        travel = travel_between(network, codes)
    commuters = load_commuters(bundle, unchanged, travel, assumptions)
    table = _figures(bundle, circumstances.on, municipalities).assign(**commuters.margins)
    return Country(
        date=circumstances.on,
        municipalities=table,
        network=network,
        travel=travel,
        inhabitants=people_to_offices(bundle, network, table["population"], assumptions),
        commuters=commuters,
        contiguity=contiguity_graph(
            codes,
            borders,
            crossings(network),
            least_border_m=assumptions["contiguity_least_border_m"],
        ),
        services=service_catalogues(bundle),
        services_provenance=catalogue_provenance(bundle),
        case_systems=dict(systems["case_system"]),
        case_systems_provenance=dict(systems["provenance"]),
        opening_hours=dict(read_opening_hours(bundle)["opening_hours"]),
        bought_services=read_bought_services(bundle),
        visits=visits_per_month(bundle),
        keep_presence=read_keep_presence(bundle),
        islands=_without_fixed_link(bundle),
        sami_languages=_sami_languages(bundle, circumstances.on),
        assumptions=assumptions,
        functions=read_functions(bundle),
        risk_factors=read_risk_factors(bundle),
        labour_market=labour_market_regions(
            commuters.flows,
            table["employed_residents"],
            travel.minutes,
            least_share=assumptions["labour_market_least_share"],
            max_minutes=assumptions["labour_market_max_minutes"],
        ),
        table_years={
            "commuting": commuters.year,
            **{name: int(bundle.source(name).vintage) for name in DATED_TABLES},
        },
    )


def _among(known: Mapping[str, Known], codes: list[str]) -> dict[str, Known]:
    return {code: known[code] for code in codes if code in known}


def _without_fixed_link(bundle: Bundle) -> frozenset[str]:
    """Return the municipalities whose centre lies where no road leads to the mainland."""
    islands = read_islands(bundle)
    return frozenset(islands.index[islands["extent"] != "part"])


def _sami_languages(bundle: Bundle, on: dt.date) -> dict[str, str]:
    areas = read_sami_areas(bundle)
    known = areas[in_force(areas, pd.Timestamp(on)) & areas["language"].notna()]
    return dict(zip(known["code"], known["language"], strict=True))


def _figures(bundle: Bundle, on: dt.date, municipalities: pd.DataFrame) -> pd.DataFrame:
    """Return the municipalities with their population and staff on a date."""
    population = population_on(bundle, on)
    areas = read_sami_areas(bundle)
    of_the_day = areas[in_force(areas, pd.Timestamp(on))].set_index("code")["category"]
    return municipalities.join([population, staff_on(bundle, population["population"], on)]).assign(
        sami_admin_area=municipalities.index.isin(of_the_day.index),
        sami_category=of_the_day.reindex(municipalities.index).fillna(""),
    )
