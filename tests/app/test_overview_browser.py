"""The county director's way through the app: from the start page to a comparison."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.app.conftest import ARTIFACTS, settled
from tests.app.test_browser import WAIT_MS, choose, expect_no_failure, fills, map_of


def card(page: Page, title: str) -> str:
    heading = page.get_by_role("heading", name=re.compile(title), level=3)
    expect(heading).to_be_visible(timeout=WAIT_MS)
    return f".st-key-card-{title.lower().replace(' ', '-')}"


def take(page: Page, title: str) -> None:
    box = page.locator(card(page, title)).get_by_text("Ta med i sammenligningen")
    box.click(timeout=WAIT_MS)


def test_the_director_compares_two_models(page: Page, address: str) -> None:
    page.goto(f"{address}/?region=ofoten")
    heading = page.get_by_role("heading", name="Regionen slik den var 1. januar 2020")
    expect(heading).to_be_visible(timeout=WAIT_MS)
    choose(page, "Region", "Hallingdal")
    expect(page.get_by_text("6 scenarioer", exact=True)).to_be_visible(timeout=WAIT_MS)
    assert len(fills(page)) == 6
    compare = page.get_by_role("button", name=re.compile("Sammenlign valgte"))
    expect(compare).to_be_disabled()
    take(page, "Modell A")
    expect(compare).to_have_text("Sammenlign valgte (1)", timeout=WAIT_MS)
    take(page, "Modell E")
    expect(compare).to_have_text("Sammenlign valgte (2)", timeout=WAIT_MS)
    expect_no_failure(page)
    page.screenshot(path=ARTIFACTS / "overview.png", full_page=True)
    compare.click()

    expect(page.get_by_role("heading", name="Sammenlign", level=1)).to_be_visible(timeout=WAIT_MS)
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
    expect(page.get_by_role("cell", name=re.compile("19,3: verre")).first).to_be_visible()
    expect_no_failure(page)
    page.screenshot(path=ARTIFACTS / "compare.png", full_page=True)

    opens_the_report(page)
    page.reload()  # the address holds the whole view
    expect(page.get_by_role("heading", name="2 Modell E").first).to_be_visible(timeout=WAIT_MS)
    page.get_by_role("link", name="Åpne scenarioet").nth(1).click()
    heading = page.get_by_role("heading", name="Modell E – én felles vertskommune", level=1)
    expect(heading).to_be_visible(timeout=WAIT_MS)
    expect_no_failure(page)


def opens_the_report(page: Page) -> None:
    page.get_by_role("button", name="Saksgrunnlag").click()
    page.get_by_role("combobox", name=re.compile("Format")).click()
    page.get_by_role("option", name=re.compile("PDF")).click()
    settled(page)  # the button then gives the new format
    with page.expect_download(timeout=WAIT_MS) as download:
        page.get_by_role("button", name="Lag og last ned").click()
    path = download.value.path()
    assert download.value.suggested_filename.endswith(".pdf")
    written = "".join(one.extract_text() for one in PdfReader(path).pages)
    assert "Modell A" in written
    assert "Modell E" in written
    page.keyboard.press("Escape")
