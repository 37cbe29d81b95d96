"""Absence: the closed form against simulated offices, and by hand."""

import numpy as np
import pytest

from planner.assess.competence.absence import (
    MOST_COLLEAGUES,
    _shortfall_table,
    combined_absence,
    shortfall_share,
)
from tests.support.simulation import simulated_shortfall


def shortfall(advisers: float, least: int = 1, absence: float = 0.2, corr: float = 0.0) -> float:
    return float(shortfall_share(advisers, least, absence=absence, correlation=corr))


def test_causes_of_absence_are_independent() -> None:
    assert combined_absence(0.1, 0.2) == pytest.approx(0.28)
    assert combined_absence() == 0
    assert combined_absence(0.3, 1.0) == 1


def test_one_adviser_is_away_as_often_as_the_share_says() -> None:
    assert shortfall(1) == pytest.approx(0.2)
    assert shortfall(1, corr=0.4) == pytest.approx(0.2)


def test_uncorrelated_colleagues_are_binomial() -> None:
    assert shortfall(3) == pytest.approx(0.2**3)
    assert shortfall(3, least=2) == pytest.approx(0.2**3 + 3 * 0.8 * 0.2**2)


def test_two_are_away_together_as_often_as_their_correlation_says() -> None:
    # P(both away) = a^2 + r a (1 - a)
    assert shortfall(2, corr=0.25) == pytest.approx(0.04 + 0.25 * 0.16)
    # P(at least one away) = 2 a - P(both away)
    assert shortfall(2, least=2, corr=0.25) == pytest.approx(0.4 - 0.08)


def test_nobody_covers_nothing_and_too_few_never_cover() -> None:
    assert shortfall(0) == 1
    assert shortfall(2, least=3) == 1


def test_part_of_an_adviser_is_there_on_part_of_the_days() -> None:
    assert shortfall(0.25) == pytest.approx(0.25 * 0.2 + 0.75)
    assert shortfall(2.4) == pytest.approx(0.6 * 0.04 + 0.4 * 0.008)


def test_advisers_who_are_never_away_always_cover() -> None:
    assert shortfall(2, least=2, absence=0.0, corr=0.3) == 0


def test_any_shape_is_kept() -> None:
    advisers = np.array([[0.0, 1.0], [2.0, 1.0]])
    shares = shortfall_share(advisers, 1, absence=0.5, correlation=0.0)
    np.testing.assert_allclose(shares, [[1, 0.5], [0.25, 0.5]])
    assert shortfall_share([], 1, absence=0.5, correlation=0.0).shape == (0,)


def test_work_does_not_grow_with_the_number_of_colleagues() -> None:
    _shortfall_table.cache_clear()
    most, beyond = shortfall(MOST_COLLEAGUES, corr=0.9), shortfall(1e9, corr=0.9)
    assert 0 < beyond == most < shortfall(MOST_COLLEAGUES / 2, corr=0.9)
    assert max(len(_shortfall_table(size, 1, 0.2, 0.9)) for size in (MOST_COLLEAGUES,)) == 4097
    assert _shortfall_table.cache_info().currsize == 1


def test_an_office_of_thousands_is_no_numerical_problem() -> None:
    shares = shortfall_share([1, 4999, 5000], 3, absence=0.2, correlation=0.05)
    assert np.all(np.isfinite(shares))
    assert shares[2] <= shares[1] < 1e-6 < shares[0]


@pytest.mark.parametrize("correlation", [0.0, 0.05, 0.3])
@pytest.mark.parametrize(("advisers", "least"), [(1.0, 1), (2.0, 1), (2.4, 2), (6.0, 4)])
def test_simulated_days_agree_within_four_standard_errors(
    advisers: float, least: int, correlation: float
) -> None:
    rng = np.random.default_rng(20_240)
    days = 100_000
    simulated = simulated_shortfall(
        advisers, least, absence=0.22, correlation=correlation, days=days, rng=rng
    )
    expected = shortfall(advisers, least, absence=0.22, corr=correlation)
    standard_error = np.sqrt(expected * (1 - expected) / days)
    assert abs(simulated - expected) < 4 * standard_error


def test_simulated_causes_agree_with_their_combination() -> None:
    """Every adviser is sick, on holiday, in training or not yet hired, each on its own."""
    rng = np.random.default_rng(7)
    causes, days, colleagues = (0.09, 0.0962, 0.03, 0.03), 100_000, 2
    away = np.zeros((days, colleagues), dtype=bool)
    for share in causes:
        away |= rng.random((days, colleagues)) < share
    expected = shortfall(colleagues, absence=combined_absence(*causes))
    standard_error = np.sqrt(expected * (1 - expected) / days)
    assert abs(away.all(axis=1).mean() - expected) < 4 * standard_error
