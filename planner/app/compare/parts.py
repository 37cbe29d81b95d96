"""What stands under the maps of a comparison: tables, differences, a council's no, ranges."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Literal

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from planner.app.shell import address, choosers, map_view, settings, waiting, widgets
from planner.app.shell.explained import show_explanation
from planner.app.shell.solving import Job
from planner.assess.uncertainty import Draws
from planner.optimise.solver.outcome import Progress, ProgressCallback
from planner.pipeline.result import Result
from planner.pipeline.sensitivity import draw_indicators
from planner.present.maps.drawing import difference_drawing
from planner.present.result.comparison import (
    ComparedFigure,
    ComparedRow,
    column_heads,
    comparison_rows,
    gains_and_losses,
    group_sentences,
    host_changes,
    no_sentences,
    uncertainty_frame,
)
from planner.present.result.frames import moved_frame
from planner.present.result.key_figures import KEY_FIGURES
from planner.present.words.text import text

DIFFERENCE_MAP_PX = 480
LONG_PX, MOST_ROWS = 620, 15
DRAWS, SEED = 100, 1
ALL, DIFFERENT = "all", "different"
NO_INDICATOR = "none"
Results = Sequence[Result]


def show_figures(results: Results) -> None:
    """Show the key figures, one figure explained, and all figures family by family."""
    st.header(text("compare.key_figures"))
    found = comparison_rows(results)
    rows = {row.key: row for family in found.values() for row in family}
    _show_table([rows[key] for key in KEY_FIGURES], results)
    _show_one(rows, results)
    st.header(text("compare.all_figures"))
    shown = _show_filter()
    for family, members in found.items():
        differing = [row for row in members if row.differs]
        wanted = differing if shown == DIFFERENT else members
        label = text(
            "compare.family",
            family=text(f"family.{family}"),
            differing=len(differing),
            count=len(members),
        )
        with st.expander(label):
            if wanted:
                _show_table(wanted, results)
            else:
                st.text(text("compare.all_alike"))


def show_winners(results: Results) -> None:
    """Show what every municipality gains and loses in every plan, never added up."""
    st.header(text("compare.winners"))
    st.caption(text("compare.winners_caption"))
    with st.container(key="compare-winners"):
        _show_long(_winners(results))


def show_difference(results: Results) -> None:
    """Show on a map and in a table who changes host from one plan to another."""
    st.header(text("compare.difference"))
    places = [str(place) for place in range(1, len(results) + 1)]
    labels = dict(zip(places, column_heads(results), strict=True))
    first, second = (
        results[int(_choice(key, places, usual, labels)) - 1]
        for key, usual in (("from", places[0]), ("to", places[-1]))
    )
    if first.plan is None or second.plan is None:
        return
    if first.instance.codes != second.instance.codes:
        st.info(text("compare.other_municipalities"))
        return
    drawing = difference_drawing(second.instance, first.plan, second.plan)
    map_view.show_drawing(drawing, key="compare-difference", height_px=DIFFERENCE_MAP_PX)
    if not host_changes(first, second):
        st.text(text("app.none_moved"))
        return
    st.subheader(text("app.moved"), anchor=False)
    _show_long(_escaped(moved_frame(first, second)))


def show_no(results: Results) -> None:
    """Show what becomes of every plan if one council says no."""
    st.header(text("compare.no"))
    names = {code: name for one in results for code, name in one.instance.names.items()}
    code = choosers.choose_municipality(text("compare.who"), "no", names)
    for column, result, head in _columns(results):
        with column:
            st.subheader(widgets.plain(head), anchor=False)
            if code in result.instance.names:
                _show_sentences(no_sentences(result, code))
            else:
                st.text(text("compare.not_here", name=names[code]))
    with st.expander(text("compare.groups")):
        for column, result, head in _columns(results):
            with column:
                st.subheader(widgets.plain(head), anchor=False)
                _show_sentences(group_sentences(result) or [text("compare.nobody_shares")])


def show_ranges(results: Results) -> None:
    """Offer how far the key figures move when the assumptions do, which takes a while."""
    st.header(text("compare.ranges"))
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


PARTS: tuple[Callable[[Results], None], ...] = (
    show_figures,
    show_difference,
    show_winners,
    show_no,
    show_ranges,
)


def _show_one(rows: Mapping[str, ComparedRow], results: Results) -> None:
    """Let the reader choose a figure, and show where it comes from."""
    names = [NO_INDICATOR, *rows]
    key = st.selectbox(
        text("compare.one"),
        names,
        index=names.index(address.chosen("indicator", names, NO_INDICATOR)),
        format_func=lambda one: rows[one].label if one in rows else text("compare.none"),
    )
    address.remember(indicator=key)
    if key == NO_INDICATOR:
        return
    with st.container(border=True):
        st.subheader(widgets.plain(rows[key].label), anchor=False)
        _show_table([rows[key]], results)
        tabs = st.tabs([widgets.plain(head) for head in column_heads(results)])
        for tab, result in zip(tabs, results, strict=True):
            with tab:
                if key in result.scores:
                    show_explanation(result, key)


def _show_filter() -> str:
    shown = st.segmented_control(
        text("compare.show"),
        [ALL, DIFFERENT],
        default=address.chosen("rows", [ALL, DIFFERENT], ALL),
        format_func=lambda one: text(f"compare.rows.{one}"),
        required=True,
    )
    address.remember(rows=shown)
    return str(shown)


def _show_table(rows: Sequence[ComparedRow], results: Results) -> None:
    st.table(_frame(rows, results), border="horizontal", hide_index=True)


def _frame(rows: Sequence[ComparedRow], results: Results) -> pd.DataFrame:
    heads = [widgets.plain(head) for head in column_heads(results)]
    return pd.DataFrame(
        [
            {
                text("table.indicator"): widgets.plain(_with_unit(row)),
                **{head: _figure(cell) for head, cell in zip(heads, row.cells, strict=True)},
                **{
                    text("compare.against_first", number=place): _difference(cell)
                    for place, cell in enumerate(row.differences, start=2)
                },
                text("table.provenance"): row.provenance,
            }
            for row in rows
        ]
    )


def _show_long(table: pd.DataFrame) -> None:
    """Show a table of municipalities, which scrolls by itself where there are many."""
    height: int | Literal["content"] = LONG_PX if len(table) > MOST_ROWS else "content"
    st.table(table, border="horizontal", hide_index=True, height=height)


def _with_unit(row: ComparedRow) -> str:
    return f"{row.label} ({row.unit})" if row.unit else row.label


def _figure(cell: ComparedFigure) -> str:
    value = f"**{widgets.plain(cell.value)}**"
    if cell.judgement == "unchanged":
        return value
    return f"{value} ({widgets.coloured(cell.change, cell.judgement)})"


def _difference(cell: ComparedFigure) -> str:
    return widgets.coloured(cell.change, cell.judgement)


def _winners(results: Results) -> pd.DataFrame:
    found = [gains_and_losses(result) for result in results]
    names = {code: name for one in results for code, name in one.instance.names.items()}
    heads = [widgets.plain(head) for head in column_heads(results)]
    rows = []
    for code, name in names.items():
        row = {text("table.municipality"): widgets.plain(name)}
        for head, of_plan in zip(heads, found, strict=True):
            row[head] = _both(*of_plan[code]) if code in of_plan else text("figure.undefined")
        rows.append(row)
    return pd.DataFrame(rows)


def _both(gains: str, losses: str) -> str:
    """Write gains and losses, each on lines of their own, as Markdown."""
    told = []
    if gains:
        told.append(widgets.coloured(text("compare.gains", figures=gains), "better"))
    if losses:
        told.append(widgets.coloured(text("compare.losses", figures=losses), "worse"))
    return "  \n".join(told) or text("app.unchanged")


def _choice(key: str, places: Sequence[str], usual: str, labels: Mapping[str, str]) -> str:
    place = st.selectbox(
        text(f"compare.{key}"),
        places,
        index=places.index(address.chosen(key, places, usual)),
        format_func=lambda one: labels[one],
    )
    address.remember(**{key: place})
    return place


def _columns(results: Results) -> list[tuple[DeltaGenerator, Result, str]]:
    columns = st.columns(len(results), gap="medium")
    return list(zip(columns, results, column_heads(results), strict=True))


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
