"""One alternative a slide, for a meeting: large letters, losses first, turned by arrow keys."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from planner.app.shell import address, paper, settings, widgets
from planner.app.shell.library import entries, first_region, regions, result_of
from planner.app.shell.links import link_to
from planner.pipeline.result import Result
from planner.present.maps.drawing import plan_drawing
from planner.present.maps.picture import picture
from planner.present.rendering import render
from planner.present.result.overview import losses, plan_lines
from planner.present.site.municipality_html import image
from planner.present.site.regions import region_name
from planner.present.words.text import language, text

MOST = 8
STYLE = """
.st-key-menu { display: none; }
.stApp .stMainBlockContainer { padding: .5rem 2.5rem; max-width: none; }
article.slide { display: grid; gap: 0 2.5rem;
  grid-template: auto 1fr / minmax(0, 5fr) minmax(0, 6fr); min-height: calc(100vh - 15.5rem);
  font-size: clamp(1.15rem, 1.9vw, 2.2rem); line-height: 1.35; }
article.dense { font-size: clamp(1rem, 1.5vw, 1.8rem); }
article.slide h1 { grid-column: 1 / -1; font-size: 1.7em; padding: 0 0 .5rem; }
article.slide ul { list-style: none; font-size: inherit; margin: 0; padding: 0; }
article.slide ul li { padding: 0 0 .6em; margin: 0; font-size: inherit; }
.slide .losses { color: #b3261e; font-weight: 600; }
.slide img { display: block; width: 100%; height: auto; max-height: calc(100vh - 19rem);
  object-fit: contain; object-position: top; }
article.slide p.note { font-size: .65em; }
.st-key-slide-turn .stMarkdown * { margin: 0; }
.kontorplan-foot { margin-top: 0 !important; }
@media (prefers-color-scheme: dark) { .slide .losses { color: #ff9d94; } }
@media screen and (max-width: 900px) { article.slide { grid-template: none / minmax(0, 1fr); } }
@media print {
  article.slide { min-height: 0; font-size: 14pt; }
  .slide img { max-height: 115mm; }
  .st-key-slide-turn { display: none; }
}
"""
#: Keys of a keyboard and of a presenter's remote control, and what each presses.
_KEYS = st.components.v2.component(
    "slide_keys",
    js="""
const presses = {
  ArrowRight: "next", PageDown: "next", ArrowLeft: "previous", PageUp: "previous", Escape: "back",
};
export default () => {
  const press = (event) => {
    const key = presses[event.key];
    if (!key || event.altKey || event.ctrlKey || event.metaKey) return;
    const pressed = document.querySelector(`.st-key-slide-${key} :is(button, a)`);
    if (!pressed) return;
    event.preventDefault();
    pressed.click();
  };
  document.addEventListener("keydown", press);
  return () => document.removeEventListener("keydown", press);
};
""",
)


def show() -> None:
    """Show the slide that the address asks for."""
    st.html(f"<style>{STYLE}</style>")
    offered = regions()
    region = address.chosen("region", offered, first_region(offered) if offered else "")
    address.remember(region=region)
    results = _results(region)
    if not results:
        st.title(text("page.slides"), anchor=False)
        st.info(text("compare.too_few"))
        link_to("compare", text("slides.back"), region=region)
        return
    names = list(results)
    numbers = [str(number) for number in range(1, len(names) + 1)]
    number = int(address.chosen("slide", numbers, "1"))
    address.remember(slide=str(number))
    result = results[names[number - 1]]
    st.html(_slide(result, region_name(region), language()))
    _show_turning(number, len(names), region, names)
    paper.describe_sheets(
        result.scenario.title,
        size="A4 landscape",
        slide=str(number),
        region=region,
        scenarios=address.SEPARATOR.join(names),
    )


def _results(region: str) -> dict[str, Result]:
    """Return the plans to show by name: those that the address names, or those drawn by people."""
    by_name = {entry.name: entry for entry in (entries(region) if region else ())}
    drawn = [name for name, entry in by_name.items() if not entry.is_proposal]
    chosen = address.chosen_many("scenarios", list(by_name), drawn or list(by_name))[:MOST]
    address.remember(scenarios=chosen)
    with st.spinner(text("app.working")):
        found = {name: result_of(by_name[name]) for name in chosen}
    return {name: one for name, one in found.items() if isinstance(one, Result) and one.plan}


@lru_cache(maxsize=4 * MOST)
def _slide(result: Result, region: str, spoken: str) -> str:  # noqa: ARG001 - part of the cache key
    if result.plan is None:
        return ""
    title = result.scenario.title
    drawn = picture(plan_drawing(result.instance, result.plan), title, settings.bundle())
    return render(
        "slide.html",
        title=title,
        region=region,
        losses=losses(result),
        lines=plan_lines(result, widgets.dated_baseline(result)),
        map=image(drawn),
    )


def _show_turning(number: int, count: int, region: str, names: list[str]) -> None:
    """Show the buttons that turn slides; keys press them."""
    with st.container(key="slide-turn", horizontal=True, vertical_alignment="center"):
        for key, to in (("previous", number - 1), ("next", number + 1)):
            with st.container(key=f"slide-{key}", width="content"):
                st.button(
                    text(f"slides.{key}"),
                    key=f"{key}-slide",
                    disabled=not 1 <= to <= count,
                    on_click=_turn,
                    args=(to,),
                )
        st.markdown(
            widgets.plain(text("slides.place", number=number, count=count)), width="content"
        )
        with st.container(key="slide-back", width="content"):
            chosen = address.SEPARATOR.join(names)
            link_to("compare", text("slides.back"), region=region, scenarios=chosen)
        st.caption(text("slides.keys"), width="content")
    _KEYS(key="slide-keys", height=1)


def _turn(to: int) -> None:
    address.remember(slide=str(to))
