"""The fields of a request: one for every limit and weight, and what a file then says."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from planner.model.limits import LIMIT, LIMITS
from planner.model.weights import Weights
from planner.present.words.limits import limit_label

CROSSING = ("propose", "constraints", "crossing_allowed")
WITHIN = ("propose", "constraints", "within")
EXEMPT = ("propose", "constraints", "exempt")


def page() -> None:
    """Show a form whose fields keep what a file would say; AppTest runs this source alone."""
    import streamlit as st  # noqa: PLC0415

    from planner.app.proposal.request_form import Binding, RequestForm  # noqa: PLC0415
    from planner.scenario.vocabulary import Constraints, Propose  # noqa: PLC0415

    class Plain(Binding):
        def hold(self, name, value, said):  # noqa: ANN001, ANN202
            st.session_state.setdefault(name, value)
            st.session_state[f"said-{name}"] = said(st.session_state[name])
            return {"key": name}

    asked = Propose(constraints=Constraints(within="county", crossing_allowed=["0001"]))
    form = RequestForm(asked, Plain(), {"0001": "Aga", "0002": "Bru"})
    st.session_state["weights"] = form.weights()
    st.session_state["limits"] = form.limits(sets=True)
    st.session_state["presence"] = form.presence()
    st.session_state["whose"] = form.travel_of()


def shown() -> AppTest:
    app = AppTest.from_function(page).run()
    assert not app.exception
    return app


def said(app: AppTest, keys: tuple[str, ...]) -> Any:
    return app.session_state[f"said-{'.'.join(keys)}"]


def test_every_limit_and_weight_has_a_field() -> None:
    app = shown()
    assert set(app.session_state["limits"]) == set(LIMIT)
    assert app.session_state["weights"] == Weights()
    kinds = ("text_input", "checkbox", "radio", "multiselect")
    labels = {one.label for kind in kinds for one in app.get(kind)}
    assert {limit_label(limit.key) for limit in LIMITS if limit.kind != "sets"} <= labels


def test_a_border_that_is_lifted_takes_its_exceptions_along() -> None:
    app = shown()
    assert said(app, WITHIN) == {WITHIN: "county"}
    app.radio(key=".".join(WITHIN)).set_value("none").run()
    assert said(app, WITHIN) == {WITHIN: None, CROSSING: None}
    assert app.session_state["limits"]["within"] is None
    assert "crossing_allowed" not in app.session_state["limits"]


def test_those_who_are_exempted_are_named() -> None:
    app = shown()
    app.radio(key=".".join(EXEMPT)).set_value("list").run()
    assert said(app, EXEMPT) == {EXEMPT: []}
    assert app.session_state["limits"]["exempt"] == "never"
    app.multiselect(key="exempt-named").set_value(["0002"]).run()
    assert app.session_state["limits"]["exempt"] == ["0002"]


def test_a_weight_that_is_cleared_is_none() -> None:
    app = shown()
    keys = ("propose", "weights", "travel")
    app.text_input(key=".".join(keys)).set_value("").run()
    assert said(app, keys) == {keys: 0.0}
    assert app.session_state["weights"].travel == 0


@pytest.mark.parametrize("written", ["0,7", "0.7", " ,7"])
def test_a_comma_and_a_point_are_the_same(written: str) -> None:
    app = shown()
    keys = ("propose", "weights", "severed")
    app.text_input(key=".".join(keys)).set_value(written).run()
    assert said(app, keys) == {keys: 0.7}
    assert app.session_state["weights"].severed == 0.7


@pytest.mark.parametrize(
    ("written", "told"), [("x", "0,7"), ("-1", "0,7"), ("99999999", "fra 0 til")]
)
def test_what_is_no_number_is_told_and_the_one_before_holds(written: str, told: str) -> None:
    app = shown()
    keys = ("propose", "weights", "travel")
    app.text_input(key=".".join(keys)).set_value(written).run()
    assert any(told in one.value for one in app.markdown if one.value.startswith(":red["))
    assert said(app, keys) == {keys: 1.0}
    assert app.session_state["weights"].travel == 1.0


def test_a_limit_is_taken_away_by_emptying_its_field() -> None:
    app = shown()
    key = "propose.constraints.max_travel_minutes"
    for written, limit in (("75", 75.0), ("", None), ("60,5", 60.5), (" ", None)):
        app.text_input(key=key).set_value(written).run()
        assert app.session_state["limits"]["max_travel_minutes"] == limit


def test_presence_that_is_given_up_is_said_in_red() -> None:
    app = shown()
    assert app.session_state["presence"] is True
    app.checkbox(key="propose.keep_presence").set_value(False).run()
    assert app.session_state["presence"] is False
    assert any(one.value.startswith(":red[**Kravet er slått av") for one in app.markdown)


def test_the_longest_way_is_of_centres_or_of_people() -> None:
    app = shown()
    keys = ("propose", "constraints", "max_travel_of")
    assert app.session_state["whose"] == "centre"
    app.radio(key=".".join(keys)).set_value("p90").run()
    assert app.session_state["whose"] == "p90"
    assert said(app, keys) == {keys: "p90"}
