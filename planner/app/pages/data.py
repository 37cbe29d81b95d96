"""Data and method: what every figure rests on, how it is computed, and on what terms."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from planner._version import __version__
from planner.app.shell import address, settings
from planner.app.shell.language import fragment
from planner.app.shell.map_view import show_drawing
from planner.io.bundle import Bundle
from planner.io.tables.municipalities import read_municipalities
from planner.present.maps.thematic import category_drawing
from planner.present.method import method
from planner.present.method.coverage import MISSING, coverage
from planner.present.method.data_status import data_status, staff_sentence
from planner.present.method.road_fit import road_check_frame, road_checks
from planner.present.words.text import number, text
from planner.provenance import PROVENANCES

FIRST_FIGURE = "staff"
MAP_HEIGHT_PX = 620


def show() -> None:
    """Show the page."""
    bundle = settings.bundle()
    st.title(text("page.data"))
    st.write(text("method.intro"))
    st.info(text("method.structure"))
    st.header(text("method.known"))
    fragment(_show_coverage)(bundle)
    st.header(text("method.tables"))
    st.dataframe(method.table_frame(bundle), hide_index=True, height="content")
    st.header(text("method.parameters"))
    st.write(text("method.parameters_about"))
    st.dataframe(method.parameter_frame(bundle), hide_index=True, height=500)
    st.header(text("method.formulas"))
    fragment(_show_formulas)()
    st.header(text("method.models"))
    _show_models(bundle)
    st.header(text("method.licences"))
    _show_licences(bundle)
    st.caption(text("method.version", version=__version__))


def _show_coverage(bundle: Bundle) -> None:
    known, municipalities = coverage(bundle), read_municipalities(bundle)
    figures = list(known.columns)
    figure = st.selectbox(
        text("method.figure"),
        figures,
        index=figures.index(address.chosen("figure", figures, FIRST_FIGURE)),
        format_func=lambda one: text(f"status.{one}"),
    )
    address.remember(figure=figure)
    counts = known[figure].value_counts()
    labels = {
        name: f"{text(f'provenance.{name}')}: {number(counts[name], 'municipalities')}"
        for name in (*PROVENANCES, MISSING)
        if name in counts
    }
    drawing = category_drawing(
        list(known.index),
        dict(known[figure]),
        labels,
        _tooltips(dict(known[figure]), dict(municipalities["name"])),
        summary=f"{text(f'status.{figure}')}: {', '.join(labels.values())}.",
    )
    show_drawing(drawing, key="coverage-map", height_px=MAP_HEIGHT_PX)
    with st.expander(text("method.all_municipalities")):
        st.dataframe(method.coverage_frame(known, municipalities), hide_index=True, height=500)


def _tooltips(known: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    return {
        code: f"{names[code]}\n{text(f'provenance.{provenance}')}"
        for code, provenance in known.items()
    }


def _show_formulas() -> None:
    families = method.families()
    family = st.selectbox(
        text("method.family"),
        families,
        index=families.index(address.chosen("family", families, families[0])),
        format_func=lambda one: text(f"family.{one}"),
    )
    address.remember(family=family)
    st.dataframe(method.formula_frame(family), hide_index=True, height="content")


def _show_models(bundle: Bundle) -> None:
    status = data_status(bundle)
    st.subheader(text("method.staff"))
    st.write(staff_sentence(status["staff"]))
    st.subheader(text("status.commuters"))
    st.write(text("status.commuting"))
    st.dataframe(method.fit_frame(status["commuting_fit"]), hide_index=True, height="content")
    st.subheader(text("method.travel"))
    checks = road_checks(bundle)
    deviations = checks["deviation_share"].abs()
    st.write(
        text(
            "method.travel_about",
            count=len(checks),
            median=number(deviations.median(), "share"),
            largest=number(deviations.max(), "share"),
        )
    )
    st.dataframe(road_check_frame(checks), hide_index=True, height=400)


def _show_licences(bundle: Bundle) -> None:
    st.write(text("method.licence_text"))
    for licence, files in method.licences(bundle).items():
        is_fact = licence == method.FACTS
        with st.expander(text("method.facts_heading") if is_fact else licence):
            st.write(text("method.licence_of", tables=", ".join(files)))
            if is_fact:
                st.write(text("method.facts"))
            else:
                st.code(method.licence_text(licence), language=None, wrap_lines=True)
    with st.expander(text("method.leaflet")):
        st.code(method.licence_text("Leaflet"), language=None, wrap_lines=True)
