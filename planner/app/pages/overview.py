"""The start page: what this is about, three ways on, and the alternatives of a region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import streamlit as st

from planner.app.shell import address, choosers, settings, widgets
from planner.app.shell.language import fragment
from planner.app.shell.library import (
    MOST_SHOWN,
    Entry,
    entries,
    prepare,
    regions_with,
    result_so_far,
)
from planner.app.shell.links import go_to, link_to
from planner.app.shell.small_map import small_map
from planner.errors import PlannerError
from planner.io.gazetteer import Gazetteer
from planner.pipeline.result import Result
from planner.present.rendering import render
from planner.present.result.overview import losses, plan_lines, table_rows
from planner.present.site.regions import region_name
from planner.present.words.faults import error_text
from planner.present.words.sender import data_dates
from planner.present.words.text import text

LOOK_AGAIN_S = 0.7
DOORS, CARDS = "start-doors", "start-cards"
STYLE = f"""
<style>
.st-key-{DOORS}, .st-key-{CARDS} {{ display: grid; gap: 1rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); }}
.st-key-{DOORS} {{ grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); }}
:is(.st-key-{DOORS}, .st-key-{CARDS}) a {{ padding-inline: 0; text-decoration: underline; }}
:is(.st-key-{DOORS}, .st-key-{CARDS}) a * {{ white-space: normal; overflow-wrap: anywhere; }}
:is(.st-key-{DOORS}, .st-key-{CARDS}) > div {{ width: 100% !important; height: 100%; }}
.st-key-{CARDS} h3, .st-key-{DOORS} h2 {{ font-size: 1.15rem; overflow-wrap: anywhere; }}
.st-key-{CARDS} img {{ display: block; width: 100%; height: auto; border-radius: .3rem; }}
.alternatives {{ overflow-x: auto; }}
.alternatives table {{ border-collapse: collapse; font-size: .92rem; }}
.alternatives :is(th, td) {{ padding: .35rem .9rem .35rem 0; text-align: left;
  vertical-align: top; min-width: 7rem; max-width: 14rem; overflow-wrap: anywhere;
  border-bottom: 1px solid color-mix(in srgb, currentColor 22%, transparent); }}
</style>
"""
_Answer = Result | PlannerError | None


def show() -> None:
    """Show the page."""
    st.html(STYLE)
    st.title(text("start.question"), anchor=False)
    st.markdown(widgets.plain(text("start.what")))
    widgets.note(text("start.dates", dates=data_dates(settings.bundle())))
    region = _show_doors()
    st.header(text("start.alternatives", region=widgets.plain(region_name(region))), anchor=False)
    shown = _choose_shown(entries(region))
    prepare(shown)
    known = _known(shown)
    if not shown:
        st.info(text("start.none_found"))
    with st.container(key=CARDS):
        for entry, answer in known.items():
            with st.container(border=True, key=f"card-{entry.path.stem}", height="stretch"):
                _show_card(entry, answer)
    _show_table(known)
    st.header(text("start.uncertain"), anchor=False)
    st.markdown(widgets.plain(text("start.uncertainty")))
    link_to("data", text("start.to_data"))
    if _done(known) < len(known):
        fragment(_watch, run_every=LOOK_AGAIN_S)(shown, _done(known))


def _watch(shown: Sequence[Entry], done: int) -> None:
    """Draw the page anew when more is known than before."""
    if _done(_known(shown)) != done:
        st.rerun()


def _known(shown: Sequence[Entry]) -> dict[Entry, _Answer]:
    return {entry: result_so_far(entry) for entry in shown}


def _done(known: Mapping[Entry, _Answer]) -> int:
    return sum(answer is not None for answer in known.values())


def _show_doors() -> str:
    """Show the three ways on; return the region that the reader has chosen."""
    with st.container(key=DOORS):
        with st.container(border=True, key="door-municipality", height="stretch"):
            st.header(text("start.my_municipality"), anchor=False)
            _find_municipality()
        with st.container(border=True, key="door-compare", height="stretch"):
            st.header(text("start.compare"), anchor=False)
            region = choosers.choose_region()
            name = widgets.plain(region_name(region))
            link_to("compare", text("start.to_compare", region=name), region=region)
        with st.container(border=True, key="door-make", height="stretch"):
            st.header(text("start.make"), anchor=False)
            link_to("proposal", text("start.to_proposal", region=name), region=region)
            link_to("edit", text("start.to_edit", region=name), region=region)
            link_to("region", text("start.to_region"))
    return region


def _find_municipality() -> None:
    """Let the reader find a municipality of the whole country; open its page, or say that none is.

    Where several regions have it, the reader chooses.
    """
    gazetteer = Gazetteer.from_bundle(settings.bundle())
    names = _municipalities(gazetteer)
    code = st.selectbox(
        text("start.search"),
        list(names),
        index=None,
        format_func=lambda one: names[one],
        placeholder=text("start.search_hint"),
        key="start-municipality",
    )
    if code is None:
        return
    having = regions_with(code)
    if not having:
        st.info(widgets.plain(text("start.no_region", name=names[code])))
        link_to("region", text("start.make_for", name=widgets.plain(names[code])), parts=code)
    elif len(having) == 1:
        go_to("municipality", region=having[0], kommune=code)
    for region in having:
        label = text("start.in_region", name=names[code], region=region_name(region))
        link_to("municipality", widgets.plain(label), region=region, kommune=code)


@lru_cache(maxsize=4)
def _municipalities(gazetteer: Gazetteer) -> dict[str, str]:
    """Return code -> name that means nobody else, as an alphabet orders them."""
    codes = (code for county in gazetteer.counties.values() for code in county)
    names = {code: gazetteer.unique_name(code) for code in codes}
    return dict(sorted(names.items(), key=lambda one: one[1].casefold()))


def _choose_shown(offered: Sequence[Entry]) -> list[Entry]:
    """Return which scenarios are shown: all of a few; of many, one page of those searched for."""
    if len(offered) <= MOST_SHOWN:
        return list(offered)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.text_input(text("start.filter", count=len(offered))).casefold()
        found = [entry for entry in offered if wanted in entry.title.casefold()]
        starts = [str(first) for first in range(0, len(found), MOST_SHOWN)]
        if not starts:
            return []
        first = st.selectbox(
            text("start.shown", count=len(found)),
            starts,
            index=starts.index(address.chosen("first", starts, starts[0])),
            format_func=lambda one: _span(int(one), len(found)),
        )
    address.remember(first=first)
    return found[int(first) :][:MOST_SHOWN]


def _span(first: int, count: int) -> str:
    return f"{first + 1}–{min(first + MOST_SHOWN, count)}"


def _show_card(entry: Entry, answer: _Answer) -> None:
    title = answer.scenario.title if isinstance(answer, Result) else entry.title
    st.subheader(widgets.plain(title), anchor=False)
    if answer is None:
        st.caption(text("overview.working"))
    elif isinstance(answer, PlannerError):
        st.error(text("overview.faulty"))
        st.code(error_text(answer, by_region=True), language=None, wrap_lines=True)
    else:
        _show_answer(answer)
        label = widgets.plain(text("start.open", title=title))
        link_to("scenario", label, region=entry.region, scenario=entry.name)


def _show_answer(result: Result) -> None:
    """Show what is lost in red, a small map, and what a plan is in three lines."""
    if result.plan is None:
        st.text(text("overview.no_plan"))
        widgets.show_warnings_folded(result)
        return
    for loss in losses(result):
        st.markdown(f":red[**{widgets.plain(loss)}**]")
    st.html(small_map(result))
    lines = plan_lines(result, widgets.dated_baseline(result))
    st.markdown("\n".join(f"- {widgets.plain(line)}" for line in lines))


def _show_table(known: Mapping[Entry, _Answer]) -> None:
    """Set all alternatives that are known side by side."""
    results = {
        entry.name: one
        for entry, one in known.items()
        if isinstance(one, Result) and one.plan is not None
    }
    if results:
        st.header(text("start.table"), anchor=False)
        widgets.note(text("start.table_note"))
        titles = [one.scenario.title for one in results.values()]
        st.html(render("alternatives.html", titles=titles, rows=table_rows(results)))
