"""A request as a form holds it: by code, short enough for an address, and changed field by field.

The address gives a whole request or none: ``w`` is always written, and what else is missing has
its default. What cannot be read, or is not offered, is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from pydantic import ValidationError

from planner.model.limits import LIMITS, TERMS, Limit
from planner.optimise.explain.distance_to_best import USUAL_WEIGHTS
from planner.optimise.explain.limit_change import LimitChange
from planner.scenario.vocabulary import Propose, Solver

#: What stands under a request in the address.
WEIGHTS: Final = "w"
#: Time that a search gets unless the reader says otherwise, at least and at most, seconds.
TIME_LIMIT_S, LEAST_TIME_S, MOST_TIME_S = 60.0, 1.0, 600.0

_Path = tuple[str, ...]

#: Key of the address -> a figure of a request that is no limit.
_NUMBERS: Mapping[str, _Path] = {
    "alternatives": ("alternatives",),
    "differ": ("min_difference",),
    "seconds": ("solver", "time_limit_seconds"),
    "gap": ("solver", "relative_gap"),
}
#: Key of the address -> a choice of a request that is no limit of the table: its words there.
_CHOICES: Final[Mapping[str, tuple[_Path, Mapping[str, bool | str]]]] = {
    "presence": (("keep_presence",), {"1": True, "0": False}),
    "way": (("constraints", "max_travel_of"), {"centre": "centre", "p90": "p90"}),
}
#: Key -> its limits: one, or the two ends of a range, written ``least-most``.
_LIMITS: Final[Mapping[str, list[Limit]]] = {
    one.address: [other for other in LIMITS if other.address == one.address] for one in LIMITS
}
_USUAL: Final = Propose()
_MOST_LETTERS = 4000
_BETWEEN, _ITEMS, _PAIR, _INSIDE = "-", ",", ":", "-"

#: Every key of the address that a request may use.
KEYS: Final = (WEIGHTS, *_NUMBERS, *_CHOICES, *_LIMITS)


def usual_propose() -> Propose:
    """Return the request that a reader starts from where a scenario has none."""
    return Propose(weights=USUAL_WEIGHTS, solver=Solver(time_limit_seconds=TIME_LIMIT_S))


def in_bounded_time(asked: Propose) -> Propose:
    """Return a request whose search ends: others wait for the same machine."""
    wanted = asked.solver.time_limit_seconds or TIME_LIMIT_S
    seconds = float(min(max(wanted, LEAST_TIME_S), MOST_TIME_S))
    solver = asked.solver.model_copy(update={"time_limit_seconds": seconds})
    return asked.model_copy(update={"solver": solver})


def renamed(asked: Propose, name_of: Callable[[str], str]) -> Propose:
    """Return a request with other names for its municipalities: codes for names, or back."""

    def other(value: Any) -> Any:  # noqa: ANN401 - a name, or lists of them
        return [other(one) for one in value] if isinstance(value, list) else name_of(value)

    for limit in LIMITS:
        value = asked.limit(limit.key)
        if isinstance(value, list):
            asked = asked.with_limit(limit.key, other(value))
    return asked


def write_request(asked: Propose) -> dict[str, str]:
    """Write a request, by code, as short parameters of an address; defaults are left out."""
    found, usual = _all_written(asked), _all_written(_USUAL)
    return {key: value for key, value in found.items() if key == WEIGHTS or value != usual.get(key)}


def _all_written(asked: Propose) -> dict[str, str]:
    given = (f"{name}{_PAIR}{_figure(rate)}" for name, rate in asked.weights if rate)
    found = {WEIGHTS: _ITEMS.join(given)}
    found |= {key: _figure(_at(asked, path)) for key, path in _NUMBERS.items()}
    for key, (path, words) in _CHOICES.items():
        held = _at(asked, path)
        found[key] = next(word for word, value in words.items() if value == held)
    return found | {key: _limits(asked, limits) for key, limits in _LIMITS.items()}


def _limits(asked: Propose, limits: list[Limit]) -> str:
    """Write the limits of one key."""
    kind, values = limits[0].kind, [asked.limit(limit.key) for limit in limits]
    value = values[0]
    if kind == "figure":
        most = "".join(_BETWEEN + _figure(end) for end in values[1:] if end is not None)
        return _figure(value) + most
    if kind == "sets":
        return _ITEMS.join(_INSIDE.join(part) for part in value)
    if kind == "switch":
        return "" if value is _USUAL.limit(limits[0].key) else "1"
    if isinstance(value, list):
        return _ITEMS.join(value) or limits[0].nobody
    return value or ""


def read_request(params: Mapping[str, str], codes: Collection[str]) -> Propose | None:
    """Read a request from an address; None where it holds none.

    Parameters
    ----------
    params : from the address, whatever somebody wrote there.
    codes : municipalities that may be named.
    """
    if WEIGHTS not in params:
        return None
    given = {key: value[:_MOST_LETTERS] for key, value in params.items() if key in KEYS}
    asked: dict[str, Any] = {}
    for key, value in given.items():
        part = _part(key, value, frozenset(codes))
        try:
            Propose.model_validate(part)
        except ValidationError:
            continue
        _merge(asked, part)
    if not any(asked.get("weights", {}).values()):
        return None
    return Propose.model_validate(asked)


def with_change(asked: Propose, change: LimitChange) -> Propose:
    """Return a request, by code, with another value of one limit."""
    if change.key == "within" and change.new is None:
        asked = asked.with_limit("crossing_allowed", [])
    return asked.with_limit(change.key, change.new)


def _part(key: str, value: str, codes: frozenset[str]) -> dict[str, Any]:
    """Return what one parameter says, as far as it can be read, in the form of a request."""
    said: dict[_Path, Any] = {}
    if key == WEIGHTS:
        said["weights",] = _weights(value)
    elif key in _NUMBERS:
        said[_NUMBERS[key]] = _number(value)
    elif key in _CHOICES:
        path, words = _CHOICES[key]
        said[path] = words.get(value)
    else:
        limits = _LIMITS[key]
        ends = value.split(_BETWEEN, 1) if len(limits) > 1 else [value]
        for limit, one in zip(limits, ends, strict=False):
            said["constraints", *limit.key.split(".")] = _said(limit, one, codes)
    part: dict[str, Any] = {}
    for path, one in said.items():
        if one is not None:
            _merge(part, _nested(path, one))
    return part


def _said(limit: Limit, value: str, codes: frozenset[str]) -> object:
    """Return the value of a limit, as far as it can be read; None where nothing is said."""
    if limit.kind == "figure":
        return _number(value)
    if limit.kind == "sets":
        parts = (_known(part, codes, _INSIDE) for part in value.split(_ITEMS))
        return [part for part in parts if len(part) > 1]
    if limit.kind == "switch":
        return not _USUAL.limit(limit.key) if value == "1" else None
    if limit.kind == "names":
        return _known(value, codes) or None
    if limit.nobody and value not in limit.words:
        return _known(value, codes) or limit.nobody
    return value


def _weights(value: str) -> dict[str, Any]:
    pairs = (one.partition(_PAIR) for one in value.split(_ITEMS))
    rates = {name: _number(rate) for name, _, rate in pairs if name in TERMS}
    return {"travel": 0.0, **{name: rate for name, rate in rates.items() if rate is not None}}


def _known(value: str, codes: frozenset[str], between: str = _ITEMS) -> list[str]:
    return [code for code in dict.fromkeys(value.split(between)) if code in codes]


def _number(value: str) -> float | None:
    try:
        return int(value) if value.isascii() and value.isdigit() else float(value)
    except ValueError:
        return None


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.12g}"


def _at(asked: Propose, path: _Path) -> Any:  # noqa: ANN401 - any part of a request
    found: Any = asked
    for name in path:
        found = getattr(found, name)
    return found


def _nested(path: _Path, value: object) -> dict[str, Any]:
    nested: Any = value
    for name in reversed(path):
        nested = {name: nested}
    return dict(nested)


def _merge(into: dict[str, Any], part: Mapping[str, Any]) -> None:
    for key, value in part.items():
        if isinstance(value, dict):
            _merge(into.setdefault(key, {}), value)
        else:
            into[key] = value
