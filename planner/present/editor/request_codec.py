"""A request as a form holds it: by code, short enough for an address, and changed field by field.

The address gives a whole request or none: ``w`` is always written, and what else is missing has
its default. What cannot be read, or is not offered, is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final

from pydantic import ValidationError

from planner.optimise.explain.distance_to_best import USUAL_WEIGHTS
from planner.optimise.explain.limit_change import Change
from planner.optimise.grouping.objective import TERMS
from planner.scenario.vocabulary import Propose, Solver, Weights

#: What stands under a request in the address.
WEIGHTS: Final = "w"
#: Time that a search gets unless the reader says otherwise, at least and at most, seconds.
TIME_LIMIT_S, LEAST_TIME_S, MOST_TIME_S = 60.0, 1.0, 600.0

Path = tuple[str, ...]

#: Key of the address -> the figure that it holds.
_NUMBERS: Mapping[str, Path] = {
    "minutes": ("constraints", "max_travel_minutes"),
    "members": ("constraints", "max_members"),
    "alternatives": ("alternatives",),
    "differ": ("min_difference",),
    "seconds": ("solver", "time_limit_seconds"),
    "gap": ("solver", "relative_gap"),
}
#: Key -> the two ends of a range, written ``least-most``, either of which may be left out.
_RANGES: Mapping[str, tuple[Path, Path]] = {
    "offices": (("constraints", "offices", "min"), ("constraints", "offices", "max")),
    "fte": (("constraints", "min_fte"), ("constraints", "max_fte")),
    "people": (("constraints", "min_population"), ("constraints", "max_population")),
}
#: Key -> a list of municipalities.
_LISTS: Mapping[str, Path] = {
    "fixed": ("constraints", "hosts", "fixed"),
    "hosts": ("constraints", "hosts", "allowed"),
    "nohost": ("constraints", "hosts", "forbidden"),
    "cross": ("constraints", "crossing_allowed"),
}
#: Key -> a list of lists of municipalities.
_SETS: Mapping[str, Path] = {
    "together": ("constraints", "together"),
    "apart": ("constraints", "apart"),
}
#: Key -> a limit that is kept or not, and what it is where the address says 1.
_SWITCHES: Mapping[str, tuple[Path, bool]] = {
    "loose": (("constraints", "contiguous"), False),
    "keep": (("constraints", "keep_baseline_groups"), True),
}
_MOST_LETTERS = 4000
_BETWEEN, _ITEMS, _PAIR, _INSIDE = "-", ",", ":", "-"
#: Limits of `planner.optimise.explain.limit_change` that count, and so are whole.
_WHOLE = {"min_population", "max_population", "max_members", "offices.min", "offices.max"}

#: Every key of the address that a request may use.
KEYS: Final = (
    *(WEIGHTS, *_NUMBERS, *_RANGES, *_LISTS, *_SETS, *_SWITCHES),
    *("within", "exempt"),
)


def usual_propose() -> Propose:
    """Return the request that a reader starts from where a scenario has none."""
    weights = Weights(**{name: float(getattr(USUAL_WEIGHTS, name)) for name in TERMS})
    return Propose(weights=weights, solver=Solver(time_limit_seconds=TIME_LIMIT_S))


def in_bounded_time(asked: Propose) -> Propose:
    """Return a request whose search ends: others wait for the same machine."""
    wanted = asked.solver.time_limit_seconds or TIME_LIMIT_S
    seconds = float(min(max(wanted, LEAST_TIME_S), MOST_TIME_S))
    solver = asked.solver.model_copy(update={"time_limit_seconds": seconds})
    return asked.model_copy(update={"solver": solver})


def renamed(asked: Propose, name_of: Callable[[str], str]) -> Propose:
    """Return a request with other names for its municipalities: codes for names, or back."""

    def each(names: Iterable[str]) -> list[str]:
        return [name_of(name) for name in names]

    limits, hosts = asked.constraints, asked.constraints.hosts
    update: dict[str, Any] = {
        "hosts": hosts.model_copy(
            update={
                "fixed": each(hosts.fixed),
                "allowed": None if hosts.allowed is None else each(hosts.allowed),
                "forbidden": each(hosts.forbidden),
            }
        ),
        "together": [each(names) for names in limits.together],
        "apart": [each(names) for names in limits.apart],
        "crossing_allowed": each(limits.crossing_allowed),
    }
    if not isinstance(limits.exempt, str):
        update["exempt"] = each(limits.exempt)
    return asked.model_copy(update={"constraints": limits.model_copy(update=update)})


def written(asked: Propose) -> dict[str, str]:
    """Write a request, by code, as short parameters of an address; defaults are left out."""
    found, usual = _all_written(asked), _all_written(Propose())
    return {key: value for key, value in found.items() if key == WEIGHTS or value != usual.get(key)}


def _all_written(asked: Propose) -> dict[str, str]:
    limits = asked.constraints
    rates = {name: getattr(asked.weights, name) for name in TERMS}
    given = (f"{name}{_PAIR}{_figure(rate)}" for name, rate in rates.items() if rate)
    found = {WEIGHTS: _ITEMS.join(given)}
    found |= {key: _figure(_at(asked, path)) for key, path in _NUMBERS.items()}
    found |= {
        key: _range(_at(asked, least), _at(asked, most)) for key, (least, most) in _RANGES.items()
    }
    found |= {key: _ITEMS.join(_at(asked, path) or []) for key, path in _LISTS.items()}
    found |= {
        key: _ITEMS.join(_INSIDE.join(part) for part in _at(asked, path))
        for key, path in _SETS.items()
    }
    found |= {key: "1" if _at(asked, path) is on else "" for key, (path, on) in _SWITCHES.items()}
    exempt = limits.exempt if isinstance(limits.exempt, str) else _ITEMS.join(limits.exempt)
    return found | {"within": limits.within or "", "exempt": exempt or "never"}


def read(params: Mapping[str, str], codes: Collection[str]) -> Propose | None:
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


def with_change(asked: Propose, change: Change) -> Propose:
    """Return a request, by code, with another value of one limit."""
    *above, name = change.key.split(".")
    new: Any = change.new
    if isinstance(new, frozenset):
        new = sorted(new)
    elif isinstance(new, tuple):
        new = [sorted(part) for part in new]
    elif change.key in _WHOLE and new is not None:
        new = round(float(new))
    asked_data = asked.model_dump()
    place = asked_data["constraints"]
    for step in above:
        place = place[step]
    place[name] = new
    if change.key == "within" and new is None:
        place["crossing_allowed"] = []
    return Propose.model_validate(asked_data)


def with_forced(asked: Propose, code: str, host: str) -> Propose:
    """Return a request, by code, in which a host serves a municipality."""
    data = asked.model_dump()
    limits = data["constraints"]
    hosts = limits["hosts"]
    hosts["fixed"] = sorted({*hosts["fixed"], host})
    pair = sorted({code, host})
    if len(pair) > 1 and pair not in limits["together"]:
        limits["together"] = [*limits["together"], pair]
    return Propose.model_validate(data)


def _part(key: str, value: str, codes: frozenset[str]) -> dict[str, Any]:
    """Return what one parameter says, as far as it can be read, in the form of a request."""
    said: dict[Path, Any] = {}
    if key == WEIGHTS:
        said["weights",] = _weights(value)
    elif key in _NUMBERS:
        said[_NUMBERS[key]] = _number(value)
    elif key in _RANGES:
        said = dict(zip(_RANGES[key], _ends(value), strict=True))
    elif key in _LISTS:
        said[_LISTS[key]] = _known(value, codes) or None
    elif key in _SETS:
        parts = (_known(part, codes, _INSIDE) for part in value.split(_ITEMS))
        said[_SETS[key]] = [part for part in parts if len(part) > 1]
    elif key in _SWITCHES:
        path, on = _SWITCHES[key]
        said[path] = on if value == "1" else None
    elif key == "within" or value in {"minimise", "never"}:
        said["constraints", key] = value
    else:
        said["constraints", key] = _known(value, codes) or "never"
    part: dict[str, Any] = {}
    for path, one in said.items():
        if one is not None:
            _merge(part, _nested(path, one))
    return part


def _weights(value: str) -> dict[str, Any]:
    pairs = (one.partition(_PAIR) for one in value.split(_ITEMS))
    rates = {name: _number(rate) for name, _, rate in pairs if name in TERMS}
    return {"travel": 0.0, **{name: rate for name, rate in rates.items() if rate is not None}}


def _known(value: str, codes: frozenset[str], between: str = _ITEMS) -> list[str]:
    return [code for code in dict.fromkeys(value.split(between)) if code in codes]


def _ends(value: str) -> tuple[float | None, float | None]:
    least, _, most = value.partition(_BETWEEN)
    return _number(least), _number(most)


def _number(value: str) -> float | None:
    try:
        return int(value) if value.isascii() and value.isdigit() else float(value)
    except ValueError:
        return None


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.12g}"


def _range(least: float | None, most: float | None) -> str:
    if least is None and most is None:
        return ""
    return f"{_figure(least)}{'' if most is None else _BETWEEN}{_figure(most)}"


def _at(asked: Propose, path: Path) -> Any:  # noqa: ANN401 - any part of a request
    found: Any = asked
    for name in path:
        found = getattr(found, name)
    return found


def _nested(path: Path, value: object) -> dict[str, Any]:
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
