"""The start page: a region today, and its scenarios as cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from planner.app.shell import address, widgets
from planner.app.shell.language import fragment
from planner.app.shell.library import Entry, entries, prepare, result_so_far
from planner.app.shell.links import go_to, link_to
from planner.pipeline.result import Result
from planner.present.result.overview import (
    axes_sentence,
    describes_today,
    plan_facts,
    region_figures,
    stand,
    standing_sentence,
    today,
)
from planner.present.words.dated import region_words
from planner.present.words.text import text

MAP_HEIGHT_PX = 460
LOOK_AGAIN_S = 0.7
#: So many scenarios are compared at a time.
FEWEST, MOST = 2, 4
CARDS = "overview-cards"
BAR = "overview-bar"
STYLE = f"""
<style>
.st-key-{CARDS} {{ display: grid; gap: 1rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); }}
.st-key-{CARDS} > div {{ width: 100% !important; height: 100%; }}
.st-key-{CARDS} :is(td, th) {{ padding-inline: 0.25rem; }}
.st-key-{CARDS} h3 {{ font-size: 1.15rem; overflow-wrap: anywhere; }}
div:has(> .st-key-{BAR}) {{ position: sticky; top: 3.5rem; z-index: 50;
  padding-block: 0.5rem; backdrop-filter: blur(12px); }}
</style>
"""
Answer = Result | str | None


def show() -> None:
    """Show the page."""
    st.html(STYLE)
    st.title(text("page.overview"))
    region = widgets.choose_region()
    offered = entries(region)
    prepare(region)
    known = _known(offered)
    _show_today(known)
    fragment(_show_scenarios)(region, offered)
    if _waits(known):
        fragment(_watch, run_every=LOOK_AGAIN_S)(offered, _done(known))


def _watch(offered: Sequence[Entry], done: int) -> None:
    """Draw the page anew when more is known than before."""
    if _done(_known(offered)) != done:
        st.rerun()


def _known(offered: Sequence[Entry]) -> dict[Entry, Answer]:
    return {entry: result_so_far(entry) for entry in offered}


def _results(known: Mapping[Entry, Answer]) -> dict[Entry, Result]:
    return {entry: one for entry, one in known.items() if isinstance(one, Result)}


def _done(known: Mapping[Entry, Answer]) -> int:
    return sum(answer is not None for answer in known.values())


def _waits(known: Mapping[Entry, Answer]) -> bool:
    return _done(known) < len(known)


def _today_waits(known: Mapping[Entry, Answer]) -> bool:
    """Say whether what the region is like today may yet become known."""
    told = any(describes_today(one) for one in _results(known).values())
    return not told and _waits(known)


def _show_today(known: Mapping[Entry, Answer]) -> None:
    """Show the region as it is, or that this is being worked out."""
    found = _results(known)
    now = None if _today_waits(known) else today(found.values())
    st.header(region_words(now.instance.date) if now else text("overview.now"))
    if _today_waits(known):
        st.info(text("overview.now_working"))
        return
    if now is None:
        st.info(text("overview.now_unknown"))
        return
    left, right = st.columns([3, 2], gap="medium")
    with left:
        shown = next(one for one in found.values() if one.instance is now.instance)
        widgets.show_map(replace(shown, plan=now.plan), "overview-map", MAP_HEIGHT_PX)
    with right, st.container(horizontal=True):
        for label, value, provenance in region_figures(now):
            help_text = widgets.basis(label, text(f"provenance.{provenance}"))
            st.metric(label, value, help=help_text, border=True, width=widgets.KEY_FIGURE_PX)
    st.caption(widgets.plain(text("overview.now_caption", title=now.title)))


def _show_scenarios(region: str, offered: Sequence[Entry]) -> None:
    """Show a card for every scenario, those that are not ready yet without figures."""
    known = _known(offered)
    st.header(text("overview.scenarios"))
    _show_counts(known)
    chosen = _chosen(offered)
    _show_comparison_button(region, chosen)
    found = {entry.name: one for entry, one in _results(known).items()}
    standings = stand(found)
    titles = {entry.name: entry.title for entry in offered}
    with st.container(key=CARDS):
        for entry, answer in known.items():
            standing = standings.get(entry.name)
            place = standing_sentence(standing, titles) if standing else ""
            with st.container(border=True, key=f"card-{entry.path.stem}", height="stretch"):
                _show_card(entry, answer, place, chosen)
    if standings:
        st.subheader(text("overview.front_heading"))
        st.markdown(widgets.plain(axes_sentence()))


def _show_counts(known: Mapping[Entry, Answer]) -> None:
    count, done = len(known), _done(known)
    words = text("overview.count_one") if count == 1 else text("overview.count", count=count)
    if done < count:
        words = f"{words}. {text('overview.waiting', done=done, count=count)}"
    st.caption(words)


def _chosen(offered: Sequence[Entry]) -> list[str]:
    """Return the scenarios whose box is ticked, or that the address names on arrival."""
    names = [entry.name for entry in offered]
    before = address.chosen_many("scenarios", names, [])[:MOST]
    chosen = [name for name in names if st.session_state.get(_box(name), name in before)][:MOST]
    if chosen or before:
        address.remember(scenarios=chosen)
    return chosen


def _box(name: str) -> str:
    return f"take-{name}"


def _show_comparison_button(region: str, chosen: Sequence[str]) -> None:
    with st.container(key=BAR, horizontal=True, vertical_alignment="center"):
        if st.button(
            text("overview.compare", count=len(chosen)),
            key="overview-compare",
            type="primary",
            disabled=not FEWEST <= len(chosen) <= MOST,
        ):
            go_to("compare", region=region, scenarios=address.SEPARATOR.join(chosen))
        st.caption(text("overview.most" if len(chosen) >= MOST else "overview.choose"))


def _show_card(entry: Entry, answer: Answer, place: str, chosen: Sequence[str]) -> None:
    title = answer.scenario.title if isinstance(answer, Result) else entry.title
    st.subheader(widgets.plain(title), anchor=False)
    if answer is None:
        st.caption(text("overview.working"))
    elif isinstance(answer, str):
        st.error(text("overview.faulty"))
        st.code(answer, language=None, wrap_lines=True)
    else:
        facts = plan_facts(answer, widgets.baseline_title(answer))
        st.caption(widgets.plain(" · ".join(facts)))
        _show_answer(entry, answer, place, chosen)


def _show_answer(entry: Entry, result: Result, place: str, chosen: Sequence[str]) -> None:
    if result.plan is None:
        st.text(text("overview.no_plan"))
    else:
        widgets.show_key_figure_table(result)
        st.markdown(widgets.plain(place))
    widgets.show_warnings_folded(result)
    with st.container(horizontal=True, vertical_alignment="center"):
        link_to("scenario", text("overview.open"), region=entry.region, scenario=entry.name)
        if result.plan is not None:
            st.checkbox(
                text("overview.take"),
                value=entry.name in chosen,
                key=_box(entry.name),
                disabled=len(chosen) >= MOST and entry.name not in chosen,
            )
