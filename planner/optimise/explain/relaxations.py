"""How each limit of a request can give way, from the smallest change to none of it left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from planner.model.instance import Instance
from planner.model.request import Request
from planner.optimise.explain.limit_change import Value, limit

#: Steps in which figures are looked at, which are also the decimals in which they are shown.
STEPS = {"fte": 0.1, "population": 1.0, "members": 1.0, "offices": 1.0, "minutes": 0.1}

Test = Callable[[Value], bool]


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
    old: Value
    steps: Sequence[Value]

    @property
    def whole(self) -> Value:
        """What is left of the limit when it gives way entirely."""
        return self.steps[-1]

    def smallest(self, test: Test) -> list[Value]:
        """Return the first step that passes a test, which the last does; by bisection."""
        low, high = 0, len(self.steps) - 1
        while low < high:
            middle = (low + high) // 2
            if test(self.steps[middle]):
                high = middle
            else:
                low = middle + 1
        return [self.steps[high]]

    def short_of(self, value: Value) -> Value:
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
    value: Callable[[frozenset[Item]], Value]

    @property
    def whole(self) -> Value:
        """What is left of the limit when every item is given up."""
        return self.value(frozenset(self.items))

    def smallest(self, test: Test) -> list[Value]:
        """Return single items that are enough; else a set from which none can be kept back."""
        found: list[Value] = []
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


Relaxation = Ladder | Items


def relaxations(instance: Instance, request: Request) -> list[Relaxation]:
    """List how the limits that a request sets can give way, figures first."""
    found: list[Relaxation | None] = [
        _travel(instance, request),
        *(_least(request, key) for key in ("min_fte", "min_population", "min_members")),
        *(_most(instance, request, key) for key in ("max_fte", "max_population", "max_members")),
        _most(instance, request, "offices.max"),
        _least(request, "offices.min"),
        _without_items(request, "hosts.fixed"),
        _without_items(request, "hosts.forbidden"),
        _with_hosts(instance, request),
        _without_sets(request, "together"),
        _without_sets(request, "apart"),
        Ladder("contiguous", True, (False,)) if request.contiguous else None,
        Ladder("keep_baseline_groups", True, (False,)) if request.keep_baseline_groups else None,
        _crossing(instance, request),
        Ladder("within", request.within, (None,)) if request.within else None,
        _exempt(instance, request),
    ]
    return [one for one in found if one is not None]


def _travel(instance: Instance, request: Request) -> Ladder | None:
    if request.max_travel_min is None:
        return None
    minutes = instance.minutes_of(request.max_travel_of)
    step = STEPS["minutes"]
    rounded = np.unique(np.ceil(np.round(minutes[np.isfinite(minutes)] / step, 6)) * step)
    further = rounded[rounded > request.max_travel_min].round(1).tolist()
    return Ladder("max_travel_minutes", request.max_travel_min, further) if further else None


def _unit(key: str) -> str:
    return "offices" if key.startswith("offices") else key.split("_")[1]


def _least(request: Request, key: str) -> Ladder | None:
    old = limit(request, key)
    if not isinstance(old, int | float) or not old:
        return None
    step = STEPS[_unit(key)]
    count = int(np.ceil(round(old / step, 6))) - 1
    return Ladder(key, old, [*(round(step * k, 1) for k in range(count, 0, -1)), None])


def _most(instance: Instance, request: Request, key: str) -> Ladder | None:
    old = limit(request, key)
    if not isinstance(old, int | float):
        return None
    unit = _unit(key)
    counted = unit in {"members", "offices"}
    total = len(instance.codes) if counted else float(instance.municipalities[unit].sum())
    step = STEPS[unit]
    first = int(np.floor(round(old / step, 6))) + 1
    last = int(np.ceil(round(total / step, 6)))
    return Ladder(key, old, [*(round(step * k, 1) for k in range(first, last + 1)), None])


def _items(codes: Iterable[str]) -> tuple[Item, ...]:
    return tuple((0, code) for code in sorted(codes))


def _codes(items: frozenset[Item]) -> frozenset[str]:
    return frozenset(code for _, code in items)


def _without_items(request: Request, key: str) -> Items | None:
    old = limit(request, key)
    if not isinstance(old, frozenset) or not old:
        return None
    return Items(key, _items(old), lambda given: old - _codes(given))


def _with_hosts(instance: Instance, request: Request) -> Items | None:
    allowed = request.hosts_allowed
    if allowed is None:
        return None
    others = _items(set(instance.codes) - allowed)
    return Items("hosts.allowed", others, lambda given: allowed | _codes(given)) if others else None


def _without_sets(request: Request, key: str) -> Items | None:
    """Give up sets of two whole, larger ones member by member."""
    sets = request.together if key == "together" else request.apart
    if not sets:
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

    return Items(key, tuple(items), value)


def _crossing(instance: Instance, request: Request) -> Items | None:
    if request.within is None:
        return None
    old = request.crossing_allowed
    others = _items(set(instance.codes) - old)
    return Items("crossing_allowed", others, lambda given: old | _codes(given)) if others else None


def _exempt(instance: Instance, request: Request) -> Items | None:
    if request.exempt == "minimise" or (request.fte.min is None and request.population.min is None):
        return None
    old = request.exempt if isinstance(request.exempt, frozenset) else frozenset[str]()
    others = _items(set(instance.codes) - old)
    return Items("exempt", others, lambda given: old | _codes(given)) if others else None
