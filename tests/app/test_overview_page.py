"""The start page, run without a browser."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planner.app.shell import library
from planner.app.shell.widgets import plain
from tests.app.test_pages import opened

CARDS = "scenarioer"
READY_S = 60


def ready(app: AppTest) -> AppTest:
    """Look again, as the page itself does in a browser, until every card is filled in."""
    until = time.monotonic() + READY_S
    while any("Regner" in one.value for one in [*app.caption, *app.info]):
        assert time.monotonic() < until, "the cards were never filled in"
        time.sleep(0.2)
        app.run()
    assert not app.exception
    return app


def own_region(folder: Path, monkeypatch: pytest.MonkeyPatch, **files: str) -> None:
    region = folder / "scenarios" / "prove"
    region.mkdir(parents=True)
    for name, written in files.items():
        (region / f"{name}.yaml").write_text(written, encoding="utf-8")
    monkeypatch.setenv("KONTORPLAN_SCENARIOS", str(region.parent))


def drawn(title: str, host: str = "Gol") -> str:
    members = [one for one in ("Flå", "Nesbyen", "Gol", "Hemsedal", "Ål", "Hol") if one != host]
    return (
        f"schema: 1\ntitle: '{title}'\nregion: {{council: Hallingdal}}\n"
        f"groups: [{{host: {host}, members: [{', '.join(members)}]}}]\n"
    )


def test_a_region_today_and_its_scenarios() -> None:
    app = ready(opened("overview", region="hallingdal"))
    assert app.header[0].value == "Regionen slik den var 1. januar 2018"
    figures = {one.label: one.value for one in app.metric}
    assert figures["Innbyggere"] == "20\u00a0711"
    assert figures["Kommuner"] == "6"
    assert figures["Årsverk i alt"] == "36,35"
    assert figures["Kontorer"] == "5"
    assert "Modell A" in app.caption[0].value
    titles = [one.value for one in app.subheader]
    assert titles[0] == plain("Modell A – dagens organisering")
    assert len([one for one in titles if "Modell" in one]) == 5
    model_e = app.table[4].value
    assert list(model_e["Endring"]) == [
        "−4",
        ":red[\\+18,8\\: verre]",
        ":red[\\+18,3\\: verre]",
        "\\+28,35",
        ":green[−87,6\\: bedre]",
    ]
    assert any("Pareto" in one.value for one in app.markdown)


def test_choosing_for_comparison_ends_in_the_address() -> None:
    app = ready(opened("overview", region="hallingdal"))
    button = app.button(key="overview-compare")
    assert button.disabled
    app.checkbox(key="take-hallingdal/modell-a").check().run()
    app.checkbox(key="take-hallingdal/modell-e").check().run()
    assert app.query_params["scenarios"] == "hallingdal/modell-a,hallingdal/modell-e"
    button = app.button(key="overview-compare")
    assert (button.label, button.disabled) == ("Sammenlign valgte (2)", False)
    app.checkbox(key="take-hallingdal/modell-b").check().run()
    app.checkbox(key="take-hallingdal/modell-c").check().run()
    assert app.checkbox(key="take-hallingdal/modell-d").disabled  # four are enough
    app.checkbox(key="take-hallingdal/modell-a").uncheck().run()
    assert not app.checkbox(key="take-hallingdal/modell-d").disabled
    assert not app.checkbox(key="take-hallingdal/modell-a").value


def test_a_shared_address_has_its_boxes_ticked() -> None:
    chosen = "hallingdal/modell-b,hallingdal/nothing,hallingdal/modell-d"
    app = ready(opened("overview", region="hallingdal", scenarios=chosen))
    ticked = {one.key for one in app.checkbox if one.value}
    assert ticked == {"take-hallingdal/modell-b", "take-hallingdal/modell-d"}


def test_other_roads_are_not_measured_against() -> None:
    app = ready(opened("overview", region="ofoten"))
    said = [one.value for one in app.markdown]
    assert sum("Ingen av de andre scenarioene har samme kommuner" in one for one in said) == 1


def test_a_faulty_file_does_not_hide_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_region(
        tmp_path,
        monkeypatch,
        feil="schema: 1\ntitel: x\n",
        god=drawn("God"),
        sen=drawn("Sen", "Ål"),
    )
    app = ready(opened("overview"))
    assert [one.value for one in app.subheader][:3] == ["feil", "God", "Sen"]
    assert "kan ikke brukes" in app.error[0].value
    assert "feil.yaml:2  titel" in app.code[0].value
    assert len(app.table) == 2


def test_one_scenario_and_one_without_an_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    impossible = (
        "schema: 1\ntitle: Umulig\nregion: {council: Hallingdal}\n"
        "propose: {constraints: {min_fte: 900, exempt: never}}\n"
    )
    own_region(tmp_path, monkeypatch, forslag=impossible)
    app = ready(opened("overview"))
    assert any("Ett scenario" in one.value for one in app.caption)
    assert any("ingen plan oppfyller kravene" in one.value for one in app.caption)
    assert not app.table
    assert not app.checkbox  # nothing to compare


def test_twelve_scenarios_and_hostile_titles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = "<script>alert(1)</script> *stjerner* " + "lang " * 50
    files = {f"plan-{number:02}": drawn(f"Plan {number}") for number in range(11)}
    own_region(tmp_path, monkeypatch, **files, tekst=drawn(hostile))
    app = ready(opened("overview"))
    assert len(app.table) == 12
    assert plain(hostile) in [one.value for one in app.subheader]
    assert any("12 scenarioer" in one.value for one in app.caption)


def test_no_scenarios_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONTORPLAN_SCENARIOS", str(tmp_path))
    app = opened("overview")
    assert not app.exception
    assert "ingen scenarier" in app.info[0].value


def test_a_slow_proposal_does_not_hold_the_page_up(monkeypatch: pytest.MonkeyPatch) -> None:
    known = library.result_so_far
    monkeypatch.setattr(
        "planner.app.pages.overview.result_so_far",
        lambda entry: None if entry.is_proposal else known(entry),
    )
    app = opened("overview", region="hallingdal")
    until = time.monotonic() + READY_S
    while len(app.table) < 5 and time.monotonic() < until:
        time.sleep(0.2)
        app.run()
    assert len(app.table) == 5
    assert any("5 av 6 er regnet ferdig" in one.value for one in app.caption)
    assert [one.value for one in app.caption].count("Regner …") == 1


@pytest.mark.parametrize("page", ["overview", "scenario", "compare"])
@pytest.mark.parametrize(
    ("spoken", "words"),
    [
        ("nn", ("skilnad", "Regionen slik han var 1. januar 2018", "vertskommune")),
        ("en", ("side by side", "today", "host")),
    ],
)
def test_in_other_languages(page: str, spoken: str, words: tuple[str, ...]) -> None:
    script = (
        "from planner.app.shell.language import choose_language\n"
        "from planner.app.shell.router import PAGES, guarded\n"
        "choose_language()\n"
        f"guarded(next(page for page in PAGES if page.key == {page!r}))()"
    )
    app = AppTest.from_string(script, default_timeout=60)
    app.query_params["lang"] = spoken
    app.query_params["region"] = "hallingdal"
    app.run()
    assert not app.exception
    assert not app.error
    shown = [one.value for kind in (app.header, app.caption, app.title) for one in kind]
    assert any(word in " ".join(shown) for word in words)
    assert "Scenarioene" not in shown


def test_reading_alone_has_no_page_to_edit_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONTORPLAN_READ_ONLY", "1")
    script = "from planner.app.shell.router import main\nmain()"
    app = ready(AppTest.from_string(script, default_timeout=60).run())
    assert app.header[0].value == "Regionen slik den var 1. januar 2018"
    assert "edit" not in app.session_state["pages"]
    assert set(app.session_state["pages"]) >= {"overview", "scenario", "compare"}
