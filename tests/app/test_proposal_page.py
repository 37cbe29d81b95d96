"""The page of proposals, without a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from streamlit.testing.v1 import AppTest

from planner.app.proposal import state as proposal_state
from planner.app.proposal.saving import file_name
from planner.app.shell import library, solving, waiting
from planner.optimise.solver.outcome import Progress
from planner.pipeline import run_scenario as pipeline
from planner.pipeline.result import Result
from planner.present.result.overview import plan_facts
from tests.app.test_pages import box, opened
from tests.support.desk import desk_here
from tests.support.paths import SCENARIOS

WAIT_S = 60
SMALL = {"region": "hallingdal", "scenario": "hallingdal/forslag"}
TWO_OFFICES = {**SMALL, "w": "travel:1", "offices": "-2", "seconds": "30"}


@pytest.fixture(autouse=True)
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[solving.Desk]:
    """Give every test a desk of its own, with nothing calculated yet."""
    own = desk_here()
    monkeypatch.setattr(waiting, "DESK", own)
    yield own
    for job in own._own.values():
        job.stop()
        assert job.wait(WAIT_S)


def number(app: AppTest, label: str) -> Any:
    return next(one for one in app.text_input if one.label == label)


def button(app: AppTest, label: str) -> Any:
    return next(one for one in app.button if one.label == label)


def press(app: AppTest, label: str, desk: solving.Desk) -> AppTest:
    """Press a button, wait for what it started, and draw the page anew."""
    button(app, label).click().run()
    for job in list(desk._own.values()):
        assert job.wait(WAIT_S)
    app.run()
    assert not app.exception
    return app


def asked(app: AppTest, key: str) -> str:
    """Return what the address says under a key."""
    value = app.query_params.get(key, "")
    return value if isinstance(value, str) else value[0]


def told(app: AppTest) -> str:
    return "\n".join(one.value for one in app.markdown).replace("\\", "")


def test_a_proposal_and_what_may_be_asked_about_it(desk: solving.Desk) -> None:
    app = opened("proposal", **SMALL)
    assert not app.exception
    assert number(app, "Minst årsverk per kontor").value == "11"
    assert asked(app, "fte") == "11"
    assert "Ett kontor færre er verdt 0,2 min lengre snittreise for alle." in told(app)
    press(app, "Finn forslag", desk)
    assert app.success[0].value.startswith("Bevist best")
    assert app.metric[0].value == "2"
    assert "bryter kravene" in told(app)
    box(app, "Vis på kartet og i tallene").select("1").run()
    assert asked(app, "alt") == "1"
    assert "Tallene gjelder Alternativ 1." in told(app)
    assert not app.success  # what is proved is about the best one
    assert "gjelder det beste" in app.info[0].value
    box(app, "Kommune").select("3040").run()  # Nesbyen
    press(app, "Forklar", desk)
    assert "Nesbyen er hos Gol" in told(app)
    press(app, "Regn ut prisen", desk)
    assert "Å kreve Nesbyen–" in told(app)
    press(app, "Krev dette", desk)
    assert "fixed" in app.query_params


def test_what_is_turned_is_not_yet_answered(desk: solving.Desk) -> None:
    app = press(opened("proposal", **TWO_OFFICES), "Finn forslag", desk)
    number(app, "Flest kontorer").set_value("3").run()
    assert "Kravene er endret" in told(app)
    assert asked(app, "offices") == "-3"
    assert "svarer på andre krav" in app.warning[0].value
    assert app.info[0].value.startswith("Om kravene du hadde da")
    assert not app.success
    number(app, "Flest kontorer").set_value("2").run()
    assert not app.info
    assert "svarer på andre krav" not in "".join(one.value for one in app.warning)
    assert app.success[0].value.startswith("Bevist best")


def test_an_infeasible_request_tells_what_would_help(desk: solving.Desk) -> None:
    limits = {"w": "travel:1", "minutes": "40", "fte": "30", "exempt": "never"}
    app = press(opened("proposal", **SMALL, **limits), "Finn forslag", desk)
    assert app.error[0].value.startswith("Det er bevist at ingen plan")
    assert "Minst årsverk per kontor" in told(app)
    press(app, "Finn hva som skal til", desk)
    assert "Lengste reise, minutter: 40 → 47, for Flå" in told(app)
    press(app, "Bruk endringen", desk)
    assert app.success[0].value.startswith("Bevist best")
    shown = float(number(app, "Lengste reise, minutter").value.replace(",", "."))
    assert shown == pytest.approx(47, abs=0.5)


def test_a_time_limit_is_never_called_best(
    desk: solving.Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*args: Any, **kwargs: Any) -> Result:
        result = pipeline.run(*args, **kwargs)
        assert result.proposal is not None
        solve = replace(result.proposal.solve, outcome="feasible", bound=10.0, relative_gap=0.2)
        return replace(result, proposal=replace(result.proposal, solve=solve))

    monkeypatch.setattr(proposal_state, "run", stopped)
    app = press(opened("proposal", **TWO_OFFICES), "Finn forslag", desk)
    assert not app.success
    assert "ikke bevist" in app.warning[0].value
    assert "Tidsgrensen stoppet søket" in app.warning[0].value


def test_stopping_keeps_the_page(desk: solving.Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_: object, progress: Any, **__: object) -> None:
        while True:
            progress(Progress("plan", 1.0, 20.0, 10.0, 0.5))

    monkeypatch.setattr(proposal_state, "run", endless)
    app = opened("proposal", **TWO_OFFICES)
    button(app, "Finn forslag").click().run()
    assert "Beste plan så langt: poengsum 20,00" in app.text[0].value
    press(app, "Stopp og behold det beste", desk)
    assert "Du stoppet søket" in app.info[0].value


def test_an_address_that_makes_no_sense(desk: solving.Desk) -> None:  # noqa: ARG001
    app = opened(
        "proposal", **SMALL, w="travel:1,<b>:2", offices="9-x", minutes="nan", fixed="0301,3041"
    )
    assert not app.exception
    assert asked(app, "fixed") == "3041"
    assert "minutes" not in app.query_params
    box(app, "Bygg på").select("hallingdal/modell-e").run()
    assert not app.exception
    assert (
        number(app, "Få kontorer").value == "0,2"
    )  # the usual weights: that model asks for nothing
    assert "fixed" not in app.query_params


def test_saving_a_plan_and_a_request(
    desk: solving.Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "hallingdal"
    folder.mkdir()
    root = SCENARIOS / "hallingdal"
    for name in ("forslag.yaml", "modell-a.yaml"):
        (folder / name).write_text((root / name).read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setenv("KONTORPLAN_SCENARIOS", str(tmp_path))
    app = press(opened("proposal", **TWO_OFFICES), "Finn forslag", desk)
    title = "Nytt: <b>to</b> «kontorer»"
    next(one for one in app.text_input if one.label == "Tittel").set_value(title).run()
    press(app, "Lagre som scenario", desk)
    saved = yaml.safe_load((folder / f"{file_name(title)}.yaml").read_text(encoding="utf-8"))
    assert saved["title"] == title
    assert len(saved["groups"]) == 2
    derived = saved["derived_from"]
    assert (derived["outcome"], "alternative" in derived) == ("optimal", False)
    assert derived["request"]["constraints"]["offices"] == {"max": 2}
    assert derived["bound"] == pytest.approx(derived["objective"])
    assert "Lagret som" in app.success[1].value
    [shown] = [one for one in library.entries("hallingdal") if one.title == title]
    result = library.result_of(shown)
    assert isinstance(result, Result)
    assert result.origin == "computed"
    assert "laget av en arbeidsgruppe" not in " ".join(plan_facts(result, ""))
    next(one for one in app.radio if one.label == "Hva skal fila inneholde?").set_value(
        "request"
    ).run()
    button(app, "Lagre som scenario").click().run()
    assert "finnes allerede" in app.error[0].value
    monkeypatch.setenv("KONTORPLAN_READ_ONLY", "1")
    app.run()
    assert "Lagre som scenario" not in [one.label for one in app.button]


@pytest.mark.parametrize(
    ("title", "name"),
    [("Nytt forslag – Ål & Hol", "nytt-forslag-ål-hol"), ("../../etc", "etc"), ("🏔️", "forslag")],
)
def test_file_names(title: str, name: str) -> None:
    assert file_name(title) == name


def test_a_reader_begins_with_a_question(desk: solving.Desk) -> None:
    app = opened("proposal", **SMALL)
    button(app, "Regionrådene samlet").click().run()
    assert asked(app, "within") == "council"
    assert "minutes" not in app.query_params
    assert "Ingen kontor deles på tvers av regionråd." in told(app)
    button(app, "Kort vei").click().run()
    assert (asked(app, "w"), asked(app, "offices")) == ("travel:1", "-5")
    press(app, "Finn forslag", desk)
    assert app.success[0].value.startswith("Bevist best")
    assert "Resultat: bevist best, 5 kontorer." in told(app).replace("\xa0", " ")


def test_presence_and_whose_way_are_kept_in_the_address_and_the_request() -> None:
    app = opened("proposal", **SMALL, w="travel:1", presence="0", way="p90")
    kept = next(one for one in app.checkbox if one.label.startswith("Hold bemanning"))
    assert kept.value is False
    assert "Kravet er slått av" in told(app)
    assert (asked(app, "presence"), asked(app, "way")) == ("0", "p90")
    kept.check().run()
    assert "presence" not in app.query_params
    assert "Kravet er slått av" not in told(app)


def test_an_alternative_that_is_saved_says_which_it_is(
    desk: solving.Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SCENARIOS / "hallingdal", tmp_path / "hallingdal")
    monkeypatch.setenv("KONTORPLAN_SCENARIOS", str(tmp_path))
    app = press(opened("proposal", **SMALL), "Finn forslag", desk)
    box(app, "Vis på kartet og i tallene").select("2").run()
    next(one for one in app.text_input if one.label == "Tittel").set_value("Nummer to").run()
    press(app, "Lagre som scenario", desk)
    path = tmp_path / "hallingdal" / "nummer-to.yaml"
    derived = yaml.safe_load(path.read_text(encoding="utf-8"))["derived_from"]
    assert derived["alternative"] == 2
    assert derived["objective"] > derived["bound"]
    assert derived["request"]["constraints"]["together"] == [["Gol", "Hemsedal"]]
