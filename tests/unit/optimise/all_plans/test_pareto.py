from __future__ import annotations

import pytest

from planner.model.request import Request
from planner.optimise.all_plans import pareto as module
from planner.optimise.all_plans.pareto import TermFront, term_front, without_dominated_part
from planner.optimise.solver.outcome import Cancelled
from planner.pool import Pool
from tests.support.factories import three_fjords

TERMS = ("travel", "severed")


def points(front: TermFront) -> list[tuple[float, ...]]:
    return [tuple(round(found.terms[name], 6) for name in TERMS) for found in front.plans]


def test_zones_need_little_more_than_a_solve_a_point(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    propose = module.propose
    monkeypatch.setattr(module, "propose", lambda *a, **k: asked.append(a[1]) or propose(*a, **k))
    front = term_front(three_fjords(), Request(), TERMS, steps={"travel": 1e-3, "severed": 1e-3})
    assert front.complete
    assert len(asked) <= 2 * len(front.plans) + 1


@pytest.mark.parametrize("terms", [TERMS, ("travel", "severed", "office"), ("office", "travel")])
def test_zones_that_are_solved_at_the_same_time_give_the_same_front(terms: tuple[str, ...]) -> None:
    one, two = (term_front(three_fjords(), Request(), terms, pool=Pool(n)) for n in (1, 2))
    assert one.complete
    assert two.complete
    for alone, together in zip(one.plans, two.plans, strict=True):
        assert together.terms == pytest.approx(alone.terms)


def test_what_is_known_of_a_zone_holds_for_its_parts() -> None:
    zones = {(5.0, 9.0): 3.0, (7.0, 4.0): 2.0}
    parts = without_dominated_part(list(zones), (4.0, 6.0))
    assert {part: module._floor(zones, part) for part in parts} == {
        (4.0, 9.0): 3.0,
        (5.0, 6.0): 3.0,
        (7.0, 4.0): 2.0,
    }


@pytest.mark.parametrize("stop", [Cancelled, KeyboardInterrupt])
def test_a_front_that_is_stopped_keeps_its_points(
    monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    whole = term_front(three_fjords(), Request(), TERMS)
    propose, left = module.propose, iter(range(2))

    def ending(*given: object, **named: object) -> object:
        if next(left, None) is None:
            raise stop
        return propose(*given, **named)

    monkeypatch.setattr(module, "propose", ending)
    front = term_front(three_fjords(), Request(), TERMS)
    assert not front.complete
    assert front.plans
    assert set(points(front)) < set(points(whole))
