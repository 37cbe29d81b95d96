"""Polygons: municipalities and neighbouring countries."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import DataError
from planner.io.bundle import COLUMNS, Bundle, seal, write_register
from planner.io.imports.boundaries import borders_of
from planner.io.tables.boundaries import CRS_EPSG, read_boundaries, read_neighbours, simplify
from planner.io.tables.land import read_borders
from planner.io.tables.municipalities import read_municipalities
from tests.support.data import DATA


@pytest.fixture(scope="module")
def boundaries() -> gpd.GeoDataFrame:
    return read_boundaries(DATA)


def bundle_with(frame: gpd.GeoDataFrame, folder: Path) -> Bundle:
    frame.to_parquet(folder / "boundaries.parquet")
    shutil.copy(DATA.path("municipalities"), folder)
    tables = {"boundaries": "boundaries.parquet", "municipalities": "municipalities.csv"}
    common = dict.fromkeys(COLUMNS, "x") | {"provenance": "observed", "sha256": ""}
    write_register(
        folder / "sources.csv",
        [common | {"id": name, "table": table} for name, table in tables.items()],
    )
    seal(folder)
    return Bundle(folder)


def test_all_municipalities_without_gaps_or_overlaps(boundaries: gpd.GeoDataFrame) -> None:
    assert list(boundaries.index) == list(read_municipalities(DATA).index)
    assert boundaries.crs.to_epsg() == CRS_EPSG
    assert boundaries.is_valid.all()
    assert shapely.coverage_is_valid(boundaries.geometry.to_numpy())
    assert boundaries.area.sum() / 1e6 == pytest.approx(323_500, rel=0.001)  # land of Norway, km2


def test_the_file_is_small() -> None:
    assert DATA.path("boundaries").stat().st_size <= 1_000_000


def test_every_centre_lies_in_its_municipality(boundaries: gpd.GeoDataFrame) -> None:
    places = read_municipalities(DATA)
    centres = gpd.GeoSeries.from_xy(
        places["centre_lon"], places["centre_lat"], index=places.index, crs=4326
    ).to_crs(CRS_EPSG)
    outside = [code for code in places.index if not boundaries.geometry[code].covers(centres[code])]
    assert outside == []


def test_borders_are_those_of_the_polygons(boundaries: gpd.GeoDataFrame) -> None:
    measured = borders_of(boundaries.reset_index())
    assert measured.equals(read_borders(DATA).astype(measured.dtypes))


@pytest.mark.parametrize("tolerance_m", [50, 300, 2000])
def test_neighbours_share_their_simplified_border(
    boundaries: gpd.GeoDataFrame, tolerance_m: float
) -> None:
    simple = simplify(boundaries, tolerance_m)
    assert list(simple.index) == list(boundaries.index)
    assert shapely.coverage_is_valid(simple.geometry.to_numpy())
    assert not simple.is_empty.any()
    before = shapely.get_num_coordinates(boundaries.geometry.to_numpy()).sum()
    assert shapely.get_num_coordinates(simple.geometry.to_numpy()).sum() < before
    assert simple.area.sum() == pytest.approx(boundaries.area.sum(), rel=0.01)


@settings(max_examples=15, deadline=None)
@given(st.floats(10, 3000), st.sets(st.integers(0, 355), min_size=1, max_size=40))
def test_any_part_simplifies_to_a_coverage(tolerance_m: float, rows: set[int]) -> None:
    part = read_boundaries(DATA).iloc[sorted(rows)]
    simple = simplify(part, tolerance_m)
    assert shapely.coverage_is_valid(simple.geometry.to_numpy())
    assert not simple.is_empty.any()


def test_a_truncated_file(tmp_path: Path, boundaries: gpd.GeoDataFrame) -> None:
    bundle = bundle_with(boundaries.reset_index(), tmp_path)
    path = tmp_path / "boundaries.parquet"
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(DataError, match=r"boundaries\.parquet  sha256"):
        read_boundaries(bundle)
    seal(tmp_path)
    with pytest.raises(DataError, match=r"boundaries\.parquet  not readable as GeoParquet"):
        read_boundaries(Bundle(tmp_path))


def test_another_coordinate_system(tmp_path: Path, boundaries: gpd.GeoDataFrame) -> None:
    bundle = bundle_with(boundaries.head(3).to_crs(4326).reset_index(), tmp_path)
    with pytest.raises(DataError, match=r"geometry: got EPSG:4326, expected EPSG:25833"):
        read_boundaries(bundle)


def test_a_missing_column(tmp_path: Path, boundaries: gpd.GeoDataFrame) -> None:
    renamed = boundaries.head(3).reset_index().rename(columns={"code": "number"})
    with pytest.raises(DataError, match="code: the column is missing"):
        read_boundaries(bundle_with(renamed, tmp_path))


SPOILT: dict[str, Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]] = {
    "half": lambda frame: frame.head(178),
    "none": lambda frame: frame.head(0),
    "unknown code": lambda frame: frame.replace({"code": {"3041": "9999"}}),
    "points": lambda frame: frame.set_geometry(frame.representative_point()),
    "overlap": lambda frame: frame.set_geometry(frame.buffer(100)),
    "degrees": lambda frame: frame.to_crs(4326).set_crs(CRS_EPSG, allow_override=True),
    "reversed": lambda frame: frame.assign(code=frame["code"].to_numpy()[::-1]),
}


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("half", "missing or strange: 3443"),
        ("none", "missing or strange: 0301"),
        ("unknown code", "missing or strange: 3041, 9999"),
        ("points", "'0301' has no valid polygon"),
        ("overlap", "the polygons overlap"),
        ("degrees", "lies apart from Oslo, its centre"),
        ("reversed", "lies apart from Oslo, its centre"),
    ],
)
def test_polygons_that_are_not_those_of_the_municipalities(
    tmp_path: Path, boundaries: gpd.GeoDataFrame, how: str, told: str
) -> None:
    with pytest.raises(DataError, match=re.escape(told)):
        read_boundaries(bundle_with(SPOILT[how](boundaries.reset_index()), tmp_path))


def test_faulty_rows_all_at_once(tmp_path: Path, boundaries: gpd.GeoDataFrame) -> None:
    part = boundaries.head(3).reset_index()
    part["code"] = ["0301", "0301", "1x"]
    part.loc[2, "geometry"] = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    with pytest.raises(DataError) as caught:
        read_boundaries(bundle_with(part, tmp_path))
    message = str(caught.value)
    assert "'0301' stands more than once" in message
    assert "'1x' is not a municipality number" in message
    assert "'1x' has no valid polygon" in message


def test_the_countries_lie_around_norway() -> None:
    land = read_neighbours(DATA)
    assert {"SE", "FI", "RU"} <= set(land.index)
    assert land.is_valid.all()
    assert not land.intersects(read_boundaries(DATA).geometry["3041"]).any()  # Gol, far inland
    hattfjelldal = read_boundaries(DATA).geometry["1826"]
    assert land["SE"].distance(hattfjelldal) == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"no parquet", "not readable"),
        (gpd.GeoDataFrame({"country": ["SE"]}, geometry=[shapely.box(0, 0, 1, 1)], crs=4326),
         f"EPSG:{CRS_EPSG}"),
    ],
)  # fmt: skip
def test_a_faulty_table_is_refused(
    tmp_path: Path, content: bytes | gpd.GeoDataFrame, message: str
) -> None:
    row = {"id": "neighbours", "table": "neighbours.parquet", "provenance": "observed"}
    write_register(tmp_path / "sources.csv", [dict.fromkeys(COLUMNS, "x") | row])
    if isinstance(content, bytes):
        (tmp_path / "neighbours.parquet").write_bytes(content)
    else:
        content.to_parquet(tmp_path / "neighbours.parquet")
    seal(tmp_path)
    with pytest.raises(DataError, match=message):
        read_neighbours(Bundle(tmp_path))
