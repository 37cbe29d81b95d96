"""The county director's way through the app: from the start page to a comparison."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.app.conftest import ARTIFACTS, settled
from tests.app.test_browser import WAIT_MS, choose, expect_no_failure, fills, map_of

QUESTION = "Hvilke kommuner bør dele NAV-kontor?"
MAPS = ".st-key-start-cards img"


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", name=words, level=1)).to_be_visible(timeout=WAIT_MS)


def test_back_leads_to_the_page_before(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    heading(page, QUESTION)
    expect(page.locator(MAPS)).to_have_count(8, timeout=WAIT_MS)
    expect(page).to_have_url(re.compile("region=hallingdal"))  # as it can be shared
    steps = page.evaluate("history.length")
    page.get_by_role("link", name="Åpne Modell E").click()
    heading(page, "Modell E")
    choose(page, "Scenario", "Modell B")
    heading(page, "Modell B")
    page.get_by_role("link", name="Sammenlign", exact=True).click()
    heading(page, "Sammenlign")
    settled(page)
    assert page.evaluate("history.length") == steps + 2  # pages, not choices
    page.go_back()
    heading(page, "Modell B")
    page.go_back()
    heading(page, QUESTION)
    page.go_forward()
    heading(page, "Modell B")
    expect_no_failure(page)


def test_a_council_member_finds_the_municipality_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/")
    heading(page, QUESTION)
    page.get_by_role("combobox", name=re.compile("Finn kommune")).fill("Gratang")
    page.get_by_role("option", name="Gratangen").click()
    page.get_by_role("link", name=re.compile("Gratangen i alternativene.*Ofoten")).click()
    heading(page, "Gratangen")
    expect(page).to_have_url(re.compile("region=ofoten"))
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.go_back()
    heading(page, QUESTION)


def test_the_director_compares_two_models(page: Page, address: str) -> None:
    page.goto(f"{address}/?region=ofoten")
    heading(page, QUESTION)
    choose(page, "Region", "Hallingdal")
    expect(page.locator(MAPS)).to_have_count(8, timeout=WAIT_MS)
    expect(page.get_by_role("region", name="Alle alternativene side om side")).to_be_visible()
    expect_no_failure(page)
    page.screenshot(path=ARTIFACTS / "overview.png", full_page=True)
    page.get_by_role("link", name="Sammenlign alternativene i Hallingdal").click()

    expect(page.get_by_role("heading", name="Sammenlign", level=1)).to_be_visible(timeout=WAIT_MS)
    expect(page.get_by_role("heading", name="1 Hallingdal 2026").first).to_be_visible()
    settled(page)
    page.goto(f"{address}/sammenlign?scenarios=hallingdal/modell-a,hallingdal/modell-e&maps=linked")
    expect(page.get_by_role("heading", name="1 Modell A")).to_have_count(2, timeout=WAIT_MS)
    settled(page)
    assert "hallingdal%2Fmodell-a%2Challingdal%2Fmodell-e" in page.url
    assert len(set(fills(page, 0))) == 5
    assert len(set(fills(page, 1))) == 1
    ground = map_of(page, 1).locator(".ground")
    before = ground.get_attribute("transform")
    map_of(page, 0).get_by_role("button").first.click()  # the maps pan and zoom together
    expect(ground).not_to_have_attribute("transform", before or "", timeout=WAIT_MS)
    difference = map_of(page, 2)
    expect(difference.locator(".canvas")).to_have_attribute("aria-label", re.compile("Hol"))
    expect(page.get_by_role("cell", name=re.compile("18,8: verre")).first).to_be_visible()
    expect_no_failure(page)
    page.screenshot(path=ARTIFACTS / "compare.png", full_page=True)

    opens_the_report(page)
    page.reload()  # the address holds the whole view
    expect(page.get_by_role("heading", name="2 Modell E").first).to_be_visible(timeout=WAIT_MS)
    page.get_by_role("link", name="Åpne Modell E").click()
    heading(page, "Modell E – én felles vertskommune")
    expect_no_failure(page)


def opens_the_report(page: Page) -> None:
    page.get_by_role("button", name="Last ned saksgrunnlag").click()
    page.get_by_role("combobox", name=re.compile("Filformat")).click()
    page.get_by_role("option", name=re.compile("PDF")).click()
    button = page.get_by_role("button", name="Lag og last ned (pdf)")
    button.wait_for(timeout=WAIT_MS)  # its words change together with what it gives
    with page.expect_download(timeout=WAIT_MS) as download:
        button.click()
    path = download.value.path()
    assert download.value.suggested_filename.endswith(".pdf")
    written = "".join(one.extract_text() for one in PdfReader(path).pages)
    assert "Modell A" in written
    assert "Modell E" in written
    page.keyboard.press("Escape")
