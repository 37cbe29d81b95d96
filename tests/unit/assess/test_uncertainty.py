"""Ranges, orders and swings, by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planner.assess.uncertainty import (
    Draws,
    differences,
    draw_parameters,
    order,
    ranges,
    swings,
)
from planner.io.tables.assumptions import Assumption


def parameter(default: float, low: float, high: float) -> Assumption:
    return Assumption(
        unit="share",
        default=default,
        low=low,
        high=high,
        provenance="assumed",
        source="chosen",
        meaning="of tests",
    )


def made(central: list[float], *drawn: list[float]) -> Draws:
    """Draws of one indicator; a list is the figures of the plans."""
    return Draws(
        ("cost",),
        np.array([central], dtype=float),
        np.array([[row] for row in drawn], dtype=float),
        pd.DataFrame(index=pd.RangeIndex(len(drawn), name="draw")),
    )


def test_parameters_stay_in_their_range_with_the_default_in_the_middle() -> None:
    found = draw_parameters({"a": parameter(2, 0, 10)}, 1000, np.random.default_rng(1))["a"]
    assert found.between(0, 10).all()
    assert (found < 2).sum() == 500
    assert found.median() == pytest.approx(2, abs=0.02)


def test_parameters_near_the_default_are_likelier() -> None:
    # Below the default, the share of draws within x of the way from low is x^2 / 2.
    found = draw_parameters({"a": parameter(1, 0, 1)}, 1000, np.random.default_rng(1))["a"]
    assert (found < 0.5).mean() == pytest.approx(0.125, abs=0.001)
    assert (found < 0.8).mean() == pytest.approx(0.32, abs=0.001)
    assert (found == 1).mean() == pytest.approx(0.5, abs=0.001)  # nothing above it


def test_a_range_of_one_point_does_not_move() -> None:
    found = draw_parameters({"a": parameter(2, 2, 2)}, 5, np.random.default_rng(1))["a"]
    assert (found == 2).all()


def test_every_slice_of_probability_has_one_draw() -> None:
    found = draw_parameters({"a": parameter(0, 0, 1)}, 50, np.random.default_rng(1))["a"]
    above = np.sort(found[found > 0])
    shares = 1 - (1 - above) ** 2 / 2  # distribution function above the default
    np.testing.assert_array_equal(np.floor(shares * 50), np.arange(25, 50))


def test_parameters_are_drawn_apart_and_the_same_again() -> None:
    both = {"a": parameter(2, 0, 10), "b": parameter(2, 0, 10)}
    one = draw_parameters(both, 400, np.random.default_rng(3))
    assert abs(np.corrcoef(one["a"], one["b"])[0, 1]) < 0.15
    pd.testing.assert_frame_equal(one, draw_parameters(both, 400, np.random.default_rng(3)))


def test_ranges_by_hand() -> None:
    found = ranges(made([5, 7], *([value, 7] for value in range(11)))).loc["cost"]
    assert found.loc[1, ["central", "low", "median", "high"]].tolist() == [5, 1, 5, 9]
    assert found.loc[2, ["low", "high"]].tolist() == [7, 7]
    assert ranges(made([5], [0], [10]), outside=0.25).loc[("cost", 1), "low"] == 2.5


def test_undefined_draws_are_left_out_and_counted() -> None:
    found = ranges(made([1, np.nan], [1, np.nan], [np.nan, np.nan], [3, np.nan], [3, np.nan]))
    assert found.loc[("cost", 1), ["median", "undefined_share"]].tolist() == [3, 0.25]
    assert found.loc[("cost", 2)].drop("undefined_share").isna().all()
    assert found.loc[("cost", 2), "undefined_share"] == 1


def test_differences_are_taken_draw_by_draw() -> None:
    # Both plans swing by 100, but the second always costs 1 more.
    more = differences(made([0, 1], [0, 1], [100, 101]))
    assert ranges(more).loc[("cost", 2), ["central", "low", "high"]].tolist() == [1, 1, 1]
    assert (ranges(more).loc[("cost", 1), ["low", "high"]] == 0).all()


def test_an_order_and_how_often_it_holds_by_hand() -> None:
    found = order(made([3, 1, 2], [3, 1, 2], [3, 2, 1], [1, 2, 3], [9, 1, 2]), "cost", "less")
    assert found.plans == (2, 3, 1)
    assert found.holds_share == 0.5
    assert found.first_share.to_dict() == {2: 0.5, 3: 0.25, 1: 0.25}
    assert found.better_share.loc[3, 1] == 0.75
    assert found.better_share.loc[1, 1] == 0


def test_more_may_be_better() -> None:
    found = order(made([3, 1], [3, 1], [0, 1]), "cost", "more")
    assert found.plans == (1, 2)
    assert found.first_share.to_dict() == {1: 0.5, 2: 0.5}


def test_equal_plans_stay_equal_and_share_the_first_place() -> None:
    found = order(made([1, 1, 2], [4, 4 + 1e-12, 5], [4, 4.1, 5]), "cost", "less")
    assert found.plans == (1, 2, 3)
    assert found.holds_share == 0.5
    assert found.first_share.to_dict() == {1: 1, 2: 0.5, 3: 0}


def test_undefined_draws_hold_for_no_order() -> None:
    found = order(made([1, 2, np.nan], [1, 2, 0], [1, np.nan, 0]), "cost", "less")
    assert found.plans == (1, 2)
    assert found.holds_share == found.first_share[1] == 0.5
    assert found.undefined_share == 0.5


def test_swings_by_hand() -> None:
    central = np.array([[10.0, 20.0]])
    ends = {
        "weak": (np.array([[9.0, 20.0]]), np.array([[10.0, 20.0]])),
        "none": (central, central),
        "strong": (np.array([[10.0, 15.0]]), np.array([[12.0, 28.0]])),
    }
    found = swings(("cost",), central, ends)
    assert found["parameter"].tolist() == ["strong", "strong", "weak", "weak"]
    assert found["plan"].tolist() == [1, 2, 1, 2]
    assert found["swing"].tolist() == [2, 8, 1, 0]
    assert found.loc[1, ["central", "at_low", "at_high"]].tolist() == [20, 15, 28]


def test_a_figure_that_is_lost_swings_infinitely() -> None:
    lost = (np.array([[np.nan, np.nan]]), np.array([[1.0, np.nan]]))
    found = swings(("cost",), np.array([[1.0, np.nan]]), {"a": lost})
    assert found["swing"].tolist() == [np.inf, 0]
    assert swings(("cost",), np.array([[np.nan]]), {"a": (np.array([[np.nan]]),) * 2}).empty
