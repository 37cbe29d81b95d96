"""Scenarios side by side, run without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planner.app.shell import library, waiting
from planner.pipeline.sensitivity import draw_indicators
from tests.app.test_overview_page import drawn, own_region
from tests.app.test_pages import box, opened
from tests.support.desk import desk_here

A_AND_E = "hallingdal/modell-a,hallingdal/modell-e"
FOUR = "hallingdal/modell-a,hallingdal/modell-b,hallingdal/modell-c,hallingdal/modell-e"


def chosen(app: AppTest) -> list[str]:
    return list(app.multiselect[0].value)


def headings(app: AppTest) -> list[str]:
    return [one.value.replace("\\", "") for one in app.subheader]


def test_todays_and_the_last_drawn_plan_at_first() -> None:
    app = opened("compare", region="hallingdal")
    assert not app.exception
    assert chosen(app) == ["hallingdal/felles-kontor-2026", "hallingdal/modell-e"]
    app = opened("compare", region="hallingdal", scenarios=A_AND_E)
    assert headings(app)[:2] == [
        "1 Modell A – dagens organisering",
        "2 Modell E – én felles vertskommune",
    ]
    figures = app.table[0].value
    offices = figures.iloc[0]
    assert list(offices)[1:] == ["**5**", "**1** (−4)", "−4", "satt i scenarioet"]
    assert figures.iloc[1, 2] == "**29,4** (:red[\\+18,8\\: verre])"
    moved = next(one.value for one in app.table if "Vert 1" in one.value.columns)
    assert set(moved["Kommune"]) == {"Flå", "Nesbyen", "Ål", "Hol"}


def test_four_scenarios_and_a_fifth_one_too_many() -> None:
    app = opened("compare", region="hallingdal", scenarios=FOUR + ",hallingdal/modell-d")
    assert not app.exception
    assert chosen(app) == FOUR.split(",")
    figures = app.table[0].value
    assert [one for one in figures.columns if "mot 1" in one] == ["2 mot 1", "3 mot 1", "4 mot 1"]


def test_only_what_differs_and_one_figure_explained() -> None:
    app = opened("compare", region="hallingdal", indicator="access.max_min", rows="different")
    assert not app.exception
    assert "Reisetid til vertskontoret, lengste" in headings(app)
    explained = app.table[2].value
    assert "access.max" in " ".join(map(str, explained.to_numpy().ravel())).replace("\\", "")
    labels = [one.label for one in app.expander]
    assert "Lov og avtale: 0 av 2 er ulike" in labels
    law = next(one for one in app.expander if one.label.startswith("Lov og avtale"))
    assert [one.value for one in law.text] == ["Alle tallene er like i planene."]


def test_gains_and_losses_stand_apart() -> None:
    app = opened("compare", region="hallingdal")
    table = next(one.value for one in app.table if len(one.value) == 6)
    hol = dict(zip(table["Kommune"], table.iloc[:, 2], strict=True))["Hol"]
    better, worse = hol.split("  \n")
    assert better.startswith(":green[Bedre")
    assert worse.startswith(":red[Dårligere")
    assert "Eget vertskontor" in worse


def test_if_a_council_says_no() -> None:
    app = opened("compare", region="hallingdal", scenarios=A_AND_E, no="3041")
    said = " ".join(one.value for one in app.markdown)
    assert "Sier vertskommunen Gol nei" in said
    box(app, "Kommunen som sier nei").select("3044").run()
    assert app.query_params["no"] == "3044"
    said = " ".join(one.value for one in app.markdown)
    assert "Sier Hol nei" in said
    assert "Hol har eget kontor alene" in said


def test_the_difference_between_any_two() -> None:
    chosen_ones = {"region": "hallingdal", "scenarios": FOUR, "from": "3", "to": "4"}
    app = opened("compare", **chosen_ones)
    assert box(app, "Fra").value == "3"
    moved = next(one.value for one in app.table if "Vert 1" in one.value.columns)
    assert set(moved["Kommune"]) == {"Ål", "Hol"}  # in C the others share with Gol already
    box(app, "Til").select("3").run()
    assert any(one.value == "Alle kommuner har samme vert i begge." for one in app.text)


def test_the_network_beside_its_plan() -> None:
    shown = {"scenarios": A_AND_E, "network": "hallingdal/modell-e"}
    app = opened("compare", region="hallingdal", **shown)
    assert not app.exception
    assert headings(app)[2] == "3 Nettverk etter «Modell E – én felles vertskommune»"
    one = {"scenarios": "indre-salten/vertskommune-fauske"}
    app = opened("compare", region="indre-salten", **one)  # one scenario, and its network
    assert "Velg minst to" in app.info[0].value
    box(app, "Ta med nettverket etter").select("indre-salten/vertskommune-fauske").run()
    assert headings(app)[1].startswith("2 Nettverk")


def test_ranges_when_the_assumptions_move(monkeypatch: pytest.MonkeyPatch) -> None:
    def few(*args: object, **kwargs: object) -> object:
        return draw_indicators(*args, **{**kwargs, "draws": 2, "keys": ["structure.offices"]})  # type: ignore[arg-type]

    monkeypatch.setattr("planner.app.compare.parts.draw_indicators", few)
    monkeypatch.setattr(waiting, "DESK", desk_here())
    app = opened("compare", region="hallingdal", scenarios=A_AND_E)
    button = next(one for one in app.button if "spennene" in one.label)
    button.click().run()
    for _ in range(100):
        if any("Rekkefølgen holder" in one.value.columns for one in app.table):
            break
        app.run()
    table = next(one.value for one in app.table if "Rekkefølgen holder" in one.value.columns)
    assert table.iloc[0, 1] == "5 \\(ikke prøvd\\)"
    assert table.iloc[0, 3] == "100,0\u00a0%"


def test_a_faulty_file_beside_good_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faulty = "schema: 1\ntitel: x\n"
    own_region(tmp_path, monkeypatch, feil=faulty, god=drawn("God"), sen=drawn("Sen", "Ål"))
    app = opened("compare", scenarios="prove/feil,prove/god,prove/sen")
    assert not app.exception
    assert "prove/feil.yaml:2  titel: ukjent nøkkel." in app.code[0].value.splitlines()[-1]
    assert headings(app)[:3] == ["feil", "1 God", "2 Sen"]
    assert library.result_so_far(library.entries("prove")[0])
