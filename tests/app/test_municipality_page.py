"""The page of one municipality, run without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.test_pages import box, opened


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
    box(app, "Kommune").select("3044").run()
    assert app.title[0].value == "Hol"
    assert app.query_params["kommune"] in ("3044", ["3044"])


def test_an_address_that_names_nobody_falls_back() -> None:
    app = opened("municipality", region="hallingdal", kommune="<script>")
    assert not app.exception
    assert app.title[0].value == "Flå"


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
