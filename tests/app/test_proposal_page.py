"""The page of proposals, without a browser."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from planner.app.solving import DESK
from tests.app.test_pages import box, opened

WAIT_S = 60
HALLINGDAL = "w=travel:1,severed:0.1,office:0.2"
SMALL = {"region": "hallingdal", "scenario": "hallingdal/forslag"}


def number(app: AppTest, label: str) -> Any:
    return next(one for one in app.number_input if one.label == label)


def button(app: AppTest, label: str) -> Any:
    return next(one for one in app.button if one.label == label)


def solved(app: AppTest) -> AppTest:
    """Wait until whatever is calculated is done, and draw the page anew."""
    for job in list(DESK._own.values()):
        assert job.wait(WAIT_S)
    return app.run()


def found(app: AppTest) -> AppTest:
    button(app, "Finn forslag").click().run()
    return solved(app)


def test_a_proposal_with_its_proof() -> None:
    app = opened("proposal", **SMALL)
    assert not app.exception
    assert number(app, "Minst årsverk per kontor").value == 11
    assert "11" in app.query_params["fte"]
    app = found(app)
    assert not app.exception
    assert app.success[0].value.startswith("Bevist best")
