"""All possible plans, without a browser."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from planner.app.shell import solving, waiting
from tests.app.test_pages import box, opened
from tests.app.test_proposal_page import WAIT_S, asked, press, told
from tests.support.desk import desk_here

SMALL = {"region": "hallingdal", "scenario": "hallingdal/modell-e"}


@pytest.fixture(scope="module")
def shared() -> solving.Desk:
    return desk_here()


@pytest.fixture(autouse=True)
def desk(shared: solving.Desk, monkeypatch: pytest.MonkeyPatch) -> solving.Desk:
    """Give the tests of this file one desk: the list of plans is made once."""
    monkeypatch.setattr(waiting, "DESK", shared)
    return shared


def shown(desk: solving.Desk, **query: str) -> AppTest:
    app = opened("plans", **SMALL, **query)
    for job in list(desk._own.values()):
        assert job.wait(WAIT_S)
    app.run()
    assert not app.exception
    return app


def table(app: AppTest) -> Any:
    return app.dataframe[-1].value


def test_every_plan_of_a_small_region(desk: solving.Desk) -> None:
    app = shown(desk, contiguous="0")
    assert "203 planer" in told(app)
    assert len(table(app)) == 203 + 6
    assert app.subheader[0].value.replace("\\", "").startswith("Valgt plan: Modell E")
    assert app.metric[0].value == "1"
    box(app, "Loddrett").select("structure.offices").run()
    assert asked(app, "y") == "structure.offices"
    box(app, "Vannrett").select("structure.offices").run()
    assert "to forskjellige" in app.warning[0].value


def test_a_plan_in_the_address(desk: solving.Desk) -> None:
    app = shown(desk, plan="203", contiguous="0", colour="structure.least_group_fte")
    assert app.subheader[0].value.replace("\\", "") == "Valgt plan: Plan 203"
    assert app.metric[0].value == "6"
    assert asked(app, "plan") == "203"


def test_an_address_that_makes_no_sense(desk: solving.Desk) -> None:
    app = shown(desk, plan="9999", x="<script>", y="risk.none", contiguous="?")
    assert asked(app, "plan") == "m1"
    assert asked(app, "x") == "access.mean_min"
    assert "52 planer" in told(app)  # those that hang together


def test_a_large_regions_front_is_searched_when_asked_for(desk: solving.Desk) -> None:
    app = opened("plans", region="agder", scenario="agder/forslag-6-kontorer")
    assert not app.exception
    assert not app.dataframe
    box(app, "Loddrett").select("structure.offices").run()
    assert "to forskjellige" in app.warning[0].value
    box(app, "Loddrett").select("access.mean_min").run()
    press(app, "Finn de beste planene", desk)
    assert "Alle slike planer er funnet" in app.success[0].value
    assert list(table(app)["Kontorer med vertskommune (kontorer)"][:5]) == [2, 3, 4, 5, 6]
