"""A council member reads about one municipality, in the app and on a site without any server."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from planner.pipeline.run_scenario import run
from planner.present.site.pages import site_files
from planner.present.site.regions import regions_of
from planner.present.site.writing import write_site
from planner.scenario.load import load_scenario
from tests.app.conftest import ARTIFACTS, WAIT_MS
from tests.app.test_accessibility import serious
from tests.app.test_browser import expect_no_failure
from tests.support.data import DATA
from tests.support.paths import SCENARIOS

A4_PT = (595, 842)
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
    expect(page.get_by_role("heading", name="Kort sagt", level=2)).to_be_visible(timeout=WAIT_MS)
    shown = page.get_by_role("row", name="Minutter til vertskontoret").inner_text()
    assert shown.count("34,0") == 6  # Gol is as far away in every model, and before
    maps = page.get_by_role("img", name="Kart over Hemsedal")
    expect(maps).to_have_count(7)
    assert maps.first.evaluate("image => image.naturalWidth") > 100
    expect_no_failure(page)
    page.screenshot(path=ARTIFACTS / "kommune.png", full_page=True)

    page.emulate_media(media="print")
    expect(page.get_by_role("combobox", name="Kommune")).to_be_hidden()
    expect(page.get_by_text("Utskrift: velg")).to_be_hidden()
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) > 1
    words = "".join(sheet.extract_text() for sheet in printed.pages)
    for heading in ("Hemsedal", "Kort sagt", "Scenarioene side om side", "Hvis verten sier nei"):
        assert heading in words
    assert "Språk" not in words
    sizes = {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in printed.pages}
    assert sizes == {A4_PT}


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
        assert serious(page) == [], path
    context.close()
