"""Which pages the app has, in which language, and which one is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from importlib import import_module
from pathlib import Path

import streamlit as st

from planner.app.shell import address, guard, links, paper
from planner.app.shell.language import choose_language, tell_browser
from planner.app.shell.rights import read_only
from planner.app.shell.settings import bundle
from planner.present.words.sender import sender
from planner.present.words.text import text

FAVICON = Path(__file__).with_name("favicon.png")
MENU = "menu"
STYLE = """
<style>
header.stAppHeader { display: none; }
.stMainBlockContainer { padding-top: 1rem; }
.st-key-menu { border-bottom: 1px solid color-mix(in srgb, currentColor 22%, transparent); }
.st-key-menu a { min-height: 24px; }
.st-key-menu a[aria-current] { text-decoration: underline; text-underline-offset: .4em; }
/* Fingers need 24 px: marks of help, and what empties or opens a field. */
.stTooltipIcon button, [data-testid="stNumberInputClearButton"], .stMultiSelect button,
label[data-react-aria-pressable] {
  min-width: 24px; min-height: 24px;
}
th a { display: inline-block; min-width: 24px; min-height: 24px; }
a:focus-visible, button:focus-visible, summary:focus-visible, input:focus-visible {
  outline: 3px solid currentColor !important; outline-offset: 2px !important;
}
/* What a figure is about is never cut. */
[data-testid="stMetricLabel"], [data-testid="stMetricLabel"] * {
  white-space: normal !important; overflow: visible !important;
}
/* A link to its own heading is one more stop of the keyboard, and leads nowhere. */
[data-testid="stHeaderActionElements"], [data-testid="stHeadingWithActionElements"] a {
  display: none;
}
.kontorplan-foot { font-size: .85rem; margin-top: 2rem; padding-top: .5rem;
  border-top: 1px solid color-mix(in srgb, currentColor 22%, transparent); }
/* Streamlit writes white on the main colour, which is light in the dark scheme. */
[data-testid="stMultiSelectTagsContainer"] [data-tag] {
  background: none; border: 1px solid currentColor; color: inherit;
}
[data-testid="stMultiSelectTagsContainer"] [data-tag] * { color: inherit; }
@media (prefers-color-scheme: dark) {
  [data-testid="stBaseButton-primary"]:not(:disabled) p { color: #14181d; }
}
/* Its own colour for small remarks is too pale on white to be read by all. */
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p {
  color: inherit !important; opacity: 1 !important;
}
@media print {
  header, .st-key-menu, .stAppToolbar { display: none !important; }
  .stSelectbox, .stMultiSelect, .stButton, .stDownloadButton { display: none !important; }
  .stMainBlockContainer { padding: 0 !important; }
  .stApp, .stMain { position: static !important; overflow: visible !important; }
}
</style>
"""


@dataclass(frozen=True)
class Page:
    """A page: its key in the texts, its module in `planner.app`, and its place in the address.

    The first page stands at the root; those that another page leads to are not in the menu.
    """

    key: str
    module: str
    path: str
    edits: bool = False
    in_menu: bool = True

    def show(self) -> None:
        """Draw the page; its module is imported only now, so that the app starts fast."""
        import_module(f"planner.app.{self.module}").show()


PAGES = (
    Page("overview", "pages.overview", ""),
    Page("scenario", "pages.scenario", "scenario"),
    Page("compare", "compare.page", "sammenlign"),
    Page("slides", "compare.slides", "presentasjon", in_menu=False),
    Page("municipality", "pages.municipality", "kommune"),
    Page("proposal", "proposal.page", "forslag"),
    Page("plans", "plans.page", "alle-mulige"),
    Page("region", "edit.region", "ny-region", edits=True),
    Page("edit", "edit.page", "rediger", edits=True),
    Page("data", "pages.data", "data"),
    Page("accessibility", "pages.accessibility", "tilgjengelighet", in_menu=False),
)


def main() -> None:
    """Show the page that the address asks for, between the menu and what it all rests on."""
    st.set_page_config(page_title="Kontorplan", page_icon=str(FAVICON), layout="wide")
    st.html(STYLE)
    address.begin()
    with st.container(key=MENU, horizontal=True, vertical_alignment="center"):
        menu = st.container(horizontal=True, gap="small", width="stretch")
        with st.container(width="content"):
            choose_language()
    shown = {
        page.key: st.Page(
            guarded_page(page),
            title=text(f"page.{page.key}"),
            url_path=page.path or None,
            default=page is PAGES[0],
        )
        for page in PAGES
        if not (page.edits and read_only())
    }
    links.offer(shown)
    opened = st.navigation(list(shown.values()), position="hidden")
    with menu:
        for page in PAGES:
            if page.in_menu and page.key in shown:
                st.page_link(shown[page.key], width="content")
    try:
        opened.run()
    finally:
        st.html(f"<footer class='kontorplan-foot'>{escape(sender(bundle()))}</footer>")
        links.link_to("accessibility", text("page.accessibility"))
        paper.frame_sheets(opened.title)
        tell_browser()


def guarded_page(page: Page) -> Callable[[], None]:
    """Turn whatever goes wrong into a sentence."""
    show = guard.guarded(page.show)
    # Streamlit tells pages apart by the function's name, and all are called `show`.
    show.__name__ = page.key
    return show
