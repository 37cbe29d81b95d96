"""The map component: what it keeps, what it reports, and that it only ever shows text."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from streamlit.testing.v1 import AppTest

from bench.server import served
from planner.app.shell.map_view import WHOLE, _picked, _written
from tests.app.conftest import settled

SCRIPT = Path(__file__).with_name("map_script.py")
WAIT_MS = 60_000
REPORT_MS = 500
GOL, HEMSEDAL, FLA = "3041", "3042", "3039"


@pytest.fixture(scope="module")
def maps() -> Iterator[str]:
    command = [sys.executable, "-m", "streamlit", "run", str(SCRIPT)]
    command += ["--browser.gatherUsageStats", "false", "--server.headless", "true", "--server.port"]
    with served(*command) as address:
        yield address


def canvas(page: Page, place: int = 0) -> Locator:
    return page.locator("div.map .canvas").nth(place)


def transform(page: Page, place: int = 0) -> str | None:
    return canvas(page, place).locator(".ground").get_attribute("transform")


def at(page: Page, code: str) -> tuple[float, float]:
    """Where on the screen a municipality of the left map has its centre."""
    name = canvas(page).locator(f".place[data-code='{code}']").bounding_box()
    assert name is not None
    return name["x"] + name["width"] / 2, name["y"] + name["height"] / 2


def opened(page: Page, address: str) -> None:
    page.goto(address)
    path = page.locator("path.municipality").first
    expect(path).to_have_attribute("style", re.compile("fill"), timeout=WAIT_MS)
    settled(page)


def test_linked_maps_move_together_and_the_address_keeps_the_view(page: Page, maps: str) -> None:
    opened(page, maps)
    whole = transform(page)
    assert transform(page, 1) == whole
    assert "view" not in page.url
    x, y = at(page, GOL)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 90, y + 40, steps=4)
    page.mouse.up()
    moved = transform(page)
    assert moved != whole
    assert transform(page, 1) == moved
    expect(page).to_have_url(re.compile(r"view=6\d\.\d+%2C\d\.\d+%2C\d\.\d+"), timeout=WAIT_MS)
    page.get_by_text("b", exact=True).click()  # another drawing of the same region
    expect(page.locator(".legend").first).to_contain_text("Andre", timeout=WAIT_MS)
    assert transform(page) == transform(page, 1) == moved
    page.get_by_text("4220").click()  # another region
    expect(page.locator("path.municipality")).to_have_count(6, timeout=WAIT_MS)
    expect(page).not_to_have_url(re.compile("view="), timeout=WAIT_MS)
    page.get_by_text("3039", exact=True).first.click()  # and back to the first one
    expect(page).to_have_url(re.compile("view="), timeout=WAIT_MS)
    page.reload()
    expect(page.locator("path.municipality")).to_have_count(12, timeout=WAIT_MS)
    settled(page)
    assert numbers(transform(page)) == pytest.approx(numbers(moved), rel=0.02, abs=2)
    canvas(page, 1).focus()
    page.keyboard.press("0")
    assert transform(page) == transform(page, 1) == whole
    expect(page).not_to_have_url(re.compile("view="), timeout=WAIT_MS)


def test_picking_by_click_loop_and_keyboard(page: Page, maps: str) -> None:
    opened(page, maps)
    page.mouse.click(*at(page, GOL))
    expect(page.get_by_text("Valgt 1: 3041")).to_be_visible(timeout=WAIT_MS)
    expect(canvas(page).locator("[aria-selected=true]")).to_have_attribute("data-code", GOL)
    page.mouse.click(*at(page, FLA))  # another one is added
    expect(page.get_by_text("Valgt 2: 3039 3041")).to_be_visible(timeout=WAIT_MS)
    page.mouse.click(*at(page, FLA))  # and taken away again
    expect(page.get_by_text("Valgt 3: 3041")).to_be_visible(timeout=WAIT_MS)
    page.get_by_role("button", name="Velg med løkke").first.click()
    (left, top), (right, bottom) = at(page, HEMSEDAL), at(page, GOL)
    corners = [(left - 40, top - 40), (right + 40, top - 40), (right + 40, bottom + 30)]
    page.mouse.move(*corners[0])
    page.mouse.down()
    for corner in [*corners[1:], (left - 40, bottom + 30)]:
        page.mouse.move(*corner, steps=3)
    page.mouse.up()
    expect(page.get_by_text("Valgt 4: 3041 3042")).to_be_visible(timeout=WAIT_MS)
    canvas(page).locator("[tabindex='0']").focus()
    page.keyboard.press("ArrowUp")
    reached = canvas(page).locator(".municipality:focus").get_attribute("data-code")
    assert reached not in {None, "3039"}
    page.keyboard.press("Enter")
    expect(page.get_by_text("Valgt 5:")).to_be_visible(timeout=WAIT_MS)
    kept = canvas(page).locator(".municipality:focus").get_attribute("data-code")
    assert kept == reached


def test_every_municipality_of_a_map_to_read_is_reached_by_keyboard(page: Page, maps: str) -> None:
    opened(page, maps)
    shown = canvas(page, 1)
    expect(shown).to_have_attribute("role", "group")
    reached = set()
    shown.locator("[tabindex='0']").focus()
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown") * 3:
        page.keyboard.press(key)
        focused = shown.locator(".municipality:focus")
        reached.add(focused.get_attribute("data-code"))
        expect(focused).to_have_attribute("aria-label", re.compile("^30"))
    assert len(reached) > 2
    assert shown.locator("[tabindex='0']").count() == 1


def test_a_tooltip_is_only_text(page: Page, maps: str) -> None:
    opened(page, maps)
    page.mouse.move(*at(page, GOL))
    expect(page.locator(".tip").first).to_contain_text("3041 <script>window.taken=1</script>")
    assert page.locator(".tip img, .tip script").count() == 0
    assert page.evaluate("window.taken") is None
    page.keyboard.press("Tab")  # a wheel over a map that is not in use scrolls the page
    before = transform(page, 1)
    canvas(page, 1).hover()
    page.mouse.wheel(0, 200)
    page.wait_for_timeout(REPORT_MS)
    assert transform(page, 1) == before


def numbers(written: str | None) -> list[float]:
    return [float(one) for one in re.findall(r"-?[\d.]+", written or "")]


def shown(view: str) -> AppTest:
    app = AppTest.from_file(str(SCRIPT), default_timeout=WAIT_MS // 1000)
    app.query_params["view"] = view
    return app.run()


def test_a_view_of_norway_stays_in_the_address() -> None:
    app = shown("60.7000,8.9000,9.00")
    assert not app.exception
    assert app.query_params["view"] == "60.7000,8.9000,9.00"


def test_any_other_view_is_dropped() -> None:
    app = shown("0,0,<script>")
    assert not app.exception
    assert "view" not in app.query_params


@pytest.mark.parametrize(
    "reported",
    [
        None,
        "everything",
        {"east_m": 1},
        {"east_m": "x", "north_m": 1, "metres_per_px": 1},
        {"east_m": float("nan"), "north_m": 6.7e6, "metres_per_px": 100},
        {"east_m": 1e12, "north_m": 1e12, "metres_per_px": 100},
        {"east_m": 1.6e5, "north_m": 6.7e6, "metres_per_px": 0},
        {"east_m": 1.6e5, "north_m": 6.7e6, "metres_per_px": -5},
    ],
)
def test_reports_that_are_no_view_are_passed_over(reported: Any) -> None:
    assert _written(reported) is None


def test_reported_views() -> None:
    assert _written(WHOLE) == ""
    near_gol = {"east_m": 160_000, "north_m": 6_740_000, "metres_per_px": 100}
    assert re.fullmatch(r"60\.\d{4},8\.\d{4},9\.\d\d", _written(near_gol) or "")


@pytest.mark.parametrize("answer", [None, "3041", ["0000"], [GOL, "0000"], [[GOL]], [1], {"a": 1}])
def test_answers_that_name_anything_else_are_none(answer: Any) -> None:
    assert _picked(answer, {GOL, FLA}) is None


def test_answers() -> None:
    assert _picked([GOL, FLA], {GOL, FLA}) == (GOL, FLA)
    assert _picked([], {GOL, FLA}) == ()
