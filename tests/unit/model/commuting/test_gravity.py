from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest

from planner.errors import LabelMismatchError
from planner.io.tables.assumptions import load_assumptions
from planner.model.commuting.gravity import (
    OPPORTUNITY_UNIT,
    TOLERANCE,
    CommutingError,
    GravityParameters,
    attraction,
    balanced,
    gravity_flows,
    shifted_flows,
)
from tests.support.data import DATA

CODES = ["0001", "0002", "0003", "0004"]
PARAMETERS = GravityParameters(
    decay_min=40.0,
    distant_share=0.05,
    opportunity_exponent=0.5,
    own_weight=2.0,
)
NO_WAY = np.inf


def series(*values: float) -> pd.Series[float]:
    return pd.Series(values, index=CODES[: len(values)], dtype=float)


def square(rows: list[list[float]]) -> pd.DataFrame:
    codes = CODES[: len(rows)]
    return pd.DataFrame(rows, index=codes, columns=codes, dtype=float)


EMPLOYED = series(4000, 1000, 2000, 500)
JOBS = series(5000, 500, 1500, 500)
MINUTES = square([[0, 20, 60, 90], [20, 0, 40, 80], [60, 40, 0, 70], [90, 80, 70, 0]])


def test_rows_sum_to_employed_residents_and_columns_to_jobs() -> None:
    flows = gravity_flows(EMPLOYED, JOBS, MINUTES, PARAMETERS)
    np.testing.assert_allclose(flows.sum(axis=1), EMPLOYED, rtol=TOLERANCE)
    np.testing.assert_allclose(flows.sum(axis=0), JOBS, rtol=1e-12)


def test_jobs_are_scaled_to_employed_residents() -> None:
    flows = gravity_flows(EMPLOYED, JOBS * 1.25, MINUTES, PARAMETERS)
    np.testing.assert_allclose(flows.sum(axis=0), JOBS, rtol=1e-12)


def test_flows_are_gravity_with_balancing_factors() -> None:
    """What no balancing factor changes: the odds ratio of any four flows is that of f."""
    flows = gravity_flows(EMPLOYED, JOBS, MINUTES, PARAMETERS)
    pull = attraction(EMPLOYED, JOBS, MINUTES, PARAMETERS)

    def odds(table: pd.DataFrame) -> float:
        a, b, c, d = CODES
        return float(table.loc[a, b] * table.loc[c, d] / (table.loc[a, d] * table.loc[c, b]))

    assert odds(flows) == pytest.approx(odds(pull))


def test_attraction_by_hand() -> None:
    """From 0001 to 0003, 60 minutes: nearer are the jobs of 0001 and 0002, the workers of 0003.

    0002 is nearer to 0003 (40 minutes) than 0001 is, so its workers count too.
    """
    pull = attraction(EMPLOYED, JOBS, MINUTES, PARAMETERS)
    nearer_jobs, nearer_workers = 5000 + 500, 2000 + 1000
    by_time = np.exp(-60 / 40) + 0.05
    by_opportunity = (nearer_jobs * nearer_workers / OPPORTUNITY_UNIT**2) ** -0.5
    assert pull.loc["0001", "0003"] == pytest.approx(by_time * by_opportunity)


def test_own_attraction_by_hand() -> None:
    pull = attraction(EMPLOYED, JOBS, MINUTES, PARAMETERS)
    assert pull.loc["0001", "0001"] == pytest.approx(2 * OPPORTUNITY_UNIT / (5000 * 4000) ** 0.5)


def test_equally_near_municipalities_do_not_take_from_each_other() -> None:
    tied = square([[0, 30, 30], [30, 0, 50], [30, 50, 0]])
    pull = attraction(series(10, 20, 30), series(10, 20, 30), tied, PARAMETERS)
    by_time = np.exp(-30 / 40) + 0.05
    for other, workers in (("0002", 20), ("0003", 30)):
        expected = by_time * (10 * workers / OPPORTUNITY_UNIT**2) ** -0.5
        assert pull.loc["0001", other] == pytest.approx(expected)


def test_far_away_more_minutes_change_nothing() -> None:
    far = square([[0, 900], [900, 0]])
    further = square([[0, 2000], [2000, 0]])
    one, two = (
        gravity_flows(series(100, 200), series(150, 150), minutes, PARAMETERS)
        for minutes in (far, further)
    )
    pd.testing.assert_frame_equal(one, two)


def test_no_way_no_flow() -> None:
    minutes = MINUTES.copy()
    minutes.loc["0001":"0002", "0003":"0004"] = NO_WAY
    minutes.loc["0003":"0004", "0001":"0002"] = NO_WAY
    flows = gravity_flows(EMPLOYED, JOBS, minutes, PARAMETERS)
    assert (flows.loc["0001":"0002", "0003":"0004"] == 0).all(axis=None)
    np.testing.assert_allclose(flows.sum(axis=1), EMPLOYED, rtol=TOLERANCE)
    # 5000 workers share 5500 jobs here, 2500 workers 2000 jobs there: jobs follow the workers.
    np.testing.assert_allclose(flows["0001"].sum(), 5000 * 5000 / 5500)
    np.testing.assert_allclose(flows["0003"].sum(), 1500 * 2500 / 2000)


def test_without_any_way_out_everybody_works_at_home() -> None:
    minutes = MINUTES.copy()
    minutes.loc["0004", "0001":"0003"] = NO_WAY
    minutes.loc["0001":"0003", "0004"] = NO_WAY
    flows = gravity_flows(EMPLOYED, JOBS * 2, minutes, PARAMETERS)
    assert flows.loc["0004", "0004"] == pytest.approx(500)
    assert flows.loc["0004"].sum() == flows["0004"].sum() == pytest.approx(500)


def test_nobody_employed_nobody_commutes() -> None:
    flows = gravity_flows(series(100, 0), series(60, 40), square([[0, 9], [9, 0]]), PARAMETERS)
    assert list(flows.loc["0002"]) == [0, 0]
    np.testing.assert_allclose(flows.loc["0001"], [60, 40])


def test_no_jobs_nobody_comes() -> None:
    flows = gravity_flows(series(60, 40), series(100, 0), square([[0, 9], [9, 0]]), PARAMETERS)
    np.testing.assert_allclose(flows, [[60, 0], [40, 0]])


def test_employed_where_no_job_can_be_reached() -> None:
    apart = square([[0, NO_WAY], [NO_WAY, 0]])
    with pytest.raises(CommutingError, match="no job can be reached"):
        gravity_flows(series(60, 40), series(100, 0), apart, PARAMETERS)


@pytest.mark.parametrize("wrong", [-1.0, np.nan, np.inf])
def test_figures_that_cannot_be_are_named(wrong: float) -> None:
    with pytest.raises(CommutingError, match="jobs missing or negative: 0002"):
        gravity_flows(series(60, 40), series(100, wrong), square([[0, 9], [9, 0]]), PARAMETERS)
    with pytest.raises(CommutingError, match="employed residents missing or negative: 0002"):
        gravity_flows(series(60, wrong), series(60, 40), square([[0, 9], [9, 0]]), PARAMETERS)


@pytest.mark.parametrize("wrong", [-1.0, np.nan])
def test_minutes_that_cannot_be(wrong: float) -> None:
    with pytest.raises(CommutingError, match="minutes"):
        gravity_flows(series(6, 4), series(6, 4), square([[0, wrong], [9, 0]]), PARAMETERS)


def test_labels_in_another_order_are_refused() -> None:
    turned = MINUTES.iloc[::-1]
    with pytest.raises(LabelMismatchError, match="columns of minutes"):
        gravity_flows(EMPLOYED, JOBS, turned, PARAMETERS)
    with pytest.raises(LabelMismatchError, match="employed residents"):
        gravity_flows(EMPLOYED.iloc[::-1], JOBS, MINUTES, PARAMETERS)
    with pytest.raises(LabelMismatchError, match="jobs"):
        gravity_flows(EMPLOYED, JOBS.iloc[:3], MINUTES, PARAMETERS)


def test_balancing_that_cannot_succeed_says_so() -> None:
    """The first row may only fill the first column, which wants less."""
    seed = np.array([[1.0, 0.0], [1.0, 1.0]])
    with pytest.raises(CommutingError, match="cannot be balanced"):
        balanced(seed, np.array([10.0, 10.0]), np.array([5.0, 15.0]))


def test_balancing_by_hand() -> None:
    """A table that has the wanted sums already stays as it is; margins alone give the product."""
    fitting = np.array([[1.0, 2.0], [3.0, 4.0]])
    result = balanced(fitting, np.array([3.0, 7.0]), np.array([4.0, 6.0]))
    np.testing.assert_allclose(result, fitting)
    product = balanced(np.ones((2, 2)), np.array([3.0, 7.0]), np.array([4.0, 6.0]))
    np.testing.assert_allclose(product, [[1.2, 1.8], [2.8, 4.2]])


# Observed flows on another network

OBSERVED = square(
    [[3000, 700, 250, 50], [400, 500, 80, 20], [300, 60, 1600, 40], [30, 10, 20, 440]]
)


def test_an_unchanged_network_leaves_observed_flows_unchanged() -> None:
    modelled = gravity_flows(EMPLOYED, JOBS, MINUTES, PARAMETERS)
    pd.testing.assert_frame_equal(shifted_flows(OBSERVED, modelled, modelled), OBSERVED)


def test_a_shorter_way_draws_commuters_and_keeps_the_margins() -> None:
    shorter = MINUTES.copy()
    shorter.loc["0001", "0003"] = shorter.loc["0003", "0001"] = 25
    before, after = (
        gravity_flows(EMPLOYED, JOBS, minutes, PARAMETERS) for minutes in (MINUTES, shorter)
    )
    shifted = shifted_flows(OBSERVED, before, after)
    assert shifted.loc["0001", "0003"] > OBSERVED.loc["0001", "0003"]
    np.testing.assert_allclose(shifted.sum(axis=1), OBSERVED.sum(axis=1), rtol=TOLERANCE)
    np.testing.assert_allclose(shifted.sum(axis=0), OBSERVED.sum(axis=0), rtol=TOLERANCE)


def test_a_new_way_brings_commuters_where_there_were_none() -> None:
    island = MINUTES.copy()
    island.loc["0004", "0001":"0003"] = NO_WAY
    island.loc["0001":"0003", "0004"] = NO_WAY
    alone = OBSERVED.copy()
    alone.loc["0004", "0001":"0003"] = 0
    alone.loc["0001":"0003", "0004"] = 0
    before, after = (
        gravity_flows(EMPLOYED, JOBS, minutes, PARAMETERS) for minutes in (island, MINUTES)
    )
    shifted = shifted_flows(alone, before, after)
    assert (shifted.loc["0004", "0001":"0003"] > 0).all()
    np.testing.assert_allclose(shifted.sum(axis=1), alone.sum(axis=1), rtol=TOLERANCE)


def test_a_closed_way_ends_commuting() -> None:
    island = MINUTES.copy()
    island.loc["0004", "0001":"0003"] = NO_WAY
    island.loc["0001":"0003", "0004"] = NO_WAY
    before, after = (
        gravity_flows(EMPLOYED, JOBS, minutes, PARAMETERS) for minutes in (MINUTES, island)
    )
    shifted = shifted_flows(OBSERVED, before, after)
    assert shifted.loc["0004", "0004"] == pytest.approx(OBSERVED.loc["0004"].sum())
    assert shifted.loc["0001":"0003", "0004"].sum() == 0
    np.testing.assert_allclose(shifted.sum(axis=1), OBSERVED.sum(axis=1), rtol=TOLERANCE)


def test_flows_labelled_otherwise_are_refused() -> None:
    modelled = gravity_flows(EMPLOYED, JOBS, MINUTES, PARAMETERS)
    with pytest.raises(LabelMismatchError, match="after"):
        shifted_flows(OBSERVED, modelled, modelled.iloc[::-1])


# The shipped parameters


def test_parameters_come_from_the_assumptions() -> None:
    values = {name: entry.default for name, entry in load_assumptions(DATA).items()}
    parameters = GravityParameters.from_assumptions(values)
    assert parameters.decay_min == values["gravity_decay_min"]
    assert parameters.own_weight == values["gravity_own_weight"]


def test_the_whole_country_is_fast() -> None:
    """0.3 s is the budget; three times that fails, since the machine may be busy."""
    rng = np.random.default_rng(0)
    n = 356
    codes = [f"{number:04d}" for number in range(n)]
    points = rng.uniform(0, 1000, (n, 2))
    apart = np.hypot(*(points[:, None, axis] - points[None, :, axis] for axis in (0, 1)))
    sizes = pd.Series(rng.lognormal(8, 1.2, n), index=codes)
    minutes = pd.DataFrame(apart, index=codes, columns=codes)
    start = time.process_time()
    gravity_flows(sizes, sizes * rng.uniform(0.5, 1.2, n), minutes, PARAMETERS)
    assert time.process_time() - start < 0.9
