"""Downloads of the case document, for any page that shows results."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import streamlit as st

from planner.app.shell import address, settings
from planner.pipeline.result import Result
from planner.present.report.case import MOST_RESULTS, CaseError, ReportCase
from planner.present.report.formats.as_file import FORMATS, MEDIA_TYPES, DocumentFormat, as_file
from planner.present.words.text import language, speaking, text

MOST_NAME_LETTERS = 80


def show_report_downloads(results: Sequence[Result], *, key: str) -> None:
    """Offer a case document about one result, or about two to four side by side; of more, choose.

    The document is made when the reader asks for it, in the language of the page.

    Parameters
    ----------
    results : as they were run; those without a plan are named in the document.
    key : of the choice, unlike any other on the page.
    """
    with st.popover(text("report_document.download.heading")):
        if len(results) > MOST_RESULTS:
            results = _choose(results, key)
        try:
            ReportCase.of(results, settings.bundle())
        except CaseError:
            st.caption(text("report_document.download.impossible"))
        else:
            _show_choice(results, key)


def _choose(results: Sequence[Result], key: str) -> list[Result]:
    """Let the reader choose which of many results a document is about."""
    places = range(len(results))
    chosen = st.multiselect(
        text("report_document.download.which", most=MOST_RESULTS),
        places,
        default=places[:MOST_RESULTS],
        format_func=lambda place: results[place].scenario.title,
        max_selections=MOST_RESULTS,
        key=f"{key}-which",
    )
    return [results[place] for place in sorted(chosen)]


def _show_choice(results: Sequence[Result], key: str) -> None:
    st.caption(text("report_document.download.about"))
    kind = st.selectbox(
        text("report_document.download.format"),
        FORMATS,
        format_func=lambda one: text(f"report_document.format.{one}"),
        key=f"{key}-format",
    )
    st.download_button(
        text("report_document.download.button", kind=kind),
        data=_maker(results, kind),
        file_name=f"{_file_name(results)}.{kind}",
        mime=MEDIA_TYPES[kind],
        on_click="ignore",
        key=f"{key}-download",
    )


def _maker(results: Sequence[Result], kind: DocumentFormat) -> Callable[[], bytes]:
    """Return what makes the document, on another thread, which does not know the language."""
    spoken, data, here = language(), settings.bundle(), address.of_page()

    def make() -> bytes:
        from planner.present.report.content.chapters import case_document  # noqa: PLC0415 - draws maps

        with speaking(spoken):
            return as_file(case_document(results, data, here), kind)

    return make


def _file_name(results: Sequence[Result]) -> str:
    """Name the file after the scenarios; only letters, digits and hyphens are left of them."""
    scenarios = [result.scenario for result in results]
    stems = [one.path.stem if one.path else one.title for one in scenarios]
    words = "-".join([text("report_document.download.file_name"), *stems]).lower()
    return re.sub(r"[^a-zæøå0-9]+", "-", words)[:MOST_NAME_LETTERS].strip("-")
