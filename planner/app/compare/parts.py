"""What stands under the figures of a comparison: differences, effects, a council's no, ranges."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import partial
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from planner.app.shell import address, choosers, map_view, settings, waiting, widgets
from planner.app.shell.language import KEY as LANGUAGE
from planner.app.shell.solving import Job
from planner.assess.uncertainty import Draws
from planner.optimise.solver.outcome import Progress, ProgressCallback
from planner.pipeline.result import Result
from planner.pipeline.sensitivity import draw_indicators
from planner.present.maps.drawing import difference_drawing
from planner.present.maps.picture import picture
from planner.present.municipality.now import newest
from planner.present.rendering import render
from planner.present.result.comparison import (
    column_heads,
    counted_from,
    group_sentences,
    host_changes,
    no_sentences,
    uncertainty_frame,
)
from planner.present.result.frames import moved_frame
from planner.present.result.key_figures import KEY_FIGURES
from planner.present.site.content import effects
from planner.present.site.municipality_html import image
from planner.present.words.text import language, text

DIFFERENCE_MAP_PX = 480
MOST_ROWS = 15
DRAWS, SEED = 100, 1
GRID_STYLE = """<style>
.st-key-compare-no, .st-key-compare-groups { display: grid; gap: 0 1.5rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); }
:is(.st-key-compare-no, .st-key-compare-groups) > div { width: 100% !important; }
</style>"""
Results = Sequence[Result]


def show_winners(region: str, results: Results, base: int) -> None:
    """Show what every municipality gains and loses, counted from the base, the newest plan first.

    On a phone every municipality is a card.
    """
    st.header(text("compare.winners"), anchor=False)
    widgets.note(text("compare.winners_caption", base=results[base].scenario.title))
    heads = dict(zip(results, column_heads(results), strict=True))
    shown = [one for one in newest(results) if one is not results[base]]
    counted = [counted_from(one, results[base]) for one in shown]
    content = render(
        "winners.html",
        rows=effects(counted, partial(_municipality_page, region)),
        heads=[heads[one] for one in shown],
        most=MOST_ROWS,
    )
    st.html(content)


def _municipality_page(region: str, code: str) -> str:
    """Return the address of a municipality's page, as seen from this one."""
    return f"kommune?{urlencode({'region': region, 'kommune': code, LANGUAGE: language()})}"


def show_difference(region: str, results: Results, base: int) -> None:  # noqa: ARG001 - as all
    """Show on a map and in a table who changes host from one plan to another."""
    st.header(text("compare.difference"), anchor=False)
    places = [str(place) for place in range(1, len(results) + 1)]
    labels = dict(zip(places, column_heads(results), strict=True))
    last = places[-1] if base != len(places) - 1 else places[0]
    with st.container(horizontal=True):
        first, second = (
            results[int(_choice(key, places, usual, labels)) - 1]
            for key, usual in (("from", places[base]), ("to", last))
        )
    if first.plan is None or second.plan is None:
        return
    if first.instance.codes != second.instance.codes:
        st.info(text("compare.other_municipalities"))
        return
    drawing = difference_drawing(second.instance, first.plan, second.plan)
    with st.container(key="compare-difference"):
        map_view.show_drawing(drawing, key="compare-map-0", height_px=DIFFERENCE_MAP_PX)
    printed = picture(drawing, text("compare.difference"), settings.bundle())
    st.html(f"<div class='paper-only'>{image(printed)}</div>")
    if not host_changes(first, second):
        st.text(text("app.none_moved"))
        return
    st.subheader(text("app.moved"), anchor=False)
    table = _escaped(moved_frame(first, second))
    st.table(table, border="horizontal", hide_index=True)


def show_no(region: str, results: Results, base: int) -> None:  # noqa: ARG001 - as all
    """Show what becomes of every plan if one council says no."""
    st.html(GRID_STYLE)
    st.header(text("compare.no"), anchor=False)
    names = {code: name for one in results for code, name in one.instance.names.items()}
    code = choosers.choose_municipality(text("compare.who"), "no", names)
    with st.container(key="compare-no"):
        for result in _cells(results):
            if code in result.instance.names:
                _show_sentences(no_sentences(result, code))
            else:
                st.text(text("compare.not_here", name=names[code]))
    with st.expander(text("compare.groups")), st.container(key="compare-groups"):
        for result in _cells(results):
            _show_sentences(group_sentences(result) or [text("compare.nobody_shares")])


def show_ranges(region: str, results: Results, base: int) -> None:  # noqa: ARG001 - as all
    """Offer how far the key figures move when the assumptions do, which takes a while."""
    with st.container(key="ranges"):
        st.header(text("compare.ranges"), anchor=False)
        st.caption(text("compare.ranges_caption", draws=DRAWS))
        key = ("ranges", *(id(result) for result in results))
        st.button(
            text("compare.work_out_ranges"),
            disabled=waiting.known(key) is not None,
            on_click=_ask,
            args=(key, results),
        )
        draws = waiting.answer(key, "ranges-stop", _so_far)
        if draws is not None:
            frame = uncertainty_frame(results, draws)
            st.table(_escaped(frame), border="horizontal", hide_index=True)


PARTS: tuple[Callable[[str, Results, int], None], ...] = (
    show_winners,
    show_difference,
    show_no,
    show_ranges,
)


def _choice(key: str, places: Sequence[str], usual: str, labels: Mapping[str, str]) -> str:
    place = st.selectbox(
        text(f"compare.{key}"),
        places,
        index=places.index(address.chosen(key, places, usual)),
        format_func=lambda one: labels[one],
    )
    address.remember(**{key: place})
    return place


def _cells(results: Results) -> Iterator[Result]:
    """Give each result while its cell of a grid is open, under its heading."""
    for result, head in zip(results, column_heads(results), strict=True):
        with st.container():
            st.subheader(widgets.plain(head), anchor=False)
            yield result


def _show_sentences(told: Sequence[str]) -> None:
    st.markdown("\n".join(f"- {widgets.plain(one)}" for one in told))


def _escaped(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.map(widgets.plain).rename(columns=widgets.plain)


def _ask(key: Hashable, results: Results) -> None:
    data = settings.bundle()

    def work(progress: ProgressCallback) -> Draws:
        began = time.perf_counter()
        return draw_indicators(
            results,
            data,
            draws=DRAWS,
            seed=SEED,
            keys=KEY_FIGURES,
            progress=lambda share: progress(Progress(f"{share:.0%}", time.perf_counter() - began)),
        )

    waiting.ask(key, work)


def _so_far(job: Job) -> str:
    return text("compare.share_done", share=job.progress.stage if job.progress else "0%")
