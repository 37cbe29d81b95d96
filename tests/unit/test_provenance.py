"""A figure is no better than its weakest input."""

from itertools import permutations

from planner.provenance import PROVENANCES, weakest


def test_the_weakest_wins_in_any_order() -> None:
    for order in permutations(["observed", "modelled", "assumed"]):
        assert weakest(order) == "assumed"  # type: ignore[arg-type]


def test_nothing_is_as_good_as_observed() -> None:
    assert weakest([]) == "observed"
    assert PROVENANCES[0] == "observed"
