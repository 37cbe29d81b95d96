"""A plan for other programs: a table for Norwegian Excel, and layers for a program of maps."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
from openpyxl import Workbook
from openpyxl.styles import Font
from shapely.geometry import LineString

from planner.assess.access import municipality_table
from planner.io.bundle import Bundle
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.present.maps.ground import region_ground
from planner.present.repack_zip import repacked

#: What a GeoPackage says of when it was written: the same every time.
WRITTEN = "1980-01-01T00:00:00Z"


def as_workbook(instance: Instance, plan: Plan) -> bytes:
    """Return the table of municipalities as a workbook, in which Excel reads figures as figures."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "municipalities"
    table = known_values(municipality_table(instance, plan)).reset_index(names="code")
    sheet.append(list(table.columns))
    for row in table.itertuples(index=False):
        sheet.append([None if pd.isna(cell) else cell for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for (cell,) in sheet.iter_rows(min_row=2, max_col=1):
        cell.number_format = "@"  # a code is text: 0301
    sheet.freeze_panes = "C2"
    written = io.BytesIO()
    book.save(written)
    return repacked(written.getvalue())


def as_geopackage(instance: Instance, plan: Plan, bundle: Bundle) -> bytes:
    """Return a plan as layers of EPSG:25833, in metres: the same bytes for the same plan.

    ``municipalities`` and ``groups`` are areas, ``offices`` points with days of presence a week,
    ``links`` straight lines from the centres of members to their host's, with the way's minutes.
    """
    areas = known_values(municipality_table(instance, plan)).reset_index(names="code")
    shapes = region_ground(bundle, tuple(instance.codes)).shapes
    areas = gpd.GeoDataFrame(areas, geometry=list(shapes.loc[areas["code"]]), crs=shapes.crs)
    figures = {"population": "sum", "fte": "sum", "code": "count"}
    groups = areas.dissolve("host_code", aggfunc=figures).reset_index()
    groups = groups.rename(columns={"code": "members"})
    groups["host"] = groups["host_code"].map(instance.names)
    centres = _centres(instance)
    days = pd.Series({code: plan.presence_days(code) for code in instance.codes})
    open_days = days[days > 0].rename_axis("code").rename("days").reset_index()
    open_days["name"] = open_days["code"].map(instance.names)
    offices = gpd.GeoDataFrame(
        open_days, geometry=list(centres.loc[open_days["code"]]), crs=centres.crs
    )
    ways = areas.loc[areas["code"] != areas["host_code"], ["code", "host_code", "minutes", "km"]]
    lines = [
        LineString([centres[code], centres[host]])
        for code, host in zip(ways["code"], ways["host_code"], strict=True)
    ]
    links = gpd.GeoDataFrame(ways, geometry=lines, crs=centres.crs)
    return _written({"municipalities": areas, "groups": groups, "offices": offices, "links": links})


def known_values(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table in which what has no figure, such as a way that is not there, is missing."""
    return table.replace([np.inf, -np.inf], np.nan)


def _centres(instance: Instance) -> gpd.GeoSeries:
    table = instance.municipalities
    points = gpd.points_from_xy(table["centre_lon"], table["centre_lat"], crs="EPSG:4326")
    return gpd.GeoSeries(points, index=table.index).to_crs("EPSG:25833")


def _written(layers: dict[str, gpd.GeoDataFrame]) -> bytes:
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": WRITTEN})
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "plan.gpkg"
            for place, (name, layer) in enumerate(layers.items()):
                layer.to_file(file, layer=name, driver="GPKG", mode="a" if place else "w")
            return file.read_bytes()
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
