"""Land of other countries: read, or refused by name."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from planner.errors import DataError
from planner.io.bundle import COLUMNS, Bundle, seal, write_register
from planner.io.tables.boundaries import CRS_EPSG, read_boundaries
from planner.io.tables.neighbours import read_neighbours
from tests.support.data import DATA


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
