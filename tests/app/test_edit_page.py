"""The page Rediger without a browser; its text field is tried in test_edit_browser.py."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planner.app.edit import map as edit_map
from planner.app.edit import new as edit_new
from planner.app.edit import save as edit_save
from planner.app.shell import library, waiting
from planner.pipeline.result import Result
from planner.scenario.load import load_scenario
from planner.scenario.store import StoreError, earlier_versions
from tests.app.test_pages import box, opened
from tests.support.data import DATA

SCENARIO = "hallingdal/modell-e"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of Hallingdal's scenarios, which the app may change."""
    own = tmp_path / "scenarios" / "hallingdal"
    shutil.copytree(DATA.folder.parent / "scenarios" / "hallingdal", own)
    monkeypatch.setenv("KONTORPLAN_SCENARIOS", str(own.parent))
    return own


def edit(way: str = "map", scenario: str = SCENARIO) -> AppTest:
    app = opened("edit", region="hallingdal", scenario=scenario, way=way)
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    next(one for one in app.button if one.label == label).click()
    app.run()
    assert not app.exception
    return app


def figures(app: AppTest) -> dict[str, str]:
    return {one.label: one.value for one in app.metric}


def state(app: AppTest) -> str:
    found = [one.value.replace("\\", "") for one in app.markdown]
    return next(one for one in found if ".yaml" in one)


def said(app: AppTest) -> str:
    return "\n".join(one.value.replace("\\", "") for one in app.markdown)


def paint(app: AppTest, code: str, brush: str) -> AppTest:
    """Use a brush on a municipality, as by one stroke on the map."""
    box(app, "Pensel").select(brush).run()
    box(app, "Finn kommune").select(code).run()
    return press(app, "Bruk penselen")


def retitled(app: AppTest, title: str) -> AppTest:
    app.text_input(key="edit-field-title").set_value(title).run()
    return app


HOL, AAL = "3044", "3043"


def test_assigning_changes_text_and_figures_is_undone_and_locks_hold(folder: Path) -> None:
    app = edit()
    assert figures(app)["Kontorer"] == "1"
    assert [one.delta for one in app.metric][1].endswith("fra 10,6: verre")
    paint(app, HOL, AAL)
    assert figures(app)["Kontorer"] == "2"
    assert "Hol får Ål som vert." in said(app)
    assert "Ulagrede" in state(app)
    assert any("Siden lagring: +1" in one.value.replace("\\", "") for one in app.markdown)
    press(app, "Angre")
    assert figures(app)["Kontorer"] == "1"
    assert "Lagret" in state(app)
    paint(app, HOL, "lock")
    assert app.query_params["locked"] in ("3044", ["3044"])
    paint(app, HOL, AAL)
    assert "Hol er låst" in app.warning[0].value
    assert figures(app)["Kontorer"] == "1"
    paint(app, HOL, "lock")
    paint(app, HOL, AAL)
    assert figures(app)["Kontorer"] == "2"
    assert not earlier_versions(folder / "modell-e.yaml")


def test_every_brush_does_one_thing_and_a_stroke_alone_extends_nothing(folder: Path) -> None:
    assert folder.is_dir()
    app = edit()
    paint(app, HOL, "")
    assert "Begynn strøket i kontoret" in app.warning[0].value
    paint(app, HOL, "own")
    assert figures(app)["Kontorer"] == "2"
    paint(app, AAL, HOL)
    assert "Ål får Hol som vert." in said(app)
    paint(app, AAL, "host")
    assert "Ål blir vert." in said(app)
    assert figures(app)["Kontorer"] == "2"
    paint(app, AAL, "own")
    assert "Ingen kommune skifter vert." in said(app)


def test_a_stroke_gives_all_that_it_touches_to_the_office_where_it_begins(folder: Path) -> None:
    assert folder.is_dir()
    app = edit(scenario="hallingdal/modell-a")
    assert figures(app)["Kontorer"] == "5"
    draft = next(iter(app.session_state["edit-drafts"].drafts.values()))
    result = draft.measured
    stroke = (AAL, HOL, "3040")
    edit_map._paint(draft, result, stroke, [])
    assert draft.event.say() == "Hol og Nesbyen får Ål som vert."
    assert "members: [Nesbyen, Hol]" in draft.text
    draft.step(-1)
    edit_map._paint(draft, result, stroke, [HOL])
    assert draft.event.refused
    assert "Hol er låst" in draft.event.say()


def test_the_form_writes_its_line_alone_and_saving_keeps_the_old(folder: Path) -> None:
    path = folder / "modell-e.yaml"
    before = path.read_text("utf-8")
    app = retitled(edit("form"), "Ny <b>tittel</b> # 1")
    assert path.read_text("utf-8") == before
    press(app, "Lagre")
    line = next(one for one in before.splitlines() if one.startswith("title:"))
    assert path.read_text("utf-8") == before.replace(line, "title: 'Ny <b>tittel</b> # 1'")
    [kept] = earlier_versions(path)
    assert kept.path.read_text("utf-8") == before
    assert "Lagret" in state(app)
    press(app, "Hent fram versjonen")
    assert app.text_input(key="edit-field-title").value.startswith("Modell E")
    assert "Ulagrede" in state(app)


def test_the_form_changes_one_office(folder: Path) -> None:
    app = edit("form", "hallingdal/modell-b")
    box(app, "Kontor").select(AAL).run()
    app.number_input(key=f"edit-days-{HOL}").set_value(3.5).run()
    members = app.multiselect(key="edit-office-members")
    members.set_value([*members.value, "3038"]).run()
    box(app, "Vertskommune").select(HOL).run()
    assert not app.exception
    assert box(app, "Kontor").value == HOL
    press(app, "Lagre")
    written = (folder / "modell-b.yaml").read_text("utf-8")
    assert "- host: Hol\n    members: [" in written
    assert "Ål" in written.split("- host: Hol")[1].splitlines()[1]


def test_every_field_of_a_request_is_shown_and_written(folder: Path) -> None:
    app = edit("form", "hallingdal/forslag")
    assert "ber om et forslag" in app.info[0].value
    app.text_input(key="edit-field-propose.constraints.offices.max").set_value("").run()
    app.text_input(key="edit-field-propose.weights.staff").set_value("0,5").run()
    app.multiselect(key="edit-field-propose.constraints.hosts.fixed").set_value(["Gol"]).run()
    assert not app.exception
    press(app, "Lagre")
    written = (folder / "forslag.yaml").read_text("utf-8")
    assert "offices:" not in written
    assert "weights: {travel: 1, severed: 0.1, office: 0.2, staff: 0.5}" in written
    assert "fixed: [Gol]" in written


def test_a_request_is_solved_and_becomes_a_drawn_plan(folder: Path) -> None:
    app = edit(scenario="hallingdal/forslag")
    press(app, "Regn ut forslaget")
    for job in list(waiting.DESK._own.values()):
        assert job.wait(60)
    app.run()
    assert figures(app)["Kontorer"] == "2"
    press(app, "Gjør forslaget til en tegnet plan")
    assert figures(app)["Kontorer"] == "2"
    press(app, "Lagre")
    written = (folder / "forslag.yaml").read_text("utf-8")
    assert "propose" not in written
    assert "groups:\n  - host: Gol" in written
    assert "derived_from:\n  request:\n    weights: {travel: 1, severed: 0.1," in written
    computed = library.result_of(library.Entry(folder / "forslag.yaml", ""))
    assert isinstance(computed, Result)
    assert computed.origin == "computed"


def test_two_planners_save_the_same_file_and_nothing_is_lost(folder: Path) -> None:
    path = folder / "modell-e.yaml"
    first, second = retitled(edit("form"), "Første"), retitled(edit("form"), "Andre")
    press(first, "Lagre")
    theirs = path.read_text("utf-8")
    press(second, "Lagre")
    assert "Andre har endret fila" in second.header[0].value
    assert path.read_text("utf-8") == theirs
    shown = second.dataframe[0].value
    assert list(shown["Tekst"]) == ["title: Første", "title: Andre"]
    assert list(shown["Bare i"]) == ["fila på disken", "din tekst"]
    press(second, "Behold min")
    assert "title: Andre" in path.read_text("utf-8")
    assert earlier_versions(path)[0].path.read_text("utf-8") == theirs
    first.run()
    assert first.text_input(key="edit-field-title").value == "Andre"
    assert "Andre har endret fila." in said(first)
    retitled(first, "Min")
    path.write_text(theirs, "utf-8")
    press(first.run(), "Ta deres")
    assert first.text_input(key="edit-field-title").value == "Første"
    press(first, "Angre")
    assert first.text_input(key="edit-field-title").value == "Min"


def test_unsaved_edits_wait_while_another_file_is_open(folder: Path) -> None:
    app = retitled(edit("form"), "Min")
    box(app, "Scenario").select("hallingdal/modell-a").run()
    assert "hallingdal/modell\\-e" in app.warning[0].value
    box(app, "Scenario").select(SCENARIO).run()
    assert app.text_input(key="edit-field-title").value == "Min"
    path = folder / "modell-e.yaml"
    assert "Min" not in path.read_text("utf-8")
    path.unlink()  # by somebody else: what was written can still be saved
    app.run()
    assert box(app, "Scenario").value == SCENARIO
    press(app, "Lagre")
    assert "title: Min" in path.read_text("utf-8")


def test_another_name_leaves_the_first_file_as_it_was(folder: Path) -> None:
    before = (folder / "modell-e.yaml").read_text("utf-8")
    app = retitled(edit("form"), "Min")
    for name, refused in (
        ("../ut", "kan bare ha"),
        ("modell-a", "finnes alt"),
        ("NUL", "reservert"),
    ):
        save_as(app, name)
        assert refused in app.error[0].value
    save_as(app, "min-plan")
    assert box(app, "Scenario").value == "hallingdal/min-plan"
    assert "title: Min" in (folder / "min-plan.yaml").read_text("utf-8")
    assert (folder / "modell-e.yaml").read_text("utf-8") == before
    assert sorted(path.name for path in folder.parent.iterdir()) == ["hallingdal"]


def save_as(app: AppTest, name: str) -> None:
    [one for one in app.text_input if one.label == "Navn på fila"][-1].set_value(name)
    press(app, "Lagre med dette navnet")


def test_new_files(folder: Path) -> None:
    app = edit()
    ways = {
        "request": "propose:\n  weights: {travel: 1, office: 1}",
        "own_offices": "groups:\n  - {host: Flå}\n  - {host: Nesbyen}\n",
        "copy": "title: 'Kopi av Ny plan, fra Nytt ønske, fra Modell E",
    }
    for way, written in ways.items():
        app.radio[0].set_value(way)
        app.text_input[0].set_value(f"ny-{way}")
        press(app, "Lag fila")
        assert box(app, "Scenario").value == f"hallingdal/ny-{way}"
        assert not app.error
        new = (folder / f"ny-{way}.yaml").read_text("utf-8")
        assert written.replace("'", "") in new.replace("'", "")
        assert "fte: 11.50" in new


def test_a_new_request_is_no_copy_of_what_is_said_about_another(folder: Path) -> None:
    app = edit(scenario="hallingdal/felles-kontor-2026")
    app.radio[0].set_value("request")
    app.text_input[0].set_value("mitt")
    press(app, "Lag fila")
    made = load_scenario(folder / "mitt.yaml", DATA)
    source = load_scenario(folder / "felles-kontor-2026.yaml", DATA)
    assert made.form != "today"
    assert made.baseline == "felles-kontor-2026.yaml"
    assert source.description not in made.description
    assert source.title in made.description


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("a.yaml", b"x" * 200_001, "større enn 200 kB"),
        ("a.zip", b"title: x", "ikke en YAML-fil"),
        ("a.yaml", b"PK\x03\x04" + b"\0" * 50, "ikke en YAML-fil"),
        ("a.yaml", b"\x1f\x8b\0\0", "ikke en YAML-fil"),
        ("a.yaml", "title: Ål".encode("latin-1"), "UTF-8"),
        ("a.yml", b" \n", "tom"),
    ],
)
def test_uploads_that_are_no_scenarios(name: str, raw: bytes, told: str) -> None:
    problem, words = edit_new._checked(name, raw)
    assert told in problem
    assert words == ""


def test_an_upload_is_read_as_text() -> None:
    assert edit_new._checked("A.YAML", "\ufefftitle: Ål\r\n".encode()) == ("", "title: Ål\n")


def test_a_faulty_file_is_saved_only_by_one_who_says_so(folder: Path) -> None:
    path = folder / "modell-d.yaml"
    path.write_text("schema: 1\ntitel: x\n", "utf-8")
    app = edit(scenario="hallingdal/modell-d")
    assert not app.metric
    assert "feilene i teksten er rettet" in app.info[0].value
    assert "Lagre" not in [one.label for one in app.button if "edit-save" in str(one.key)]
    assert "Lagre likevel, som utkast" in [one.label for one in app.button]


def test_a_link_out_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("schema: 1\ntitle: hemmelig\n", "utf-8")
    (folder / "ut.yaml").symlink_to(tmp_path / "secret.yaml")
    app = edit(scenario="hallingdal/ut")
    assert "ligger ikke i mappa" in app.error[0].value


def test_reading_mode_saves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONTORPLAN_READ_ONLY", "1")
    app = edit()
    assert "ingenting endres" in app.info[0].value
    assert not app.button
    path = folder / "modell-e.yaml"
    before = path.read_text("utf-8")
    with pytest.raises(StoreError):
        edit_save.save(path, "x", read=None)
    with pytest.raises(StoreError):
        edit_save.save_new("hallingdal", "ny", "x")
    assert path.read_text("utf-8") == before
