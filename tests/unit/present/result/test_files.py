"""The files of a result, as a folder and one by one."""

from __future__ import annotations

import json
from pathlib import Path

from planner.pipeline.run_scenario import run
from planner.present.result.document import as_document
from planner.present.result.files import files_of, write_files
from planner.scenario.load import load_scenario
from tests.integration.test_main_job import HALLINGDAL
from tests.support.data import DATA


def test_a_folder_holds_what_is_offered_one_by_one(tmp_path: Path) -> None:
    result = run(load_scenario(HALLINGDAL / "modell-e.yaml"))
    write_files(result, tmp_path, DATA)
    files = files_of(result, DATA)
    assert {path.name for path in tmp_path.iterdir()} == {*files, "manifest.json"}
    for name, written in files.items():
        assert (tmp_path / name).read_bytes() == written(), name  # the same bytes each time
    assert json.loads(files["result.json"]()) == as_document(result)
    assert len(files["municipalities.csv"]().splitlines()) == 7


def test_every_file_that_is_passed_on_names_its_sources(tmp_path: Path) -> None:
    result = run(load_scenario(HALLINGDAL / "modell-e.yaml"))
    write_files(result, tmp_path, DATA)
    for name in ("plan.geojson", "manifest.json"):
        told = json.loads((tmp_path / name).read_text(encoding="utf-8"))["attribution"]
        assert "Kartverket" in told["boundaries.parquet"]
        assert "GeoNames" in told["municipalities.csv"]
        assert "CC BY 4.0" in told["boundaries.parquet"]
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "Kartverket, GeoNames, CC BY 4.0" in page
