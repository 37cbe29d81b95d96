"""The controls of a request: the common ones open, the others folded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from planner.app.proposal.base import Base
from planner.app.proposal.state import State
from planner.app.shell.widgets import note
from planner.present.editor.request_codec import LEAST_TIME_S, MOST_TIME_S
from planner.present.words.text import text
from planner.present.words.weights import exchange_sentence
from planner.scenario.vocabulary import Constraints, Hosts, Offices, Propose, Solver, Weights

#: Term -> how much a click adds; the first four are open, the others folded.
_STEPS = {
    "travel": 0.5,
    "office": 0.05,
    "severed": 0.05,
    "change": 0.05,
    "staff": 0.1,
    "council": 0.05,
}
_OPEN = 4
_MOST_WEIGHT, _MOST_MINUTES, _MOST_FTE = 1e6, 6000.0, 1e9
_MOST_PEOPLE, _MOST_MUNICIPALITIES = 10_000_000, 356
_EXEMPT = ("minimise", "never", "list")
_WITHIN = ("none", "council", "county")


@dataclass(frozen=True)
class Controls:
    """Makes the controls of one request; a new generation starts from the request again."""

    base: Base
    state: State

    def key(self, field: str) -> str:
        """Name a control."""
        return f"proposal-{field}-{self.base.path}-{self.state.generation}"

    def number(self, field: str, value: float | None, most: float, step: float) -> float | None:
        """Let the reader give a figure, or none."""
        return st.number_input(
            text(f"proposal.field.{field}"),
            min_value=0.0,
            max_value=float(most),
            value=None if value is None else float(value),
            step=step,
            format="%g",
            placeholder=text("proposal.no_limit"),
            key=self.key(field),
        )

    def count(self, field: str, value: int | None, most: int, least: int = 1) -> int | None:
        """Let the reader give a whole number, or none."""
        return st.number_input(
            text(f"proposal.field.{field}"),
            min_value=least,
            max_value=most,
            value=value,
            step=1,
            placeholder=text("proposal.no_limit"),
            key=self.key(field),
        )

    def names(self, label: str, field: str, value: Sequence[str]) -> list[str]:
        """Let the reader choose municipalities."""
        names = self.base.instance.names
        return st.multiselect(
            label,
            sorted(names, key=lambda code: names[code]),
            default=list(value),
            format_func=lambda code: names[code],
            placeholder=text("proposal.choose_names"),
            key=self.key(field),
        )


def show_form(base: Base, state: State) -> Propose:
    """Show the controls, and return what they ask for, by code."""
    controls, asked = Controls(base, state), state.asked
    st.header(text("proposal.choices"))
    st.subheader(text("proposal.weights"), help=text("proposal.weights_help"))
    weights = _weights(controls, asked.weights)
    st.subheader(text("proposal.limits"))
    limits = _limits(controls, asked.constraints)
    with st.expander(text("proposal.search")):
        other = _search(controls, asked)
    return Propose(weights=weights, constraints=limits, **other)


def _weights(controls: Controls, asked: Weights) -> Weights:
    terms = list(_STEPS)
    rates = {term: float(getattr(asked, term)) for term in terms}
    places = {term: st.container(gap=None) for term in terms[:_OPEN]}
    folded = terms[_OPEN:]
    with st.expander(text("proposal.more_weights"), expanded=any(rates[term] for term in folded)):
        places |= {term: st.container(gap=None) for term in folded}
    for term, place in places.items():
        with place:
            rates[term] = controls.number(term, rates[term], _MOST_WEIGHT, _STEPS[term]) or 0.0
    weights = Weights(**rates)
    for term, place in places.items():
        with place:
            note(exchange_sentence(term, weights))
    return weights


def _limits(controls: Controls, asked: Constraints) -> Constraints:
    left, right = st.columns(2)
    with left:
        fewest = controls.count("offices_min", asked.offices.min, _MOST_MUNICIPALITIES)
    with right:
        most = controls.count("offices_max", asked.offices.max, _MOST_MUNICIPALITIES)
    minutes = controls.number(
        "max_travel_minutes", asked.max_travel_minutes, _MOST_MINUTES, step=5.0
    )
    least_fte = controls.number("min_fte", asked.min_fte, _MOST_FTE, step=0.5)
    contiguous = st.checkbox(
        text("proposal.field.contiguous"),
        asked.contiguous,
        help=text("proposal.field.contiguous_help"),
        key=controls.key("contiguous"),
    )
    keep = st.checkbox(
        text("proposal.field.keep_baseline_groups"),
        asked.keep_baseline_groups,
        key=controls.key("keep"),
    )
    with st.expander(text("proposal.sizes"), expanded=asked.exempt != "minimise"):
        sizes = _sizes(controls, asked)
    with st.expander(text("proposal.hosts"), expanded=asked.hosts != Hosts()):
        hosts = _hosts(controls, asked.hosts)
    with st.expander(text("proposal.company"), expanded=bool(asked.together or asked.apart)):
        together = _sets(controls, "together", asked.together)
        apart = _sets(controls, "apart", asked.apart)
    with st.expander(text("proposal.borders"), expanded=asked.within is not None):
        borders = _borders(controls, asked)
    return Constraints(
        offices=Offices(min=fewest, max=most),
        max_travel_minutes=minutes,
        min_fte=least_fte,
        contiguous=contiguous,
        keep_baseline_groups=keep,
        hosts=hosts,
        together=together,
        apart=apart,
        **sizes,
        **borders,
    )


def _sizes(controls: Controls, asked: Constraints) -> dict[str, Any]:
    sizes: dict[str, Any] = {
        "max_fte": controls.number("max_fte", asked.max_fte, _MOST_FTE, step=0.5),
        "min_population": controls.count("min_population", asked.min_population, _MOST_PEOPLE, 0),
        "max_population": controls.count("max_population", asked.max_population, _MOST_PEOPLE, 0),
        "max_members": controls.count("max_members", asked.max_members, _MOST_MUNICIPALITIES),
    }
    named = [] if isinstance(asked.exempt, str) else asked.exempt
    before = asked.exempt if isinstance(asked.exempt, str) else "list"
    who = st.radio(
        text("proposal.field.exempt"),
        _EXEMPT,
        index=_EXEMPT.index(before),
        format_func=lambda one: text(f"proposal.exempt.{one}"),
        key=controls.key("exempt"),
    )
    if who == "list":
        label = text("proposal.field.exempt_list")
        sizes["exempt"] = controls.names(label, "exempt-list", named) or "never"
    else:
        sizes["exempt"] = who
    return sizes


def _hosts(controls: Controls, asked: Hosts) -> Hosts:
    chosen = {
        name: controls.names(text(f"proposal.field.{name}"), name, value or [])
        for name, value in asked
    }
    return Hosts(
        fixed=chosen["fixed"], allowed=chosen["allowed"] or None, forbidden=chosen["forbidden"]
    )


def _sets(
    controls: Controls, kind: Literal["together", "apart"], asked: list[list[str]]
) -> list[list[str]]:
    """Show a control for each list, and one more for the next."""
    found = []
    for place in range(len(asked) + 1):
        label = text(f"proposal.number.{kind}", number=place + 1)
        before = asked[place] if place < len(asked) else []
        found.append(controls.names(label, f"{kind}-{place}", before))
    return [part for part in found if len(part) > 1]


def _borders(controls: Controls, asked: Constraints) -> dict[str, Any]:
    within = st.radio(
        text("proposal.field.within"),
        _WITHIN,
        index=_WITHIN.index(asked.within or "none"),
        format_func=lambda one: text(f"proposal.within.{one}"),
        key=controls.key("within"),
    )
    if within == "none":
        return {"within": None}
    label = text("proposal.field.crossing_allowed")
    crossing = controls.names(label, "crossing", asked.crossing_allowed)
    return {"within": within, "crossing_allowed": crossing}


def _search(controls: Controls, asked: Propose) -> dict[str, Any]:
    count = len(controls.base.instance.codes)
    alternatives = controls.count("alternatives", asked.alternatives, 50, 0)
    differ = controls.count("min_difference", min(asked.min_difference, count), count)
    seconds = st.number_input(
        text("proposal.field.time_limit_seconds"),
        min_value=LEAST_TIME_S,
        max_value=MOST_TIME_S,
        value=asked.solver.time_limit_seconds or MOST_TIME_S,
        step=10.0,
        format="%g",
        key=controls.key("seconds"),
    )
    solver = Solver(time_limit_seconds=seconds, relative_gap=asked.solver.relative_gap)
    return {"alternatives": alternatives or 0, "min_difference": differ or 1, "solver": solver}
