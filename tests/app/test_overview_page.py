"""The start page, run without a browser."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from planner.app.shell import library
from planner.app.shell.widgets import plain
from tests.app.test_pages import box, opened
from tests.support.paths import SCENARIOS

READY_S = 60
ROUTER = "from planner.app.shell.router import main\nmain()"


def ready(app: AppTest) -> AppTest:
    """Look again, as the page itself does in a browser, until every card is filled in."""
    until = time.monotonic() + READY_S
    while any("Regner" in one.value for one in app.caption):
        assert time.monotonic() < until, "the cards were never filled in"
        time.sleep(0.2)
        app.run()
    assert not app.exception
    return app


def links(app: AppTest) -> dict[str, Any]:
    return {one.proto.label: one.proto for one in app.get("page_link")}


def html_of(app: AppTest) -> str:
    return "".join(one.proto.body for one in app.get("html"))


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


def test_the_question_the_doors_and_the_alternatives() -> None:
    app = ready(AppTest.from_string(ROUTER, default_timeout=READY_S).run())
    assert app.title[0].value == "Hvilke kommuner bør dele NAV-kontor?"
    heads = [one.value for one in app.header]
    assert heads[:3] == [
        "Se hva det betyr for din kommune",
        "Sammenlign alternativene i en region",
        "Lag et nytt alternativ",
    ]
    assert "Alternativene i Hallingdal" in heads
    titles = [one.value for one in app.subheader]
    assert plain("Modell A – dagens organisering") in titles
    assert len(titles) == 8
    said = [one.value for one in app.markdown]
    assert any(
        "1\u00a0kontor, mot 5 før" in one and "Mister daglig bemanning" in one for one in said
    )
    shown = html_of(app)
    assert shown.count("<img") == 8
    assert shown.count('<th scope="col">') == 9  # one table of all
    assert len({*links(app)}) == len(app.get("page_link"))  # no two links have the same name
    foot = next(one for one in app.get("html") if "<footer" in one.proto.body).proto.body
    for word in ("Kontorplan", "NAV-kontor", "kontorer 20", "veier og ferjer 20"):
        assert word in foot


def test_what_must_be_kept_and_is_lost_is_red_and_nothing_is_said_to_be_of_today() -> None:
    app = ready(opened("overview", region="nordland"))
    said = [one.value for kind in (app.markdown, app.header, app.caption) for one in kind]
    assert not [one for one in said if "i dag" in one.lower()]
    assert any("Skal ha bemanning, men får ingen" in one for one in said if one.startswith(":red["))


def pick(app: AppTest, code: str) -> AppTest:
    return app.selectbox(key="start-municipality").select(code).run()


def test_a_municipality_of_several_regions_offers_them() -> None:
    app = pick(AppTest.from_string(ROUTER, default_timeout=READY_S).run(), "1841")  # Fauske
    assert not app.exception
    found = [one for one in links(app) if one.startswith("Fauske i alternativene")]
    assert len(found) > 1
    assert any("Nordland" in one for one in found)


def test_a_municipality_without_alternatives_offers_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SCENARIOS / "hallingdal", tmp_path / "hallingdal")
    monkeypatch.setenv("KONTORPLAN_SCENARIOS", str(tmp_path))
    app = pick(AppTest.from_string(ROUTER, default_timeout=READY_S).run(), "0301")
    assert "Oslo" in app.info[0].value
    assert "Lag et alternativ for Oslo" in links(app)


def test_the_whole_country_can_be_searched() -> None:
    app = opened("overview")
    assert len(app.selectbox(key="start-municipality").options) == 356


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
    assert "prove/feil.yaml:2  titel: ukjent nøkkel." in app.code[0].value.splitlines()[-1]
    assert html_of(app).count("<img") == 2


def test_one_scenario_and_one_without_an_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    impossible = (
        "schema: 1\ntitle: Umulig\nregion: {council: Hallingdal}\n"
        "propose: {constraints: {min_fte: 900, exempt: never}}\n"
    )
    own_region(tmp_path, monkeypatch, forslag=impossible)
    app = ready(opened("overview"))
    assert any("ingen plan" in one.value for one in app.text)
    assert "<img" not in html_of(app)


def test_twelve_scenarios_and_hostile_titles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = "<script>alert(1)</script> *stjerner* " + "lang " * 50
    files = {f"plan-{number:02}": drawn(f"Plan {number}") for number in range(11)}
    own_region(tmp_path, monkeypatch, **files, tekst=drawn(hostile))
    app = ready(opened("overview"))
    assert plain(hostile) in [one.value for one in app.subheader]
    shown = html_of(app)
    assert shown.count("<img") == 12
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_sixty_four_scenarios_are_paged_and_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"plan-{number:02}": drawn(f"Plan {number:02}") for number in range(64)}
    own_region(tmp_path, monkeypatch, **files)
    monkeypatch.setattr(library, "MOST_KEPT", 12)
    app = ready(opened("overview"))
    assert [one.value for one in app.subheader] == [f"Plan {one:02}" for one in range(12)]
    offered = library.entries("prove")
    assert sum(library.result_so_far(one) is not None for one in offered) == 12  # the others wait
    shown = box(app, "Vis, av 64")
    assert shown.options[-1] == "61–64"
    app = ready(shown.select("60").run())
    assert [one.value for one in app.subheader] == [f"Plan {one}" for one in range(60, 64)]
    assert app.query_params["first"] == "60"
    app = ready(app.text_input[0].set_value("plan 07").run())
    assert [one.value for one in app.subheader] == ["Plan 07"]
    app.text_input[0].set_value("nothing of the kind").run()
    assert "Ingen alternativer" in app.info[0].value


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
    while html_of(app).count("<img") < 7 and time.monotonic() < until:
        time.sleep(0.2)
        app.run()
    assert html_of(app).count("<img") == 7
    assert [one.value for one in app.caption].count("Regner …") == 1


@pytest.mark.parametrize("page", ["overview", "scenario", "compare", "municipality", "slides"])
@pytest.mark.parametrize(
    ("spoken", "words"),
    [
        ("nn", ("skilnad", "Kva kommunar", "vertskommune", "Dette blir dårlegare", "Piltastane")),
        ("en", ("side by side", "today", "host", "Which municipalities", "Arrow keys")),
    ],
)
def test_in_other_languages(page: str, spoken: str, words: tuple[str, ...]) -> None:
    script = (
        "from planner.app.shell.language import choose_language\n"
        "from planner.app.shell.router import PAGES, guarded_page\n"
        "choose_language()\n"
        f"guarded_page(next(page for page in PAGES if page.key == {page!r}))()"
    )
    app = AppTest.from_string(script, default_timeout=60)
    app.query_params["lang"] = spoken
    app.query_params["region"] = "hallingdal"
    app.run()
    assert not app.exception
    assert not app.error
    shown = [one.value for kind in (app.header, app.caption, app.title) for one in kind]
    shown.append(html_of(app))
    assert any(word in " ".join(shown) for word in words)
    assert "Scenarioene" not in shown


def test_reading_alone_has_no_page_to_edit_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONTORPLAN_READ_ONLY", "1")
    app = ready(AppTest.from_string(ROUTER, default_timeout=READY_S).run())
    assert app.title[0].value == "Hvilke kommuner bør dele NAV-kontor?"
    assert not [one for one in links(app) if one.startswith("Tegn selv")]
    assert "edit" not in app.session_state["pages"]
    assert set(app.session_state["pages"]) >= {"overview", "scenario", "compare"}
