"""How each limit of a request can give way, from the smallest change to none of it left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.model.instance import Instance
from planner.model.limits import LIMITS, MEASURES, Limit, LimitKind, LimitValue
from planner.model.request import Request

Test = Callable[[LimitValue], bool]


@dataclass(frozen=True)
class Ladder:
    """A limit that gives way step by step; whatever one step allows, the next allows too.

    Attributes
    ----------
    key : of the limit.
    old : its value in the request.
    steps : values, the smallest change first; the last leaves nothing of the limit.
    """

    key: str
    old: LimitValue
    steps: Sequence[LimitValue]

    @property
    def whole(self) -> LimitValue:
        """What is left of the limit when it gives way entirely."""
        return self.steps[-1]

    def smallest(self, test: Test) -> list[LimitValue]:
        """Return the first step that passes a test, which the last does; by bisection."""
        low, high = 0, len(self.steps) - 1
        while low < high:
            middle = (low + high) // 2
            if test(self.steps[middle]):
                high = middle
            else:
                low = middle + 1
        return [self.steps[high]]

    def short_of(self, value: LimitValue) -> LimitValue:
        """Return the step before a value, which is not enough where the value is the smallest."""
        before = self.steps.index(value) - 1
        return self.steps[before] if before >= 0 else self.old


#: Most single items of a list that are named.
_MOST_ITEMS = 3

Item = tuple[int, str]


@dataclass(frozen=True)
class Items:
    """A limit that is a list, and gives way item by item.

    Attributes
    ----------
    key : of the limit.
    items : what can be given up, the most likely first.
    value : the limit's value when some items are given up.
    """

    key: str
    items: tuple[Item, ...]
    value: Callable[[frozenset[Item]], LimitValue]

    @property
    def whole(self) -> LimitValue:
        """What is left of the limit when every item is given up."""
        return self.value(frozenset(self.items))

    def smallest(self, test: Test) -> list[LimitValue]:
        """Return single items that are enough; else a set from which none can be kept back."""
        found: list[LimitValue] = []
        for item in self.items:
            if len(found) < _MOST_ITEMS and test(self.value(frozenset({item}))):
                found.append(self.value(frozenset({item})))
        if found:
            return found
        given = frozenset(self.items)
        for item in self.items:
            if test(self.value(given - {item})):
                given -= {item}
        return [self.value(given)]


_Relaxation = Ladder | Items


def relaxations(instance: Instance, request: Request) -> list[_Relaxation]:
    """List how the limits that a request sets can give way, figures first."""
    found = (_BY_KEY.get(one.key, _BY_KIND[one.kind])(instance, request, one) for one in LIMITS)
    return [one for one in found if one is not None]


def _figure(instance: Instance, request: Request, limit: Limit) -> Ladder | None:
    old = request.figure(limit.key)
    if old is None:
        return None
    grain = MEASURES[limit.measure].grain
    if limit.end == "min":
        count = int(np.ceil(round(old / grain, 6))) - 1
        steps = [round(grain * k, 1) for k in range(count, 0, -1)]
        return Ladder(limit.key, old, [*steps, None]) if old else None
    table = instance.municipalities
    total = float(table[limit.measure].sum() if limit.measure in table else len(table))
    first, last = int(np.floor(round(old / grain, 6))) + 1, int(np.ceil(round(total / grain, 6)))
    return Ladder(limit.key, old, [*(round(grain * k, 1) for k in range(first, last + 1)), None])


def _travel(instance: Instance, request: Request, limit: Limit) -> Ladder | None:
    """Let the longest way give way to the next one that anybody has."""
    if request.max_travel_min is None:
        return None
    minutes = instance.minutes_of(request.max_travel_of)
    grain = MEASURES[limit.measure].grain
    rounded = np.unique(np.ceil(np.round(minutes[np.isfinite(minutes)] / grain, 6)) * grain)
    further = rounded[rounded > request.max_travel_min].round(1).tolist()
    return Ladder(limit.key, request.max_travel_min, further) if further else None


def _whole(_instance: Instance, request: Request, limit: Limit) -> Ladder | None:
    """Let a limit hold or not."""
    old = request.limit(limit.key)
    return Ladder(limit.key, old, (False if old is True else None,)) if old else None


def _items(codes: Iterable[str]) -> tuple[Item, ...]:
    return tuple((0, code) for code in sorted(codes))


def _codes(items: frozenset[Item]) -> frozenset[str]:
    return frozenset(code for _, code in items)


def _without_items(_instance: Instance, request: Request, limit: Limit) -> Items | None:
    old = request.limit(limit.key)
    if not isinstance(old, frozenset) or not old:
        return None
    return Items(limit.key, _items(old), lambda given: old - _codes(given))


def _without_sets(_instance: Instance, request: Request, limit: Limit) -> Items | None:
    """Give up sets of two whole, larger ones member by member."""
    sets = request.limit(limit.key)
    if not isinstance(sets, tuple) or not sets:
        return None
    items = [
        (index, code)
        for index, part in enumerate(sets)
        for code in (sorted(part) if len(part) > 2 else sorted(part)[:1])  # noqa: PLR2004
    ]

    def value(given: frozenset[Item]) -> tuple[frozenset[str], ...]:
        left = (
            part - {code for at, code in given if at == index} for index, part in enumerate(sets)
        )
        return tuple(part for part in left if len(part) > 1)

    return Items(limit.key, tuple(items), value)


def _with_others(instance: Instance, request: Request, limit: Limit) -> Items | None:
    """Let others into a list of those who may do something."""
    old = request.limit(limit.key)
    listed = old if isinstance(old, frozenset) else frozenset[str]()
    others = _items(set(instance.codes) - listed)
    return Items(limit.key, others, lambda given: listed | _codes(given)) if others else None


def _hosts(instance: Instance, request: Request, limit: Limit) -> Items | None:
    return None if request.hosts_allowed is None else _with_others(instance, request, limit)


def _crossing(instance: Instance, request: Request, limit: Limit) -> Items | None:
    return None if request.within is None else _with_others(instance, request, limit)


def _exempt(instance: Instance, request: Request, limit: Limit) -> Items | None:
    if request.exempt == "minimise" or (request.fte.min is None and request.population.min is None):
        return None
    return _with_others(instance, request, limit)


_Way = Callable[[Instance, Request, Limit], _Relaxation | None]
_BY_KIND: Mapping[LimitKind, _Way] = {
    "figure": _figure,
    "names": _without_items,
    "sets": _without_sets,
    "switch": _whole,
    "choice": _whole,
}
#: Limits that give way otherwise than the others of their kind.
_BY_KEY: Mapping[str, _Way] = {
    "max_travel_minutes": _travel,
    "hosts.allowed": _hosts,
    "crossing_allowed": _crossing,
    "exempt": _exempt,
}
