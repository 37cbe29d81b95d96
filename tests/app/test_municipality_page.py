"""The page of one municipality, run without a browser."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.test_pages import box, opened
from tests.support.paths import SCENARIOS


def html_of(app: AppTest) -> str:
    return str(app.get("html")[0].proto.body)


def test_a_shared_link_opens_the_municipality() -> None:
    app = opened("municipality", region="hallingdal", kommune="3042")
    assert not app.exception
    assert app.title[0].value == "Hemsedal"
    assert box(app, "Kommune").value == "3042"
    shown = html_of(app)
    assert "Modell E" in shown
    assert "Minutter til vertskontoret" in shown
    assert box(app, "Vis på kartet").value == "hallingdal/modell-e"
    assert "Kart over Hemsedal i «Modell E" in shown
    box(app, "Vis på kartet").select("hallingdal/modell-c").run()
    assert "Kart over Hemsedal i «Modell C" in html_of(app)
    assert app.query_params["alternativ"] in ("hallingdal/modell-c", ["hallingdal/modell-c"])
    box(app, "Kommune").select("3044").run()
    assert app.title[0].value == "Hol"
    assert app.query_params["kommune"] in ("3044", ["3044"])


@pytest.mark.parametrize("asked", ["1804", "Bodø", "bodø kommune", "Skjerstad"])
def test_a_municipality_is_found_by_name_or_number_and_tells_its_region(asked: str) -> None:
    app = opened("municipality", kommune=asked, region="hallingdal")
    assert not app.exception
    assert not app.warning
    assert app.title[0].value == "Bodø"
    assert box(app, "Region").value != "hallingdal"
    box(app, "Region").select("hallingdal").run()  # and the reader may go elsewhere
    assert app.title[0].value == "Flå"
    assert not app.warning


@pytest.mark.parametrize("number", ["5414", "5516"])  # Gratangen of 2020 and of 2024
def test_numbers_of_every_year_mean_the_same(number: str) -> None:
    assert opened("municipality", kommune=number).title[0].value == "Gratangen"


def test_an_address_that_names_nobody_says_so_and_offers_the_nearest() -> None:
    app = opened("municipality", region="hallingdal", kommune="Hemsdal")
    assert not app.exception
    assert app.title[0].value == "Flå"
    assert "Hemsdal" in app.warning[0].value
    assert any("Hemsedal" in one.value for one in app.markdown)
    app.run()
    assert "Hemsdal" in app.warning[0].value


def test_a_municipality_without_alternatives_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SCENARIOS / "hallingdal", tmp_path / "hallingdal")
    monkeypatch.setenv("KONTORPLAN_SCENARIOS", str(tmp_path))
    app = opened("municipality", kommune="Oslo")
    assert app.title[0].value == "Flå"
    assert "noe alternativ som gjelder Oslo" in app.warning[0].value


def test_faults_of_one_file_do_not_hide_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "prove"
    folder.mkdir()
    head = "schema: 1\nregion: {council: Hallingdal}\ngroups: [{host: Gol, members: [Flå, Nesbyen,"
    (folder / "god.yaml").write_text(
        f"{head} Hemsedal, Ål, Hol]}}]\ntitle: '<b>fet</b> *tekst*'\n", encoding="utf-8"
    )
    (folder / "feil.yaml").write_text("schema: 1\ntitel: x\n", encoding="utf-8")
    monkeypatch.setenv("KONTORPLAN_SCENARIOS", str(tmp_path))
    app = opened("municipality")
    assert not app.exception
    assert "feil.yaml:2  titel" in app.code[0].value
    assert "&lt;b&gt;fet&lt;/b&gt; *tekst*" in html_of(app)
