"""The page Ny region without a browser; its map is tried in test_region_browser.py."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planner.app.shell import library
from planner.app.shell.router import PAGES
from planner.present.site.regions import region_name
from planner.scenario.load import load_scenario
from tests.app.test_pages import opened
from tests.support.data import DATA


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of regions that the app may add to."""
    own = tmp_path / "scenarios"
    shutil.copytree(DATA.folder.parent / "scenarios" / "hallingdal", own / "hallingdal")
    monkeypatch.setenv("KONTORPLAN_SCENARIOS", str(own))
    return own


def make(app: AppTest, name: str) -> AppTest:
    app.text_input[0].set_value(name)
    next(one for one in app.button if one.label == "Lag regionen").click()
    app.run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return "\n".join(one.value.replace("\\", "").replace("\xa0", " ") for one in app.markdown)


def test_a_region_across_counties_is_made_beside_the_others(folder: Path) -> None:
    app = opened("region")
    assert "Ingen kommuner er valgt" in said(app)
    app.multiselect[0].set_value(["council:Lister", "1103"]).run()
    assert "7 kommuner: Stavanger, Farsund" in said(app)
    assert app.query_params["parts"] in ("council:Lister,1103", ["council:Lister,1103"])
    make(app, "Lister og  Stavanger")
    assert "er laget" in app.success[0].value
    made = folder / "Lister_og_Stavanger"
    assert region_name(made.name) == "Lister og Stavanger"
    read = {path.stem: load_scenario(path, DATA) for path in made.glob("*.yaml")}
    assert sorted(read) == ["forslag", "i-dag", "ny-plan"]
    assert all(one.title.startswith("Lister og Stavanger – ") for one in read.values())
    assert all("Lister og Stavanger" in one.description for one in [read["i-dag"]])
    assert library.regions_with("1103") == [made.name]
    assert [one.region for one in library.entries("hallingdal")] == ["hallingdal"] * 7


def test_names_that_are_taken_or_none_are_refused_and_nothing_is_made(folder: Path) -> None:
    app = opened("region", parts="county:Oslo")
    for name, told in (
        ("Hallingdal", "finnes alt en region"),
        ("../ut", "kan bare ha bokstaver"),
        ("", "kan bare ha bokstaver"),
    ):
        make(app, name)
        assert told in app.error[0].value
        assert not app.success
    assert [path.name for path in folder.iterdir()] == ["hallingdal"]
    assert sorted(path.name for path in folder.parent.iterdir()) == ["scenarios"]


def test_a_link_asks_for_municipalities_and_strangers_are_passed_over(folder: Path) -> None:
    assert folder.is_dir()
    app = opened("region", parts="3039,9999,council:Nowhere,county:Oslo")
    assert app.multiselect[0].value == ["3039", "county:Oslo"]
    assert app.text_input[0].value == "Oslo"


def test_the_same_municipalities_lead_to_the_region_that_has_them(folder: Path) -> None:
    assert folder.is_dir()
    codes = ["3039", "3040", "3041", "3042", "3043", "3044"]
    assert library.regions_of(codes) == ["hallingdal"]
    assert library.regions_of(codes[1:]) == []


def test_reading_makes_no_region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONTORPLAN_READ_ONLY", "1")
    assert next(page for page in PAGES if page.key == "region").edits
    app = opened("region", parts="county:Oslo")
    assert not app.multiselect
    assert not app.button
