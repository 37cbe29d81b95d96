"""The figures of several scenarios in one table: chosen ones, one explained, and all in a fold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from planner.app.shell import address, widgets
from planner.app.shell.explained import show_explanation
from planner.pipeline.result import Result
from planner.present.rendering import render
from planner.present.result.comparison import ComparedRow, column_heads, comparison_rows
from planner.present.result.overview import TABLE
from planner.present.words.text import text

ALL, DIFFERENT = "all", "different"
NO_INDICATOR = "none"
Results = Sequence[Result]


def show_figures(region: str, results: Results, base: int) -> None:  # noqa: ARG001 - as all parts
    """Show the figures that the reader chooses, one explained, and all of them in a fold."""
    found = comparison_rows(results, base=base)
    rows = {row.key: row for family in found.values() for row in family}
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(text("compare.key_figures"), anchor=False, width="content")
        with st.popover(text("compare.choose_figures")):
            chosen = _choose_figures(rows)
    title = results[base].scenario.title
    widgets.note(text("compare.counted_from", base=title))
    _show_table({"": [rows[key] for key in chosen]}, results, base, text("compare.key_figures"))
    with st.expander(text("compare.all_figures")):
        different = _show_filter() == DIFFERENT
        families = {
            text(f"family.{family}"): [row for row in members if row.differs or not different]
            for family, members in found.items()
        }
        shown = {family: members for family, members in families.items() if members}
        if shown:
            _show_table(shown, results, base, text("compare.all_figures"))
        else:
            st.text(text("compare.all_alike"))
    _show_one(rows, results, base)


def _choose_figures(rows: Mapping[str, ComparedRow]) -> list[str]:
    """Let the reader choose which figures the table has; never none."""
    names = list(rows)
    usual = [key for key in TABLE if key in rows]
    chosen = st.multiselect(
        text("compare.figures"),
        names,
        default=address.chosen_many("figures", names, usual),
        format_func=lambda key: rows[key].label,
        placeholder=text("compare.choose_figures"),
    )
    if chosen in ([], usual):  # addresses are read aloud: what is usual is left out
        address.forget("figures")
        return usual
    address.remember(figures=chosen)
    return chosen


def _show_table(
    families: Mapping[str, Sequence[ComparedRow]], results: Results, base: int, caption: str
) -> None:
    heads = column_heads(results)
    st.html(render("compared.html", families=families, heads=heads, base=base, caption=caption))


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


def _show_one(rows: Mapping[str, ComparedRow], results: Results, base: int) -> None:
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
        _show_table({"": [rows[key]]}, results, base, rows[key].label)
        tabs = st.tabs([widgets.plain(head) for head in column_heads(results)])
        for tab, result in zip(tabs, results, strict=True):
            with tab:
                if key in result.scores:
                    show_explanation(result, key)
