"""Making the land of the neighbouring countries anew from its source; anyone can rerun it.

Source: Natural Earth 1:10 million (public domain), as the npm package `world-atlas` carries it in
TopoJSON. The package is only unpacked, never installed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from planner.errors import DataError, Fault
from planner.io.bundle import checksum, seal
from planner.io.tables.boundaries import CRS_EPSG

PACKAGE = "world-atlas@2.0.2"
PACKAGE_SHA256 = "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"
MEMBER = "package/countries-10m.json"
NORWAY = "578"
COUNTRIES = {"SE": "752", "FI": "246", "RU": "643", "DK": "208", "EE": "233", "LV": "428",
             "GB": "826"}  # fmt: skip
BOX = (-8.0, 56.0, 45.0, 73.0)  # around Norway: degrees west, south, east, north
TOLERANCE_M = 300
GRID_M = 50.0
#: Norwegian land this near is taken along, lest the two sources leave sea between them.
OVERLAP_M = 4_000
LEAST_ISLAND_M2 = 4_000_000


def build_neighbours(folder: Path, *, package: Path | None = None) -> None:
    """Write ``neighbours.parquet`` into a bundle and seal it.

    Parameters
    ----------
    folder : bundle whose register names the table.
    package : the package, if it is already downloaded; otherwise npm downloads it.

    Raises
    ------
    DataError : the package is not the one whose checksum is known, or cannot be had.
    """
    with tempfile.TemporaryDirectory() as scratch:
        atlas = read_package(package or _download(Path(scratch)))
    neighbours_of(atlas).to_parquet(
        folder / "neighbours.parquet",
        compression="zstd",
        compression_level=19,
        index=False,
        geometry_encoding="WKB",
    )
    seal(folder)


def read_package(package: Path) -> dict[str, Any]:
    """Read the countries as published, in TopoJSON."""
    if not package.is_file():
        raise DataError([Fault(str(package), 0, "", "there is no such file.")])
    if checksum(package) != PACKAGE_SHA256:
        message = f"not the file {PACKAGE} whose sha256 is known. Expected {PACKAGE_SHA256}."
        raise DataError([Fault(str(package), 0, "sha256", message)])
    with tarfile.open(package) as archive:
        packed = archive.extractfile(MEMBER)
        document: dict[str, Any] = json.load(packed) if packed else {}
    return document


def neighbours_of(atlas: Mapping[str, Any]) -> gpd.GeoDataFrame:
    """Cut the neighbours to what maps of Norway can show, in EPSG:25833.

    Parameters
    ----------
    atlas : TopoJSON with the countries by their ISO number.

    Returns
    -------
    Columns ``country`` (two letters) and ``geometry``; along the Norwegian border with a strip
    of Norway, which the municipalities cover.
    """
    arcs = _arcs(atlas)
    found = {one.get("id"): one for one in atlas["objects"]["countries"]["geometries"]}
    shapes = [_polygon(found[number], arcs) for number in [*COUNTRIES.values(), NORWAY]]
    cut = gpd.GeoSeries(shapely.clip_by_rect(shapely.make_valid(shapes), *BOX), crs=4326)
    *land, norway = cut.to_crs(CRS_EPSG)
    joined = [one.union(norway.intersection(one.buffer(OVERLAP_M))) for one in land]
    return gpd.GeoDataFrame(
        {"country": list(COUNTRIES)}, geometry=[_coarse(one) for one in joined], crs=CRS_EPSG
    )


def _coarse(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """Leave out detail and small islands."""
    parts = shapely.get_parts(shapely.simplify(shape, TOLERANCE_M))
    large = parts[shapely.area(parts) >= LEAST_ISLAND_M2]
    on_grid = shapely.set_precision(shapely.MultiPolygon(large.tolist()), GRID_M)
    return shapely.MultiPolygon(shapely.get_parts(shapely.normalize(on_grid)).tolist())


def _arcs(atlas: Mapping[str, Any]) -> list[npt.NDArray[np.float64]]:
    """Return the lines that borders and coasts are made of, degrees."""
    scale, start = (np.array(atlas["transform"][name]) for name in ("scale", "translate"))
    return [np.cumsum(arc, axis=0) * scale + start for arc in atlas["arcs"]]


def _polygon(
    geometry: Mapping[str, Any], arcs: Sequence[npt.NDArray[np.float64]]
) -> shapely.MultiPolygon:
    """Join lines to rings; ~n is line n walked backwards, and lines share their ends.

    East of 180 degrees a ring goes on beyond 180, so that Russia is one land.
    """

    def ring(numbers: Sequence[int]) -> npt.NDArray[np.float64]:
        walked = [arcs[one] if one >= 0 else arcs[~one][::-1] for one in numbers]
        points = np.concatenate([walked[0], *(line[1:] for line in walked[1:])])
        east = np.unwrap(points[:, 0], period=360)
        return np.column_stack([east + 360 * (east.min() < -180), points[:, 1]])  # noqa: PLR2004

    many = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return shapely.MultiPolygon(
        [shapely.Polygon(ring(shell), [ring(hole) for hole in holes]) for shell, *holes in many]
    )


def _download(folder: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise DataError([Fault(PACKAGE, 0, "", "npm, which downloads it, is not installed.")])
    done = subprocess.run(  # noqa: S603 - no shell
        [npm, "pack", PACKAGE, "--pack-destination", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    packages = sorted(folder.glob("*.tgz"))
    if not packages:
        lines = done.stderr.strip().splitlines() or ["npm gave no reason"]
        raise DataError([Fault(PACKAGE, 0, "", f"npm could not download it: {lines[-1]}")])
    return packages[0]
