from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.commuting.gravity import (
    TOLERANCE,
    GravityParameters,
    attraction,
    gravity_flows,
    shifted_flows,
)
from planner.model.labour_market import adjusted_rand_index, labour_market_regions

Case = tuple[pd.Series, pd.Series, pd.DataFrame, GravityParameters]

#: No deadline, since the machine may be busy.
checked = settings(deadline=None, max_examples=60)
whole = st.integers(min_value=100, max_value=20_000).map(float)
#: Few different times, so that ties and equal ways occur.
times = st.sampled_from([5.0, 20.0, 45.0, 90.0, 300.0])


@st.composite
def cases(draw: st.DrawFn) -> Case:
    n = draw(st.integers(min_value=2, max_value=7))
    codes = [f"{number:04d}" for number in range(n)]
    mainland = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    minutes = np.zeros((n, n))
    for i in range(n):
        for j in range(i):
            joined = mainland[i] == mainland[j]
            minutes[i, j] = minutes[j, i] = draw(times) if joined else np.inf
    employed, jobs = (
        pd.Series(draw(st.lists(whole, min_size=n, max_size=n)), index=codes) for _ in range(2)
    )
    parameters = GravityParameters(
        decay_min=draw(st.floats(15, 60)),
        distant_share=draw(st.floats(0.01, 0.2)),
        opportunity_exponent=draw(st.floats(0.2, 0.6)),
        own_weight=draw(st.floats(0.5, 5)),
    )
    return employed, jobs, pd.DataFrame(minutes, index=codes, columns=codes), parameters


@checked
@given(cases())
def test_rows_and_columns_have_their_sums(case: Case) -> None:
    employed, jobs, minutes, parameters = case
    flows = gravity_flows(employed, jobs, minutes, parameters)
    assert (flows >= 0).all(axis=None)
    np.testing.assert_allclose(flows.sum(axis=1), employed, rtol=2 * TOLERANCE)
    if np.isfinite(minutes).all(axis=None):
        scaled = jobs * employed.sum() / jobs.sum()
        np.testing.assert_allclose(flows.sum(axis=0), scaled, rtol=2 * TOLERANCE)


@checked
@given(cases())
def test_no_flow_without_a_way_and_some_with_one(case: Case) -> None:
    employed, jobs, minutes, parameters = case
    flows = gravity_flows(employed, jobs, minutes, parameters)
    assert ((flows > 0) == np.isfinite(minutes)).all(axis=None)


@checked
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_municipalities_changes_nothing(case: Case, random: object) -> None:
    employed, jobs, minutes, parameters = case
    order = list(minutes.index)
    random.shuffle(order)  # type: ignore[attr-defined]
    flows = gravity_flows(employed, jobs, minutes, parameters)
    turned = gravity_flows(employed[order], jobs[order], minutes.loc[order, order], parameters)
    np.testing.assert_allclose(turned, flows.loc[order, order], rtol=1e-6)


@checked
@given(cases(), st.data())
def test_a_shorter_way_never_lowers_its_pull(case: Case, data: st.DataObject) -> None:
    """Neither by itself nor against any other workplace of the same home."""
    employed, jobs, minutes, parameters = case
    codes = list(minutes.index)
    home, work = data.draw(st.permutations(codes))[:2]
    shorter = minutes.copy()
    shorter.loc[home, work] = min(minutes.loc[home, work], data.draw(st.floats(1, 60)))
    shorter.loc[work, home] = shorter.loc[home, work]
    before, after = (attraction(employed, jobs, way, parameters) for way in (minutes, shorter))
    assert after.loc[home, work] >= before.loc[home, work] * (1 - 1e-9)
    for other in codes:
        if other != work and before.loc[home, other] > 0:
            ratio_before = before.loc[home, work] / before.loc[home, other]
            ratio_after = after.loc[home, work] / after.loc[home, other]
            assert ratio_after >= ratio_before * (1 - 1e-9)


@checked
@given(cases())
def test_flows_shift_only_where_the_model_does(case: Case) -> None:
    employed, jobs, minutes, parameters = case
    modelled = gravity_flows(employed, jobs, minutes, parameters)
    observed = modelled.round() + 1.0 * (modelled > 0)
    np.testing.assert_allclose(shifted_flows(observed, modelled, modelled), observed, rtol=1e-9)


@checked
@given(cases())
def test_opened_ways_keep_observed_margins(case: Case) -> None:
    employed, jobs, minutes, parameters = case
    observed = gravity_flows(employed, jobs, minutes, parameters)
    opened = minutes.replace(np.inf, 30.0)
    after = gravity_flows(employed, jobs, opened, parameters)
    shifted = shifted_flows(observed, observed, after)
    np.testing.assert_allclose(shifted.sum(axis=1), observed.sum(axis=1), rtol=2 * TOLERANCE)
    np.testing.assert_allclose(shifted.sum(axis=0), observed.sum(axis=0), rtol=2 * TOLERANCE)


@checked
@given(cases(), st.floats(0.01, 0.5), st.sampled_from([45, 60, 75, 90]))
def test_labour_market_regions_keep_their_promises(case: Case, share: float, limit: int) -> None:
    """Centres are their own; nobody is further off than the limit; order does not matter."""
    employed, jobs, minutes, parameters = case
    flows = gravity_flows(employed, jobs, minutes, parameters)
    centres = labour_market_regions(flows, employed, minutes, least_share=share, max_minutes=limit)
    for code, centre in centres.items():
        assert centres[centre] == centre
        assert minutes.loc[code, centre] <= limit
    order = list(minutes.index)[::-1]
    turned = labour_market_regions(
        flows.loc[order, order],
        employed[order],
        minutes.loc[order, order],
        least_share=share,
        max_minutes=limit,
    )
    assert dict(turned) == dict(centres)
    assert adjusted_rand_index(centres, centres) == 1


@checked
@given(cases())
def test_what_is_left_apart_could_not_join(case: Case) -> None:
    """No two remaining regions have both the share and the nearness that would join them."""
    employed, jobs, minutes, parameters = case
    flows = gravity_flows(employed, jobs, minutes, parameters)
    centres = labour_market_regions(flows, employed, minutes, least_share=0.1, max_minutes=75)
    for one in set(centres):
        members = list(centres.index[centres == one])
        for other in set(centres) - {one}:
            others = list(centres.index[centres == other])
            share = flows.loc[members, others].sum().sum() / employed[members].sum()
            near = (minutes.loc[members, other] <= 75).all()
            assert not (near and share >= 0.1 * (1 + 1e-9))
