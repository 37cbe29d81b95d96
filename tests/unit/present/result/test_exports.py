"""A plan for other programs: what Excel and a program of maps read."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
from openpyxl import load_workbook

from planner.pipeline.result import Result
from planner.pipeline.run_scenario import run
from planner.present.result.exports import as_geopackage, as_workbook
from planner.present.result.files import files_of
from planner.scenario.load import load_scenario
from tests.support.data import DATA
from tests.support.paths import SCENARIOS


@pytest.fixture(scope="module")
def result() -> Result:
    return run(load_scenario(SCENARIOS / "hallingdal" / "modell-e.yaml"), bundle=DATA)


def test_a_way_that_is_not_there_is_empty(result: Result) -> None:
    instance = result.instance
    minutes = instance.travel.minutes.copy()
    minutes.loc["3039"], minutes["3039"] = np.inf, np.inf
    cut = replace(instance, travel=replace(instance.travel, minutes=minutes), inhabitants=None)
    written = files_of(replace(result, instance=cut), DATA)["municipalities.csv"]().decode()
    assert "inf" not in written
    (row,) = [line for line in written.splitlines() if line.startswith("3039")]
    assert ",," in row


def test_excel_reads_figures_as_figures_and_codes_as_text(result: Result) -> None:
    assert result.plan is not None
    content = as_workbook(result.instance, result.plan)
    assert content == as_workbook(result.instance, result.plan)
    head, *rows = load_workbook(BytesIO(content)).active.iter_rows(values_only=True)
    gol = next(dict(zip(head, row, strict=True)) for row in rows if row[0] == "3041")
    assert gol["name"] == "Gol"
    assert isinstance(gol["fte"], float)
    assert len(rows) == 6


def test_layers_for_a_program_of_maps(result: Result, tmp_path: Path) -> None:
    assert result.plan is not None
    file = tmp_path / "plan.gpkg"
    file.write_bytes(as_geopackage(result.instance, result.plan, DATA))
    names = [name for name, _ in pyogrio.list_layers(file)]
    assert names == ["municipalities", "groups", "offices", "links"]
    read = {name: gpd.read_file(file, layer=name) for name in names}
    assert [len(read[name]) for name in names] == [6, 1, 6, 5]
    assert all("fid" not in table.columns for table in read.values())
    assert {table.crs.to_epsg() for table in read.values()} == {25833}
    (group,) = read["groups"].to_dict("records")
    assert group["host"] == "Gol"
    assert group["members"] == 6
    assert group["fte"] == pytest.approx(read["municipalities"]["fte"].sum())
    assert read["municipalities"].union_all().equals_exact(group["geometry"], 1) or (
        read["municipalities"].area.sum() == pytest.approx(group["geometry"].area)
    )
    assert dict(zip(read["offices"]["name"], read["offices"]["days"], strict=True))["Ål"] == 2
