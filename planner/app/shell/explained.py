"""One figure explained on a page: what it is, what it rests on, and the rows behind it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from planner.app.shell import settings
from planner.app.shell.widgets import plain
from planner.pipeline.result import Result
from planner.present.result.explain import MOST_ROWS, Explanation, Input, _Rows, explanation
from planner.present.words.text import text


def show_explanation(result: Result, key: str) -> None:
    """Show where an indicator of a result with a plan comes from."""
    told = explanation(result, key, settings.bundle())
    facts = [(plain(label), plain(words)) for label, words in told.facts]
    st.table(pd.DataFrame(facts), border="horizontal", hide_index=True, hide_header=True)
    _show_parts(told)
    if told.notes:
        st.markdown("\n".join(f"- {plain(note)}" for note in told.notes))
    _show_inputs(told.inputs)


def _show_parts(told: Explanation) -> None:
    for rows in (*told.parts, told.details):
        if rows:
            st.dataframe(_frame(rows), hide_index=True, height="content")


def _show_inputs(inputs: Sequence[Input]) -> None:
    """Show tables with rows about the region behind a fold each, and the rest as a list."""
    if not inputs:
        return
    st.markdown(f"**{plain(text('scenario.inputs'))}**")
    for one in inputs:
        if one.rows:
            _show_rows(one)
    st.markdown("\n".join(f"- {plain(one.head)}" for one in inputs if not one.rows))


def _show_rows(one: Input) -> None:
    (_, header), *about = one.rows
    with st.expander(plain(text("scenario.rows_behind", table=one.table, count=len(about)))):
        st.markdown(plain(one.head))
        rows = [[str(line), *cells] for line, cells in about[:MOST_ROWS]]
        st.dataframe(_frame([[text("scenario.line"), *header], *rows]), hide_index=True)
        if len(about) > MOST_ROWS:
            st.caption(text("explain.more", count=len(about) - MOST_ROWS))


def _frame(rows: _Rows) -> pd.DataFrame:
    """Make a table of rows with headings first; an empty heading becomes a space of its own."""
    head, *body = rows
    return pd.DataFrame(body, columns=[name or " " for name in head])
