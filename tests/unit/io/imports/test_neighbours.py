"""Making the land of the neighbouring countries, from a small atlas."""

from __future__ import annotations

import io
import json
import tarfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import shapely
from pyproj import Transformer

from planner.errors import DataError
from planner.io.bundle import COLUMNS, Bundle, checksum, write_register
from planner.io.imports import neighbours as build
from planner.io.tables.boundaries import CRS_EPSG, read_neighbours

Corners = list[tuple[int, int]]


def square(west: int, south: int, east: int, north: int) -> Corners:
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def steps(line: Corners) -> Corners:
    pairs = pairwise(line)
    return [line[0], *((x - before_x, y - before_y) for (before_x, before_y), (x, y) in pairs)]


#: Sweden begins 0.02 degrees, about 1 km, east of Norway; Russia goes on beyond 180 degrees east.
SQUARES = {
    build.NORWAY: square(1000, 6000, 1500, 6200),
    "752": square(1502, 6000, 1700, 6200),
    "643": [(-17000, 6500), (-17000, 6600), (3000, 6600), (3000, 6500), (-17000, 6500)],
}


@pytest.fixture
def atlas() -> dict[str, Any]:
    """Squares in hundredths of a degree, whose arcs are all walked backwards."""
    numbers = [build.NORWAY, *build.COUNTRIES.values()]
    lines = [SQUARES.get(number, square(0, 5700, 50, 5750)) for number in numbers]
    lines[numbers.index("643")] = [
        (-17000, 6500), (-17900, 6500), (17900, 6500), (3000, 6500),
        (3000, 6600), (17900, 6600), (-17900, 6600), (-17000, 6600), (-17000, 6500),
    ]  # fmt: skip
    geometries = [
        {"type": "Polygon", "id": number, "arcs": [[~place]]}
        for place, number in enumerate(numbers)
    ]
    return {
        "transform": {"scale": [0.01, 0.01], "translate": [0, 0]},
        "arcs": [steps(line) for line in lines],
        "objects": {"countries": {"geometries": geometries}},
    }


def package(folder: Path, atlas: dict[str, Any]) -> Path:
    path = folder / "atlas.tgz"
    content = json.dumps(atlas).encode()
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo(build.MEMBER)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return path


def holds(shape: shapely.Geometry, lon: float, lat: float) -> bool:
    point = Transformer.from_crs(4326, CRS_EPSG, always_xy=True).transform(lon, lat)
    return bool(shape.contains(shapely.Point(point)))


def test_land_reaches_over_the_border_but_not_over_the_country(atlas: dict[str, Any]) -> None:
    land = build.neighbours_of(atlas).set_index("country").geometry
    assert land.is_valid.all()
    assert holds(land["SE"], 16, 61)
    assert holds(land["SE"], 14.99, 61), "a strip of Norway"
    assert not holds(land["SE"], 14.8, 61)
    assert land["SE"].geom_type == "MultiPolygon"


def test_a_country_over_the_date_line_is_one_land(atlas: dict[str, Any]) -> None:
    land = build.neighbours_of(atlas).set_index("country").geometry
    assert holds(land["RU"], 40, 65.5)
    assert not holds(land["RU"], 20, 65.5)


def test_the_table_is_written_sealed_and_the_same_again(
    atlas: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = package(tmp_path, atlas)
    with pytest.raises(DataError, match="sha256: not the file world-atlas"):
        build.read_package(packed)
    monkeypatch.setattr(build, "PACKAGE_SHA256", checksum(packed))
    folder = tmp_path / "data"
    folder.mkdir()
    row = {"id": "neighbours", "table": "neighbours.parquet", "provenance": "observed"}
    write_register(folder / "sources.csv", [dict.fromkeys(COLUMNS, "x") | row])
    (folder / "neighbours.parquet").write_bytes(b"old")
    build.build_neighbours(folder, package=packed)
    first = (folder / "neighbours.parquet").read_bytes()
    assert list(read_neighbours(Bundle(folder)).index) == list(build.COUNTRIES)
    build.build_neighbours(folder, package=packed)
    assert (folder / "neighbours.parquet").read_bytes() == first


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such file"):
        build.read_package(tmp_path / "other.tgz")
