"""One scenario: its map, its figures beside the baseline, what it means, and its files."""

from __future__ import annotations

import datetime as dt
from functools import partial
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from planner.app.shell import address, choosers, map_view, settings, widgets
from planner.app.shell.explained import show_explanation
from planner.app.shell.kept import kept
from planner.app.shell.language import KEY as LANGUAGE
from planner.app.shell.language import fragment
from planner.app.shell.library import Entry, result_of
from planner.app.shell.report_part import show_report_downloads
from planner.errors import PlannerError
from planner.model.plan import Plan
from planner.pipeline.result import Result
from planner.present.maps.picture import poster
from planner.present.maps.thematic import figure_drawing
from planner.present.report.formats.pdf import png
from planner.present.result.files import files_of
from planner.present.result.frames import indicator_frame, municipality_frame
from planner.present.result.overview import plan_facts
from planner.present.words.effects import winners_notes, winners_rows
from planner.present.words.findings import agreement_rows, findings_by_topic
from planner.present.words.text import day, language, speaking, text

MAP_HEIGHT_PX = 560
#: Sentences of a topic that are shown at once; longer topics are folded.
MOST_SENTENCES = 8
STYLE = "<style>.stMainBlockContainer h1 { overflow-wrap: anywhere; }</style>"
MIME = {
    "json": "application/json",
    "csv": "text/csv",
    "html": "text/html",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
}


def show() -> None:
    """Show the page."""
    st.html(STYLE)
    region, entry = _choose()
    if entry is None:
        return
    with st.spinner(text("app.working")):
        result = result_of(entry)
    if isinstance(result, PlannerError):
        st.title(text("page.scenario"))
        widgets.show_faults(result)
        return
    st.title(widgets.plain(result.scenario.title))
    facts = plan_facts(result, widgets.baseline_title(result))
    st.caption(widgets.plain(" · ".join(facts)))
    show_report_downloads([result], key="scenario-report")
    if result.plan is None:
        widgets.show_warnings(result)
    else:
        _show_plan(region, result)
    _show_downloads(entry, result)


def _choose() -> tuple[str, Entry | None]:
    left, right = st.columns([1, 2])
    with left:
        region = choosers.choose_region()
    with right:
        shown = choosers.choose_scenario(text("app.scenario"), region, choosers.last_drawn)
        return region, shown


def _show_plan(region: str, result: Result) -> None:
    widgets.show_key_figures(result)
    left, right = st.columns([5, 2], gap="medium")
    with left:
        map_view.choose_figure()
        figure = map_view.chosen_figure()
        map_view.show_plan(
            region, result, key="scenario-map", height_px=MAP_HEIGHT_PX, figure=figure
        )
    with right:
        if result.scenario.description:
            st.header(text("app.about"))
            st.text(result.scenario.description)
        widgets.show_warnings(result)
    _show_municipalities(region, result)
    _show_findings(result)
    _show_agreement(result)
    fragment(_show_indicators)(result)


def _show_municipalities(region: str, result: Result) -> None:
    """Show who is served by whom, and what each gains and loses."""
    st.header(text("app.municipalities"))
    table = _municipality_frame(result).copy()
    link = text("scenario.municipality_page")
    table[link] = [_municipality_page(region, str(code)) for code in result.instance.codes]
    column = st.column_config.LinkColumn(link, display_text=text("scenario.open_page"))
    st.dataframe(table, hide_index=True, height="content", column_config={link: column})
    if result.plan is None:
        return
    with st.expander(text("compare.winners")):
        st.dataframe(_winners_frame(result), hide_index=True, height="content")
        _show_list(winners_notes(result.instance, result.plan))


@kept
def _winners_frame(result: Result) -> pd.DataFrame:
    if result.plan is None:
        return pd.DataFrame()
    head, *rows = winners_rows(result.instance, result.plan)
    return pd.DataFrame(rows, columns=head)


@kept
def _indicator_frame(result: Result) -> pd.DataFrame:
    return indicator_frame([result])


_municipality_frame = kept(municipality_frame)
_findings_by_topic = kept(findings_by_topic)


def _municipality_page(region: str, code: str) -> str:
    """Return the address of a municipality's page, as seen from this one."""
    return f"kommune?{urlencode({'region': region, 'kommune': code, LANGUAGE: language()})}"


def _show_findings(result: Result) -> None:
    st.header(text("app.findings"))
    for topic, told in _findings_by_topic(result):
        st.subheader(widgets.plain(topic), anchor=False)
        _show_list(told[:MOST_SENTENCES])
        if len(told) > MOST_SENTENCES:
            more = text("scenario.more_sentences", count=len(told) - MOST_SENTENCES)
            with st.expander(more):
                _show_list(told[MOST_SENTENCES:])


def _show_agreement(result: Result) -> None:
    rows = agreement_rows(result)
    if not rows:
        return
    st.header(text("law.agreement"))
    table = pd.DataFrame([(widgets.plain(item), widgets.plain(told)) for item, told in rows])
    st.table(table, border="horizontal", hide_index=True, hide_header=True)


def _show_indicators(result: Result) -> None:
    """Show all figures, and where one of them comes from."""
    st.header(text("app.all_indicators"))
    with st.expander(text("compare.all_figures")):
        st.dataframe(_indicator_frame(result), hide_index=True, height="content")
    names = list(result.scores)
    key = st.selectbox(
        text("app.explain"),
        names,
        index=names.index(address.chosen("indicator", names, names[0])),
        format_func=lambda one: text(f"indicator.{one}"),
    )
    address.remember(indicator=key)
    show_explanation(result, key)


def _show_downloads(entry: Entry, result: Result) -> None:
    """Offer the files that `planner run --out` writes, and the scenario itself."""
    st.header(text("scenario.downloads"))
    spoken = language()

    def written(name: str) -> bytes:
        with speaking(spoken):  # made in another thread, when the reader asks for it
            return files_of(result, settings.bundle())[name]()

    with st.container(horizontal=True):
        for name in files_of(result, settings.bundle()):
            ending = name.rpartition(".")[2]
            st.download_button(
                text(f"scenario.file.{name.replace('.', '_')}"),
                data=partial(written, name),
                file_name=f"{entry.path.stem}-{name}",
                mime=MIME[ending],
                on_click="ignore",
            )
        if result.plan is not None:
            _offer_pictures(entry, result, result.plan)
        st.download_button(
            text("scenario.file.scenario"),
            data=entry.path.read_bytes(),
            file_name=entry.path.name,
            mime="application/yaml",
            on_click="ignore",
        )


def _offer_pictures(entry: Entry, result: Result, plan: Plan) -> None:
    """Offer the map as pictures that say what they show, when, and from which sources."""
    spoken, figure = language(), map_view.chosen_figure()

    def drawn(ending: str) -> bytes:
        with speaking(spoken):  # made in another thread, too
            note = text("map.drawn", day=day(dt.datetime.now().astimezone().date()))
            drawing = figure_drawing(result.instance, plan, figure)
            made = poster(drawing, result.scenario.title, note, settings.bundle())
            return png(made) if ending == "png" else made.svg.encode()

    for ending, mime in (("svg", "image/svg+xml"), ("png", "image/png")):
        st.download_button(
            text(f"scenario.file.{ending}"),
            data=partial(drawn, ending),
            file_name=f"{entry.path.stem}-map.{ending}",
            mime=mime,
            on_click="ignore",
        )


def _show_list(told: list[str]) -> None:
    st.markdown("\n".join(f"- {widgets.plain(one)}" for one in told))
