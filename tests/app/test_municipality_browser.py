"""A council member reads about one municipality, in the app and on a site without any server."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageStat
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from planner.pipeline.run_scenario import run
from planner.present.site.pages import site_files
from planner.present.site.regions import regions_of
from planner.present.site.writing import write_site
from planner.scenario.load import load_scenario
from tests.app.conftest import ARTIFACTS, WAIT_MS, settled
from tests.app.test_accessibility import violations
from tests.app.test_browser import expect_no_failure
from tests.support.data import DATA
from tests.support.paths import SCENARIOS

A4_PT = (595, 842)
MOST_SHEETS, LEAST_TABLE_PX, DARK_BELOW = 2, 641, 128
EACH_KIND = (
    "index.html",
    "metode.html",
    "hallingdal/sammenlign.html",
    "hallingdal/scenario-modell-e.html",
    "hallingdal/kommune-3042.html",
)


def test_a_council_member_opens_the_shared_link_and_prints(page: Page, address: str) -> None:
    page.goto(f"{address}/kommune?region=hallingdal&kommune=3042")
    expect(page.get_by_role("heading", name="Hemsedal", level=1)).to_be_visible(timeout=WAIT_MS)
    lines = page.locator("table.line tbody tr")
    expect(lines).to_have_count(8, timeout=WAIT_MS)
    assert page.locator("table.line").inner_text().count("34\u00a0min") >= 6  # Gol, as before
    maps = page.get_by_role("img", name="Kart over Hemsedal")
    expect(maps).to_have_count(1)
    assert maps.evaluate("image => image.naturalWidth") > 100
    expect(page.locator("details[open]")).to_have_count(0)
    settled(page)
    expect_no_failure(page)
    page.screenshot(path=ARTIFACTS / "kommune.png", full_page=True)

    page.emulate_media(media="print")
    expect(page.get_by_role("combobox", name="Kommune")).to_be_hidden()
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) <= MOST_SHEETS
    words = " ".join(" ".join(sheet.extract_text() for sheet in printed.pages).split())
    for told in ("Dette har Hemsedal i dag", "Dette blir dårligere", "Dette blir bedre"):
        assert told in words
    for told in ("Språk", "Mer om Modell E"):  # what is to be chosen or opened is not printed
        assert told not in words
    for sheet in printed.pages:
        edge = "".join(sheet.extract_text().split())
        for told in ("kommune=3042", "Kontorplan", "Vist", "©Kartverket", f"/{len(printed.pages)}"):
            assert told in edge
    sizes = {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in printed.pages}
    assert sizes == {A4_PT}


@pytest.mark.parametrize("screen", [(1440, 900, 1), (390, 844, 4)], ids=["laptop", "phone"])
@pytest.mark.parametrize("asked", ["hallingdal&kommune=3044", "nordland&kommune=1826"])
def test_what_comes_first_fits_a_screen(
    page: Page, address: str, asked: str, screen: tuple[int, int, int]
) -> None:
    """From 11 420 and 22 690 pixels: one screen, and four of a phone, above what is folded."""
    width, height, screens = screen
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{address}/kommune?region={asked}")
    first = page.locator(".kommune .first")
    expect(first.get_by_role("heading", name="Dette blir bedre")).to_be_visible(timeout=WAIT_MS)
    settled(page)
    bottom = first.evaluate("part => part.getBoundingClientRect().bottom + scrollY")
    assert bottom <= screens * height
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.screenshot(path=ARTIFACTS / f"kommune-{width}-{asked[-4:]}.png", full_page=True)
    row = page.locator("table.line tbody tr").first.locator("td")
    above = [cell["y"] for cell in (one.bounding_box() for one in row.all()) if cell]
    assert (len(set(above)) > 1) == (width < LEAST_TABLE_PX)  # on a card, below each other


def test_a_small_map_follows_the_dark_scheme(page: Page, address: str) -> None:
    lightness = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{address}/kommune?region=hallingdal&kommune=3042")
        shown = page.get_by_role("img", name="Kart over Hemsedal")
        expect(shown).to_be_visible(timeout=WAIT_MS)
        with Image.open(BytesIO(shown.screenshot())) as drawn:
            lightness.append(ImageStat.Stat(drawn.convert("L")).mean[0])
    assert lightness[1] < DARK_BELOW < lightness[0]


def test_the_site_opens_from_a_folder_without_internet(browser: Browser, tmp_path: Path) -> None:
    names = ("modell-a", "modell-e")
    results = [run(load_scenario(SCENARIOS / "hallingdal" / f"{name}.yaml")) for name in names]
    write_site(site_files(regions_of(results), DATA), tmp_path / "nettsted")
    context = browser.new_context(viewport={"width": 390, "height": 900}, offline=True)
    page = context.new_page()
    asked: list[str] = []
    failed: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto((tmp_path / "nettsted" / "index.html").as_uri())
    page.get_by_role("link", name="Modell E").click()
    live = page.frame_locator("iframe")
    page.locator("iframe").scroll_into_view_if_needed()
    expect(live.locator("path.municipality")).to_have_count(6)
    live.locator("path.municipality").first.hover(force=True)
    expect(live.locator(".leaflet-tooltip")).to_contain_text("Vertskommune: Gol")
    page.get_by_role("table", name="Kommunene").get_by_role("link", name="Hemsedal").click()
    expect(page.get_by_role("heading", name="Hemsedal", level=1)).to_be_visible()
    page.get_by_role("link", name="Sammenlign scenarioene").click()
    drawn = page.locator("img.map").evaluate_all(
        "async all => { for (const one of all) { one.loading = 'eager'; await one.decode(); }"
        " return all.map(one => one.naturalWidth) }"
    )
    assert len(drawn) == 4
    assert min(drawn) > 100
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert failed == []
    assert [url for url in asked if not url.startswith(("file://", "data:"))] == []
    page.emulate_media(color_scheme="dark")  # axe fetches style sheets itself: after the count
    for path in EACH_KIND:
        page.goto((tmp_path / "nettsted" / path).as_uri())
        assert violations(page) == [], path
    context.close()
