"""The fields of a request: what it weighs, and each limit that it may set.

Two pages show them, and keep what they say each in its own way: in the address, or in the text of
a scenario. A `Binding` is that way.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import streamlit as st

from planner.app.proposal.number_field import NumberField
from planner.app.shell.widgets import note, plain
from planner.model.limits import FIGURES, LIMIT, MEASURES, MOST_WEIGHT, WEIGHTS, Limit, LimitValue
from planner.model.weights import Weights
from planner.present.words.limits import limit_help, limit_label
from planner.present.words.read_number import write_number
from planner.present.words.text import text
from planner.present.words.weights import exchange_sentence
from planner.scenario.vocabulary import MOST_ALTERNATIVES, Propose

_Keys = tuple[str, ...]
#: What a file says, by the keys of its values, None where it says nothing, when a field holds
#: something.
Said = Callable[[Any], Mapping[_Keys, object]]
FIELD_PX = 220  # two beside each other
#: Limits on offices and ways, and the one that is asked for most, are open; other sizes folded.
_OPEN = [one for one in FIGURES if not MEASURES[one.measure].of_group or one.key == "min_fte"]
_FOLDED = [one for one in FIGURES if one not in _OPEN]
_NAMED = "list"
_USUAL = Propose()


class Binding(ABC):
    """Where a form keeps what its fields say."""

    @abstractmethod
    def hold(self, name: str, value: object, said: Said) -> dict[str, Any]:
        """Return the key, and the callback, of a field that shows a value."""

    def bind(
        self, keys: _Keys, value: object, read: Callable[[Any], object] = lambda held: held
    ) -> dict[str, Any]:
        """Return the key, and the callback, of a field for one value.

        Parameters
        ----------
        keys : of the value in a file.
        value : what the field shows.
        read : turns what the field holds into a value of a file; None removes the key.
        """
        return self.hold(".".join(keys), value, lambda held: {keys: read(held)})


class RequestForm:
    """The fields of one request.

    Parameters
    ----------
    asked : the request.
    binding : keeps what the fields say.
    names : municipality as the request writes it -> how it is shown.
    """

    def __init__(self, asked: Propose, binding: Binding, names: Mapping[str, str]) -> None:
        self._asked = asked
        self._binding = binding
        self._names = names

    def weights(self) -> Weights:
        """Show the weights, each with what it is worth, and return them."""
        asked = self._asked.weights
        with st.container(horizontal=True):
            places = {key: _place() for key, weight in WEIGHTS.items() if weight.common}
        folded = [key for key in WEIGHTS if key not in places]
        some = any(getattr(asked, key) for key in folded)
        with (
            st.expander(text("proposal.more_weights"), expanded=some),
            st.container(horizontal=True),
        ):
            places |= {key: _place() for key in folded}
        rates = {}
        for key, place in places.items():
            with place:
                rates[key] = self._weight(key, float(getattr(asked, key)))
        weights = Weights(**rates)
        for key, place in places.items():
            with place:
                note(exchange_sentence(key, weights))
        return weights

    def limits(self, *, sets: bool) -> dict[str, LimitValue | list[Any]]:
        """Show the limits, and return what their fields hold, by key.

        Parameters
        ----------
        sets : whether lists that must, or must not, share an office can be changed.
        """
        asked = self._asked
        held: dict[str, Any] = self._figures(_OPEN)
        held |= {key: self._switch(LIMIT[key]) for key in ("contiguous", "keep_baseline_groups")}
        with st.expander(text("proposal.sizes"), expanded=asked.limit("exempt") != "minimise"):
            held |= self._figures(_FOLDED)
            held["exempt"] = self._exempt(LIMIT["exempt"])
        hosts = [limit for key, limit in LIMIT.items() if key.startswith("hosts.")]
        some = any(asked.limit(limit.key) != _USUAL.limit(limit.key) for limit in hosts)
        with st.expander(text("proposal.hosts"), expanded=some):
            held |= {limit.key: self._listed(limit) for limit in hosts}
        if sets:
            company = [limit for limit in LIMIT.values() if limit.kind == "sets"]
            some = any(asked.limit(limit.key) for limit in company)
            with st.expander(text("proposal.company"), expanded=some):
                held |= {limit.key: self._sets(limit) for limit in company}
        with st.expander(text("proposal.borders"), expanded=asked.limit("within") is not None):
            held["within"] = self._within(LIMIT["within"])
            if held["within"]:
                held["crossing_allowed"] = self._listed(LIMIT["crossing_allowed"])
        return held

    def presence(self) -> bool:
        """Show whether somebody must be there where the law or a promise asks for it."""
        bound = self._binding.bind(
            ("propose", "keep_presence"), self._asked.keep_presence, lambda on: None if on else on
        )
        kept = st.checkbox(text("proposal.presence"), help=text("proposal.presence_help"), **bound)
        if not kept:
            st.markdown(f":red[**{plain(text('proposal.presence_off'))}**]")
        return kept

    def travel_of(self) -> Literal["centre", "p90"]:
        """Show whose way the longest one is, and return it."""
        usual, shown = _USUAL.constraints.max_travel_of, self._asked.constraints.max_travel_of
        bound = self._binding.bind(
            ("propose", "constraints", "max_travel_of"),
            shown,
            lambda held: None if held == usual else held,
        )
        held: Literal["centre", "p90"] = st.radio(
            text("proposal.travel_of"),
            ("centre", "p90"),
            format_func=lambda one: text(f"proposal.travel_is.{one}"),
            **bound,
        )
        return held

    def alternatives(self) -> int:
        """Show how many near-best plans are asked for, and return it."""
        keys = ("propose", "alternatives")
        bound = self._binding.bind(keys, self._asked.alternatives, lambda held: held or None)
        label = text("proposal.field.alternatives")
        return int(st.number_input(label, 0, MOST_ALTERNATIVES, width=FIELD_PX, **bound))

    def _weight(self, key: str, rate: float) -> float:
        field = NumberField(most=MOST_WEIGHT)
        bound = self._binding.bind(
            ("propose", "weights", key),
            write_number(rate or None),
            lambda held: field.read(held, rate) or 0.0,
        )
        return field.show(text(f"weight.name.{key}"), rate, bound, placeholder="0") or 0.0

    def _figures(self, limits: Sequence[Limit]) -> dict[str, float | None]:
        with st.container(horizontal=True):
            return {limit.key: self._figure(limit) for limit in limits}

    def _figure(self, limit: Limit) -> float | None:
        measure, value = MEASURES[limit.measure], self._asked.limit(limit.key)
        field = NumberField(measure.least, measure.most, whole=measure.whole)
        bound = self._binding.bind(
            _keys(limit), write_number(value), lambda held: field.read(held, value)
        )
        with _place():
            return field.show(
                limit_label(limit.key), value, bound, placeholder=text("proposal.no_limit")
            )

    def _switch(self, limit: Limit) -> bool:
        usual, shown = _USUAL.limit(limit.key), self._asked.limit(limit.key)
        bound = self._binding.bind(_keys(limit), shown, lambda on: None if on is usual else on)
        return st.checkbox(limit_label(limit.key), help=limit_help(limit.key), **bound)

    def _listed(self, limit: Limit) -> list[str] | None:
        written = self._asked.limit(limit.key) or []
        bound = self._binding.bind(_keys(limit), list(written), lambda held: held or None)
        return self._choose(limit_label(limit.key), written, bound) or _USUAL.limit(limit.key)

    def _sets(self, limit: Limit) -> list[list[str]]:
        """Show a field for each list, and one more for the next."""
        written = self._asked.limit(limit.key)
        found = []
        for place in range(len(written) + 1):
            before = written[place] if place < len(written) else []
            bound = self._binding.hold(f"{limit.key}-{place}", list(before), lambda _: {})
            label = text(f"limit.list.{limit.key}", number=place + 1)
            found.append(self._choose(label, before, bound))
        return [part for part in found if len(part) > 1]

    def _within(self, limit: Limit) -> str | None:
        keys, exceptions = _keys(limit), _keys(LIMIT["crossing_allowed"])
        bound = self._binding.hold(
            ".".join(keys),
            self._asked.limit(limit.key) or "none",
            lambda held: {keys: None, exceptions: None} if held == "none" else {keys: held},
        )
        held = _choose_word(limit, ("none", *limit.words), bound)
        return None if held == "none" else held

    def _exempt(self, limit: Limit) -> str | list[str]:
        """Show who may stay below a least size: a word, or those who are named."""
        keys, value = _keys(limit), self._asked.limit(limit.key)
        named = isinstance(value, list)
        bound = self._binding.bind(
            keys, _NAMED if named else value, lambda held: [] if held == _NAMED else held
        )
        held = _choose_word(limit, (*limit.words, _NAMED), bound)
        if held != _NAMED:
            return held
        before = value if named else []
        bound = self._binding.hold(f"{limit.key}-named", list(before), lambda held: {keys: held})
        return self._choose(text("limit.named.exempt"), before, bound) or limit.nobody

    def _choose(self, label: str, chosen: Sequence[str], bound: dict[str, Any]) -> list[str]:
        """Let the reader choose municipalities; those already chosen are offered as written."""
        offered = sorted(self._names, key=lambda one: self._names[one])
        return st.multiselect(
            label,
            [*offered, *(one for one in chosen if one not in self._names)],
            format_func=lambda one: self._names.get(one, one),
            placeholder=text("proposal.choose_names"),
            **bound,
        )


def _place() -> Any:  # noqa: ANN401 - Streamlit names no type for it
    return st.container(gap=None, width=FIELD_PX)


def _choose_word(limit: Limit, words: Sequence[str], bound: dict[str, Any]) -> str:
    held: str = st.radio(
        limit_label(limit.key),
        words,
        format_func=lambda one: text(f"limit.is.{limit.key}.{one}"),
        **bound,
    )
    return held


def _keys(limit: Limit) -> _Keys:
    return ("propose", "constraints", *limit.key.split("."))
