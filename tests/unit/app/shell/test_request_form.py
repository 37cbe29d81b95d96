"""The fields of a request: one for every limit and weight, and what a file then says."""

from __future__ import annotations

from typing import Any

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

    from planner.app.shell.request_form import Binding, RequestForm  # noqa: PLC0415
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
    kinds = ("number_input", "checkbox", "radio", "multiselect")
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
    app.number_input(key=".".join(keys)).set_value(None).run()
    assert said(app, keys) == {keys: 0.0}
    assert app.session_state["weights"].travel == 0
