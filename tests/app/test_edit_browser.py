"""The planner's main job in a real browser: break the text, mend it, move Hol, undo, save."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from bench.server import app_server
from planner.scenario.store import earlier_versions
from tests.app.conftest import ARTIFACTS, CALM_MS, WAIT_MS, settled
from tests.app.sessions import Session
from tests.app.test_accessibility import violations
from tests.support.data import DATA

NAME = "modell-e"
PAGE = f"rediger?region=hallingdal&scenario=hallingdal/{NAME}"
HEMSEDAL, AAL, HOL = "3042", "3043", "3044"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("scenarios")
    shutil.copytree(DATA.folder.parent / "scenarios" / "hallingdal", copy / "hallingdal")
    return copy


@pytest.fixture(scope="module")
def own_app(folder: Path) -> Iterator[str]:
    """Address of an app that may write into a folder of its own."""
    ARTIFACTS.mkdir(exist_ok=True)
    with app_server("--scenarios", str(folder), log=ARTIFACTS / "edit-app.log") as started:
        yield started


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    expect.set_options(timeout=WAIT_MS)
    yield
    expect.set_options(timeout=None)


def area(page: Page) -> Locator:
    return page.get_by_label("YAML.")


def written(page: Page) -> str:
    """Return the text; an editor draws only lines in sight, so the file must be a short one."""
    lines = area(page).locator(".cm-line")
    return str(lines.evaluate_all("lines => lines.map(line => line.textContent).join('\\n')"))


def expect_text(page: Page, text: str) -> None:
    until = time.monotonic() + WAIT_MS / 1000
    while area(page).count() == 0 or written(page) != text:
        assert time.monotonic() < until, f"shown:\n{written(page)}\nexpected:\n{text}"
        page.wait_for_timeout(100)


def write(page: Page, text: str) -> None:
    area(page).press("Control+a")
    page.keyboard.insert_text(text)
    assert written(page) == text


def figure(page: Page, label: str) -> Locator:
    return page.get_by_test_id("stMetric").filter(has_text=label)


def place(page: Page, code: str) -> tuple[float, float]:
    """Return where on the screen the middle of a municipality is, with the map in sight."""
    shape = page.locator(f"path[data-code='{code}']")
    page.locator("svg.canvas").scroll_into_view_if_needed()
    page.wait_for_timeout(CALM_MS)
    box = shape.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list by writing."""
    settled(page)
    box = page.get_by_role("combobox", name=label)
    box.click()  # the page may have to scroll, which closes a list that is open
    page.wait_for_timeout(CALM_MS)
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).last.wait_for()
    box.press("Enter")
    settled(page)


def stroke(page: Page, *codes: str) -> None:
    """Drag over municipalities."""
    first, *others = [place(page, code) for code in codes]
    page.mouse.move(*first)
    page.mouse.down()
    for spot in others:
        page.mouse.move(*spot, steps=5)
    page.mouse.up()


def test_one_stroke_extends_an_office_and_is_undone_beside_the_map(
    page: Page, own_app: str
) -> None:
    page.goto(f"{own_app}/rediger?region=hallingdal&scenario=hallingdal/modell-b")
    expect(figure(page, "Kontorer")).to_contain_text("4")
    settled(page)
    stroke(page, AAL, HEMSEDAL)
    expect(page.get_by_text("Hemsedal får Ål som vert.")).to_be_in_viewport()
    offices = page.get_by_role("region", name="Kontorene som tabell")
    settled(page)
    expect(offices.locator("tr").filter(has_text="Ål")).to_contain_text("Hemsedal")
    assert violations(page) == []
    undo = page.get_by_role("button", name="Angre", exact=True)
    expect(undo).to_be_in_viewport()
    undo.click()
    expect(page.get_by_text("Hemsedal får Ål som vert.")).to_have_count(0)
    settled(page)
    expect(offices.locator("tr").filter(has_text="Ål")).not_to_contain_text("Hemsedal")
    before = page.locator(".ground").get_attribute("transform")
    brush = page.get_by_role("button", name="Mal (trykk")
    brush.click()  # laid aside: a drag moves the land
    stroke(page, AAL, HEMSEDAL)
    assert page.locator(".ground").get_attribute("transform") != before
    brush.click()
    choose(page, "Finn kommune", "Flå")
    expect(page.locator(".outlines:not(.focus) path")).to_have_count(2)
    choose(page, "Pensel", "Gi til Gol")
    page.locator(f"path[data-code='{HOL}']").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Hol får Gol som vert.")).to_be_visible()


def test_break_mend_move_undo_save_and_reload(page: Page, own_app: str, folder: Path) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{own_app}/{PAGE}")
    expect_text(page, (folder / "hallingdal" / f"{NAME}.yaml").read_text("utf-8"))
    expect(figure(page, "Kontorer")).to_contain_text("1")

    whole = written(page)
    attack = "title: <img src=x onerror=window.hit=1>"
    write(page, whole.replace("  - host: Gol", "  - hots: Gol").replace("title:", attack))
    expect(page.locator("p[role=status]")).to_have_text("2 feil i teksten")
    fault = page.get_by_role("button", name="Linje 15").filter(has_text="hots: ukjent nøkkel")
    expect(fault).to_be_visible()
    expect(page.get_by_text("Rett feilene i teksten")).to_be_visible()
    assert page.evaluate("window.hit") is None  # text is only text
    fault.click()
    assert area(page).evaluate("a => String(a.getRootNode().getSelection())") == "  - hots: Gol"
    write(page, whole)
    expect(page.locator("p[role=status]")).to_have_text("Ingen feil i teksten")

    choose(page, "Pensel", "Nytt kontor i Ål")
    page.mouse.click(*place(page, HOL))
    expect(page.get_by_text("Hol får Ål som vert.")).to_be_in_viewport()
    expect(figure(page, "Kontorer")).to_contain_text("2")
    expect_text(
        page,
        whole.replace(
            "members: [Flå, Nesbyen, Hemsedal, Ål, Hol]\n"
            "    locations: {Flå: 1, Nesbyen: 2, Hemsedal: 1, Ål: 2, Hol: 2}\n",
            "members: [Flå, Nesbyen, Hemsedal]\n"
            "    locations: {Flå: 1, Nesbyen: 2, Hemsedal: 1}\n"
            "  - host: Ål\n    members: [Hol]\n    locations: {Hol: 2}\n",
        ),
    )
    settled(page)
    page.screenshot(path=ARTIFACTS / "edit.png", full_page=True)
    assert violations(page) == []
    moved = written(page)

    page.get_by_role("button", name="Angre", exact=True).click()
    expect_text(page, whole)
    expect(figure(page, "Kontorer")).to_contain_text("1")
    page.get_by_role("button", name="Gjør om", exact=True).click()
    expect_text(page, moved)

    page.reload()  # before saving: what was not saved comes back
    expect_text(page, moved)
    expect(page.get_by_text("er hentet fram")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Fila er skrevet")).to_be_visible()
    path = folder / "hallingdal" / f"{NAME}.yaml"
    assert path.read_text("utf-8") == moved
    assert [kept.path.read_text("utf-8") for kept in earlier_versions(path)] == [whole]
    page.reload()
    expect_text(page, moved)
    expect(page.get_by_text("Lagret ·")).to_be_visible()
    expect(figure(page, "Kontorer")).to_contain_text("2")
    settled(page)


def test_the_text_is_completed_folded_searched_and_left_by_keyboard(
    page: Page, own_app: str
) -> None:
    page.goto(f"{own_app}/{PAGE}")
    expect(area(page).locator(".cm-line").first).to_contain_text("schema")
    offers = page.get_by_role("listbox", name="Forslag").get_by_role("option")
    area(page).press("Control+End")
    page.keyboard.type("\nprop")
    expect(offers).to_have_text(["propose"])
    page.wait_for_timeout(CALM_MS)  # Enter breaks the line where a list has only just opened
    page.keyboard.press("Enter")
    expect(offers).to_have_text(
        ["alternatives", "constraints", "keep_presence", "min_difference", "solver", "weights"]
    )
    page.keyboard.type("constraints: {within: ")
    page.keyboard.press("Control+Space")
    expect(offers).to_have_text(["council", "county"])
    page.keyboard.press("Escape")
    page.keyboard.type("council, hosts: {fixed: [Hems")
    expect(offers.first).to_have_text("Hemsedal")
    assert violations(page) == []
    page.keyboard.press("Enter")
    end = "propose:\n  constraints: {within: council, hosts: {fixed: [Hemsedal"
    assert written(page).endswith(end)

    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    assert written(page).endswith(end.replace("  constraints", "    constraints"))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Control+Shift+BracketLeft")
    expect(area(page).get_by_label("sammenfoldet")).to_be_visible()
    page.keyboard.press("Control+f")
    expect(page.get_by_role("textbox", name="Søk", exact=True)).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(area(page)).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(area(page)).not_to_be_focused()
    expect(area(page)).to_have_attribute("aria-invalid", "true")


def test_ten_planners_at_once_keep_their_own_texts(own_app: str, folder: Path) -> None:
    path = folder / "hallingdal" / "modell-c.yaml"
    before = path.read_text("utf-8")
    query = "region=hallingdal&scenario=hallingdal/modell-c&way=form"
    title = ("text_input", "Tittel")

    def write(number: int) -> None:
        for words in (f"Første {number}", f"Tittel {number}"):
            field = sessions[number].elements[title].id
            sessions[number].run(**{field: ("string_value", words)})
            assert sessions[number].elements[title].value == words

    def save(number: int) -> bool:
        """Save; tell whether that was possible."""
        button = sessions[number].elements["button", "Lagre"].id
        sessions[number].run(**{button: ("trigger_value", True)})
        assert sessions[number].elements[title].value == f"Tittel {number}"
        conflict = ("heading", "Andre har endret fila mens du redigerte")
        return conflict not in sessions[number].elements

    with ExitStack() as stack, ThreadPoolExecutor(10) as pool:
        opened = pool.map(lambda _: Session(own_app, "rediger", query), range(10))
        sessions = [stack.enter_context(session) for session in opened]
        list(pool.map(write, range(10)))
        assert path.read_text("utf-8") == before
        saved = list(pool.map(save, range(10)))
    assert saved.count(True) == 1
    assert f"title: Tittel {saved.index(True)}\n" in path.read_text("utf-8")
    assert [kept.path.read_text("utf-8") for kept in earlier_versions(path)] == [before]
