"""Competence environment: laws that hold for any office."""

from dataclasses import replace
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import betabinom

from planner.assess.competence.absence import shortfall_share
from planner.assess.competence.advisers import function_table
from planner.assess.competence.indicators import assess_competence
from planner.model.instance import Instance
from planner.model.plan import Plan
from tests.support.factories import ASSUMPTIONS, FUNCTIONS
from tests.support.random_regions import random_region

SHARES = st.floats(0.01, 0.99)
CORRELATIONS = st.floats(0, 0.9)
PERSONS = st.floats(0, 60)


def region(seed: int, n: int) -> Instance:
    return replace(random_region(seed, n), assumptions=ASSUMPTIONS, functions=FUNCTIONS)


@given(st.integers(0, 40), st.integers(1, 5), SHARES, st.floats(0.001, 0.9))
def test_the_closed_form_is_the_beta_binomial(
    advisers: int, least: int, absence: float, correlation: float
) -> None:
    weight = 1 / correlation - 1
    expected = betabinom.cdf(least - 1, advisers, (1 - absence) * weight, absence * weight)
    found = shortfall_share(advisers, least, absence=absence, correlation=correlation)
    np.testing.assert_allclose(found, expected, atol=1e-9)


@given(PERSONS, PERSONS, st.integers(1, 4), SHARES, CORRELATIONS)
def test_a_colleague_more_never_leaves_more_days_uncovered(
    advisers: float, more: float, least: int, absence: float, correlation: float
) -> None:
    few, many = shortfall_share(
        [advisers, advisers + more], least, absence=absence, correlation=correlation
    )
    assert 0 <= many <= few + 1e-12 <= 1 + 1e-12


@given(PERSONS, st.integers(1, 4), SHARES, SHARES, CORRELATIONS)
def test_more_absence_or_more_who_must_be_present_never_cover_better(
    advisers: float, least: int, absence: float, other: float, correlation: float
) -> None:
    def share(absent: float, present: int) -> float:
        return float(shortfall_share(advisers, present, absence=absent, correlation=correlation))

    low, high = sorted((absence, other))
    assert share(low, least) <= share(high, least) + 1e-12
    assert share(low, least) <= share(low, least + 1) + 1e-12


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 6), st.data())
def test_staff_more_in_one_municipality_never_leave_more_days_uncovered(
    seed: int, n: int, data: st.DataObject
) -> None:
    instance = region(seed, n)
    code = data.draw(st.sampled_from(instance.codes))
    more = data.draw(st.floats(0, 20))
    table = instance.municipalities.copy()
    table.loc[code, "fte"] += more
    plan = instance.baseline
    before = function_table(instance, plan)["uncovered_days"]
    after = function_table(replace(instance, municipalities=table), plan)["uncovered_days"]
    assert (after <= before + 1e-9).all()
    assert before.between(0, 230).all()
    others = before.index.get_level_values("host") != plan.host_of[code]
    np.testing.assert_array_equal(after[others], before[others])


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 6))
def test_all_staff_are_allotted_and_nobody_twice(seed: int, n: int) -> None:
    instance = region(seed, n)
    plan = instance.baseline
    allotted = function_table(instance, plan)["fte"].groupby("host").sum()
    staff = instance.municipalities["fte"].groupby(dict(plan.host_of)).sum()
    np.testing.assert_allclose(allotted, staff.loc[allotted.index])


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 6), st.randoms())
def test_the_order_of_functions_and_groups_does_not_matter(
    seed: int, n: int, random: Random
) -> None:
    instance = region(seed, n)
    plan = instance.baseline
    keys, groups = list(FUNCTIONS), list(plan.groups.items())
    random.shuffle(keys)
    random.shuffle(groups)
    other = replace(instance, functions={key: FUNCTIONS[key] for key in keys})
    shuffled = function_table(other, Plan.from_groups(dict(groups)))
    expected = function_table(instance, plan)
    np.testing.assert_allclose(
        shuffled.loc[expected.index, "uncovered_days"], expected["uncovered_days"]
    )
    values = [
        [one.value for one in assess_competence(*each)]
        for each in ((instance, plan), (other, Plan.from_groups(dict(groups))))
    ]
    np.testing.assert_allclose(values[0], values[1])
