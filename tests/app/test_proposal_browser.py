"""A proposal, and all possible plans, in a real browser with the network off."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.app.conftest import ARTIFACTS, settled
from tests.app.test_accessibility import violations
from tests.app.test_browser import WAIT_MS, expect_no_failure, fills, map_of

HARD = "w=travel:1,severed:0.5&alternatives=50&seconds=120"


def test_a_request_is_turned_solved_shared_and_stopped(page: Page, address: str) -> None:
    page.goto(f"{address}/forslag?region=hallingdal&scenario=hallingdal/forslag")
    settled(page)
    most = page.get_by_label("Flest kontorer", exact=True)
    most.fill("1")
    most.press("Enter")
    expect(page).to_have_url(re.compile("offices=-1"), timeout=WAIT_MS)
    page.get_by_role("button", name="Finn forslag").click()
    expect(page.get_by_text("Bevist best:")).to_be_visible(timeout=WAIT_MS)
    expect(map_of(page).locator(".place.host")).to_have_count(1, timeout=WAIT_MS)
    proved = page.get_by_text("bevist best", exact=True)
    expect(proved).to_be_visible(timeout=WAIT_MS)
    expect_no_failure(page)
    page.screenshot(path=ARTIFACTS / "proposal.png", full_page=True)
    page.reload()  # the same request, whose answer is known
    expect(page.get_by_text("Bevist best:")).to_be_visible(timeout=WAIT_MS)
    assert len(set(fills(page))) == 1

    page.goto(f"{address}/forslag?region=nordland&scenario=nordland/dagens-kontorer&{HARD}")
    settled(page)
    page.get_by_role("button", name="Finn forslag").click()
    going_on = page.get_by_text(re.compile("Beste plan så langt|Leter etter andre planer"))
    expect(going_on).to_be_visible(timeout=WAIT_MS)
    page.get_by_role("button", name="Stopp og behold det beste").click()
    stopped = page.get_by_text(re.compile("Søket stoppet etter|Du stoppet søket"))
    expect(stopped.first).to_be_visible(timeout=WAIT_MS)
    assert len(fills(page)) == 41
    expect_no_failure(page)


def test_the_answer_is_beside_the_button_and_marked_when_it_is_outdated(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/forslag?region=hallingdal&scenario=hallingdal/forslag&w=travel:1")
    settled(page)
    page.get_by_role("button", name="Finn forslag").click()
    expect(page.get_by_text("Resultat: bevist best")).to_be_visible(timeout=WAIT_MS)
    settled(page)
    for scrolled in (0, 900):
        page.get_by_test_id("stMain").evaluate("(e, y) => e.scrollTo(0, y)", scrolled)
        expect(page.get_by_role("button", name="Søk på nytt")).to_be_in_viewport()
    rate = page.get_by_label("Hold pendlere samlet", exact=True)
    rate.fill("0,7")
    rate.press("Enter")
    expect(page.get_by_text("svarer på andre krav")).to_be_in_viewport(timeout=WAIT_MS)
    expect(page).to_have_url(re.compile("severed%3A0.7"), timeout=WAIT_MS)
    assert violations(page) == []
    rate.fill("")
    rate.press("Enter")
    expect(page.get_by_text("svarer på andre krav")).to_have_count(0, timeout=WAIT_MS)


def test_a_click_in_the_chart_shows_the_plan_on_the_map(page: Page, address: str) -> None:
    page.goto(f"{address}/alle-mulige?region=hallingdal&scenario=hallingdal/modell-e")
    first = page.get_by_role("heading", name="Valgt plan: Modell E")
    expect(first).to_be_visible(timeout=2 * WAIT_MS)  # all plans are listed first
    assert len(set(fills(page))) == 1
    settled(page)
    groups = "Flå | Gol+Nesbyen | Hemsedal | Ål | Hol"
    page.locator(f"path[aria-roledescription=point][aria-label*='{groups}']").click(force=True)
    expect(page).to_have_url(re.compile(r"plan=\d+"), timeout=WAIT_MS)
    expect(page.get_by_role("heading", name="Valgt plan: Plan")).to_be_visible(timeout=WAIT_MS)
    expect(map_of(page).locator(".place.host")).to_have_count(5, timeout=WAIT_MS)
    page.reload()
    expect(map_of(page).locator(".place.host")).to_have_count(5, timeout=WAIT_MS)
    expect_no_failure(page)
    page.screenshot(path=ARTIFACTS / "plans.png", full_page=True)
