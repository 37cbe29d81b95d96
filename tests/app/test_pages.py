"""Every page of the app, run without a browser."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from planner.app.shell import library
from planner.app.shell.widgets import plain
from planner.io.bundle import Bundle
from planner.workspace import Workspace
from tests.support.data import DATA
from tests.support.paths import ROOT

#: Of the counties' pages of 2026, which are alike, one stands for all.
SCENARIOS = [
    path
    for path in sorted((ROOT / "scenarios").glob("*/*.yaml"))
    if path.stem not in {"i-dag-2026", "forslag-2026"} or path.parent.name == "buskerud"
]
WAIT_S = 60


def opened(page: str = "scenario", **query: str) -> AppTest:
    """Run one page, as the router does."""
    script = (
        "from planner.app.shell.router import PAGES, guarded_page\n"
        f"guarded_page(next(page for page in PAGES if page.key == {page!r}))()"
    )
    app = AppTest.from_string(script, default_timeout=WAIT_S)
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


def box(app: AppTest, label: str) -> Any:
    return next(one for one in app.selectbox if one.label == label)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_scenario_is_shown(path: Path) -> None:
    app = opened(region=path.parent.name, scenario=f"{path.parent.name}/{path.stem}")
    assert not app.exception
    assert not app.error
    assert app.title[0].value == plain(library.title_of(path))
    assert len(app.metric) == 5
    assert len(app.dataframe[0].value) == len(app.dataframe[1].value)  # all municipalities, twice


def test_the_first_view_is_a_plan_beside_todays() -> None:
    app = opened()
    assert box(app, "Region").value == "hallingdal"
    assert box(app, "Scenario").value == "hallingdal/modell-e"
    offices = app.metric[0]
    assert (offices.label, offices.value, offices.delta) == ("Kontorer", "1", "−4 fra 5")
    assert app.metric[3].delta == "+28,35 fra 2,00"  # larger is not better
    assert "verre" in app.metric[1].delta
    assert "Modell A" in app.caption[0].value
    table = app.dataframe[0].value
    assert list(table["Kommune"]) == ["Flå", "Nesbyen", "Gol", "Hemsedal", "Ål", "Hol"]
    assert dict(zip(table["Kommune"], table["Endring, min"], strict=True))["Hol"] == "+40,5"


def test_findings_and_the_way_back_to_the_rows() -> None:
    app = opened()
    said = "\n".join(one.value for one in app.markdown)
    assert "- Hemsedal\\: 34\u00a0min i snitt til Gol, uendret" in said
    assert not app.code  # text, not a terminal's
    box(app, "Forklar en indikator").select("access.mean_min").run()
    assert app.query_params["indicator"] == "access.mean_min"
    assert any("municipalities\\.csv" in one.label for one in app.expander)
    formula = app.table[-1].value.to_numpy().ravel()
    assert any("innbyggere × minutter" in str(one) for one in formula)


def test_the_agreement_and_the_files() -> None:
    app = opened()
    agreement = dict(app.table[0].value.to_numpy())
    assert agreement["Oppgaver som overføres"] == "åpent"
    assert "Gol er vertskommune for" in agreement["Deltakere og vertskommune"]
    labels = [one.label for one in app.get("download_button")]
    assert labels[-9:] == [
        "Resultatet (JSON)",
        "Kommunene (CSV)",
        "Kommunene (Excel)",
        "Planen (GeoJSON)",
        "Kart for QGIS (GeoPackage)",
        "Kartet (HTML)",
        "Kartet (SVG)",
        "Kartet (PNG)",
        "Scenarioet (YAML)",
    ]
    link = app.dataframe[0].value["Kommunens side"].iloc[0]
    assert link == "kommune?region=hallingdal&kommune=3039&lang=nb"


def test_the_map_shows_the_figure_that_is_chosen() -> None:
    app = opened(region="hallingdal", scenario="hallingdal/modell-e", map="minutes")
    assert not app.exception
    box = next(one for one in app.selectbox if one.label == "Kartet viser")
    assert box.value == "minutes"
    box.select("offices").run()
    assert not app.exception
    assert app.query_params["map"] in ("offices", ["offices"])


def test_choosing_another_scenario() -> None:
    app = opened()
    box(app, "Scenario").select("hallingdal/modell-b").run()
    assert not app.exception
    assert app.metric[0].value == "4"
    box(app, "Region").select("nordland").run()
    assert box(app, "Scenario").value == "nordland/tjenesteomrader-2018"
    assert app.metric[0].value == "9"


def warned(app: AppTest) -> str:
    return " ".join(one.value for one in app.warning)


def test_an_address_that_names_nothing_says_so() -> None:
    app = opened(region="../../etc", scenario="<script>")
    assert not app.exception
    assert box(app, "Region").value == "hallingdal"
    assert "finnes ikke \\(lenger\\)" in warned(app)
    assert "../../etc" in warned(app).replace("\\", "")
    app.run()  # the page may draw itself anew at any time
    assert "finnes ikke" in warned(app)
    box(app, "Region").select("nordland").run()
    assert "finnes ikke" not in warned(app)


def test_a_scenario_that_is_gone_says_so_and_the_nearest_is_shown() -> None:
    app = opened(region="hallingdal", scenario="hallingdal/modell-f")
    assert "hallingdal/modell-f" in warned(app).replace("\\", "")
    assert str(box(app, "Scenario").value).startswith("hallingdal/modell-")
    box(app, "Scenario").select("hallingdal/modell-b").run()
    assert "finnes ikke" not in warned(app)
    box(app, "Region").select("nordland").run()  # another region's scenario is not gone
    assert "finnes ikke" not in warned(app)


def test_a_scenario_tells_its_region() -> None:
    app = opened(scenario="nordland/tjenesteomrader-2018")
    assert box(app, "Region").value == "nordland"
    assert box(app, "Scenario").value == "nordland/tjenesteomrader-2018"


def forget_results() -> None:
    """Let what is under way come to its end first: it belongs to the data of its time."""
    while library._PREPARING:
        time.sleep(0.05)
    library._RESULTS.clear()


@pytest.fixture
def own_scenarios(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "scenarios" / "prove"
    folder.mkdir(parents=True)
    monkeypatch.setenv("KONTORPLAN_SCENARIOS", str(folder.parent))
    return folder


def test_a_faulty_file_shows_its_faults(own_scenarios: Path) -> None:
    (own_scenarios / "feil.yaml").write_text("schema: 1\ntitel: x\n", encoding="utf-8")
    app = opened()
    assert not app.exception
    assert "kan ikke brukes" in app.error[0].value
    told = app.code[0].value
    place = f"{own_scenarios.name}/feil.yaml"  # and not the server's folders
    assert all(line.startswith(place) for line in told.splitlines())
    assert f"{place}:2  titel: ukjent nøkkel. Gyldige nøkler her: " in told


def test_a_request_without_an_answer_says_so(own_scenarios: Path) -> None:
    (own_scenarios / "forslag.yaml").write_text(
        "schema: 1\ntitle: Umulig\nregion: {council: Hallingdal}\n"
        "propose: {constraints: {min_fte: 900, exempt: never}}\n",
        encoding="utf-8",
    )
    app = opened()
    assert not app.exception
    assert "Ingen plan" in app.warning[0].value


def test_text_from_files_is_only_text(own_scenarios: Path) -> None:
    title = "<script>alert(1)</script> *stjerner* $x$ :smile: [lenke](http://x) 🏔️"
    (own_scenarios / "tekst.yaml").write_text(
        f"schema: 1\ntitle: '{title}'\nregion: {{council: Hallingdal}}\n"
        "groups: [{host: Gol, members: [Flå, Nesbyen, Hemsedal, Ål, Hol]}]\n",
        encoding="utf-8",
    )
    app = opened()
    assert not app.exception
    assert app.title[0].value == plain(title)
    assert "\\<script\\>" in app.title[0].value


def test_spoilt_data_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(DATA.folder, tmp_path / "data")
    (tmp_path / "data" / "offices.csv").write_text("x\n", encoding="utf-8")
    spoilt = Workspace(Bundle(tmp_path / "data"), ROOT / "scenarios")
    monkeypatch.setattr("planner.app.shell.settings.default_workspace", lambda: spoilt)
    forget_results()
    app = opened(scenario="hallingdal/modell-d")
    assert not app.exception
    assert "offices.csv" in app.code[0].value
    forget_results()


def test_what_nobody_foresaw_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("planner.app.pages.scenario.result_of", broken)
    app = opened()
    assert not app.exception
    assert "Noe gikk galt" in app.error[0].value


def test_a_part_that_fails_is_a_sentence_and_leaves_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("planner.app.pages.scenario.show_explanation", broken)
    app = opened()
    assert not app.exception
    assert "Noe gikk galt" in app.error[0].value
    assert len(app.metric) == 5
