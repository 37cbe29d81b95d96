"""Scenarios side by side, run without a browser."""

from __future__ import annotations

import re
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


def tables(app: AppTest) -> list[str]:
    """Return the tables and small maps of a page, as HTML."""
    return [str(one.proto.body) for one in app.get("html")]


def row_of(table: str, label: str) -> str:
    """Return a row of a table of HTML, as words."""
    start = table.index(label)
    words = re.sub(r"<[^>]+>", " ", table[start : table.index("</tr>", start)])
    return " ".join(words.replace("\u00a0", " ").split())


def figures(app: AppTest) -> str:
    return next(one for one in tables(app) if "stack compared" in one)


def winners(app: AppTest) -> str:
    return next(one for one in tables(app) if "stack winners" in one)


def test_all_that_people_drew_at_first_counted_from_todays() -> None:
    """A to E of Hallingdal in one view, with 2026 beside them."""
    app = opened("compare", region="hallingdal")
    assert not app.exception
    models = [f"hallingdal/modell-{name}" for name in ("a", "b", "c", "d", "delt", "e")]
    assert chosen(app) == ["hallingdal/felles-kontor-2026", *models]
    assert box(app, "Regn forskjeller fra").value == "hallingdal/modell-a"
    assert len([one for one in tables(app) if "<img" in one and "small-map" in one]) == 8
    app = opened("compare", region="hallingdal", scenarios=A_AND_E)
    assert headings(app)[:2] == [
        "1 Modell A – dagens organisering",
        "2 Modell E – én felles vertskommune",
    ]
    offices = row_of(figures(app), "Kontorer med vertskommune")
    assert offices.split("Modell A – dagens organisering ")[1].startswith("5 2 Modell E")
    assert "1 −4" in offices
    assert "29,4 +18,8: verre" in row_of(figures(app), "Reisetid til vertskontoret, snitt")
    moved = next(one.value for one in app.table if "Vert 1" in one.value.columns)
    assert set(moved["Kommune"]) == {"Flå", "Nesbyen", "Ål", "Hol"}


def test_what_follows_from_sharing_is_not_called_better() -> None:
    table = figures(opened("compare", region="hallingdal", scenarios=A_AND_E))
    start = table.index("Pendlere mellom kommunene som krysser")
    severed = table[start : table.index("</tr>", start)]
    assert "−87,6" in severed
    assert "bedre" not in severed
    assert 'class="change changed"' in severed


def test_the_reader_names_what_differences_are_counted_from() -> None:
    app = opened("compare", region="hallingdal", scenarios=A_AND_E, base="hallingdal/modell-e")
    assert box(app, "Regn forskjeller fra").value == "hallingdal/modell-e"
    assert "10,6 −18,8: bedre" in row_of(figures(app), "Reisetid til vertskontoret, snitt")
    hol = row_of(winners(app), ">Hol<")
    assert "Får eget vertskontor, som før lå i Gol" in hol
    box(app, "Regn forskjeller fra").select("hallingdal/modell-a").run()
    assert "Ikke lenger eget vertskontor; det ligger i Gol" in row_of(winners(app), ">Hol<")


def test_up_to_eight_scenarios() -> None:
    names = [f"hallingdal/modell-{letter}" for letter in "abcde"]
    asked = [*names, "hallingdal/felles-kontor-2026", "hallingdal/forslag"]
    app = opened("compare", region="hallingdal", scenarios=",".join(asked))
    assert not app.exception
    assert chosen(app) == asked
    assert figures(app).count('<th scope="col">') == len(asked) + 2
    assert app.multiselect[0].proto.max_selections == 8
    which = next(one for one in app.multiselect if "saksgrunnlaget" in one.label)
    assert which.value == [0, 1, 2, 3]  # a case document is about four at most


def test_the_reader_chooses_figures_and_one_is_explained() -> None:
    shown = {"indicator": "access.max_min", "rows": "different", "figures": "access.p90_min"}
    app = opened("compare", region="hallingdal", scenarios=A_AND_E, **shown)
    assert not app.exception
    assert "90" in row_of(figures(app), '<th scope="row">')
    assert figures(app).count('<th scope="row">') == 1
    assert "Reisetid til vertskontoret, lengste" in headings(app)
    explained = " ".join(" ".join(map(str, one.value.to_numpy().ravel())) for one in app.table)
    assert "access.max" in explained.replace("\\", "")
    every = next(one for one in tables(app) if "Økonomi" in one)
    assert "Lov og avtale" not in every  # all alike in the two


def test_gains_and_losses_stand_apart_the_newest_plan_first() -> None:
    table = winners(opened("compare", region="hallingdal"))
    heads = table[: table.index("</thead>")]
    assert heads.index("Hallingdal 2026") < heads.index("Modell E") < heads.index("Modell B")
    assert "Modell A" not in heads  # all are counted from it
    hol = row_of(table, ">Hol<")
    assert "7 Modell E – én felles vertskommune Kontor i Gol Folk på plass 2 dager i uka" in hol
    start = table.index("Ikke lenger eget vertskontor")
    assert table.rindex('class="change worse"', 0, start) > table.rindex("<td>", 0, start)


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
    box(app, "Vis også et nettverk uten vertskommune, etter").select(
        "indre-salten/vertskommune-fauske"
    ).run()
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
