"""Polygons: the municipalities, and the land of the neighbouring countries."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import shapely

from planner.errors import DataError, Fault
from planner.io.bundle import Bundle, kept
from planner.io.tables.municipalities import read_municipalities

CRS_EPSG = 25833
COLUMNS = ("code", "geometry")
MOST_NAMED = 5
#: A centre by the water may stand just outside of the generalised shore.
CENTRE_MOST_AWAY_M = 1_000


@kept("boundaries", "municipalities")
def read_boundaries(bundle: Bundle) -> gpd.GeoDataFrame:
    """Read the polygons of all municipalities; not to be changed.

    Returns
    -------
    Index ``code`` (sorted); column ``geometry`` in EPSG:25833, metres. Neighbours share their
    border; the sea is left out.

    Raises
    ------
    DataError : the file is missing, changed or unreadable; a column, the CRS or a polygon is not
        as expected; the polygons overlap, or are not those of the table of municipalities.
    """
    path = bundle.path("boundaries")
    try:
        frame = gpd.read_parquet(path)
    except (pa.ArrowException, ValueError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise DataError(
            [Fault(str(path), 0, "", f"not readable as GeoParquet: {reason}")]
        ) from None
    faults = _faults(frame, path) or _misfits(frame, read_municipalities(bundle), path)
    if faults:
        raise DataError(faults)
    return frame.set_index("code").sort_index()


def simplify(boundaries: gpd.GeoDataFrame, tolerance_m: float) -> gpd.GeoDataFrame:
    """Leave out detail that the screen cannot show; neighbours still share their border.

    Parameters
    ----------
    boundaries : from `read_boundaries`.
    tolerance_m : detail smaller than about this is left out; 0 changes nothing.

    Returns
    -------
    As `boundaries`: no gaps, no overlaps, and every municipality with all its islands.

    Source
    ------
    Visvalingam and Whyatt (1993), Line generalisation by repeated elimination of points,
    applied to shared edges.
    """
    shapes = shapely.coverage_simplify(boundaries.geometry.to_numpy(), tolerance_m)
    return boundaries.set_geometry(gpd.GeoSeries(shapes, boundaries.index, crs=boundaries.crs))


def _faults(frame: gpd.GeoDataFrame, path: Path) -> list[Fault]:
    missing = [name for name in COLUMNS if name not in frame]
    if missing:
        return [Fault(str(path), 0, name, "the column is missing.") for name in missing]
    faults = []
    if frame.crs is None or frame.crs.to_epsg() != CRS_EPSG:
        got = frame.crs.to_string() if frame.crs else "no coordinate system"
        message = f"got {got}, expected EPSG:{CRS_EPSG}."
        faults.append(Fault(str(path), 0, "geometry", message))
    wrong = frame.loc[~frame["code"].astype(str).str.fullmatch(r"\d{4}"), "code"]
    twice = frame.loc[frame["code"].duplicated(), "code"]
    areal = frame.geom_type.isin(["Polygon", "MultiPolygon"])
    broken = frame.loc[frame.geometry.is_empty | ~frame.is_valid | ~areal, "code"]
    for codes, column, message in (
        (wrong, "code", "is not a municipality number of four digits."),
        (twice, "code", "stands more than once."),
        (broken, "geometry", "has no valid polygon."),
    ):
        faults += [Fault(str(path), 0, column, f"{code!r} {message}") for code in codes]
    return faults


def _misfits(frame: gpd.GeoDataFrame, municipalities: pd.DataFrame, path: Path) -> list[Fault]:
    """Hold the polygons to the municipalities: the same ones, each around its own centre."""
    shapes = frame.set_index("code").geometry
    astray = sorted(shapes.index.symmetric_difference(municipalities.index))
    if astray:
        named = ", ".join(astray[:MOST_NAMED]) + (" ..." if len(astray) > MOST_NAMED else "")
        message = f"expected a polygon of every municipality; missing or strange: {named}."
        return [Fault(str(path), 0, "code", message)]
    if not shapely.coverage_is_valid(shapes.to_numpy()):
        return [Fault(str(path), 0, "geometry", "the polygons overlap, or borders do not match.")]
    centres = gpd.GeoSeries.from_xy(
        municipalities["centre_lon"],
        municipalities["centre_lat"],
        index=municipalities.index,
        crs=4326,
    ).to_crs(CRS_EPSG)
    apart = shapes.distance(centres, align=True) > CENTRE_MOST_AWAY_M
    return [
        Fault(str(path), 0, "geometry", f"{code!r} lies apart from {name}, its centre.")
        for code, name in municipalities.loc[apart[apart].index, "centre_name"].items()
    ]


@kept("neighbours")
def read_neighbours(bundle: Bundle) -> gpd.GeoSeries:
    """Read the land of the countries around Norway; not to be changed.

    Returns
    -------
    Polygons in EPSG:25833, index ``country`` (two letters). Along the border they reach a few
    kilometres into Norway, so that no sea is left between.

    Raises
    ------
    DataError : the file is missing, changed or unreadable, or not in EPSG:25833.
    """
    path = bundle.path("neighbours")
    try:
        land = gpd.read_parquet(path).set_index("country").geometry
    except (pa.ArrowException, KeyError, ValueError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise DataError([Fault(str(path), 0, "", f"not readable: {reason}")]) from None
    if land.crs is None or land.crs.to_epsg() != CRS_EPSG:
        raise DataError([Fault(str(path), 0, "geometry", f"expected EPSG:{CRS_EPSG}.")])
    return land
