"""The key figures of what is being edited, beside the saved version and the baseline."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from functools import partial

import streamlit as st

from planner.app.edit.draft import Draft
from planner.app.edit.reading import DraftReading, draft_stamp, measure_draft, read_draft
from planner.app.shell import waiting, widgets
from planner.assess.scorecard import Score
from planner.pipeline.result import Result
from planner.present.result.key_figures import key_figures
from planner.present.words.caveats import warnings_about
from planner.present.words.text import text

FIGURE_PX = 175  # five beside each other on a laptop, two on a phone


def measured_draft(draft: Draft, reading: DraftReading) -> Result | None:
    """Return the plan of a text with its figures; of a request, once it was solved.

    While the text has faults it is the last plan before them.
    """
    result = reading.result or _solved(draft, reading)
    if result is not None or not reading.faults:
        draft.measured = result
    return draft.measured


def show_draft_figures(draft: Draft, reading: DraftReading, result: Result | None) -> None:
    """Show the key figures with their changes, and what must be known before they are used."""
    if result is None or not result.scores:
        _show_without(draft, reading, result)
        return
    saved = read_draft(draft.saved.text, draft.path).result if draft.unsaved else result
    since = key_figures(_against(result, saved)) if saved and saved.scores else ()
    with st.container(horizontal=True, gap="xsmall"):
        for place, one in enumerate(key_figures(result.scores)):
            card = f"edit-figure-{place}"
            with st.container(border=True, width=FIGURE_PX, gap="xxsmall", key=card):
                st.metric(
                    one.label,
                    one.value,
                    one.change_from,
                    delta_color=widgets.COLOURS[one.judgement],
                    delta_arrow="off",
                    help=widgets.basis(one.key, one.provenance),
                )
                if since:
                    change = widgets.coloured(since[place].change, since[place].judgement)
                    st.markdown(f":small[{widgets.plain(text('edit.since_saved'))} {change}]")


def show_basis(reading: DraftReading, result: Result) -> None:
    """Say what the figures are compared with, and whether they are of this text."""
    compared = text("app.compared_with", baseline=widgets.baseline_title(result))
    note = text("edit.before_faults") if reading.faults else text("edit.figures_note")
    widgets.note(f"{compared[:1].upper()}{compared[1:]}. {note}")


def show_draft_warnings(draft: Draft, result: Result) -> None:
    """Show what must be known before the figures are used; open where something is new."""
    warnings = warnings_about(result)
    saved = read_draft(draft.saved.text, draft.path).result if draft.unsaved else result
    before = warnings_about(saved) if saved else warnings
    if not warnings:
        return
    is_new = [warning not in before for warning in warnings]
    with st.expander(text("edit.warnings", number=len(warnings)), expanded=any(is_new)):
        for warning, new in zip(warnings, is_new, strict=True):
            said = text("edit.new_warning", warning=warning) if new else warning
            st.warning(widgets.plain(said))


def _show_without(draft: Draft, reading: DraftReading, result: Result | None) -> None:
    """Say why there are no figures, and offer to solve a request."""
    if reading.scenario is None:
        st.info(text("edit.no_figures"))
    elif result is not None:
        widgets.show_warnings(result)
    else:
        st.info(text("edit.is_request"))
        job = waiting.known(_question(draft))
        if job is not None and job.state != "done":
            waiting.follow(job, "edit-solve", waiting.elapsed)
        elif st.button(text("edit.solve"), type="primary"):
            waiting.ask(_question(draft), partial(measure_draft, reading.scenario))
            st.rerun()


def _solved(draft: Draft, reading: DraftReading) -> Result | None:
    """Return the answer to a request, if it was asked for and found."""
    if reading.scenario is None or reading.scenario.propose is None:
        return None
    job = waiting.known(_question(draft))
    if job is None or job.state != "done":
        return None
    answer = job.result()
    return answer if isinstance(answer, Result) else None


def _question(draft: Draft) -> Hashable:
    return "edit", draft.path, draft_stamp(draft.path), draft.text


def _against(result: Result, other: Result | None) -> dict[str, Score]:
    """Return a plan's figures with another plan's in place of the baseline's."""
    before = other.scores if other else {}
    return {
        key: replace(score, baseline=before[key].indicator)
        for key, score in result.scores.items()
        if key in before
    }
