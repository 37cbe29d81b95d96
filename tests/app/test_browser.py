"""The app in a real browser with the network off."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.app.conftest import ARTIFACTS
from tests.support.data import DATA

POLYGONS = "path.municipality"
WAIT_MS = 60_000


def map_of(page: Page, place: int = 0) -> Locator:
    return page.locator("div.map").nth(place)


def fills(page: Page, place: int = 0) -> list[str]:
    found = map_of(page, place).locator(POLYGONS)
    expect(found.first).to_have_attribute("style", re.compile("fill"), timeout=WAIT_MS)
    return [str(one) for one in found.evaluate_all("all => all.map(e => e.style.fill)")]


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label, exact=True).click()
    page.get_by_role("option", name=option).click()


def expect_no_failure(page: Page) -> None:
    shown = page.locator("body").inner_text()
    for word in ("Traceback", "Exception", "Error", "Noe gikk galt"):
        assert word not in shown


def test_polygons_hosts_and_labels_without_internet(page: Page, address: str) -> None:
    page.goto(f"{address}/scenario")
    assert len(fills(page)) == 6
    assert len(set(fills(page))) == 1  # model E: one group, one colour
    expect(map_of(page).locator(".place.host")).to_have_text(["Gol"])
    expect(map_of(page).locator(".place.member")).to_have_count(5)
    expect(map_of(page).locator(".source")).to_contain_text("Kartverket")
    expect(map_of(page).locator(".canvas")).to_have_attribute("aria-label", re.compile("Gol: Flå"))
    map_of(page).locator(POLYGONS).first.hover(force=True)
    expect(map_of(page).locator(".tip")).to_contain_text("Vertskommune: Gol")
    expect_no_failure(page)
    page.screenshot(path=ARTIFACTS / "scenario.png", full_page=True)


def test_changing_scenario_recolours_and_keeps_the_view(page: Page, address: str) -> None:
    page.goto(f"{address}/scenario")
    assert len(set(fills(page))) == 1
    map_of(page).get_by_role("button", name="Zoom inn").click()
    expect(page).to_have_url(re.compile("view="), timeout=WAIT_MS)
    shown = map_of(page).locator(".ground").get_attribute("transform")
    map_of(page).evaluate("map => { map.stillHere = true }")
    choose(page, "Scenario", "Modell A")
    expect(map_of(page).locator(".place.host")).to_have_count(5, timeout=WAIT_MS)
    assert len(set(fills(page))) == 5
    assert map_of(page).evaluate("map => map.stillHere") is True  # the map was not made anew
    assert map_of(page).locator(".ground").get_attribute("transform") == shown
    expect(page.get_by_role("heading", name="Modell A")).to_be_visible()
    assert "modell-a" in page.url
    expect_no_failure(page)


def test_a_municipality_of_the_map_leads_to_its_page(page: Page, address: str) -> None:
    """By pointer and by keyboard, and the browser's Back leads to the map again."""
    page.goto(f"{address}/scenario?region=hallingdal")
    assert len(fills(page)) == 6
    map_of(page).locator(f"{POLYGONS}[data-code='3044']").click(force=True)
    expect(page.get_by_role("heading", name="Hol", level=1)).to_be_visible(timeout=WAIT_MS)
    expect(page).to_have_url(re.compile("kommune=3044"), timeout=WAIT_MS)
    page.go_back()
    assert len(fills(page)) == 6
    map_of(page).locator(f"{POLYGONS}[tabindex='0']").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Flå", level=1)).to_be_visible(timeout=WAIT_MS)
    expect_no_failure(page)


def test_a_shared_link_shows_the_same_county(page: Page, address: str) -> None:
    page.goto(f"{address}/scenario?region=nordland&scenario=nordland/tjenesteomrader-2018")
    assert len(fills(page)) == 41
    assert len(set(fills(page))) == 9
    expect(map_of(page).locator(".place.host")).to_have_count(9)
    page.reload()
    assert len(fills(page)) == 41
    expect_no_failure(page)
    page.screenshot(path=ARTIFACTS / "nordland.png", full_page=True)


@pytest.mark.parametrize("width", [390, 1024])
def test_small_screens(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/scenario")
    assert len(fills(page)) == 6
    wider = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
    assert not wider
    page.screenshot(path=ARTIFACTS / f"scenario-{width}.png", full_page=True)


def test_the_map_file_opens_without_internet(page: Page, address: str) -> None:  # noqa: ARG001
    from planner.pipeline.run_scenario import run  # noqa: PLC0415
    from planner.present.maps.drawing import plan_drawing  # noqa: PLC0415
    from planner.present.maps.page import map_page  # noqa: PLC0415
    from planner.scenario.load import load_scenario  # noqa: PLC0415
    from tests.integration.test_main_job import HALLINGDAL  # noqa: PLC0415

    result = run(load_scenario(HALLINGDAL / "modell-b.yaml"))
    assert result.plan is not None
    page.set_content(map_page(plan_drawing(result.instance, result.plan), DATA))
    expect(page.locator(POLYGONS)).to_have_count(6)
    expect(page.locator(".place.host")).to_have_count(4)
