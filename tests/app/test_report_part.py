"""The choice of a case document on a page."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from planner.app.shell.report_part import _file_name, _maker
from planner.pipeline.run_scenario import run
from planner.scenario.load import load_scenario
from tests.app.test_pages import ROOT

SCRIPT = """
from pathlib import Path
from planner.app.shell.report_part import show_report_downloads
from planner.scenario.load import load_scenario
from planner.pipeline.run_scenario import run
names = {names!r}
root = Path({root!r})
show_report_downloads([run(load_scenario(root / f"{{name}}.yaml")) for name in names], key="case")
"""


def shown(*names: str) -> AppTest:
    script = SCRIPT.format(names=names, root=str(ROOT / "scenarios"))
    return AppTest.from_string(script, default_timeout=60).run()


def test_the_reader_chooses_a_format() -> None:
    app = shown("hallingdal/modell-e")
    assert not app.exception
    assert app.selectbox[0].label == "Filformat"
    assert app.selectbox[0].value == "docx"
    app.selectbox[0].select("pdf").run()
    assert not app.exception


def test_scenarios_of_several_regions_have_no_document() -> None:
    app = shown("hallingdal/modell-e", "sor-salten/vertskommune")
    assert not app.exception
    assert not app.selectbox
    assert "én region" in app.caption[0].value


def test_the_file_is_named_after_the_scenarios_and_made_when_asked_for() -> None:
    results = [run(load_scenario(ROOT / "scenarios" / "hallingdal" / "modell-e.yaml"))]
    assert _file_name(results) == "saksgrunnlag-modell-e"
    assert _maker(results, "html")().startswith(b"<!doctype html>")
